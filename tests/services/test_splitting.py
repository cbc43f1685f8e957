"""A mixed submission becomes several cases; what a denunciation hides stays hidden on both sides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from citizenfeedback.config import Settings
from citizenfeedback.domain.vocabulary import (
    Action,
    Author,
    CaseField,
    CaseKind,
    Channel,
    SealedPart,
    State,
)
from citizenfeedback.gateways.files import FileMissing
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import CasePerson, CaseText, SealedRecord
from citizenfeedback.models.search import CaseSearch
from citizenfeedback.models.timeline import CaseEvent, CaseNote
from citizenfeedback.queries.case_page import case_page
from citizenfeedback.queries.tracking import case_behind, citizen, tracking_page
from citizenfeedback.services.casework import Seen
from citizenfeedback.services.registering import Person, Registered
from citizenfeedback.services.transaction import transaction
from citizenfeedback.services.unsealing import read_sealed
from tests.conftest import build_app, make_tables
from tests.services.desk import BUILDING, DUC, HOA, LAN, Desk, open_desk
from tests.services.test_handling import refused

both_databases = pytest.mark.both_databases
PLAN = "Đề nghị mở đường dân sinh"
BRIBE = "Cán bộ địa chính đòi tiền"
REST = "Khiếu nại biên bản xử phạt ngày 5/9"


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office of the tests."""
    return open_desk(session, keys)


def part(kind: CaseKind, summary: str, **more: Any) -> dict[str, Any]:
    """The entries of a split."""
    return {"kind": kind, "field": CaseField.LAND, "summary": summary, **more}


def paper(desk: Desk, case: Registered, *, sealed: bool = False) -> int:
    """A paper of a case."""
    stored = desk.files.put(b"ban ve", sealed=sealed)
    with transaction() as session:
        found = session.scalar(
            insert(Attachment)
            .values(
                case_id=case.id,
                storage_key=stored.key,
                digest=stored.digest,
                name="" if sealed else "bản vẽ.pdf",
                media_type="application/pdf",
                size=6,
                sealed=sealed,
                author=Author.CITIZEN,
                at=desk.now,
            )
            .returning(Attachment.id)
        )
    assert found is not None
    return found


def count(desk: Desk, *where: Any) -> int:
    return desk.session.scalar(select(func.count()).where(*where)) or 0


@both_databases
def test_do_open_cases_know_each_other(desk: Desk) -> None:
    first = desk.file()
    new = desk.act(DUC, first, Action.SPLIT, **part(CaseKind.PETITION, PLAN, reason="Hai việc"))
    row, old = desk.row(new), desk.row(first)
    assert (row.split_from_id, row.kind, row.summary) == (first.id, CaseKind.PETITION, PLAN)
    assert (row.received_on, row.channel) == (old.received_on, old.channel)
    assert (old.kind, old.state, old.summary) == (
        CaseKind.COMPLAINT,
        State.REGISTERED,
        "Nhà bên xây sai phép, làm nứt tường",
    )
    assert new.access_code
    assert case_behind(desk.keys, new.access_code) == new.id
    names = desk.session.scalars(select(CasePerson.name).where(CasePerson.case_id == new.id)).all()
    assert names == ["Lò Thị Măng"]
    actor = desk.actor(DUC)
    assert case_page(actor, first.number, desk.today, desk.keys).parts == (new.number,)
    assert case_page(actor, new.number, desk.today, desk.keys).split_from == (first.number,)
    assert desk.events(first)[-1] == "case_split"


@both_databases
def test_does_each_part_have_its_own_terms_from_receipt(desk: Desk) -> None:
    first = desk.file(CaseKind.PETITION)
    new = desk.act(DUC, first, Action.SPLIT, **part(CaseKind.COMPLAINT, REST))
    assert desk.row(new).due_rule.startswith("KN-03")
    assert new.due_on == desk.file().due_on


@both_databases
def test_does_a_denunciation_take_the_words_under_its_seal(desk: Desk) -> None:
    first = desk.file(words="Tôi khiếu nại. Ông Tám đòi mười hai triệu.")
    chosen, left = paper(desk, first), paper(desk, first)
    old_key = desk.session.scalar(select(Attachment.storage_key).where(Attachment.id == chosen))
    refused(
        "required",
        lambda: desk.act(DUC, first, Action.SPLIT, **part(CaseKind.DENUNCIATION, BRIBE)),
    )
    new = desk.act(
        DUC,
        first,
        Action.SPLIT,
        **part(CaseKind.DENUNCIATION, BRIBE, first_summary=REST, papers=[chosen]),
    )
    opened = read_sealed(
        desk.actor(DUC), Seen(new.number), reason="Xem để thụ lý tố cáo", office=desk.office
    )
    assert [one["name"] for one in opened.people] == ["Lò Thị Măng"]
    assert "mười hai triệu" in opened.words
    assert opened.linked == (first.number,)
    assert [file.name for file in opened.files] == ["bản vẽ.pdf"]
    assert count(desk, CaseText.case_id == first.id) == 0
    assert desk.row(first).summary == REST
    papers = desk.session.execute(
        select(Attachment.id, Attachment.case_id, Attachment.sealed, Attachment.name).order_by(
            Attachment.id
        )
    ).all()
    assert [tuple(one) for one in papers] == [
        (chosen, new.id, True, ""),
        (left, first.id, False, "bản vẽ.pdf"),
    ]
    assert old_key is not None
    with pytest.raises(FileMissing):
        desk.files.read(old_key)


