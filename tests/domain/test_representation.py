"""Who may speak for a group, and what an authorisation needs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from citizenfeedback.documents.refusals import REFUSALS
from citizenfeedback.domain.law.sources import READ_IN, Mark
from citizenfeedback.domain.representation import (
    ALLOWANCES,
    PROOF_RULES,
    Authorisation,
    Group,
    appointment_problem,
    authorisation_problem,
    authorised_once,
    group_acceptable,
    proof_rule,
    representatives_allowed,
    representatives_problem,
)
from citizenfeedback.domain.vocabulary import CaseKind

BEFORE, AFTER, NEXT_YEAR = date(2026, 6, 30), date(2026, 7, 1), date(2027, 1, 1)
TWELVE = Group(people=12, representatives=3, signed=12, appointed_by=12)


@pytest.mark.parametrize(
    ("people", "least", "most"),
    [(1, 0, 0), (2, 0, 1), (4, 0, 1), (5, 1, 2), (10, 1, 2), (11, 1, 5), (12, 1, 5), (800, 1, 5)],
)
def test_how_many_representatives_may_a_group_name(people: int, least: int, most: int) -> None:
    allowed = representatives_allowed(people)
    assert (allowed.least, allowed.most) == (least, most)
    assert "29" in allowed.law()
    told = [
        representatives_problem(Group(people, representatives))
        for representatives in range(most + 2)
    ]
    assert told == (
        ["group_needs_representatives"] * least
        + [None] * (most - least + 1)
        + ["too_many_representatives"]
    )


@given(people=some.integers(-3, 5_000))
def test_stands_every_size_in_exactly_one_row(people: int) -> None:
    rows = [row for row in ALLOWANCES if row.covers(max(people, 1))]
    assert rows == [representatives_allowed(people)]


def test_are_the_numbers_below_a_group_marked_as_unread() -> None:
    assert [row.mark for row in ALLOWANCES] == [Mark.MEMORY] * 2 + [Mark.READ] * 2


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, None),
        ({"appointed_by": None}, "appointment_not_written"),
        ({"appointed_by": 11}, "appointment_not_signed_by_all"),
        ({"representatives": 0, "appointed_by": None}, None),
    ],
)
def test_what_does_the_appointment_need(change: dict[str, int | None], problem: str | None) -> None:
    assert appointment_problem(replace(TWELVE, **change)) == problem  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "day", "group", "problem"),
    [
        ("complaint", AFTER, TWELVE, None),
        ("complaint", AFTER, replace(TWELVE, signed=11), "group_not_signed_by_all"),
        ("complaint", AFTER, replace(TWELVE, appointed_by=None), "appointment_not_written"),
        ("complaint", AFTER, replace(TWELVE, representatives=6), "too_many_representatives"),
        ("complaint", AFTER, replace(TWELVE, representatives=0), "group_needs_representatives"),
        ("complaint", BEFORE, replace(TWELVE, signed=1, appointed_by=None), None),
        ("denunciation", AFTER, replace(TWELVE, signed=1, appointed_by=None), None),
        ("complaint", AFTER, Group(people=4, representatives=0), None),
    ],
)
def test_what_keeps_a_group_from_being_accepted(
    kind: str, day: date, group: Group, problem: str | None
) -> None:
    assert group_acceptable(CaseKind(kind), group, day) == problem


@pytest.mark.parametrize(
    ("paper", "day", "problem"),
    [
        (Authorisation(written=False), AFTER, "authorisation_not_written"),
        (Authorisation(written=True), AFTER, "authorisation_not_certified"),
        (Authorisation(written=True, notarised=True), BEFORE, None),
        (Authorisation(written=True, notarised=True), date(2026, 12, 31), None),
        (
            Authorisation(written=True, notarised=True),
            NEXT_YEAR,
            "authorisation_needs_certification",
        ),
        (Authorisation(written=True, certified=True), NEXT_YEAR, None),
        (Authorisation(written=True, by_organisation=True), AFTER, None),
    ],
)
def test_is_an_authorisation_good(paper: Authorisation, day: date, problem: str | None) -> None:
    assert authorisation_problem(paper, day) == problem


def test_holds_one_rule_of_proof_on_every_day() -> None:
    day = date(2026, 1, 1)
    while day < date(2027, 3, 1):
        assert [rule for rule in PROOF_RULES if rule.holds_on(day)] == [proof_rule(day)]
        day += timedelta(days=1)
    for rule in PROOF_RULES:
        assert rule.law()
        assert set(rule.read_in) <= set(READ_IN)


def test_may_one_content_be_given_to_two_people() -> None:
    assert authorised_once(["Bồi thường", "Tái định cư"]) is None
    assert authorised_once(["Bồi thường", "Bồi thường"]) == "content_authorised_twice"


def test_has_every_problem_a_sentence() -> None:
    assert {
        "group_needs_representatives",
        "too_many_representatives",
        "appointment_not_written",
        "appointment_not_signed_by_all",
        "group_not_signed_by_all",
        "authorisation_not_written",
        "authorisation_not_certified",
        "authorisation_needs_certification",
        "content_authorised_twice",
    } <= set(REFUSALS)
