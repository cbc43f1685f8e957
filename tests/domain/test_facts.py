"""The frozen views that rules read."""

from dataclasses import replace
from datetime import date

from citizenfeedback.domain.facts import NOBODY, SYSTEM, Actor, CaseFacts
from citizenfeedback.domain.vocabulary import CaseKind, Phase, State

CASE = CaseFacts(
    id=1,
    kind=CaseKind.PETITION,
    state=State.VERIFYING,
    unit_id=1,
    received_on=date(2026, 11, 2),
)


def test_who_is_an_official() -> None:
    assert Actor(user_id=1).is_staff
    assert not SYSTEM.is_staff
    assert not NOBODY.is_staff


def test_what_does_the_state_say_of_a_case() -> None:
    assert CASE.phase is Phase.WORKING
    assert CASE.open
    assert not replace(CASE, state=State.DONE).open
    assert replace(CASE, state=State.DECIDED).open


def test_which_kind_is_sealed() -> None:
    assert [kind for kind in CaseKind if replace(CASE, kind=kind).sealed] == [CaseKind.DENUNCIATION]
