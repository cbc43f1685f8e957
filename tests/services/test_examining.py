"""What an examination records, and the grounds that later acts name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.deadlines import deadline
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    Channel,
    ClockKind,
    MessageKind,
    State,
    WithdrawalProof,
)
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import CaseClock
from citizenfeedback.models.timeline import CaseEvent, CaseMessage
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.tracking import citizen, tracking_page
from tests.services.desk import CHIEF, DUC, HOA, LAN, Desk, open_desk
from tests.services.test_handling import refused

pytestmark = pytest.mark.both_databases


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office of the tests."""
    return open_desk(session, keys)


def test_is_what_is_missing_kept_until_nothing_is(desk: Desk) -> None:
    case = desk.file()
    inputs = {"competent": True, "respondent_kind": "department_official"}
    desk.act(LAN, case, Action.EXAMINE, eligible=False, lacking=["XLD-2", "XLD-3"], **inputs)
    row = desk.row(case)
    assert (row.lacking, row.respondent_kind) == ("XLD-2 XLD-3", "department_official")
    desk.act(LAN, case, Action.EXAMINE, eligible=True, lacking=["XLD-2"], competent=True)
    row = desk.row(case)
    assert (row.lacking, row.respondent_kind) == ("", "department_official")


def test_is_only_what_the_tables_know_recorded(desk: Desk) -> None:
    case = desk.file()

    def examine(**more: object) -> None:
        desk.act(LAN, case, Action.EXAMINE, eligible=False, competent=True, **more)

    refused("unknown_ground", lambda: examine(lacking=["KN11-1"]))
    refused("unknown_respondent_kind", lambda: examine(respondent_kind="king"))


def test_is_a_refusal_bound_to_the_closed_list(desk: Desk) -> None:
    case = desk.file()
    desk.act(LAN, case, Action.EXAMINE, eligible=True, competent=True)
    inputs = {"on": desk.today, "reason": "Quá thời hiệu"}
    refused("required", lambda: desk.act(DUC, case, Action.REFUSE, **inputs))
    refused("unknown_ground", lambda: desk.act(DUC, case, Action.REFUSE, **inputs, ground="TC25-1"))
    desk.act(DUC, case, Action.REFUSE, **inputs, ground="KN11-6", document_no="4/TB")
    row = desk.row(case)
    assert (row.state, row.ground) == (State.REFUSED, "KN11-6")


def test_is_a_nameless_denunciation_filed_by_its_article(desk: Desk) -> None:
    case = desk.file(CaseKind.DENUNCIATION, channel=Channel.PHONE, formal=False, people=())
    assert desk.row(case).state is State.INFORMATION
    assert desk.row(case).due_rule != "TC-01"
    desk.act(DUC, case, Action.FILE, on=desk.today, reason="Không nêu tên", ground="TC25-1")
    row = desk.row(case)
    assert (row.state, row.ground) == (State.FILED, "TC25-1")


def test_is_an_online_denunciation_information_until_it_comes_in_form(desk: Desk) -> None:
    """Doubt D6: it starts no term of acceptance; from the day of its form the term runs."""
    case = desk.file(CaseKind.DENUNCIATION, channel=Channel.WEB, formal=False, signed=False)
    refused("not_allowed_here", lambda: desk.act(DUC, case, Action.ACCEPT, on=desk.today))
    refused(
        "not_allowed_here",
        lambda: desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True),
    )
    desk.act(LAN, case, Action.RECORD_FORM, on=desk.today)
    row = desk.row(case)
    assert (row.state, row.formal, row.signed, row.due_rule) == (
        State.REGISTERED,
        True,
        True,
        "TC-01",
    )


@pytest.mark.parametrize("proof", list(WithdrawalProof))
def test_does_a_withdrawal_say_its_proof(desk: Desk, proof: WithdrawalProof) -> None:
    case = desk.file()
    refused("required", lambda: desk.act(DUC, case, Action.WITHDRAW, on=desk.today))
    desk.act(DUC, case, Action.WITHDRAW, on=desk.today, proof=proof)
    details = desk.session.scalars(
        select(CaseEvent.details).where(CaseEvent.kind == "case_withdrawn")
    ).one()
    assert details == {"proof": proof}