@both_databases
def test_does_nothing_in_the_open_say_that_the_citizen_denounced(desk: Desk) -> None:
    first = desk.file()
    new = desk.act(
        DUC,
        first,
        Action.SPLIT,
        **part(CaseKind.DENUNCIATION, BRIBE, first_summary=REST, reason="Bà Măng tố cáo"),
    )
    assert desk.row(new).split_from_id is None
    assert desk.events(first)[-1] == "case_summarised"
    assert desk.events(new) == ["case_registered"]
    told = json.dumps(
        [
            *desk.session.scalars(select(CaseEvent.details)),
            *desk.session.scalars(select(CaseNote.body)),
        ],
        ensure_ascii=False,
    )
    assert new.number not in told
    assert first.number not in told
    assert "Bà Măng" not in told
    page = case_page(desk.actor(DUC), first.number, desk.today, desk.keys)
    assert (page.parts, page.split_from, page.head.sealed) == ((), (), False)
    other = case_page(desk.actor(DUC), new.number, desk.today, desk.keys)
    assert (other.parts, other.split_from) == ((), ())
    assert count(desk, SealedRecord.case_id == first.id) == 0
    folded = desk.session.scalar(select(CaseSearch.folded).where(CaseSearch.case_id == new.id))
    assert "mang" not in (folded or "").split()
    followed = tracking_page(citizen(first.id), desk.keys)
    assert followed is not None
    assert {event.kind for event in followed.events} == {"case_registered"}


@both_databases
def test_do_names_leave_a_denunciation_only_by_choice_and_right(desk: Desk) -> None:
    first = desk.file(CaseKind.DENUNCIATION)
    unnamed = desk.act(DUC, first, Action.SPLIT, **part(CaseKind.PETITION, PLAN))
    assert count(desk, CasePerson.case_id == unnamed.id) == 0
    assert desk.row(unnamed).split_from_id is None
    assert count(desk, AuditEntry.case_id == first.id) == 0
    entries = part(CaseKind.PETITION, PLAN, open_persons=True, reason="Người gửi đồng ý nêu tên")
    refused("not_granted", lambda: desk.act(HOA, first, Action.SPLIT, **entries))
    refused(
        "reason_too_short",
        lambda: desk.act(DUC, first, Action.SPLIT, **entries | {"reason": "Được"}),
    )
    named = desk.act(DUC, first, Action.SPLIT, **entries)
    assert count(desk, CasePerson.case_id == named.id) == 1
    assert desk.events(first)[-2:] == ["sealed_read", "case_split"]
    opened = read_sealed(
        desk.actor(DUC), Seen(first.number), reason="Xem vụ việc nào đã tách", office=desk.office
    )
    assert opened.linked == (unnamed.number, named.number)
    details = desk.session.scalars(
        select(CaseEvent.details).where(CaseEvent.kind == "case_split")
    ).all()
    assert details == [{}, {}]


@both_databases
def test_do_papers_of_a_denunciation_stay_sealed(desk: Desk) -> None:
    first = desk.file(CaseKind.DENUNCIATION)
    sealed = paper(desk, first, sealed=True)
    refused(
        "papers_stay_sealed",
        lambda: desk.act(
            DUC, first, Action.SPLIT, **part(CaseKind.PETITION, PLAN, papers=[sealed])
        ),
    )
    new = desk.act(DUC, first, Action.SPLIT, **part(CaseKind.DENUNCIATION, BRIBE, papers=[sealed]))
    assert desk.session.scalar(select(Attachment.case_id)) == new.id
    assert desk.row(new).split_from_id == first.id
    parts = desk.session.scalars(
        select(SealedRecord.part).where(SealedRecord.case_id == new.id)
    ).all()
    assert set(parts) == {SealedPart.IDENTITY, SealedPart.WORDS}


@both_databases
def test_does_a_denunciation_of_the_office_itself_go_above(desk: Desk) -> None:
    first = desk.file()
    new = desk.act(
        DUC,
        first,
        Action.SPLIT,
        **part(CaseKind.DENUNCIATION, BRIBE, first_summary=REST, respondent_unit=BUILDING),
    )
    row = desk.row(new)
    assert (row.unit_id, row.respondent_unit_id) == (1, BUILDING)


@both_databases
def test_is_what_came_online_information_only(desk: Desk) -> None:
    first = desk.file(CaseKind.REFLECTION, channel=Channel.WEB)
    new = desk.act(
        DUC, first, Action.SPLIT, **part(CaseKind.DENUNCIATION, BRIBE, first_summary=REST)
    )
    row = desk.row(new)
    assert (row.state, row.formal, row.signed) == (State.INFORMATION, False, False)


@both_databases
def test_may_reception_not_split(desk: Desk) -> None:
    first = desk.file()
    refused(
        "not_granted", lambda: desk.act(LAN, first, Action.SPLIT, **part(CaseKind.PETITION, PLAN))
    )


TRACES = (b"Zaphod", b"zaphod", b"quanly42")


def test_is_no_byte_of_the_words_left_in_the_open(tmp_path: Path, keys: Keys) -> None:
    settings = Settings.from_env({"INSTANCE_PATH": str(tmp_path), "MAIL_SENDER": "so@example.vn"})
    with build_app(settings, keys).app_context():
        make_tables()
        desk = open_desk(db.session(), keys)
        first = desk.file(
            people=(Person("Lò Thị Măng", "", "", "", ""),),
            words="Ông Zaphod đòi tiền, quanly42 làm chứng",
            summary="Zaphod đòi tiền",
        )
        assert holding(tmp_path)
        desk.act(DUC, first, Action.SPLIT, **part(CaseKind.DENUNCIATION, BRIBE, first_summary=REST))
        assert holding(tmp_path) == []
        db.session.remove()
        db.engine.dispose()


def holding(folder: Path) -> list[str]:
    """The files in which a trace is found."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [one.name for one in files if any(trace in one.read_bytes() for trace in TRACES)]
