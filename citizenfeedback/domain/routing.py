"""Which office a matter goes to, by its field or its place: a proposal to the citizen, never a decision.

The departments are those of Nghị định 150/2025/NĐ-CP (specialised agencies of a province), found by
their names, since each province keeps its own codes.
"""

import re
from collections.abc import Iterable, Mapping

from citizenfeedback.domain.text import fold
from citizenfeedback.domain.vocabulary import CaseField

FIELD_OFFICES: Mapping[CaseField, tuple[str, ...]] = {
    CaseField.LAND: ("sở nông nghiệp và môi trường", "sở tài nguyên"),
    CaseField.ENVIRONMENT: ("sở nông nghiệp và môi trường", "sở tài nguyên"),
    CaseField.CONSTRUCTION: ("sở xây dựng",),
    CaseField.POLICY: ("sở nội vụ",),
    CaseField.CONDUCT: ("sở nội vụ",),
    CaseField.JUDICIAL: ("sở tư pháp",),
    CaseField.CORRUPTION: ("thanh tra tỉnh",),
    CaseField.ORDER: ("công an tỉnh",),
}
"""Names with which an office begins, the likeliest first; fields of nobody in particular lack."""


def office_of_field(field: CaseField, offices: Iterable[tuple[int, str]]) -> int | None:
    """The office (id, name) that leads a field, if there is one of that name."""
    named = [(fold(name), unit_id) for unit_id, name in offices]
    for wanted in FIELD_OFFICES.get(field, ()):
        found = [unit_id for name, unit_id in named if name.startswith(fold(wanted))]
        if found:
            return found[0]
    return None


_COMMUNE = re.compile(r"(?:ubnd|uy ban nhan dan) ((?:xa|phuong|dac khu) (.+))")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def commune_of_place(place: str, communes: Iterable[tuple[int, str]]) -> int | None:
    """The People's Committee (id, name) of the commune that a place names, accents or not.

    "phường Bãi Cháy" goes before a bare "Bãi Cháy", which may be a street's name; of several the
    last counts, since an address goes from small to large. A number alone is no commune.
    """
    said = f" {_NOT_LETTERS.sub(' ', fold(place)).strip()} "
    found: list[tuple[bool, int, int, int]] = []
    for unit_id, name in communes:
        named = _COMMUNE.fullmatch(_NOT_LETTERS.sub(" ", fold(name)).strip())
        for typed, words in ((True, named[1]), (False, named[2])) if named else ():
            at = said.rfind(f" {words} ")
            if at >= 0 and not words.isdigit():
                found.append((typed, at + len(words), len(words), unit_id))
    return max(found)[-1] if found else None
