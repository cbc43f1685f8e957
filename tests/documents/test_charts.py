"""Are charts honest, readable and harmless pictures?"""

from xml.etree import ElementTree as ET

import pytest

from citizenfeedback.documents.charts import (
    Bar,
    Interval,
    Series,
    bars,
    columns,
    intervals,
    lines,
    ticks,
)

MONTHS = [str(month) for month in range(1, 13)]
ACCEPTED = Series("thụ lý", tuple(range(100, 220, 10)))
SETTLED = Series("giải quyết", (*range(90, 200, 10), None))
SVG = "{http://www.w3.org/2000/svg}"


def pictures() -> dict[str, str]:
    return {
        "columns": columns("Vụ việc <theo> tháng", MONTHS, [ACCEPTED, SETTLED]),
        "lines": lines("Hai năm", MONTHS, [ACCEPTED, SETTLED]),
        "bars": bars("Lĩnh vực", [Bar("Đất đai & nhà ở", 812), Bar("Môi trường", 0)]),
        "intervals": intervals("Hài lòng", [Interval("Quầy số 5", 4.2, 4.0, 4.4, "4,20 (312)")]),
    }


@pytest.mark.parametrize("name", pictures())
def test_a_chart_is_sound_and_harmless(name: str) -> None:
    """Is it well-formed, named, and free of styles, scripts and addresses?"""
    picture = pictures()[name]
    root = ET.fromstring(picture)
    assert root.get("role") == "img"
    assert root.get("aria-label")
    for element in root.iter():
        assert element.tag.removeprefix(SVG) not in {"script", "style", "foreignObject", "a"}
        assert not {"style", "href", "onload", "onclick"} & set(element.attrib)


@pytest.mark.parametrize("name", pictures())
def test_a_chart_stays_in_its_frame(name: str) -> None:
    """Does nothing stick out of the picture?"""
    root = ET.fromstring(pictures()[name])
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    for rect in root.iter(f"{SVG}rect"):
        x, y = float(rect.get("x", 0)), float(rect.get("y", 0))
        assert x >= 0
        assert y >= 0
        assert x + float(rect.get("width", 0)) <= width
        assert y + float(rect.get("height", 0)) <= height
    for text in root.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x", 0)) <= width
        assert 0 <= float(text.get("y", 0)) <= height


def test_columns_are_drawn_from_zero() -> None:
    """Is a value twice as large twice as tall?"""
    root = ET.fromstring(columns("Số vụ", ["a", "b"], [Series("vụ", (100, 200))]))
    small, large = (float(rect.get("height", 0)) for rect in root.iter(f"{SVG}rect"))
    assert large == pytest.approx(2 * small, abs=0.2)


def test_a_gap_in_a_line_stays_a_gap() -> None:
    """Is an unknown month not drawn over?"""
    root = ET.fromstring(lines("x", MONTHS, [Series("a", (1, 2, None, *range(3, 12)))]))
    assert len(list(root.iter(f"{SVG}polyline"))) == 2


def test_an_interval_is_shown_on_the_whole_scale() -> None:
    """Does the axis run from the worst to the best score?"""
    picture = pictures()["intervals"]
    for score in range(1, 6):
        assert f">{score}</text>" in picture


@pytest.mark.parametrize(
    ("highest", "marks"),
    [
        (0, [0, 1]),
        (3, [0, 1, 2, 3]),
        (500, [0, 200, 400, 600]),
        (0.8, [0, 0.2, 0.4, 0.6, 0.8]),
        (9209, [0, 5000, 10000]),
    ],
)
def test_axes_have_round_marks(highest: float, marks: list[float]) -> None:
    """Do the marks start at zero, reach the highest value and stay whole for counts?"""
    assert ticks(highest) == marks


def test_more_series_than_colours_are_refused() -> None:
    """Is a chart that nobody could read refused?"""
    with pytest.raises(ValueError, match="colours"):
        columns("x", ["a"], [Series(str(number), (1,)) for number in range(6)])
    with pytest.raises(ValueError, match="colours"):
        lines("x", ["a"], [Series(str(number), (1,)) for number in range(5)])


def test_nothing_to_show_is_no_error() -> None:
    """Does an empty window still give a picture?"""
    assert "<svg" in columns("x", [], [Series("a", ())])
    assert "<svg" in lines("x", [], [Series("a", ())])
    assert "<svg" in bars("x", [])
    assert "<svg" in intervals("x", [])
