"""Do those behind a case keep the part they play when they are taken along to another one?"""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import (
    Action,
    CaseField,
    CaseKind,
    PersonRole,
    SealedPart,
    State,
)
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import CasePerson, SealedRecord
from citizenfeedback.services.registering import Other, Person, Registered
from tests.services.desk import DUC, Desk, open_desk

both_databases = pytest.mark.both_databases
OTHERS = (
    Other(Person("Tòng Văn Ón", address="Khe Cát"), PersonRole.SIGNATORY),
    Other(Person("Quàng Thị Dung"), PersonRole.REPRESENTATIVE),
    Other(Person("Luật sư Cầm Bá"), PersonRole.AUTHORISED, "12/UQ"),
)
ROLES = [
    ("filer", "Lò Thị Măng", ""),
    ("signatory", "Tòng Văn Ón", ""),
    ("representative", "Quàng Thị Dung", ""),
    ("authorised", "Luật sư Cầm Bá", "12/UQ"),
]


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office of the tests."""
    return open_desk(session, keys)


def roles(desk: Desk, case: Registered) -> list[tuple[str, str, str]]:
    """Everybody behind an open case, with their part and their paper."""
    columns = (CasePerson.role, CasePerson.name, CasePerson.document_no)
    rows = desk.session.execute(
        select(*columns).where(CasePerson.case_id == case.id).order_by(CasePerson.id)
    )
    return [(str(row.role), row.name, row.document_no) for row in rows]


def sealed(desk: Desk, case: Registered, part: SealedPart) -> list[tuple[str, str, str]]:
    """Everybody in one sealed part of a denunciation."""
    found = desk.session.scalars(
        select(SealedRecord.ciphertext).where(
            SealedRecord.case_id == case.id, SealedRecord.part == part
        )
    )
    people = [person for text in found for person in json.loads(desk.keys.unseal(text))]
    return [(one.get("role", "filer"), one["name"], one.get("document_no", "")) for one in people]


def split(desk: Desk, case: Registered, kind: CaseKind, **more: object) -> Registered:
    """A second matter of a case, as a case of its own."""
    entries = {"kind": kind, "field": CaseField.LAND, "summary": "Việc thứ hai", **more}
    made: Registered = desk.act(DUC, case, Action.SPLIT, **entries)
    return made


@both_databases
def test_does_a_split_leave_signers_what_they_were(desk: Desk) -> None:
    new = split(desk, desk.file(others=OTHERS), CaseKind.PETITION)
    assert roles(desk, new) == ROLES
    assert desk.row(new).representatives == 1


def test_does_a_second_complaint_leave_signers_what_they_were(desk: Desk) -> None:
    case = desk.file(others=OTHERS)
    desk.put(case, state=State.DONE, accepted_on=desk.today, closed_on=desk.today)
    new = desk.act(DUC, case, Action.CONTINUE, on=desk.today, reason="Không đồng ý lần đầu")
    assert roles(desk, new) == ROLES


def test_do_they_go_under_the_seal_and_from_seal_to_seal(desk: Desk) -> None:
    first = desk.file(others=OTHERS)
    denounced = split(desk, first, CaseKind.DENUNCIATION, first_summary="Việc thứ nhất")
    again = split(desk, denounced, CaseKind.DENUNCIATION)
    for case in (denounced, again):
        assert sealed(desk, case, SealedPart.IDENTITY) == ROLES[:1]
        assert sealed(desk, case, SealedPart.PEOPLE) == ROLES[1:]
        assert roles(desk, case) == []


def test_do_they_come_out_of_the_seal_as_what_they_were(desk: Desk) -> None:
    first = desk.file(CaseKind.DENUNCIATION, others=OTHERS)
    opened = split(
        desk, first, CaseKind.PETITION, open_persons=True, reason="Công dân đồng ý nêu tên"
    )
    assert roles(desk, opened) == ROLES
