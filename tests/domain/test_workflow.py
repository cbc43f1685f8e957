"""The table of lawful steps: complete, without contradiction, and kept by any walk through it."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain import workflow
from citizenfeedback.domain.access import ACCESS
from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.deadlines import OFFICE_STANDARD, deadline
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.vocabulary import (
    PHASE_OF,
    Action,
    CaseField,
    CaseKind,
    CaseResult,
    Channel,
    ClockEffect,
    ClockKind,
    Complexity,
    Instance,
    Phase,
    Role,
    State,
)
from citizenfeedback.domain.workflow import (
    INPUTS,
    NEVER,
    TRANSITIONS,
    ClockChange,
    Transition,
    allowed_actions,
    blocked_actions,
    clock_changes,
    clock_rule,
    entry_state,
    in_form,
    leads_to_end,
    opening_clocks,
    reclassified_state,
    required_inputs,
    signed_on_arrival,
    step,
)

DAY = date(2026, 11, 23)
LEADER = Actor(7, frozenset({Role.UNIT_LEADER}), 1, frozenset({1}), frozenset({1}))
HANDLER = replace(LEADER, roles=frozenset({Role.HANDLER}))
CITIZEN = Actor(roles=frozenset({Role.CITIZEN}), case_id=1)
C, D, P, R = CaseKind.COMPLAINT, CaseKind.DENUNCIATION, CaseKind.PETITION, CaseKind.REFLECTION


def case(kind: CaseKind = C, state: State = State.EXAMINING, **changes: object) -> CaseFacts:
    plain = CaseFacts(
        id=1,
        kind=kind,
        state=state,
        unit_id=1,
        received_on=date(2026, 11, 2),
        eligible=True,
        competent=True,
    )
    return replace(plain, **changes)


def refusal(facts: CaseFacts, action: Action) -> str:
    with pytest.raises(RuleBroken) as broken:
        step(facts, action)
    return broken.value.code


def test_is_there_one_row_for_each_kind_state_and_action() -> None:
    keys = [
        (kind, state, row.action)
        for row in TRANSITIONS
        for kind in row.kinds
        for state in row.sources
    ]
    assert len(keys) == len(set(keys))
    assert 70 <= len(TRANSITIONS) <= 100


@pytest.mark.parametrize("kind", CaseKind)
def test_is_every_state_of_a_kind_reached_and_left(kind: CaseKind) -> None:
    rows = [row for row in TRANSITIONS if kind in row.kinds]
    reached = {entry_state(kind, formal=False), entry_state(kind, formal=True)}
    while True:
        found = {
            target
            for row in rows
            if row.sources & reached
            for target in (row.target, row.after_acceptance)
            if target is not None
        }
        if found <= reached:
            break
        reached |= found
    unknown = {
        C: {State.INFORMATION, State.FORWARDED},
        D: {State.GUIDED, State.RETURNED},
        P: {State.INFORMATION, State.TERMINATED, State.SUSPENDED},
        R: {State.INFORMATION, State.TERMINATED, State.SUSPENDED},
    }
    assert reached == set(State) - unknown[kind]
    for state in reached:
        ways_out = [row for row in rows if state in row.sources and row.target is not None]
        follow_up = [r for r in rows if state in r.sources and r.action is Action.CONTINUE]
        assert ways_out or follow_up


def test_has_every_act_of_the_table_a_grant_and_its_entries() -> None:
    acts = {row.action for row in TRANSITIONS}
    assert acts <= set(ACCESS)
    assert acts == set(INPUTS)
    assert required_inputs(Action.TRACK) == ()
    assert workflow.optional_inputs(Action.TRACK) == ()
    assert required_inputs(Action.REFUSE) == ("on", "reason")
    assert workflow.optional_inputs(Action.ASSIGN) == ("note",)


def test_does_the_table_never_hold_what_it_says_never_happens() -> None:
    held = {(kind, row.action) for row in TRANSITIONS for kind in row.kinds}
    assert not held & set(NEVER)


def test_is_a_complaint_guided_and_a_denunciation_forwarded() -> None:
    assert refusal(case(C, competent=False), Action.FORWARD) == "complaint_never_forwarded"
    assert refusal(case(D, competent=False), Action.GUIDE) == "denunciation_never_guided"
    assert step(case(C, competent=False), Action.GUIDE).target is State.GUIDED
    assert step(case(D, competent=False), Action.FORWARD).target is State.FORWARDED
    assert refusal(case(P), Action.FORWARD) == "is_competent"
    assert refusal(case(P, competent=None), Action.FORWARD) == "not_examined"
    assert refusal(case(P, competent=False, eligible=False), Action.FORWARD) == "not_eligible"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (case(C, signed=False), "unsigned"),
        (case(D, formal=False), "not_in_form"),
        (case(P, eligible=None), "not_examined"),
        (case(P, competent=False), "not_competent"),
        (case(P, eligible=False), "not_eligible"),
    ],
)
def test_what_keeps_a_submission_from_being_accepted(facts: CaseFacts, code: str) -> None:
    assert refusal(facts, Action.ACCEPT) == code
    assert (Action.ACCEPT, code) in blocked_actions(facts, LEADER)
    assert Action.ACCEPT not in allowed_actions(facts, LEADER)


def test_what_does_the_examination_allow_else() -> None:
    assert refusal(case(C, competent=False), Action.REFUSE) == "not_ours_to_refuse"
    assert refusal(case(C, eligible=None), Action.REFUSE) == "not_examined"
    assert refusal(case(C), Action.FILE) == "is_eligible"
    assert refusal(case(C, eligible=None), Action.FILE) == "not_examined"
    assert refusal(case(C), Action.RETURN) == "must_be_accepted"
    assert refusal(case(C, eligible=None), Action.RETURN) == "not_examined"
    assert step(case(C, eligible=False), Action.FILE).target is State.FILED
    assert step(case(C, eligible=False), Action.RETURN).target is State.RETURNED
    assert refusal(case(C, State.DONE), Action.VERIFY) == "not_allowed_here"


def test_how_does_an_unsigned_complaint_get_its_signature() -> None:
    asked = case(C, State.AWAITING_CITIZEN, signed=False)
    assert step(asked, Action.RECORD_FORM).target is State.EXAMINING
    assert step(case(C, signed=False), Action.RECORD_FORM).target is None
    assert refusal(case(C), Action.RECORD_FORM) == "already_signed"


def test_what_may_be_done_with_information_not_yet_in_form() -> None:
    information = case(D, State.INFORMATION, formal=False, eligible=None, competent=None)
    assert set(allowed_actions(information, LEADER)) == {
        Action.RECORD_FORM,
        Action.FORWARD,
        Action.REFER,
        Action.FILE,
        Action.SPLIT,
        Action.REPORT_BACK,
        Action.ASSIGN,
        Action.PASS_ON,
        Action.SUMMARISE,
        Action.RECLASSIFY,
        Action.MESSAGE,
        Action.NOTE,
        Action.ADD_DOCUMENT,
    }
    assert opening_clocks(information) == (ClockKind.PROCESSING,)
    assert opening_clocks(replace(information, received_on=date(2026, 6, 30))) == ()
    row = step(information, Action.RECORD_FORM)
    filed = replace(information, state=State.REGISTERED, formal=True)
    assert clock_changes(row, filed, DAY) == (
        ClockChange(ClockKind.ACCEPTANCE, ClockEffect.START, "TC-01", DAY),
    )


def test_how_often_may_a_denunciation_be_extended() -> None:
    under_term = case(D, State.VERIFYING, accepted_on=DAY)
    complex_case = replace(under_term, complexity=Complexity.COMPLEX)
    special = replace(under_term, complexity=Complexity.SPECIAL, extensions=1)
    assert refusal(under_term, Action.EXTEND) == "extension_needs_complexity"
    assert step(complex_case, Action.EXTEND).target is None
    assert refusal(replace(complex_case, extensions=1), Action.EXTEND) == "extensions_used_up"
    assert step(special, Action.EXTEND)
    assert refusal(replace(special, extensions=2), Action.EXTEND) == "extensions_used_up"
    assert refusal(replace(under_term, accepted_on=None), Action.EXTEND) == "not_accepted"
    assert refusal(case(C, State.VERIFYING), Action.EXTEND) == "complaint_never_extended"


def test_where_does_work_go_on_after_the_citizen_replied() -> None:
    asked = case(C, State.AWAITING_CITIZEN)
    assert step(asked, Action.RESUME).target is State.EXAMINING
    assert step(replace(asked, accepted_on=DAY), Action.RESUME).target is State.VERIFYING


def test_is_a_petition_reopened_and_a_complaint_continued_or_corrected() -> None:
    assert step(case(P, State.DONE, accepted_on=DAY), Action.REOPEN).target is State.VERIFYING
    assert step(case(R, State.FILED), Action.REOPEN).target is State.EXAMINING
    done = case(C, State.DONE, accepted_on=DAY)
    assert refusal(done, Action.REOPEN) == "never_reopened"
    assert step(done, Action.CONTINUE).target is None
    assert step(done, Action.CORRECT).target is State.VERIFYING
    second = replace(done, instance=Instance.SECOND)
    assert refusal(second, Action.CONTINUE) == "no_third_complaint"
    assert step(case(D, State.DONE, instance=Instance.SECOND), Action.CONTINUE)


def test_goes_a_denunciation_left_unsettled_to_the_superior() -> None:
    under_term = case(D, State.VERIFYING, accepted_on=DAY)
    assert step(under_term, Action.CONTINUE).target is None
    assert step(replace(under_term, instance=Instance.SECOND), Action.CONTINUE)
    assert refusal(replace(under_term, accepted_on=None), Action.CONTINUE) == "not_accepted"
    follow_up = case(D, State.REGISTERED, instance=Instance.SECOND, unanswered=True)
    assert ClockKind.DEMAND in opening_clocks(follow_up)
    assert ClockKind.ACCEPTANCE not in opening_clocks(follow_up)
    assert clock_rule(D, Instance.SECOND, ClockKind.DEMAND, follow_up) == "TC-15"
    assert clock_rule(D, Instance.SECOND, ClockKind.ACCEPTANCE, follow_up) is None
    settled = replace(follow_up, unanswered=False)
    assert ClockKind.ACCEPTANCE in opening_clocks(settled)
    assert clock_rule(D, Instance.SECOND, ClockKind.ACCEPTANCE, settled) == "TC-14"
    assert clock_rule(D, Instance.SECOND, ClockKind.DEMAND, settled) is None


def test_waits_a_follow_up_sent_online_for_its_form_before_the_demand_is_due() -> None:
    online = case(D, State.INFORMATION, instance=Instance.SECOND, unanswered=True, formal=False)
    assert ClockKind.DEMAND not in opening_clocks(online)
    begun = clock_changes(step(online, Action.RECORD_FORM), replace(online, formal=True), DAY)
    assert begun == (ClockChange(ClockKind.DEMAND, ClockEffect.START, "TC-15", DAY),)


@pytest.mark.parametrize("kind", [C, D])
@pytest.mark.parametrize("state", [one for one in State if PHASE_OF[one] is Phase.CLOSED])
def test_is_only_what_was_settled_taken_further(kind: CaseKind, state: State) -> None:
    settled = state in (State.DONE, State.REFUSED, State.TERMINATED)
    assert (Action.CONTINUE in allowed_actions(case(kind, state), LEADER)) is settled


def test_is_a_duplicate_joined_before_acceptance_only() -> None:
    assert step(case(P, State.REGISTERED), Action.ATTACH).target is State.ATTACHED
    asked = case(P, State.AWAITING_CITIZEN, accepted_on=DAY)
    assert refusal(asked, Action.ATTACH) == "already_accepted"


def test_in_which_order_are_the_next_steps_offered() -> None:
    offered = allowed_actions(case(P), LEADER)
    assert offered[:2] == (Action.EXAMINE, Action.ACCEPT)
    assert list(offered) == sorted(offered, key=workflow._ORDER.index)
    assert Action.WRITE_MESSAGE not in offered
    assert Action.WRITE_MESSAGE in allowed_actions(case(P), CITIZEN)
    assert Action.DECIDE not in allowed_actions(case(C, State.VERIFYING), HANDLER)


def test_what_must_come_in_form_and_signed() -> None:
    assert not in_form(D, Channel.WEB)
    assert not in_form(D, Channel.PHONE)
    assert in_form(D, Channel.POST)
    assert in_form(C, Channel.WEB)
    assert not signed_on_arrival(C, Channel.WEB)
    assert signed_on_arrival(C, Channel.IN_PERSON)
    assert signed_on_arrival(R, Channel.WEB)
    assert reclassified_state(D, formal=False) is State.INFORMATION
    assert reclassified_state(C, formal=False) is State.EXAMINING


@pytest.mark.parametrize(
    ("remote", "complexity", "first", "second"),
    [
        (False, Complexity.NORMAL, "KN-04", "KN-11"),
        (False, Complexity.COMPLEX, "KN-05", "KN-12"),
        (True, Complexity.NORMAL, "KN-06", "KN-13"),
        (True, Complexity.SPECIAL, "KN-07", "KN-14"),
    ],
)
def test_which_term_does_a_complaint_get(
    remote: bool, complexity: Complexity, first: str | None, second: str | None
) -> None:
    facts = case(C, remote=remote, complexity=complexity)
    assert clock_rule(C, Instance.FIRST, ClockKind.SETTLEMENT, facts) == first
    assert clock_rule(C, Instance.SECOND, ClockKind.SETTLEMENT, facts) == second


@pytest.mark.parametrize(
    ("kind", "clock", "first", "second"),
    [
        (C, ClockKind.ACCEPTANCE, "KN-03", "KN-10"),
        (C, ClockKind.SENDING, "KN-08", "KN-15"),
        (C, ClockKind.FORWARDING, None, None),
        (D, ClockKind.ACCEPTANCE, "TC-01", "TC-14"),
        (D, ClockKind.SETTLEMENT, "TC-06", "TC-06"),
        (D, ClockKind.SENDING, "TC-09", "TC-09"),
        (D, ClockKind.FORWARDING, None, None),
        (P, ClockKind.SETTLEMENT, OFFICE_STANDARD, OFFICE_STANDARD),
        (R, ClockKind.ACCEPTANCE, None, None),
    ],
)
def test_which_rule_does_each_clock_follow(
    kind: CaseKind, clock: ClockKind, first: str | None, second: str | None
) -> None:
    assert clock_rule(kind, Instance.FIRST, clock, case(kind)) == first
    assert clock_rule(kind, Instance.SECOND, clock, case(kind)) == second


def test_when_does_forwarding_a_denunciation_have_a_term() -> None:
    outside = case(D, competent=False)
    assert clock_rule(D, Instance.FIRST, ClockKind.FORWARDING, outside) == "TC-03"
    row = step(case(D, State.REGISTERED), Action.EXAMINE)
    assert clock_changes(row, outside, DAY) == (
        ClockChange(ClockKind.FORWARDING, ClockEffect.START, "TC-03", outside.received_on),
    )
    assert clock_changes(row, case(D), DAY) == ()


def test_what_does_acceptance_do_to_the_clocks() -> None:
    after = case(C, State.ACCEPTED, accepted_on=DAY)
    processed = (
        ClockChange(ClockKind.PROCESSING, ClockEffect.STOP),
        ClockChange(ClockKind.REPLY, ClockEffect.STOP),
        ClockChange(ClockKind.ACCEPTANCE, ClockEffect.STOP),
        ClockChange(ClockKind.DEMAND, ClockEffect.STOP),
    )
    assert clock_changes(step(case(C), Action.ACCEPT), after, DAY + timedelta(days=1)) == (
        *processed,
        ClockChange(ClockKind.SETTLEMENT, ClockEffect.START, "KN-04", DAY),
    )
    assert clock_changes(step(case(P), Action.ACCEPT), case(P, accepted_on=DAY), DAY) == processed


def test_do_the_clocks_start_again_from_receipt_when_the_kind_changes() -> None:
    row = step(case(P, State.REGISTERED), Action.RECLASSIFY)
    now_complaint = case(C)
    assert clock_changes(row, now_complaint, DAY)[-2:] == (
        ClockChange(ClockKind.ACCEPTANCE, ClockEffect.START, "KN-03", now_complaint.received_on),
        ClockChange(ClockKind.PROCESSING, ClockEffect.START, "TD-08", now_complaint.received_on),
    )
    assert opening_clocks(case(R)) == (ClockKind.SETTLEMENT, ClockKind.PROCESSING)


def test_who_waits_for_word_besides_the_citizen() -> None:
    visitor = case(C, channel=Channel.IN_PERSON)
    assert ClockKind.REPLY in opening_clocks(visitor)
    assert clock_rule(C, Instance.FIRST, ClockKind.REPLY, visitor) == "TD-01"
    sent_here = case(D, channel=Channel.REFERRAL)
    assert clock_rule(D, Instance.FIRST, ClockKind.REPLY, sent_here) == "TC-13"
    accepted = step(sent_here, Action.ACCEPT)
    assert ClockKind.REPLY not in {
        change.clock for change in clock_changes(accepted, sent_here, DAY)
    }
    done = case(P, State.DONE, channel=Channel.REFERRAL)
    sent = step(case(P, State.DECIDED, channel=Channel.REFERRAL), Action.SEND)
    assert ClockChange(ClockKind.REPLY, ClockEffect.START, "TD-02", DAY) in clock_changes(
        sent, done, DAY
    )
    told = step(done, Action.TELL_SENDER)
    assert clock_changes(told, done, DAY) == (ClockChange(ClockKind.REPLY, ClockEffect.STOP),)
    assert refusal(case(P), Action.TELL_SENDER) == "nobody_sent_it"


def test_which_notices_must_be_sent_and_since_when() -> None:
    under_term = case(C, State.VERIFYING, accepted_on=DAY)
    suspended = clock_changes(step(under_term, Action.SUSPEND), under_term, DAY)
    assert suspended == (
        ClockChange(ClockKind.SETTLEMENT, ClockEffect.SUSPEND),
        ClockChange(ClockKind.NOTICE, ClockEffect.START, "KN-20", DAY),
    )
    before_law_136 = date(2026, 6, 30)
    ended = clock_changes(step(under_term, Action.TERMINATE), under_term, before_law_136)
    assert ClockKind.NOTICE not in {change.clock for change in ended}
    lifted = step(replace(under_term, state=State.SUSPENDED), Action.LIFT_SUSPENSION)
    assert lifted.target is State.VERIFYING
    assert clock_changes(lifted, under_term, DAY)[0] == ClockChange(
        ClockKind.SETTLEMENT, ClockEffect.RESUME
    )


def test_when_has_a_reflection_a_term_to_be_passed_on() -> None:
    of_rules = case(R, competent=False, field=CaseField.POLICY)
    assert clock_rule(R, Instance.FIRST, ClockKind.FORWARDING, of_rules) == "PA-01"
    other = replace(of_rules, field=CaseField.ORDER)
    assert clock_rule(R, Instance.FIRST, ClockKind.FORWARDING, other) is None


def test_what_does_a_correction_do_to_the_clocks() -> None:
    refused = case(C, State.REFUSED)
    started = clock_changes(step(refused, Action.CORRECT), case(C), DAY)
    assert started[0] == ClockChange(
        ClockKind.ACCEPTANCE, ClockEffect.START, "KN-03", refused.received_on
    )
    done = case(C, State.DONE, accepted_on=DAY)
    started = clock_changes(step(done, Action.CORRECT), case(C, accepted_on=DAY), DAY)
    assert started[0] == ClockChange(ClockKind.SETTLEMENT, ClockEffect.START, "KN-04", DAY)


def apply(  # noqa: C901 - one line for each act
    facts: CaseFacts, row: Transition, choose: st.DataObject, on: date
) -> CaseFacts:
    """The case after the act, as the services write it."""
    changes: dict[str, object] = {}
    if row.target is not None:
        changes["state"] = row.target
    if row.action is Action.EXAMINE:
        changes["eligible"] = choose.draw(st.booleans())
        changes["competent"] = choose.draw(st.booleans())
    if row.action is Action.ACCEPT:
        changes["accepted_on"] = on
    if row.action is Action.RECORD_FORM:
        changes |= {"formal": True, "signed": True}
    if row.action is Action.SET_COMPLEXITY:
        changes["complexity"] = choose.draw(st.sampled_from(Complexity))
    if row.action is Action.EXTEND:
        changes["extensions"] = facts.extensions + 1
    if row.action is Action.RECLASSIFY:
        kind = choose.draw(st.sampled_from(CaseKind))
        formal = choose.draw(st.booleans()) or kind is not D
        changes |= {
            "kind": kind,
            "formal": formal,
            "state": reclassified_state(kind, formal=formal),
            "accepted_on": None,
            "eligible": None,
            "competent": None,
            "extensions": 0,
            "complexity": Complexity.NORMAL,
        }
    if row.direction is not None:
        changes["direction"] = row.direction
    if row.result is not None:
        changes["result"] = row.result
    if row.action is Action.DECIDE:
        changes["result"] = CaseResult.UPHELD
    if row.closes:
        changes["closed_on"] = on
    if row.reopens:
        changes |= {"closed_on": None, "result": None}
    return replace(facts, **changes)


SETTLING = {State.ACCEPTED, State.VERIFYING, State.AWAITING_APPROVAL, State.DECIDED, State.DONE}
WAKING = {
    Action.REOPEN,
    Action.CORRECT,
    Action.RECLASSIFY,
    Action.RECORD_FORM,
    Action.EXAMINE,
    Action.TAKE_BACK,
}


@given(st.data(), st.sampled_from(CaseKind), st.booleans())
def test_does_any_walk_of_lawful_steps_keep_the_office_in_order(
    choose: st.DataObject, kind: CaseKind, formal: bool
) -> None:
    formal = formal or kind is not D
    facts = case(
        kind,
        entry_state(kind, formal=formal),
        formal=formal,
        signed=formal,
        eligible=None,
        competent=None,
    )
    stopped: set[ClockKind] = set()
    history: list[tuple[State, Action, State]] = []
    day = facts.received_on
    for _ in range(choose.draw(st.integers(1, 14))):
        actions = allowed_actions(facts, LEADER)
        action = choose.draw(st.sampled_from(actions))
        row = step(facts, action)
        day += timedelta(days=1)
        after = apply(facts, row, choose, day)
        for change in clock_changes(row, after, day):
            if change.effect is ClockEffect.STOP:
                stopped.add(change.clock)
            elif change.effect is ClockEffect.START:
                assert change.clock not in stopped or action in WAKING | {
                    Action.ACCEPT,
                    Action.DECIDE,
                }
                assert change.start is not None
                assert change.start <= day
                stopped.discard(change.clock)
        history.append((facts.state, action, after.state))
        facts = after
        assert (facts.phase is Phase.CLOSED) == (not facts.open)
        if facts.state in SETTLING:
            assert facts.accepted_on is not None
            assert facts.formal
        if facts.state is State.DONE:
            assert facts.closed_on is not None
            assert facts.result is not None
        if facts.closed_on is not None:
            assert PHASE_OF[facts.state] in (Phase.ANSWERED, Phase.CLOSED)
        assert facts.extensions <= 2
    # The history leads to where the case stands.
    assert history[-1][2] is facts.state
    assert all(before[2] is now[0] for before, now in itertools.pairwise(history))


@given(
    st.sampled_from(CaseKind),
    st.sampled_from(Instance),
    st.sampled_from(ClockKind),
    st.booleans(),
    st.sampled_from(Complexity),
    st.sampled_from([None, True, False]),
)
def test_is_every_rule_of_a_clock_in_the_book_of_law(
    kind: CaseKind,
    instance: Instance,
    clock: ClockKind,
    remote: bool,
    complexity: Complexity,
    competent: bool | None,
) -> None:
    facts = case(kind, remote=remote, complexity=complexity, competent=competent)
    rule = clock_rule(kind, instance, clock, facts)
    if rule not in (None, OFFICE_STANDARD):
        assert deadline(rule, DAY, WorkCalendar()).due > DAY


def test_which_acts_answer_or_close_a_case() -> None:
    at_work = case(P, State.VERIFYING, accepted_on=DAY)
    for action in (Action.ANSWER, Action.TERMINATE):
        assert leads_to_end(
            at_work if action is Action.ANSWER else case(C, State.VERIFYING), action
        )
    assert leads_to_end(case(P, State.DECIDED), Action.SEND)
    assert leads_to_end(case(C), Action.REFUSE)
    for action in (Action.WITHDRAW, Action.MESSAGE, Action.ASK_CITIZEN, Action.SEND):
        assert not leads_to_end(at_work, action)


def test_has_information_not_in_form_no_term_at_all() -> None:
    information = case(D, State.INFORMATION, formal=False)
    assert clock_rule(D, Instance.FIRST, ClockKind.ACCEPTANCE, information) is None
