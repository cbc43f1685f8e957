"""Charts as SVG text: the same picture on a page, in a PDF and as a file of its own.

Only presentation attributes and classes, so a strict content policy passes it; the classes let a
page's theme repaint it. At most five colours, names written where they belong, counts drawn from
zero. A table with the same numbers stands beside every chart: the picture is for a glance only.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from citizenfeedback.documents.formats import format_number

COLOURS = ("#0B6152", "#D9C7B4", "#1B4F8F", "#B07800", "#9B1C20")
EDGE = "#94795B"  # around the pale second colour, which alone is too faint on white
LINE_COLOURS = (0, 2, 3, 4)  # lines need the dark ones
COLUMN_COLOURS = (0, 1, 2, 3, 4)
PAIR_COLOURS = (1, 0)  # of two, the second is what the chart is about
INK, SOFT, GRID, AXIS = "#211C19", "#5B524B", "#D9D0C5", "#6F655C"
FONT = "Be Vietnam Pro, Noto Sans, sans-serif"
WIDEST = 56
"""The widest bar: a chart of one month is no poster."""

LETTER = 0.56  # average width of a letter, in sizes
Scale = Callable[[float], float]


@dataclass(frozen=True)
class Series:
    """One row of values over the categories; None where nothing is known."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Bar:
    """One bar of a list: its name, length and the text at its end."""

    name: str
    value: float
    text: str = ""


@dataclass(frozen=True)
class Interval:
    """A mean with the interval it may lie in, and how many it stands on."""

    name: str
    value: float
    low: float
    high: float
    text: str = ""


def ticks(highest: float, wanted: int = 4) -> list[float]:
    """Round steps from zero to at least `highest`: 1, 2 or 5 times a power of ten."""
    if highest <= 0:
        return [0, 1]
    raw = highest / wanted
    power = 10 ** floor(log10(raw))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw * 0.999)
    if step < 1 and highest >= wanted:
        step = 1
    return [round(step * number, 10) for number in range(ceil(round(highest / step, 9)) + 1)]


def columns(
    title: str,
    categories: Sequence[str],
    series: Sequence[Series],
    *,
    lang: str = "vi",
    width: int = 560,
    height: int = 250,
) -> str:
    """Upright bars side by side for each category."""
    _limit(series, len(COLOURS))
    scale, parts, bottom = _frame(categories, series, lang, width, height)
    left, right, _top = _edges(series, lang, width)
    slot = (right - left) / max(1, len(categories))
    group = min(slot * (0.66 if len(series) > 1 else 0.6), WIDEST * len(series))
    thick = group / len(series)
    shades = _shades(series)
    for number, one in enumerate(series):
        for place, value in enumerate(one.values):
            if value is None:
                continue
            x = left + slot * place + (slot - group) / 2 + thick * number
            tall = scale(value)
            parts.append(
                f'<rect {_fill(shades[number])} x="{x:.1f}" '
                f'y="{bottom - tall:.1f}" width="{max(1, thick - 1.5):.1f}" height="{tall:.1f}" '
                f'rx="{min(2, thick / 4):.1f}"><title>{escape(f"{one.name}, {categories[place]}")}: '
                f"{format_number(value, lang, _digits(value))}</title></rect>"
            )
    parts.append(_line(left, bottom, right, bottom, "chart__axis", AXIS))
    return _svg(title, width, height, parts)


def lines(
    title: str,
    categories: Sequence[str],
    series: Sequence[Series],
    *,
    lang: str = "vi",
    width: int = 560,
    height: int = 250,
) -> str:
    """Lines over time, each named at its end; a gap stays a gap."""
    _limit(series, len(LINE_COLOURS))
    scale, parts, bottom = _frame(categories, series, lang, width, height, legend=False)
    left, right, _top = _edges(series, lang, width, legend=False)
    right -= _room([one.name for one in series], 11) + 8
    step = (right - left) / max(1, len(categories) - 1)
    taken: list[float] = []
    for number, one in enumerate(series):
        points = [
            (left + step * place, bottom - scale(value))
            for place, value in enumerate(one.values)
            if value is not None
        ]
        parts += _strokes(one, number, left, step, bottom, scale)
        if not points:
            continue
        x, y = points[-1]
        parts.append(f'<circle {_fill(LINE_COLOURS[number])} cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>')
        taken.append(_free(y, taken))
        parts.append(_text(x + 8, taken[-1] + 4, one.name, 11, INK))
    parts.append(_line(left, bottom, right, bottom, "chart__axis", AXIS))
    return _svg(title, width, height, parts)


