"""From the reception book to the register: what an officer typed once is not asked again."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.receptions import ReceptionEntry
from citizenfeedback.domain.vocabulary import CaseField, CaseKind, Channel, ReceptionKind
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import CasePerson, SealedRecord
from citizenfeedback.models.receptions import Reception
from citizenfeedback.services.receiving import NewReception, record_reception
from citizenfeedback.services.registration import Incomplete, PaperSubmission, register_submission
from citizenfeedback.services.visits import sealed_visitor
from tests.services.desk import BUILDING, LAN, MINH, Desk, open_desk

TODAY = date(2026, 11, 23)
NAME = "Lò Thị Măng"


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office."""
    return open_desk(session, keys)


def visit(desk: Desk, kind: ReceptionKind) -> int:
    """A visit by one citizen."""
    entry = ReceptionEntry(
        visited_on=TODAY,
        kind=kind,
        name=NAME,
        id_no="022190001234",
        address="Thôn Khe Cát",
        summary="Việc nhận tiền khi làm hồ sơ",
    )
    made = record_reception(desk.actor(LAN), NewReception(BUILDING, entry), office=desk.office)
    return made.id


def paper(kind: CaseKind, reception_id: int | None, **more: str) -> PaperSubmission:
    """What the officer sends from the prefilled page."""
    values = {"respondent": "Ông X", "summary": "Việc nhận tiền", **more}
    return PaperSubmission(
        kind=kind,
        channel=Channel.IN_PERSON,
        field=CaseField.CONDUCT,
        unit_id=BUILDING,
        received_on=TODAY,
        reception_id=reception_id,
        **values,
    )


@pytest.mark.both_databases
def test_a_denouncer_passes_from_the_book_into_the_case_unseen(desk: Desk) -> None:
    reception_id = visit(desk, ReceptionKind.DENUNCIATION)
    made = register_submission(
        desk.actor(LAN), paper(CaseKind.DENUNCIATION, reception_id), office=desk.office
    )
    sealed = desk.session.scalars(
        select(SealedRecord.ciphertext).where(SealedRecord.case_id == made.id)
    ).all()
    assert any(NAME in desk.keys.unseal(one) for one in sealed)
    assert not desk.session.scalars(select(CasePerson.name)).all()
    stored = desk.session.scalar(select(Reception.case_id).where(Reception.id == reception_id))
    assert stored == made.id


def test_a_sealed_visitor_never_becomes_a_name_in_an_open_case(desk: Desk) -> None:
    reception_id = visit(desk, ReceptionKind.DENUNCIATION)
    with pytest.raises(Incomplete):
        register_submission(
            desk.actor(LAN), paper(CaseKind.PETITION, reception_id), office=desk.office
        )


@pytest.mark.both_databases
def test_a_visit_that_turns_into_a_denunciation_is_sealed_in_the_book(desk: Desk) -> None:
    reception_id = visit(desk, ReceptionKind.REFLECTION)
    person = {"name": NAME, "id_no": "022190001234", "address": "Thôn Khe Cát"}
    register_submission(
        desk.actor(LAN), paper(CaseKind.DENUNCIATION, reception_id, **person), office=desk.office
    )
    desk.session.expire_all()
    stored = desk.session.get(Reception, reception_id)
    assert stored is not None
    assert (stored.kind, stored.citizen_name) == (ReceptionKind.DENUNCIATION, "")


def test_a_visit_out_of_reach_is_not_there(desk: Desk) -> None:
    reception_id = visit(desk, ReceptionKind.DENUNCIATION)
    with pytest.raises(NotFound):
        sealed_visitor(desk.session, desk.keys, desk.actor(MINH), reception_id)
    with pytest.raises(NotFound):
        register_submission(desk.actor(LAN), paper(CaseKind.DENUNCIATION, 999), office=desk.office)
