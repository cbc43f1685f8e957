"""Posters and desk cards of the points where people rate: print-ready PDF, one page a point.

Vietnamese first with an English line beneath, whatever language the office reads: they hang where
anybody stands. The code leads to the page of the point; the plain address under it is for those
whose phone reads no codes.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from citizenfeedback.documents.catalogue import N_, translate
from citizenfeedback.documents.formats import NO_BREAK
from citizenfeedback.documents.paper import TEMPLATES
from citizenfeedback.documents.qr import qr_svg
from citizenfeedback.documents.typeface import FONTS

RATE_PATH = "/r/"
SIDE = "vi"
BENEATH = "en"

WORDMARK = N_("Tiếng nói người dân")
ASKED = N_("Ông/bà được phục vụ thế nào?")
STEPS = (N_("Mở máy ảnh"), N_("Soi vào mã này"), N_("Chọn một khuôn mặt"))
PROMISE = N_("Không cần tên, không cần đăng nhập. Cán bộ ở quầy không biết ông/bà chọn gì.")
OR_TYPE = N_("Hoặc gõ địa chỉ này trên điện thoại")


class PosterSize(StrEnum):
    """The sheet: a poster for the wall, or a card for the desk."""

    A4 = "a4"
    A5 = "a5"
    A6 = "a6"


@dataclass(frozen=True, slots=True)
class Poster:
    """One point to put up: its code and name, whose it is, and the site on which it is rated."""

    code: str
    point: str
    unit: str
    unit_en: str
    site: str

    @property
    def address(self) -> str:
        """Where its code leads."""
        return f"{self.site}{RATE_PATH}{self.code}"


def posters_pdf(posters: Sequence[Poster], size: PosterSize = PosterSize.A4) -> bytes:
    """The sheets of these points, in their order; the same points give the same bytes."""
    # Loaded only when paper is made: the compiler is large and commands should start quickly.
    import typst

    paper: bytes = typst.compile(**_told(posters, size), format="pdf")
    return paper


def poster_pages(posters: Sequence[Poster], size: PosterSize, ppi: float = 72) -> list[bytes]:
    """The sheets as PNG pictures, to look at."""
    import typst

    # One page comes as it is, several as a list.
    pictures: Any = typst.compile(**_told(posters, size), format="png", ppi=ppi)
    return pictures if isinstance(pictures, list) else [pictures]


def _told(posters: Sequence[Poster], size: PosterSize) -> dict[str, Any]:
    return {
        "input": str(TEMPLATES / "poster.typ"),
        "root": str(TEMPLATES),
        "font_paths": [str(FONTS)],
        "ignore_system_fonts": True,
        "sys_inputs": {"data": json.dumps(_data(posters, size), ensure_ascii=False)},
        "timestamp": 0,
    }


def _data(posters: Sequence[Poster], size: PosterSize) -> dict[str, Any]:
    return {
        "size": size.value,
        "words": {lang: _words(lang) for lang in (SIDE, BENEATH)},
        "posters": [
            {
                "point": one.point,
                "code": one.code,
                "unit": one.unit,
                "unit_en": one.unit_en,
                "address": one.address.partition("://")[2],
                "qr": qr_svg(one.address, title=one.point),
            }
            for one in posters
        ],
    }


def _words(lang: str) -> dict[str, Any]:
    return {
        "wordmark": translate(WORDMARK, lang),
        # The last two words keep together: a line of one word is hard to read from afar.
        "asked": NO_BREAK.join(translate(ASKED, lang).rsplit(" ", 1)),
        "steps": [translate(step, lang) for step in STEPS],
        "promise": translate(PROMISE, lang),
        "or_type": translate(OR_TYPE, lang),
    }
