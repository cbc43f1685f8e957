"""No step that right or law forbids can be taken at the desk, and trying leaves no trace.

Every act on every kind in every state, for everybody of the office, against the slow oracle of
`tests/steps.py`: through the table itself for all, through the services for one of each refusal.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.vocabulary import Action, CaseKind, Verdict
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.queries.case_head import case_head
from citizenfeedback.queries.tracking import citizen
from citizenfeedback.services.acts import ACTS, perform
from citizenfeedback.services.casework import Seen
from citizenfeedback.services.concluding import Opinion, give_verdict
from citizenfeedback.services.following import add_document, ask_withdrawal, write_message
from tests.services.desk import DUC, Desk, open_desk
from tests.services.test_following import picture
from tests.steps import (
    EVERYBODY,
    Standing,
    add_more_people,
    entries,
    everything,
    lawful,
    refusal,
    standing_cases,
)


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office of the tests with somebody of every role."""
    desk = open_desk(session, keys)
    add_more_people(desk)
    return desk


@pytest.mark.parametrize("kind", CaseKind)
def test_is_exactly_what_is_lawful_offered(desk: Desk, kind: CaseKind) -> None:
    for standing in standing_cases(desk, kind):
        for user in EVERYBODY:
            wanted = {act for act in ACTS if refusal(standing.facts, user, act) is None}
            assert _offered(desk, standing, user) == wanted, (user, standing.facts)


def _offered(desk: Desk, standing: Standing, user: int) -> set[Action]:
    if refusal(standing.facts, user, Action.NOTE) == "not_found":
        with pytest.raises(RuleBroken, match="not_found"):
            case_head(desk.actor(user), standing.case.number, desk.today)
        return set()
    head = case_head(desk.actor(user), standing.case.number, desk.today)
    return set(head.actions) & set(ACTS)


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", CaseKind)
def test_does_a_forbidden_step_change_nothing(desk: Desk, kind: CaseKind) -> None:
    given = entries(desk)
    people = {user: desk.actor(user) for user in EVERYBODY}
    for turn, standing in enumerate(standing_cases(desk, kind)):
        before = everything(desk)
        for action, user, code in _forbidden(standing, turn):
            with pytest.raises(RuleBroken) as refused:
                perform(
                    people[user],
                    Seen(standing.case.number),
                    action,
                    given.get(action, {}),
                    files=desk.files,
                    office=desk.office,
                )
            assert refused.value.code == code, (action, user, standing.facts)
        assert everything(desk) == before, standing.facts


def _forbidden(standing: Standing, turn: int) -> Iterator[tuple[Action, int, str]]:
    """Every forbidden act by the leader, and each by one of the others in turn."""
    others = [user for user in EVERYBODY if user != DUC]
    for place, action in enumerate(ACTS):
        for user in (DUC, others[(turn + place) % len(others)]):
            code = refusal(standing.facts, user, action)
            if code is not None:
                yield action, user, code


@pytest.mark.both_databases
def test_does_a_citizen_change_nothing_where_the_law_is_done(desk: Desk) -> None:
    when: dict[str, Any] = {"today": desk.today, "now": desk.now}
    said = Opinion(Verdict.NOT, "Chưa xong")
    for standing in standing_cases(desk):
        own = citizen(standing.case.id)
        acts = {
            Action.WRITE_MESSAGE: partial(write_message, own, desk.keys, "Xin chào", **when),
            Action.ASK_WITHDRAWAL: partial(ask_withdrawal, own, desk.keys, "", **when),
            Action.GIVE_VERDICT: partial(give_verdict, own, desk.keys, said, days=30, **when),
            Action.ADD_OWN_DOCUMENT: partial(
                add_document,
                own,
                desk.keys,
                desk.files,
                "anh.jpg",
                picture(),
                most_bytes=1_000_000,
                **when,
            ),
        }
        before = everything(desk)
        for action, act in acts.items():
            if not lawful(standing.facts, action):
                with pytest.raises(RuleBroken, match="not_allowed_here"):
                    act()
        assert everything(desk) == before, standing.facts
