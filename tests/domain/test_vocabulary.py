"""The words of the office as codes."""

import re
from enum import Enum, StrEnum

from citizenfeedback.domain import vocabulary
from citizenfeedback.domain.vocabulary import OPEN_PHASES, PHASE_OF, STAFF_ROLES, Phase, State


def codes() -> list[type[StrEnum]]:
    """Every enumeration of codes."""
    return [
        thing
        for thing in vars(vocabulary).values()
        if isinstance(thing, type) and issubclass(thing, StrEnum) and thing is not StrEnum
    ]


def test_is_every_code_stable_lower_case() -> None:
    for enum in codes():
        for member in enum:
            assert re.fullmatch(r"[a-z][a-z0-9_]*", member.value)
            assert member.value == member.name.lower()


def test_has_every_state_its_phase() -> None:
    assert set(PHASE_OF) == set(State)
    assert set(PHASE_OF.values()) == set(Phase)
    assert Phase.CLOSED not in OPEN_PHASES


def test_are_citizens_and_the_system_no_staff() -> None:
    assert isinstance(vocabulary.Role.SYSTEM, Enum)
    assert vocabulary.Role.SYSTEM not in STAFF_ROLES
    assert vocabulary.Role.CITIZEN not in STAFF_ROLES
