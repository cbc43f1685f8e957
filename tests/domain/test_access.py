"""Who may do what: the table of access and the wall around a denunciation."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain import access
from citizenfeedback.domain.access import ACCESS, Scope, can, can_at, scope_of, walled
from citizenfeedback.domain.facts import NOBODY, SYSTEM, Actor, CaseFacts
from citizenfeedback.domain.vocabulary import (
    STAFF_ROLES,
    Action,
    CaseField,
    CaseKind,
    Reach,
    Role,
    State,
)

# The office: 1 province; 2 and 3 departments below it; 4 a section of 2.
PARENT = {1: None, 2: 1, 3: 1, 4: 2}
UNITS = tuple(PARENT)


def ancestors(unit: int) -> frozenset[int]:
    found = {unit}
    while (parent := PARENT[unit]) is not None:
        unit = parent
        found.add(unit)
    return frozenset(found)


def subtree(unit: int) -> frozenset[int]:
    return frozenset(other for other in UNITS if unit in ancestors(other))


def official(*roles: Role, unit: int = 2, user_id: int = 7) -> Actor:
    return Actor(user_id, frozenset(roles), unit, subtree(unit), ancestors(unit))


CASE = CaseFacts(
    id=1,
    kind=CaseKind.PETITION,
    state=State.EXAMINING,
    unit_id=2,
    received_on=date(2026, 11, 2),
)
DENOUNCED = replace(CASE, kind=CaseKind.DENUNCIATION)


def test_is_every_action_granted_to_somebody() -> None:
    assert set(ACCESS) == set(Action)
    assert all(ACCESS.values())


@pytest.mark.parametrize("action", Action)
def test_may_nobody_and_a_stranger_do_nothing(action: Action) -> None:
    assert not can(NOBODY, action)
    assert not can(NOBODY, action, CASE)
    assert not can(Actor(user_id=7), action, CASE)
    assert scope_of(NOBODY, action).nothing


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_do_administrator_and_auditor_see_no_case(role: Role) -> None:
    actor = official(role, unit=1)
    assert not can(actor, Action.SEE_CASE, CASE)
    assert not can(actor, Action.READ_SEALED, DENOUNCED)


def test_does_a_handler_act_on_own_and_unassigned_cases_of_the_unit_only() -> None:
    handler = official(Role.HANDLER)
    assert can(handler, Action.EXAMINE, CASE)
    assert can(handler, Action.EXAMINE, replace(CASE, assignee_id=7))
    assert can(handler, Action.SEE_CASE, replace(CASE, assignee_id=8))
    assert not can(handler, Action.EXAMINE, replace(CASE, assignee_id=8))
    assert not can(handler, Action.EXAMINE, replace(CASE, unit_id=4))
    assert can(handler, Action.SEE_CASE, replace(CASE, unit_id=3, assignee_id=7))


@pytest.mark.parametrize("kind", [CaseKind.COMPLAINT, CaseKind.DENUNCIATION])
@pytest.mark.parametrize(
    "action", [Action.ACCEPT, Action.REFUSE, Action.DECIDE, Action.WITHDRAW, Action.TERMINATE]
)
def test_is_the_outcome_of_complaint_and_denunciation_the_leaders(
    kind: CaseKind, action: Action
) -> None:
    case = replace(CASE, kind=kind, assignee_id=7)
    assert not can(official(Role.HANDLER), action, case)
    assert can(official(Role.UNIT_LEADER), action, case)


def test_does_only_the_leader_answer_what_waits_for_approval() -> None:
    waiting = replace(CASE, state=State.AWAITING_APPROVAL, assignee_id=7)
    assert not can(official(Role.HANDLER), Action.ANSWER, waiting)
    assert can(official(Role.UNIT_LEADER), Action.ANSWER, waiting)
    assert can(official(Role.HANDLER), Action.ANSWER, replace(waiting, state=State.VERIFYING))


def test_does_an_inspector_see_reports_about_conduct_only() -> None:
    inspector = official(Role.INSPECTOR, unit=1)
    about_conduct = replace(CASE, field=CaseField.CONDUCT)
    assert can(inspector, Action.SEE_CASE, about_conduct)
    assert not can(inspector, Action.SEE_CASE, CASE)
    assert not can(inspector, Action.SEE_CASE, replace(about_conduct, kind=CaseKind.DENUNCIATION))


def test_does_a_code_open_one_case_and_a_proof_what_was_filed() -> None:
    citizen = Actor(roles=frozenset({Role.CITIZEN}), case_id=1)
    proven = replace(citizen, roles=frozenset({Role.CITIZEN_PROVEN}))
    assert can(citizen, Action.TRACK, CASE)
    assert not can(citizen, Action.TRACK, replace(CASE, id=2))
    assert not can(citizen, Action.READ_OWN_FILING, CASE)
    assert can(proven, Action.READ_OWN_FILING, CASE)
    assert not can(replace(citizen, case_id=None), Action.TRACK, CASE)


def test_does_the_system_register_and_report_but_not_act() -> None:
    assert can(SYSTEM, Action.REGISTER_SUBMISSION)
    assert can(SYSTEM, Action.SEE_CASE, DENOUNCED)
    assert not can(SYSTEM, Action.DECIDE, CASE)
    assert not can(SYSTEM, Action.READ_SEALED, DENOUNCED)


def test_which_units_does_a_right_reach() -> None:
    assert can_at(official(Role.SUPERVISOR), Action.SEE_REPORTS, 4)
    assert not can_at(official(Role.SUPERVISOR), Action.SEE_REPORTS, 3)
    assert can_at(official(Role.AUDITOR), Action.SEE_REPORTS, 3)
    assert not can_at(official(Role.RECEPTION_OFFICER), Action.REGISTER_RECEPTION, 4)
    assert scope_of(SYSTEM, Action.SEE_REPORTS).unit_ids is None
    assert scope_of(official(Role.HANDLER), Action.SEE_CASE).unit_ids == {2}
    assert scope_of(Actor(7, frozenset({Role.HANDLER})), Action.SEE_RECEPTIONS).nothing


def test_whom_does_the_wall_keep_out() -> None:
    about_me = replace(DENOUNCED, unit_id=1, respondent_user_id=7)
    about_unit = replace(DENOUNCED, unit_id=1, respondent_unit_id=2)
    assert walled(official(Role.UNIT_LEADER), about_me)
    assert walled(official(Role.UNIT_LEADER), about_unit)
    assert walled(official(Role.HANDLER, unit=4), about_unit)
    assert not walled(official(Role.UNIT_LEADER, unit=1), about_unit)
    assert not walled(official(Role.UNIT_LEADER, unit=3), about_unit)
    # Above the denounced section, but the province settles it.
    assert walled(official(Role.UNIT_LEADER), replace(about_unit, respondent_unit_id=4))
    assert not walled(
        official(Role.UNIT_LEADER), replace(about_unit, unit_id=2, respondent_unit_id=4)
    )
    assert not walled(official(Role.UNIT_LEADER), DENOUNCED)


def test_does_the_wall_stand_for_denunciations_only() -> None:
    assert not walled(official(Role.HANDLER), replace(CASE, respondent_unit_id=2))
    assert not walled(SYSTEM, replace(DENOUNCED, respondent_unit_id=2))


facts = st.builds(
    CaseFacts,
    id=st.integers(1, 3),
    kind=st.sampled_from(CaseKind),
    state=st.sampled_from(State),
    unit_id=st.sampled_from(UNITS),
    received_on=st.just(date(2026, 11, 2)),
    assignee_id=st.none() | st.integers(7, 9),
    respondent_unit_id=st.none() | st.sampled_from(UNITS),
    respondent_user_id=st.none() | st.integers(7, 9),
    field=st.none() | st.sampled_from(CaseField),
)
officials = st.builds(
    lambda roles, unit, user_id: official(*roles, unit=unit, user_id=user_id),
    st.frozensets(st.sampled_from(STAFF_ROLES), max_size=3),
    st.sampled_from(UNITS),
    st.integers(7, 9),
)


def slow_can(actor: Actor, action: Action, case: CaseFacts) -> bool:
    """The rule said grant by grant, as an oracle."""
    if walled(actor, case):
        return False
    for grant in ACCESS[action]:
        near = {
            Reach.OWN: case.assignee_id == actor.user_id,
            Reach.UNIT: case.unit_id == actor.unit_id,
            Reach.UNIT_TREE: case.unit_id in actor.subtree,
            Reach.BELOW: case.unit_id in actor.subtree - {actor.unit_id},
            Reach.ALL: True,
        }[grant.reach]
        if (
            grant.role in actor.roles
            and near
            and (grant.kinds is None or case.kind in grant.kinds)
            and (grant.states is None or case.state in grant.states)
            and (grant.fields is None or case.field in grant.fields)
            and not (grant.unassigned and case.assignee_id is not None)
            and grant.role not in (Role.CITIZEN, Role.CITIZEN_PROVEN)
        ):
            return True
    return False


@given(officials, st.sampled_from(Action), facts)
def test_do_scope_and_can_agree_with_the_grants_one_by_one(
    actor: Actor, action: Action, case: CaseFacts
) -> None:
    assert can(actor, action, case) == slow_can(actor, action, case)
    assert scope_of(actor, action).covers(case) == can(actor, action, case)


@given(officials, facts)
def test_can_a_walled_official_do_nothing_at_all(actor: Actor, case: CaseFacts) -> None:
    if walled(actor, case):
        assert not any(can(actor, action, case) for action in Action)


def test_does_an_empty_scope_cover_nothing() -> None:
    assert not Scope(()).covers(CASE)
    assert access.wall_of(NOBODY) is None


def test_is_a_reminder_only_for_units_below_ones_own() -> None:
    chief = Actor(
        user_id=1, roles=frozenset({Role.UNIT_LEADER}), unit_id=1, subtree=frozenset({1, 2})
    )
    below = CaseFacts(1, CaseKind.PETITION, State.EXAMINING, 2, date(2026, 8, 3))
    assert can(chief, Action.REMIND, below)
    assert not can(chief, Action.REMIND, replace(below, unit_id=1))
