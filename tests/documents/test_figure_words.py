"""Are figures and windows said as people say them, in both languages?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from citizenfeedback.documents.figure_words import (
    NAMES,
    PARTS,
    balance,
    counted_over,
    figure_definition,
    figure_name,
    figure_parts,
    figure_question,
    format_change,
    format_value,
    group_name,
    group_of,
    headline,
    kind_name,
    split_key,
    window_name,
    window_of,
    window_span,
    window_title,
)
from citizenfeedback.domain.indicators import INDICATORS, Measure, Over
from citizenfeedback.domain.windows import Window

YEAR = Window(date(2019, 1, 1), date(2019, 12, 31))
MAY = Window(date(2019, 5, 1), date(2019, 5, 31))
LEGAL = Window(date(2019, 3, 15), date(2019, 6, 14))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_figure_has_a_name_a_question_and_its_sides(lang: str) -> None:
    """Can every key be named, and every rate say what it divides?"""
    for key, indicator in INDICATORS.items():
        assert figure_name(key, lang)
        assert figure_question(key, lang)
        assert figure_definition(key, lang)
        assert (figure_parts(key, lang) is not None) == (indicator.measure is Measure.RATE)
        assert group_name(group_of(key), lang)
        assert counted_over(key) is indicator.over
    bases = {split_key(key)[0] for key in INDICATORS}
    assert set(NAMES) == bases
    assert set(PARTS) <= bases
    assert counted_over("ratings.mean") is Over.RATINGS


def test_a_kind_is_named_at_the_end_of_a_key() -> None:
    """Is the kind of a key told apart, also where two are taken together?"""
    assert figure_name("cases.accepted.complaint") == "Vụ việc thụ lý: Khiếu nại"
    assert split_key("receptions.turns.head") == ("receptions.turns.head", "")
    assert kind_name("complaint_and_denunciation", "en") == "Complaints and denunciations"
    assert kind_name("") == "Mọi loại đơn"


def test_windows_are_named_by_what_they_are() -> None:
    """Is a year called a year, a month a month, and any other window by its days?"""
    assert [window_name(one) for one in (YEAR, MAY, LEGAL)] == [
        "Năm 2019",
        "Tháng 5/2019",
        "Từ 15/03/2019 đến 14/06/2019",
    ]
    assert [window_name(one, "en") for one in (YEAR, MAY, LEGAL)] == [
        "In 2019",
        "In May 2019",
        "From 15/03/2019 to 14/06/2019",
    ]
    assert [window_title(one, "en") for one in (YEAR, MAY, LEGAL)] == [
        "2019",
        "May 2019",
        "15/03/2019 – 14/06/2019",
    ]
    assert window_title(YEAR) == "Năm 2019"
    assert window_span(MAY) == "01/05/2019 – 31/05/2019"
    assert window_of({"from": "2019-05-01", "to": "2019-05-31"}) == MAY


def test_values_and_changes_are_written_as_people_write_them() -> None:
    """Are counts, rates and means told apart, and a missing one shown as a dash?"""
    assert format_value("receptions.turns", 9209) == "9.209"
    assert format_value("cases.on_time_rate", Decimal("89.87")) == "89,87\u00a0%"
    assert format_value("cases.on_time_rate", Decimal("89.87"), "en") == "89.87%"
    assert format_value("ratings.mean", Decimal("4.26")) == "4,26"
    assert format_value("ratings.mean", None) == "–"
    assert format_change("receptions.turns", 1200, 200) == "+1.000"
    assert format_change("cases.on_time_rate", Decimal("89.87"), 93.19) == "−3,32"
    assert format_change("receptions.turns", 7, 7) == "0"
    assert format_change("ratings.mean", None, 4) == "–"


def test_the_first_sentence_answers_and_the_second_adds_up() -> None:
    """Does the headline say how much was settled, or that there was nothing to settle?"""
    key = "cases.resolution_rate.complaint_and_denunciation"
    figures = {key: {"value": 87.74, "numerator": 458, "denominator": 522}}
    expected = "Năm 2019 giải quyết 458 trên 522 vụ khiếu nại, tố cáo: 87,74\u00a0%"
    assert headline(figures, YEAR) == expected
    assert headline(figures, YEAR, "Sở Y tế").startswith("Năm 2019, Sở Y tế giải quyết 458")
    nothing = {key: {"value": None, "numerator": 0, "denominator": 0}}
    assert headline(nothing, MAY, lang="en") == (
        "In May 2019, there were no complaints or denunciations to resolve"
    )
    counts = {"opening": 148, "accepted": 5595, "resolved": 5174, "closing": 569}
    said = balance({f"cases.{name}": {"value": number} for name, number in counts.items()})
    assert said.startswith("148 vụ từ kỳ trước chuyển sang + 5.595 vụ thụ lý − 5.174")
