"""The tables of words hold nothing that the vocabulary does not know."""

from citizenfeedback.documents import words
from citizenfeedback.domain.intake import Submission
from citizenfeedback.domain.workflow import INPUTS, TRANSITIONS


def test_does_every_table_hold_exactly_the_members_of_its_enumeration() -> None:
    for enum, table in words.LABELS.items():
        assert list(table) == list(enum), enum


def test_does_every_button_and_state_belong_to_its_kind() -> None:
    acts = {(row.action, kind) for row in TRANSITIONS for kind in row.kinds}
    states = {(state, kind) for row in TRANSITIONS for kind in row.kinds for state in row.sources}
    assert set(words.BUTTONS) <= acts
    assert set(words.STATES) <= states


def test_has_every_entry_a_name() -> None:
    asked = {name for inputs in INPUTS.values() for name in inputs.required + inputs.optional}
    assert asked | set(Submission.__dataclass_fields__) <= set(words.INPUTS)