def bars(title: str, rows: Sequence[Bar], *, lang: str = "vi", width: int = 560) -> str:
    """Lying bars, one a row: for units, fields, reasons."""
    named = min(width * 0.45, _room([row.name for row in rows], 12) + 22)
    valued = [row.text or format_number(row.value, lang, _digits(row.value)) for row in rows]
    room = width - named - _room(valued, 12) - 14
    highest = max([row.value for row in rows] + [0]) or 1
    parts = []
    for number, (row, value) in enumerate(zip(rows, valued, strict=True)):
        y = 6 + number * 30
        long = room * max(0, row.value) / highest
        parts += [
            _text(named - 8, y + 16, _cut(row.name, named - 12, 12), 12, INK, "end"),
            f'<rect {_fill(0)} x="{named:.1f}" y="{y + 2}" '
            f'width="{long:.1f}" height="19" rx="2"><title>{escape(row.name)}: '
            f"{escape(value)}</title></rect>",
            _text(named + long + 7, y + 16, value, 12, INK),
        ]
    height = 12 + 30 * len(rows)
    parts.append(_line(named, 2, named, height - 6, "chart__axis", AXIS))
    return _svg(title, width, height, parts)


def intervals(
    title: str,
    rows: Sequence[Interval],
    *,
    lowest: float = 1,
    highest: float = 5,
    lang: str = "vi",
    width: int = 560,
    digits: int = 2,
) -> str:
    """A dot with its interval a row, on the whole scale of the score, never a part of it."""
    named = min(width * 0.42, _room([row.name for row in rows], 12) + 22)
    valued = [row.text or format_number(row.value, lang, digits) for row in rows]
    right = width - _room(valued, 12) - 14
    unit = (right - named) / (highest - lowest)
    bottom = 8 + 32 * len(rows)

    def at(value: float) -> float:
        return named + (min(highest, max(lowest, value)) - lowest) * unit

    parts = []
    for mark in range(int(lowest), int(highest) + 1):
        parts += [
            _line(at(mark), 4, at(mark), bottom, "chart__grid", GRID),
            _text(at(mark), bottom + 16, format_number(mark, lang), 11, SOFT, "middle"),
        ]
    for number, (row, value) in enumerate(zip(rows, valued, strict=True)):
        y = 22 + number * 32
        said = " – ".join(format_number(end, lang, digits) for end in (row.low, row.high))
        parts += [
            _text(named - 10, y + 4, _cut(row.name, named - 14, 12), 12, INK, "end"),
            f'<rect {_fill(1)} x="{at(row.low):.1f}" y="{y - 5}" '
            f'width="{max(2, at(row.high) - at(row.low)):.1f}" height="10" rx="5">'
            f"<title>{escape(row.name)}: {said}</title></rect>",
            f'<circle {_fill(0)} cx="{at(row.value):.1f}" cy="{y}" r="5.5"/>',
            _text(right + 12, y + 4, value, 12, INK),
        ]
    return _svg(title, width, bottom + 24, parts)


def _limit(series: Sequence[Series], most: int) -> None:
    if len(series) > most:
        raise ValueError(f"a chart has {most} colours at most; show the rest in the table")


def _digits(value: float) -> int:
    return 0 if float(value).is_integer() else 2


def _shades(series: Sequence[Series]) -> tuple[int, ...]:
    return PAIR_COLOURS if len(series) == 2 else COLUMN_COLOURS


