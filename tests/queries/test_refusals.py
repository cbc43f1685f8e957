"""Refusals as they are read: who sees which, what is due, what is sealed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.letters import LetterStep
from citizenfeedback.domain.receptions import RefusalEntry, SittingEntry
from citizenfeedback.domain.vocabulary import ReceptionKind
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.queries.receptions import duties, posting_term
from citizenfeedback.queries.refusals import PAGE, refusal, refusals_page
from citizenfeedback.services.receiving import record_sitting
from citizenfeedback.services.refusing import draft_notice, record_refusal
from tests.services.desk import BUILDING, CHIEF, DUC, HOA, LAN, LAND, MINH, TRA, Desk, open_desk

TODAY = date(2026, 11, 23)
NAME = "Lò Thị Măng"


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office."""
    return open_desk(session, keys)


def refuse(desk: Desk, unit_id: int = BUILDING, **entry: Any) -> int:
    """A refusal."""
    values: dict[str, Any] = {
        "refused_on": TODAY,
        "ground": "TC9-3",
        "name": NAME,
        "id_no": "022190001234",
        "address": "Khe Cát",
        "summary": "việc bồi thường đất",
        "explanation": "Đã giải thích",
    } | entry
    return record_refusal(desk.actor(CHIEF), unit_id, RefusalEntry(**values), office=desk.office)


@pytest.mark.both_databases
def test_refusals_show_within_reach_and_the_notices_that_are_due(desk: Desk) -> None:
    written = refuse(desk, refused_on=TODAY - timedelta(days=10))
    spoken = refuse(desk, ground="TC9-1")
    there = refuse(desk, LAND)
    page = refusals_page(desk.actor(LAN), None)
    assert [line.id for line in page.lines] == [spoken, written]
    assert [(line.id, line.due) for line in page.owing] == [(written, date(2026, 11, 18))]
    assert page.owing[0].late(TODAY)
    assert page.lines[0].due is None
    assert not page.lines[0].late(TODAY)
    everywhere = refusals_page(desk.actor(CHIEF), None)
    assert there in [line.id for line in everywhere.lines]
    assert refusals_page(desk.actor(CHIEF), None, unit_ids=(LAND,)).total == 1
    some = refusals_page(desk.actor(CHIEF), None, first=TODAY, last=TODAY)
    assert some.total == 2


@pytest.mark.both_databases
def test_pages_follow_one_another(desk: Desk) -> None:
    made = [refuse(desk, ground="TC9-1") for _ in range(PAGE + 2)]
    first = refusals_page(desk.actor(LAN), None)
    assert len(first.lines) == PAGE
    second = refusals_page(desk.actor(LAN), first.next)
    assert [line.id for line in second.lines] == [made[1], made[0]]
    assert second.next is None


def test_each_sees_the_steps_that_are_theirs(desk: Desk) -> None:
    made = refuse(desk)
    draft_notice(desk.actor(LAN), made, office=desk.office)
    found = refusal(desk.actor(LAN), made, desk.keys)
    assert found.term is not None
    assert found.term.due == date(2026, 11, 26)
    assert found.notice is not None
    assert found.notice.steps == (LetterStep.EDIT, LetterStep.SUBMIT, LetterStep.CANCEL)
    assert refusal(desk.actor(HOA), made, desk.keys).notice is None
    with pytest.raises(NotFound):
        refusal(desk.actor(MINH), made, desk.keys)


def test_persons_are_whole_only_for_those_who_work_with_them(desk: Desk) -> None:
    made = refuse(desk)
    assert refusal(desk.actor(DUC), made, desk.keys).line.name == NAME
    seen = refusal(desk.actor(TRA), made, desk.keys)
    assert NAME not in (seen.line.name, seen.address)
    sealed = refuse(desk, kind=ReceptionKind.DENUNCIATION)
    found = refusal(desk.actor(LAN), sealed, desk.keys)
    assert (found.line.name, found.id_no, found.address) == ("", "", "")


@pytest.mark.both_databases
def test_a_day_without_visitors_counts_for_the_duty(desk: Desk) -> None:
    month = date(2026, 11, 1)
    before = {line.unit_id: line.standing for line in duties(desk.actor(LAN), month)}
    record_sitting(desk.actor(LAN), BUILDING, SittingEntry(TODAY), office=desk.office)
    after = {line.unit_id: line.standing for line in duties(desk.actor(LAN), month)}
    assert set(after) == {BUILDING}
    assert (before[BUILDING].short, after[BUILDING].short) == (1, 0)


def test_a_leaders_day_is_posted_five_working_days_before(desk: Desk) -> None:
    assert posting_term(date(2026, 12, 7)).due == date(2026, 11, 30)
