"""A new case is in the books whole: numbers, clock, event, search; and sealed where it must be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.explanation_store import recall
from citizenfeedback.domain.numbers import normalise_code, normalise_number
from citizenfeedback.domain.vocabulary import CaseKind, Channel, ClockKind, SealedPart, State
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import (
    Case,
    CaseClock,
    CasePerson,
    CaseText,
    SealedRecord,
)
from citizenfeedback.models.search import CaseSearch
from citizenfeedback.services.clocks import NO_TERM
from tests.services.desk import BUILDING, LAND, PROVINCE, Desk, open_desk

pytestmark = pytest.mark.both_databases


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


def test_has_a_new_case_two_numbers_and_keeps_only_one(session: Session, desk: Desk) -> None:
    made = desk.file()
    case = desk.row(made)
    assert normalise_number(made.number) == case.number
    assert normalise_code(made.access_code) is not None
    assert case.access_hash == desk.keys.fingerprint("access_code", made.access_code)
    assert made.access_code not in str(session.execute(text("SELECT * FROM case_file")).all())


@pytest.mark.parametrize(
    ("kind", "clock", "rule"),
    [
        (CaseKind.COMPLAINT, ClockKind.ACCEPTANCE, "KN-03b"),
        (CaseKind.DENUNCIATION, ClockKind.ACCEPTANCE, "TC-01"),
        (CaseKind.PETITION, ClockKind.SETTLEMENT, "office_standard"),
        (CaseKind.REFLECTION, ClockKind.SETTLEMENT, "office_standard"),
    ],
)
def test_does_the_clock_of_its_kind_run_from_receipt(
    session: Session, desk: Desk, kind: CaseKind, clock: ClockKind, rule: str
) -> None:
    made = desk.file(kind)
    row = session.scalars(select(CaseClock).where(CaseClock.clock == clock)).one()
    explained = recall(row.explanation)
    assert (row.rule, row.stopped_on) == (rule, None)
    assert row.started_on == desk.row(made).received_on == explained.start
    assert made.due_on == desk.row(made).due_on == row.due_on == explained.due
    assert desk.events(made) == ["case_registered"]


def test_is_a_denunciation_sealed_from_its_first_write(session: Session, desk: Desk) -> None:
    made = desk.file(CaseKind.DENUNCIATION, words="Ông Tám nhận tiền", summary="")
    parts = {row.part: row.ciphertext for row in session.scalars(select(SealedRecord))}
    assert set(parts) == {SealedPart.IDENTITY, SealedPart.WORDS}
    assert "Lò Thị Măng" in desk.keys.unseal(parts[SealedPart.IDENTITY])
    assert "Ông Tám" in desk.keys.unseal(parts[SealedPart.WORDS])
    assert session.scalars(select(CasePerson.id)).all() == []
    assert session.scalars(select(CaseText.case_id)).all() == []
    folded = session.scalars(select(CaseSearch.folded)).one()
    assert "mang" not in folded.split()
    assert desk.row(made).kind is CaseKind.DENUNCIATION


def test_has_an_online_denunciation_no_term_but_the_red_line(session: Session, desk: Desk) -> None:
    made = desk.file(CaseKind.DENUNCIATION, channel=Channel.WEB, formal=False)
    case = desk.row(made)
    clock = session.scalars(select(CaseClock)).one()
    assert (clock.clock, clock.rule) == (ClockKind.PROCESSING, "TD-08")
    assert (case.state, case.due_on, made.due_on) == (
        State.INFORMATION,
        clock.due_on,
        clock.due_on,
    )


def test_is_there_no_red_line_for_what_came_before_it_was_drawn(
    session: Session, desk: Desk
) -> None:
    made = desk.file(
        CaseKind.DENUNCIATION, channel=Channel.WEB, formal=False, received_on=date(2026, 6, 30)
    )
    assert (desk.row(made).due_on, made.due_on) == (NO_TERM, None)
    assert session.scalars(select(CaseClock.id)).all() == []


def test_does_a_visitor_wait_for_a_reply_too(session: Session, desk: Desk) -> None:
    desk.file(CaseKind.PETITION, channel=Channel.IN_PERSON)
    reply = session.scalars(select(CaseClock).where(CaseClock.clock == ClockKind.REPLY)).one()
    assert reply.rule == "TD-01"


def test_does_a_denunciation_of_the_receiving_office_go_above_it(desk: Desk) -> None:
    above = desk.file(CaseKind.DENUNCIATION, respondent_unit_id=BUILDING)
    aside = desk.file(CaseKind.DENUNCIATION, respondent_unit_id=LAND)
    complaint = desk.file(CaseKind.COMPLAINT, respondent_unit_id=BUILDING)
    assert desk.row(above).unit_id == PROVINCE
    assert desk.row(aside).unit_id == BUILDING
    assert desk.row(complaint).unit_id == BUILDING


def test_is_an_unknown_office_refused(session: Session, desk: Desk) -> None:
    with pytest.raises(RuleBroken, match="unknown_unit"):
        desk.file(unit_id=10_000)
    assert session.scalars(select(Case.id)).all() == []


def test_is_the_rule_picked_by_the_day_of_receipt(session: Session, desk: Desk) -> None:
    desk.file(received_on=date(2026, 6, 30), channel=Channel.POST)
    assert session.scalars(select(CaseClock.rule)).one() == "KN-03a"


def test_do_many_cases_get_numbers_of_their_own(session: Session, desk: Desk) -> None:
    numbers = {desk.file(received_on=desk.today - timedelta(days=1)).number for _ in range(30)}
    assert len(numbers) == 30
