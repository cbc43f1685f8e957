"""What stands at the head and foot of a unit's letters, from its name where nobody entered it."""

from dataclasses import dataclass

from citizenfeedback.domain.letters import Letterhead

_COMMITTEE = "Ủy ban nhân dân"
_SHORT_COMMITTEE = "UBND"
_SPELT = (("UBND", _COMMITTEE), ("TP.", "thành phố"))
_COMMUNES = ("xã", "phường", "đặc khu", "thị trấn")
_HEADS = (
    ("sở", "Giám đốc"),
    ("trung tâm", "Giám đốc"),
    ("ban", "Trưởng ban"),
    ("phòng", "Trưởng phòng"),
    ("đội", "Đội trưởng"),
    ("thanh tra", "Chánh Thanh tra"),
    ("văn phòng", "Chánh Văn phòng"),
)


@dataclass(frozen=True, slots=True)
class OfficeHead:
    """A letterhead with the titles that signatures need: the head's, and the collective body's."""

    letterhead: Letterhead
    head_title: str
    collective: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """What an administrator entered for a unit; empty where the name says it."""

    superior: str = ""
    body: str = ""
    place: str = ""
    short: str = ""
    drafting: str = ""
    head_title: str = ""
    collective: str = ""


def office_head(entered: Entered, *, name: str, parent: str = "", top: str = "") -> OfficeHead:
    """The head of a unit's letters; `parent` is the unit above, `top` the province."""
    body = entered.body or spelt_out(name)
    committee = body.casefold().startswith(_COMMITTEE.casefold())
    return OfficeHead(
        Letterhead(
            superior=entered.superior or ("" if committee else spelt_out(parent)),
            body=body,
            place=entered.place or _commune(name) or _commune(parent) or place_of(top or name),
            short=entered.short or abbreviated(name),
            drafting=entered.drafting,
        ),
        head_title=entered.head_title or _head_title(name, committee=committee),
        collective=entered.collective or (_COMMITTEE if committee else ""),
    )


def spelt_out(name: str) -> str:
    """The name of a body in full, as a letterhead has it."""
    for short, full in _SPELT:
        name = name.replace(short, full)
    return name


def abbreviated(name: str) -> str:
    """A body in a symbol: `UBND` for a committee, else its initials (`SXD`)."""
    if spelt_out(name).casefold().startswith(_COMMITTEE.casefold()):
        return _SHORT_COMMITTEE
    words = name.replace(",", " ").split()
    kept = [word for word in words if word.casefold() not in ("và", "tỉnh", "thành", "phố")]
    return "".join(word if word.isupper() else word[:1].upper() for word in kept)[:12]


def place_of(top: str) -> str:
    """The place in the date line: the province by its name."""
    words = spelt_out(top)
    for before in ("tỉnh ", "thành phố "):
        _, found, place = words.partition(before)
        if found and place:
            return place
    return "……"


def _commune(name: str) -> str:
    """The commune that a committee is of: its letters are dated there (NĐ 30/2020, annex I)."""
    for before in _COMMUNES:
        _, found, place = spelt_out(name).partition(f"{_COMMITTEE} {before} ")
        if found and place:
            # One that is only a number is written out: Phường 9.
            return f"{before.capitalize()} {place}" if place.isdigit() else place
    return ""


def _head_title(name: str, *, committee: bool) -> str:
    if committee:
        return "Chủ tịch"
    folded = name.casefold()
    return next((title for start, title in _HEADS if folded.startswith(start)), "Thủ trưởng")
