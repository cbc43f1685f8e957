"""Who speaks for others: as many as the law allows, by the papers it asks for."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import Action, CaseKind, PersonRole, SealedPart, State
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import CasePerson, SealedRecord
from citizenfeedback.models.search import CaseSearch
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.services.representing import named_people
from tests.services.desk import DUC, LAN, Desk, open_desk
from tests.services.test_handling import refused

pytestmark = pytest.mark.both_databases
TWO = "Trần Văn Một, Thôn 1\nLê Thị Hai"
REPRESENTATIVE, AUTHORISED = PersonRole.REPRESENTATIVE, PersonRole.AUTHORISED


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office of the tests."""
    return open_desk(session, keys)


def test_does_a_group_of_twelve_need_representatives(desk: Desk) -> None:
    case = desk.file(signatories=12)
    desk.act(LAN, case, Action.EXAMINE, eligible=True, competent=True)
    refused(
        "group_needs_representatives",
        lambda: desk.act(DUC, case, Action.ACCEPT, on=desk.today),
    )
    desk.act(LAN, case, Action.REPRESENT, role=REPRESENTATIVE, names=TWO, people=12)
    assert desk.row(case).representatives == 2
    desk.act(DUC, case, Action.ACCEPT, on=desk.today)
    assert desk.row(case).state is State.ACCEPTED
    people = desk.session.execute(
        select(CasePerson.name, CasePerson.address)
        .where(CasePerson.case_id == case.id, CasePerson.role == REPRESENTATIVE)
        .order_by(CasePerson.id)
    ).all()
    assert [tuple(one) for one in people] == [("Trần Văn Một", "Thôn 1"), ("Lê Thị Hai", "")]


def test_are_groups_of_before_the_new_law_not_kept_waiting(desk: Desk) -> None:
    case = desk.file(signatories=12, received_on=date(2026, 6, 30))
    desk.act(LAN, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, case, Action.ACCEPT, on=desk.today)
    assert desk.row(case).state is State.ACCEPTED


@pytest.mark.parametrize(
    ("signatories", "names", "people", "code"),
    [
        (12, "\n".join(f"Người {n}" for n in range(6)), 12, "too_many_representatives"),
        (7, "Một\nHai\nBa", 7, "too_many_representatives"),
        (7, "Một", None, "appointment_not_written"),
        (7, "Một", 6, "appointment_not_signed_by_all"),
        (7, "\n \n", 7, "required"),
    ],
)
def test_is_a_wrong_number_or_paper_refused(
    desk: Desk, signatories: int, names: str, people: int | None, code: str
) -> None:
    case = desk.file(signatories=signatories)
    refused(
        code,
        lambda: desk.act(
            LAN, case, Action.REPRESENT, role=REPRESENTATIVE, names=names, people=people
        ),
    )


def test_do_the_newly_named_take_the_place_of_the_old(desk: Desk) -> None:
    case = desk.file(signatories=6)
    for names in ("Một Cũ\nHai Cũ", "Ba Mới"):
        desk.act(LAN, case, Action.REPRESENT, role=REPRESENTATIVE, names=names, people=6)
    assert desk.row(case).representatives == 1
    folded = desk.session.scalar(select(CaseSearch.folded).where(CaseSearch.case_id == case.id))
    assert folded is not None
    assert "ba moi" in folded
    assert "mot cu" not in folded


def test_are_those_who_speak_for_denouncers_sealed(desk: Desk) -> None:
    case = desk.file(CaseKind.DENUNCIATION, signatories=6)
    desk.act(LAN, case, Action.REPRESENT, role=REPRESENTATIVE, names=TWO, people=6)
    assert desk.row(case).representatives == 2
    assert desk.session.scalars(select(CasePerson.id)).all() == []
    sealed = desk.session.scalars(
        select(SealedRecord.ciphertext).where(SealedRecord.part == SealedPart.PEOPLE)
    ).one()
    assert [one["name"] for one in json.loads(desk.keys.unseal(sealed))] == [
        "Trần Văn Một",
        "Lê Thị Hai",
    ]
    folded = desk.session.scalar(select(CaseSearch.folded).where(CaseSearch.case_id == case.id))
    assert "mot" not in (folded or "").split()
    details = desk.session.scalars(
        select(CaseEvent.details).where(CaseEvent.kind == "representatives_named")
    ).one()
    assert details == {"role": "representative", "count": 2}


def test_is_an_authorisation_proven_as_the_day_asks(desk: Desk) -> None:
    case = desk.file()

    def authorise(**more: object) -> None:
        desk.act(LAN, case, Action.REPRESENT, role=AUTHORISED, names="Luật sư Hồ", **more)

    refused("authorisation_not_written", authorise)
    refused("authorisation_not_certified", lambda: authorise(document_no="2/UQ"))
    authorise(document_no="2/UQ", certification="notarised")
    assert desk.row(case).representatives == 0
    assert desk.events(case)[-1] == "representatives_named"


@pytest.mark.parametrize("kind", [CaseKind.COMPLAINT, CaseKind.PETITION])
def test_is_one_content_of_a_complaint_given_to_one_person(desk: Desk, kind: CaseKind) -> None:
    case = desk.file(kind)
    paper = {"role": AUTHORISED, "document_no": "12/UQ", "certification": "certified"}
    if kind is CaseKind.COMPLAINT:
        refused(
            "content_authorised_twice",
            lambda: desk.act(LAN, case, Action.REPRESENT, names=TWO, **paper),
        )
        desk.act(LAN, case, Action.REPRESENT, names="Lê Thị Hai", **paper)
    else:
        desk.act(LAN, case, Action.REPRESENT, names=TWO, **paper)
    people = select(CasePerson.name).where(CasePerson.role == AUTHORISED)
    assert "Lê Thị Hai" in desk.session.scalars(people).all()


def test_is_nobody_named_as_filer(desk: Desk) -> None:
    case = desk.file()
    refused(
        "role_not_named",
        lambda: desk.act(LAN, case, Action.REPRESENT, role=PersonRole.FILER, names="Ai đó"),
    )


def test_is_one_person_read_from_each_line() -> None:
    found = named_people(" An , Thôn 1, xã X\n\nBình\n,không tên")
    assert [(one.name, one.address) for one in found] == [("An", "Thôn 1, xã X"), ("Bình", "")]