def accepted(desk: Desk, kind: CaseKind, day: date, **more: object) -> object:
    case = desk.file(kind, received_on=day - timedelta(days=3), **more)
    leader = CHIEF if kind is CaseKind.DENUNCIATION else DUC
    desk.act(leader, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(leader, case, Action.ACCEPT, on=day)
    return case


def test_may_a_complaint_be_withdrawn_in_part_since_the_new_law_only(desk: Desk) -> None:
    case = accepted(desk, CaseKind.COMPLAINT, date(2026, 6, 1))
    inputs = {"text": "Không khiếu nại nội dung thứ hai nữa", "proof": "paper"}
    refused(
        "no_partial_withdrawal_yet",
        lambda: desk.act(DUC, case, Action.WITHDRAW_PART, on=date(2026, 6, 30), **inputs),
    )
    desk.act(DUC, case, Action.WITHDRAW_PART, on=date(2026, 7, 1), **inputs)
    assert desk.row(case).state is State.ACCEPTED
    message = desk.session.execute(select(CaseMessage)).scalar_one()
    assert (message.kind, message.body) == (MessageKind.WITHDRAWAL, inputs["text"])


def test_is_a_denunciation_withdrawn_in_part_before_its_conclusion(desk: Desk) -> None:
    case = accepted(desk, CaseKind.DENUNCIATION, date(2026, 6, 1))
    inputs = {"on": date(2026, 6, 20), "text": "Rút nội dung thứ hai", "proof": "minutes"}
    desk.act(DUC, case, Action.WITHDRAW_PART, **inputs)
    assert desk.session.scalars(select(CaseMessage.body)).one() is None
    desk.put(case, state=State.DECIDED)  # type: ignore[arg-type]
    refused("not_allowed_here", lambda: desk.act(DUC, case, Action.WITHDRAW_PART, **inputs))


def test_does_settling_on_stay_unseen_by_whoever_forced_the_withdrawal(desk: Desk) -> None:
    case = accepted(desk, CaseKind.DENUNCIATION, desk.today)
    desk.act(
        DUC,
        case,
        Action.KEEP_SETTLING,
        on=desk.today,
        ground="TC33-2",
        reason="Có dấu hiệu bị đe dọa",
    )
    page = tracking_page(citizen(desk.row(case).id), desk.keys)  # type: ignore[arg-type]
    assert page is not None
    assert "settling_kept" not in {event.kind for event in page.events}
    refused(
        "unknown_ground",
        lambda: desk.act(
            DUC, case, Action.KEEP_SETTLING, on=desk.today, ground="TC25-1", reason="Không"
        ),
    )


def test_do_those_of_a_duplicate_follow_the_first(desk: Desk) -> None:
    first, second = desk.file(), desk.file()
    desk.act(DUC, second, Action.ATTACH, case_number=first.number)
    desk.act(DUC, first, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, first, Action.ACCEPT, on=desk.today)
    page = tracking_page(citizen(second.id), desk.keys)
    assert page is not None
    assert page.first is not None
    assert (page.state, page.first.state, page.first.unit) == (
        State.ATTACHED,
        State.ACCEPTED,
        "Sở Xây dựng",
    )
    assert page.first.due_on == desk.row(first).settle_by
    own = tracking_page(citizen(first.id), desk.keys)
    assert own is not None
    assert own.first is None


def test_may_a_handler_examine_what_is_nobodys(desk: Desk) -> None:
    case = desk.file(CaseKind.REFLECTION)
    desk.act(HOA, case, Action.EXAMINE, eligible=True, competent=True)
    assert desk.row(case).state is State.EXAMINING


def test_has_a_denunciation_checked_at_several_places_ten_working_days(desk: Desk) -> None:
    case = desk.file(CaseKind.DENUNCIATION, received_on=desk.today)
    look = select(CaseClock.rule, CaseClock.due_on, CaseClock.started_on).where(
        CaseClock.case_id == case.id, CaseClock.clock == ClockKind.ACCEPTANCE
    )
    before = desk.session.execute(look).one()
    found = {"eligible": True, "competent": True}
    desk.act(DUC, case, Action.EXAMINE, **found, several_places=True)
    after = desk.session.execute(look).one()
    assert (before.rule, after.rule) == ("TC-01", "TC-02")
    assert after.due_on == deadline("TC-02", desk.today, work_calendar()).due > before.due_on
    assert after.started_on == before.started_on
    desk.act(DUC, case, Action.EXAMINE, **found)
    assert desk.session.execute(look).one().rule == "TC-02", "a longer term stays"


@pytest.mark.parametrize("kind", [CaseKind.COMPLAINT, CaseKind.PETITION, CaseKind.REFLECTION])
def test_have_other_kinds_no_longer_examination(desk: Desk, kind: CaseKind) -> None:
    case = desk.file(kind)
    rules = select(CaseClock.clock, CaseClock.rule, CaseClock.due_on).order_by(CaseClock.id)
    before = desk.session.execute(rules).all()
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True, several_places=True)
    assert desk.session.execute(rules).all() == before
