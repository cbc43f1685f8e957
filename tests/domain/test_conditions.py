"""What must hold for a step besides the state."""

from dataclasses import replace
from datetime import date

import pytest

from citizenfeedback.domain import conditions
from citizenfeedback.domain.facts import CaseFacts
from citizenfeedback.domain.vocabulary import CaseKind, Complexity, Instance, State

EXAMINED = CaseFacts(
    id=1,
    kind=CaseKind.COMPLAINT,
    state=State.EXAMINING,
    unit_id=1,
    received_on=date(2026, 11, 2),
    eligible=True,
    competent=True,
)


@pytest.mark.parametrize(
    ("eligible", "competent", "holds"),
    [
        (True, True, {"acceptable", "refusable"}),
        (False, True, {"refusable", "ineligible", "returnable"}),
        (True, False, {"outside_competence", "forwardable", "returnable"}),
        (False, False, {"outside_competence", "ineligible", "returnable"}),
        (None, None, set()),
    ],
)
def test_which_outcomes_does_an_examination_open(
    eligible: bool | None, competent: bool | None, holds: set[str]
) -> None:
    facts = replace(EXAMINED, eligible=eligible, competent=competent)
    outcomes = {
        condition.__name__
        for condition in (
            conditions.acceptable,
            conditions.refusable,
            conditions.outside_competence,
            conditions.forwardable,
            conditions.ineligible,
            conditions.returnable,
        )
        if condition(facts) is None
    }
    assert outcomes == holds


def test_is_something_always_possible_after_an_examination() -> None:
    for eligible in (True, False):
        for competent in (True, False):
            facts = replace(EXAMINED, eligible=eligible, competent=competent)
            assert conditions.acceptable(facts) is None or conditions.returnable(facts) is None


def test_is_the_missing_signature_said_before_all_else() -> None:
    unsigned = replace(EXAMINED, signed=False, eligible=False)
    assert conditions.acceptable(unsigned) == "unsigned"
    assert conditions.still_unsigned(unsigned) is None


def test_how_often_may_a_term_be_extended() -> None:
    accepted = replace(EXAMINED, accepted_on=date(2026, 11, 9))
    allowed = {
        complexity: sum(
            conditions.extendable(replace(accepted, complexity=complexity, extensions=done)) is None
            for done in range(4)
        )
        for complexity in Complexity
    }
    assert allowed == {Complexity.NORMAL: 0, Complexity.COMPLEX: 1, Complexity.SPECIAL: 2}
    assert conditions.extendable(EXAMINED) == "not_accepted"


def test_what_follows_a_second_complaint() -> None:
    assert conditions.first_instance(EXAMINED) is None
    second = replace(EXAMINED, instance=Instance.SECOND)
    assert conditions.first_instance(second) == "no_third_complaint"
