"""A list shows exactly the cases that may be opened, whoever asks, on both databases."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import can
from citizenfeedback.domain.facts import SYSTEM, Actor, CaseFacts
from citizenfeedback.domain.vocabulary import (
    PHASE_OF,
    STAFF_ROLES,
    Action,
    CaseField,
    CaseKind,
    Channel,
    Phase,
    Role,
    State,
    UnitLevel,
)
from citizenfeedback.models.accounts import User
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import Unit
from citizenfeedback.queries.visibility import visible
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON

# 1 province; 2, 3 departments; 4, 5 teams of the first; 6 a team of the second.
PARENTS = {1: None, 2: 1, 3: 1, 4: 2, 5: 2, 6: 3}
ACTIONS = (
    Action.SEE_CASE,
    Action.READ_SEALED,
    Action.ASSIGN,
    Action.ANSWER,
    Action.DECIDE,
    Action.NOTE,
    Action.TRACK,
)


def _line(unit: int) -> list[int]:
    above = PARENTS[unit]
    return [unit, *(_line(above) if above is not None else [])]


def _actor(rng: random.Random, user_id: int) -> Actor:
    unit = rng.choice(list(PARENTS))
    subtree = frozenset(below for below in PARENTS if unit in _line(below))
    roles = frozenset(rng.sample(STAFF_ROLES, rng.choice([1, 1, 1, 2, 3])))
    everywhere = len(subtree) == len(PARENTS)
    return Actor(user_id, roles, unit, subtree, frozenset(_line(unit)), everywhere=everywhere)


def _facts(rng: random.Random, case_id: int, users: list[int]) -> CaseFacts:
    return CaseFacts(
        id=case_id,
        kind=rng.choice([*CaseKind, CaseKind.DENUNCIATION]),
        state=rng.choice(list(State)),
        unit_id=rng.choice(list(PARENTS)),
        received_on=date(2026, 11, 2),
        assignee_id=rng.choice([None, *users]),
        field=rng.choice([CaseField.CONDUCT, CaseField.LAND]),
        respondent_unit_id=rng.choice([None, *PARENTS]),
        respondent_user_id=rng.choice([None, None, *users]),
    )


def _store(session: Session, cases: list[CaseFacts], users: list[int]) -> None:
    for unit, above in PARENTS.items():
        path = "/" + "/".join(map(str, reversed(_line(unit)))) + "/"
        session.execute(
            insert(Unit).values(
                id=unit,
                code=f"U{unit}",
                name=f"Đơn vị {unit}",
                level=UnitLevel.DEPARTMENT,
                parent_id=above,
                path=path,
            )
        )
    for user in users:
        session.execute(
            insert(User).values(
                id=user, email=f"u{user}@example.vn", name="Hoa", unit_id=1, created_at=NOON
            )
        )
    for facts in cases:
        session.execute(
            insert(Case).values(
                id=facts.id,
                number=f"26-{facts.id}",
                kind=facts.kind,
                field=facts.field,
                channel=Channel.POST,
                state=facts.state,
                phase=facts.phase,
                is_open=PHASE_OF[facts.state] is not Phase.CLOSED,
                unit_id=facts.unit_id,
                assignee_id=facts.assignee_id,
                respondent_unit_id=facts.respondent_unit_id,
                respondent_user_id=facts.respondent_user_id,
                received_on=facts.received_on,
                registered_at=NOON,
                due_on=date(2026, 12, 1),
            )
        )


@pytest.mark.both_databases
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_list_is_exactly_the_cases_that_may_be_opened(session: Session, seed: int) -> None:
    """Random people, random cases: what SQL lets through is what `can` says yes to."""
    rng = random.Random(seed)
    users = list(range(1, 9))
    cases = [_facts(rng, number, users) for number in range(1, 151)]
    with transaction() as writing:
        _store(writing, cases, users)
    actors = [_actor(rng, rng.choice(users)) for _ in range(40)]
    actors += [
        SYSTEM,
        Actor(),
        Actor(roles=frozenset({Role.CITIZEN}), case_id=7),
        replace(actors[0], unit_id=None, subtree=frozenset(), ancestors=frozenset()),
    ]
    seen = 0
    for actor in actors:
        for action in ACTIONS:
            listed = set(session.scalars(select(Case.id).where(visible(actor, action))))
            allowed = {facts.id for facts in cases if can(actor, action, facts)}
            assert listed == allowed, (actor, action)
            seen += len(listed)
    assert seen > 1000