def _fill(number: int) -> str:
    edge = f' stroke="{EDGE}" stroke-width="0.75"' if number == 1 else ""
    return f'class="c{number + 1}" fill="{COLOURS[number]}"{edge}'


def _room(texts: Sequence[str], size: float) -> float:
    return max((len(text) for text in texts), default=0) * size * LETTER


def _cut(text: str, room: float, size: float) -> str:
    letters = int(room / (size * LETTER))
    return text if len(text) <= letters else text[: max(1, letters - 1)].rstrip() + "…"


def _free(y: float, taken: list[float]) -> float:
    while any(abs(y - other) < 13 for other in taken):
        y += 13
    return y


def _text(x: float, y: float, text: str, size: int, colour: str, anchor: str = "start") -> str:
    soft = ' class="chart__soft"' if colour == SOFT else ""
    return (
        f'<text{soft} x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, name: str, colour: str) -> str:
    return (
        f'<line class="{name}" stroke="{colour}" x1="{x1:.1f}" y1="{y1:.1f}" '
        f'x2="{x2:.1f}" y2="{y2:.1f}"/>'
    )


def _highest(series: Sequence[Series]) -> float:
    return max([value for one in series for value in one.values if value is not None] + [0])


def _edges(
    series: Sequence[Series], lang: str, width: int, *, legend: bool = True
) -> tuple[float, float, float]:
    marks = [format_number(mark, lang, _digits(mark)) for mark in ticks(_highest(series))]
    return _room(marks, 11) + 12, width - 4, 34 if legend and len(series) > 1 else 14


def _frame(
    categories: Sequence[str],
    series: Sequence[Series],
    lang: str,
    width: int,
    height: int,
    *,
    legend: bool = True,
) -> tuple[Scale, list[str], float]:
    left, right, top = _edges(series, lang, width, legend=legend)
    bottom = height - 26
    marks = ticks(_highest(series))

    def scale(value: float) -> float:
        return max(0.0, value) / marks[-1] * (bottom - top)

    parts = _legend(series, right) if legend and len(series) > 1 else []
    for mark in marks:
        y = bottom - scale(mark)
        if mark:
            parts.append(_line(left, y, right, y, "chart__grid", GRID))
        text = format_number(mark, lang, _digits(mark))
        parts.append(_text(left - 8, y + 4, text, 11, SOFT, "end"))
    end = right if legend else right - _room([one.name for one in series], 11) - 8
    between = legend or len(categories) == 1
    slot = (end - left) / max(1, len(categories) if between else len(categories) - 1)
    every = max(1, ceil((_room(list(categories), 11) + 8) / slot)) if categories else 1
    for place, category in enumerate(categories):
        if place % every == 0:
            x = left + slot * (place + 0.5 if between else place)
            parts.append(_text(x, bottom + 18, category, 11, SOFT, "middle"))
    return scale, parts, bottom


def _legend(series: Sequence[Series], right: float) -> list[str]:
    parts, x = [], right
    for number, one in reversed(list(enumerate(series))):
        x -= _room([one.name], 11) + 30
        parts += [
            f'<rect {_fill(_shades(series)[number])} x="{x:.1f}" y="4" '
            'width="11" height="11" rx="2"/>',
            _text(x + 17, 13.5, one.name, 11, INK),
        ]
    return parts


def _strokes(
    one: Series, number: int, left: float, step: float, bottom: float, scale: Scale
) -> list[str]:
    runs: list[list[str]] = [[]]
    for place, value in enumerate(one.values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{left + step * place:.1f},{bottom - scale(value):.1f}")
    colour = LINE_COLOURS[number]
    return [
        f'<polyline class="s{colour + 1}" stroke="{COLOURS[colour]}" stroke-width="2.5" '
        f'fill="none" stroke-linejoin="round" points="{" ".join(run)}"/>'
        for run in runs
        if len(run) > 1
    ]


def _svg(title: str, width: int, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" '
        f'width="{width}" height="{height:.0f}" role="img" aria-label="{escape(title)}" '
        f'font-family="{FONT}">{"".join(parts)}</svg>'
    )
