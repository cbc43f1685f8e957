"""What a decision brings, and how far it has been carried out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from citizenfeedback.documents.refusals import REFUSALS
from citizenfeedback.domain.outcomes import (
    MOST,
    OUTCOME_AMOUNTS,
    PROGRESS_AMOUNTS,
    Outcome,
    Progress,
    finished,
    millions,
    outcome_problem,
    progress_problem,
    remaining,
    square_metres,
    tenths_of_metres,
    to_carry_out,
    total_of,
)
from citizenfeedback.domain.vocabulary import CaseKind, FirstDecision, Instance

DAY = date(2026, 11, 23)
ORDERED = Outcome(
    money_to_state=12_500_000,
    land_to_state=1_234,
    money_returned=3_000_000,
    land_returned=505,
    organisations_disciplined=1,
    people_disciplined=3,
    officials_disciplined=2,
)
ALL_OWED = Progress(
    DAY,
    money_collected=12_500_000,
    land_collected=1_234,
    money_given_back=3_000_000,
    land_given_back=505,
)


@pytest.mark.parametrize(
    ("outcome", "kind", "instance", "problem"),
    [
        (Outcome(), "complaint", Instance.FIRST, None),
        (ORDERED, "denunciation", Instance.FIRST, None),
        (ORDERED, "petition", Instance.FIRST, "outcome_of_no_decision"),
        (Outcome(money_to_state=-1), "complaint", Instance.FIRST, "amount_out_of_range"),
        (Outcome(land_to_state=MOST + 1), "complaint", Instance.FIRST, "amount_out_of_range"),
        (
            Outcome(officials_disciplined=1),
            "complaint",
            Instance.FIRST,
            "more_officials_than_people",
        ),
        (
            Outcome(referred_cases=1, referred_people=1, referred_officials=2),
            "denunciation",
            Instance.FIRST,
            "more_officials_than_people",
        ),
        (Outcome(referred_people=1), "denunciation", Instance.FIRST, "referred_without_case"),
        (Outcome(), "complaint", Instance.SECOND, "first_decision_unsaid"),
        (Outcome(first_decision=FirstDecision.CHANGED), "complaint", Instance.SECOND, None),
        (
            Outcome(first_decision=FirstDecision.CONFIRMED),
            "complaint",
            Instance.FIRST,
            "first_decision_not_here",
        ),
        (
            Outcome(first_decision=FirstDecision.CONFIRMED),
            "denunciation",
            Instance.SECOND,
            "first_decision_not_here",
        ),
    ],
)
def test_what_is_wrong_with_an_outcome(
    outcome: Outcome, kind: str, instance: Instance, problem: str | None
) -> None:
    assert outcome_problem(outcome, CaseKind(kind), instance) == problem


@pytest.mark.parametrize(
    ("before", "entry", "problem"),
    [
        ([], Progress(DAY, money_collected=12_500_000), None),
        ([], Progress(DAY, money_collected=12_500_001), "more_than_ordered"),
        (
            [Progress(DAY, land_given_back=500)],
            Progress(DAY, land_given_back=6),
            "more_than_ordered",
        ),
        ([], Progress(DAY, people_handled=9), None),
        ([], Progress(DAY, officials_handled=1), "more_officials_than_people"),
        ([Progress(DAY, people_handled=1)], Progress(DAY, officials_handled=1), None),
        ([], Progress(DAY, prosecuted_officials=1), "more_officials_than_people"),
        ([], Progress(DAY, prosecuted_cases=-1), "amount_out_of_range"),
        ([], Progress(DAY, finished=True), "not_all_carried_out"),
        ([], replace(ALL_OWED, finished=True), None),
        ([ALL_OWED], Progress(DAY, finished=True), None),
        ([replace(ALL_OWED, finished=True)], Progress(DAY), "already_carried_out"),
    ],
)
def test_what_is_wrong_with_the_next_entry(
    before: list[Progress], entry: Progress, problem: str | None
) -> None:
    assert progress_problem(ORDERED, before, entry) == problem


def test_what_remains_after_a_part_was_done() -> None:
    left = remaining(ORDERED, [Progress(DAY, money_collected=500_000, people_handled=5)])
    assert (left.money_to_state, left.people_disciplined, left.officials_disciplined) == (
        12_000_000,
        0,
        2,
    )
    assert left.owes
    assert not remaining(ORDERED, [ALL_OWED]).owes


def test_is_there_anything_to_carry_out() -> None:
    assert to_carry_out(ORDERED)
    assert not to_carry_out(Outcome(referred_cases=1, referred_people=2))
    assert not finished([])


@given(entries=some.lists(some.integers(0, 4_000_000), max_size=8))
def test_does_the_order_of_payments_not_matter(entries: list[int]) -> None:
    """Is what a lawful row of payments leaves owed the order less a plain count?"""
    paid: list[Progress] = []
    counted = 0
    for amount in entries:
        entry = Progress(DAY, money_collected=amount)
        lawful = counted + amount <= ORDERED.money_to_state
        assert (progress_problem(ORDERED, paid, entry) is None) == lawful
        if lawful:
            paid.append(entry)
            counted += amount
    assert total_of(paid)["money_collected"] == counted
    assert remaining(ORDERED, paid) == remaining(ORDERED, paid[::-1])
    assert remaining(ORDERED, paid).money_to_state == ORDERED.money_to_state - counted


@given(tenths=some.integers(0, MOST))
def test_do_the_units_go_there_and_back(tenths: int) -> None:
    assert tenths_of_metres(square_metres(tenths)) == tenths
    assert millions(tenths) * 1_000_000 == tenths


def test_how_are_the_units_printed() -> None:
    assert str(millions(12_500_000)) == "12.5"
    assert str(square_metres(1_234)) == "123.4"
    assert tenths_of_metres(Decimal("123.45")) == 1_235


def test_are_all_amounts_counted() -> None:
    assert (len(OUTCOME_AMOUNTS), len(PROGRESS_AMOUNTS)) == (12, 10)


def test_has_every_problem_a_sentence() -> None:
    assert {
        "outcome_of_no_decision",
        "amount_out_of_range",
        "more_officials_than_people",
        "referred_without_case",
        "first_decision_unsaid",
        "first_decision_not_here",
        "already_carried_out",
        "more_than_ordered",
        "not_all_carried_out",
    } <= set(REFUSALS)
