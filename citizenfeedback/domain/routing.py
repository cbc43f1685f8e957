"""Which department of the province leads a field: a proposal to the citizen, never a decision.

The departments are those of Nghị định 150/2025/NĐ-CP (specialised agencies of a province), found by
their names, since each province keeps its own codes.
"""

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
