"""Which letters the typeface of the product has, so that nothing on paper is an empty box by chance.

A paper for the archive may hold only letters that its typeface has; what people type holds others.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FONTS = Path(__file__).resolve().parent / "fonts"
REGULAR = "LiberationSerif-Regular.ttf"
BOLD = "LiberationSerif-Bold.ttf"
INSTEAD = "□"
# Signs that look like one the typeface has: hyphens that are not the one of the keyboard.
_ALIKE = str.maketrans({"\u2010": "-", "\u2011": "-", "\t": " "})
_SEGMENTS = 4  # the format of the table that maps the letters of all common scripts
_UNUSED = 0xFFFF
_MEASURED_AT = 1000
_POINT = 25.4 / 72


def printable(text: str) -> str:
    """The text with "□" in place of every sign that the typeface does not have."""
    known = letters()
    alike = text.translate(_ALIKE)
    return "".join(one if ord(one) in known or one == "\n" else INSTEAD for one in alike)


def unprintable(text: str) -> tuple[str, ...]:
    """The signs of a text that cannot be printed, each once, in the order of the text."""
    known = letters()
    alike = text.translate(_ALIKE)
    return tuple(dict.fromkeys(one for one in alike if ord(one) not in known and one != "\n"))


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text of this size in points is set on one line, in millimetres."""
    return float(_face(bold).getlength(text)) / _MEASURED_AT * size * _POINT


@lru_cache(maxsize=2)
def _face(bold: bool) -> FreeTypeFont:
    # Loaded only when paper is made, so that commands start quickly.
    from PIL import ImageFont

    return ImageFont.truetype(str(FONTS / (BOLD if bold else REGULAR)), _MEASURED_AT)


@lru_cache(maxsize=1)
def letters() -> frozenset[int]:
    """The code points that the typeface has."""
    font = (FONTS / REGULAR).read_bytes()
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    found: set[int] = set()
    for place in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 4 + 8 * place + 4)
        if struct.unpack_from(">H", font, start + offset)[0] == _SEGMENTS:
            found |= _segments(font, start + offset)
    return frozenset(found)


def _table(font: bytes, tag: bytes) -> int:
    """Where a table of the font begins."""
    (count,) = struct.unpack_from(">H", font, 4)
    for place in range(count):
        name, _check, offset, _length = struct.unpack_from(">4sIII", font, 12 + 16 * place)
        if name == tag:
            return int(offset)
    raise ValueError(f"no table {tag!r} in {REGULAR}")


def _segments(font: bytes, start: int) -> set[int]:
    """The code points of one table of segments (format 4) that lead to a glyph."""
    doubled = struct.unpack_from(">H", font, start + 6)[0]
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", font, start + 14)
    starts = struct.unpack_from(f">{count}H", font, start + 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", font, start + 16 + 2 * doubled)
    ranges = start + 16 + 3 * doubled
    offsets = struct.unpack_from(f">{count}H", font, ranges)
    found = set()
    for place, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, last + 1):
            glyph = code
            if offsets[place]:
                at = ranges + 2 * place + offsets[place] + 2 * (code - first)
                glyph = struct.unpack_from(">H", font, at)[0]
            if code != _UNUSED and glyph and (glyph + deltas[place]) & _UNUSED:
                found.add(code)
    return found
