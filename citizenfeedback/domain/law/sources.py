"""The instruments the rows cite, and where each row was read.

A citation is built from its parts, so that the same article reads the same everywhere. Marks say
how sure a row is: V read in a source, V2 read indirectly, M from memory and to be checked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a row was verified."""

    READ = "V"
    INDIRECT = "V2"
    MEMORY = "M"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, decree or circular."""

    vi: str
    en: str


INSTRUMENTS: dict[str, Instrument] = {
    "BLDS": Instrument("Bộ luật Dân sự 91/2015/QH13", "Civil Code 91/2015/QH13"),
    "BLLD": Instrument("Bộ luật Lao động 45/2019/QH14", "Labour Code 45/2019/QH14"),
    "KN": Instrument("Luật Khiếu nại 02/2011/QH13", "Law on Complaints 02/2011/QH13"),
    "TC": Instrument("Luật Tố cáo 25/2018/QH14", "Law on Denunciations 25/2018/QH14"),
    "TCD": Instrument(
        "Luật Tiếp công dân 42/2013/QH13", "Law on Reception of Citizens 42/2013/QH13"
    ),
    "LT": Instrument("Luật Lưu trữ", "Law on Archives"),
    "L91": Instrument(
        "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15",
        "Law on Personal Data Protection 91/2025/QH15",
    ),
    "TTHC": Instrument(
        "Luật Tố tụng hành chính 93/2015/QH13", "Law on Administrative Procedure 93/2015/QH13"
    ),
    "L136": Instrument("Luật 136/2025/QH15", "Law 136/2025/QH15"),
    "ND20": Instrument("Nghị định 20/2008/NĐ-CP", "Decree 20/2008/NĐ-CP"),
    "ND31": Instrument("Nghị định 31/2019/NĐ-CP", "Decree 31/2019/NĐ-CP"),
    "ND124": Instrument("Nghị định 124/2020/NĐ-CP", "Decree 124/2020/NĐ-CP"),
    "ND141": Instrument("Nghị định 141/2025/NĐ-CP", "Decree 141/2025/NĐ-CP"),
    "ND154": Instrument("Nghị định 154/2026/NĐ-CP", "Decree 154/2026/NĐ-CP"),
    "ND155": Instrument("Nghị định 155/2026/NĐ-CP", "Decree 155/2026/NĐ-CP"),
    "ND156": Instrument("Nghị định 156/2026/NĐ-CP", "Decree 156/2026/NĐ-CP"),
    "ND356": Instrument("Nghị định 356/2025/NĐ-CP", "Decree 356/2025/NĐ-CP"),
    "TT04": Instrument("Thông tư 04/2021/TT-TTCP", "Circular 04/2021/TT-TTCP"),
    "TT05": Instrument("Thông tư 05/2021/TT-TTCP", "Circular 05/2021/TT-TTCP"),
    "TT07": Instrument("Thông tư 07/2014/TT-TTCP", "Circular 07/2014/TT-TTCP"),
}

READ_IN: dict[str, str] = {
    "S1": "public codification (Pháp điển), snapshot of July 2026; text from before Law 136/2025",
    "S5": "Decree 154/2026/NĐ-CP, full text",
    "S6": "Decree 155/2026/NĐ-CP, full text",
    "S7": "Decree 156/2026/NĐ-CP, text",
    "S12": "nhandan.vn and laodong.vn on Decree 141/2025/NĐ-CP",
    "S17": "lawnet.vn on Decree 124/2020/NĐ-CP",
    "S18": "source code and templates of a deployed petition system, December 2024",
    "S19": "public code of a petition system of 2026 that quotes Circular 05/2021",
    "S21": "thanhtra.dongnai.gov.vn on a second-instance case of 2025",
    "S46": "plo.vn and rajahtannasia.com on Decree 356/2025/NĐ-CP",
    "S49": "cdlaf.vn on Decree 356/2025/NĐ-CP",
    "S90": "Law 136/2025/QH15, scan of the signed original, read in full",
}


@dataclass(frozen=True, slots=True)
class Provision:
    """One place in one instrument; `article` is 28, clause and point narrow it down."""

    instrument: str
    article: str = ""
    clause: str = ""
    point: str = ""

    def place(self, lang: str = "vi") -> str:
        """`điều 36 khoản 1`, or `article 36 clause 1`."""
        words = ("điều", "khoản", "điểm") if lang == "vi" else ("article", "clause", "point")
        parts = zip(words, (self.article, self.clause, self.point), strict=True)
        return " ".join(f"{word} {value}" for word, value in parts if value)


def cite(provisions: Sequence[Provision], lang: str = "vi") -> str:
    """`Luật Khiếu nại 02/2011/QH13, điều 28`: all provisions of a row, each instrument named once.

    The instruments stand in the order in which the row names them.
    """
    places: dict[str, list[str]] = {}
    for provision in provisions:
        places.setdefault(provision.instrument, []).append(provision.place(lang))
    titles = {key: INSTRUMENTS[key].vi if lang == "vi" else INSTRUMENTS[key].en for key in places}
    return "; ".join(
        ", ".join([titles[key], *(place for place in found if place)])
        for key, found in places.items()
    )
