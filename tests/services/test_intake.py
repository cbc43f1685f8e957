"""Filing: a draft that only its browser opens, and one case however often it is sent."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.drafts import DraftContent, Question
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import (
    CaseField,
    CaseKind,
    Channel,
    EventKind,
    MailKind,
    State,
)
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.files import MemoryFiles
from citizenfeedback.gateways.keys import Box, Keys
from citizenfeedback.models.attachments import Attachment, DraftFile
from citizenfeedback.models.cases import (
    Case,
    CasePerson,
    CaseText,
    Draft,
    NoticeContact,
    SealedRecord,
    Submission,
)
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.search import CaseSearch
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.drafts import OpenDraft, Sent, draft_in, receipt_facts
from citizenfeedback.services import intake
from citizenfeedback.services.calendar import seed_shipped
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.people import make_unit

pytestmark = pytest.mark.both_databases

TODAY = NOON.date()
COMPLAINT = DraftContent(
    kind=CaseKind.COMPLAINT,
    words="Tôi bị thu hồi 120 m² đất mà chưa được bồi thường.",
    wish="Tính lại tiền bồi thường",
    field=CaseField.LAND,
    respondent="Quyết định số 118/QĐ-UBND",
    name="Nguyễn Văn Hùng",
    id_no="022190001234",
    phone="0912345678",
    address="Khu 3, phường Bãi Cháy",
    email="hung@example.vn",
)


def picture() -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return out.getvalue()


@dataclass
class Filing:
    """One browser's draft, and what sending needs."""

    box: Box
    files: MemoryFiles
    keys: Keys
    top: int
    department: int
    team: int

    def start(self, content: DraftContent) -> None:
        intake.start_draft(self.box, content, now=NOON)

    def add(self, content: bytes = b"", name: str = "Ảnh nhà ông Sáu.png") -> None:
        intake.add_file(
            self.box, self.files, name, content or picture(), most_bytes=10**6, now=NOON
        )

    def send(self, **options: Any) -> Sent:
        needs = intake.Filing(self.keys, self.files, work_calendar(), Policy(), "vi")
        return intake.file_case(self.box, needs, **{"today": TODAY, "now": NOON, **options})

    def look(self, later: timedelta = timedelta(0)) -> OpenDraft | Sent | None:
        return draft_in(self.box, now=NOON + later)

    def open(self) -> OpenDraft:
        found = self.look()
        assert isinstance(found, OpenDraft)
        return found


@pytest.fixture
def filing(session: Session, gateways: Gateways, keys: Keys) -> Filing:
    top = make_unit(gateways, "QN", name="UBND tỉnh Quảng Ninh")
    department = make_unit(gateways, "SXD", top, name="Sở Xây dựng")
    team = make_unit(gateways, "DQL", department, name="Đội Quản lý đô thị")
    box = keys.box("draft", secrets.token_urlsafe(32))
    return Filing(box, MemoryFiles(keys), keys, top, department, team)


def rows(session: Session, table: Any) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def case_of(session: Session, sent: Sent) -> Case:
    session.expire_all()
    return session.execute(select(Case).where(Case.id == sent.case_id)).scalar_one()


def test_does_only_the_token_open_a_draft(session: Session, filing: Filing, keys: Keys) -> None:
    filing.start(COMPLAINT)
    assert filing.open().content == COMPLAINT
    assert draft_in(keys.box("draft", secrets.token_urlsafe(32)), now=NOON) is None
    kept = session.scalars(select(Draft.ciphertext)).one()
    assert "Hùng".encode() not in kept
    with pytest.raises(Exception, match="not sealed"):
        keys.unseal(kept)


def test_does_saving_keep_what_was_typed_for_another_day(filing: Filing) -> None:
    filing.start(DraftContent(kind=CaseKind.PETITION))
    later = NOON + timedelta(hours=20)
    intake.save_draft(filing.box, {"words": "Đường hỏng"}, Question.WORDS, now=later)
    found = filing.look(timedelta(hours=40))
    assert isinstance(found, OpenDraft)
    assert (found.content.words, found.content.passed) == ("Đường hỏng", ("words",))
    assert found.saved_at == later


def test_is_a_draft_over_after_a_day(session: Session, filing: Filing) -> None:
    filing.start(COMPLAINT)
    filing.add()
    day = timedelta(hours=24)
    assert filing.look(day) is None
    with pytest.raises(NotFound):
        intake.save_draft(filing.box, {}, now=NOON + day)
    with pytest.raises(NotFound):
        filing.send(now=NOON + day)
    assert intake.expire_drafts(filing.files, now=NOON + day - timedelta(seconds=1)) == 0
    assert intake.expire_drafts(filing.files, now=NOON + day) == 1
    assert (rows(session, Draft), rows(session, DraftFile), filing.files.lying) == (0, 0, {})


def test_does_leaving_wipe_draft_and_files(session: Session, filing: Filing) -> None:
    filing.start(COMPLAINT)
    filing.add()
    intake.discard_draft(filing.box, filing.files)
    assert (rows(session, Draft), rows(session, DraftFile), filing.files.lying) == (0, 0, {})


def test_are_files_of_a_draft_encrypted_and_removed_one_by_one(filing: Filing) -> None:
    filing.start(COMPLAINT)
    filing.add()
    filing.add(name="Biên bản.png")
    first, second = filing.open().files
    assert (first.name, second.name) == ("Ảnh nhà ông Sáu.png", "Biên bản.png")
    assert not any(lying.startswith(b"\x89PNG") for lying in filing.files.lying.values())
    intake.remove_file(filing.box, filing.files, first.id, now=NOON)
    intake.remove_file(filing.box, filing.files, 987654, now=NOON)
    assert [file.name for file in filing.open().files] == ["Biên bản.png"]
    assert set(filing.files.lying) == {second.storage_key}


def test_is_a_refused_file_no_loss_to_the_others(filing: Filing) -> None:
    filing.start(COMPLAINT)
    filing.add()
    with pytest.raises(RuleBroken, match="file_type_refused"):
        filing.add(b"hello", "bai.txt")
    for _ in range(9):
        filing.add()
    with pytest.raises(RuleBroken, match="too_many_files"):
        filing.add()
    assert len(filing.open().files) == len(filing.files.lying) == 10


def test_does_sending_make_a_case_with_all_that_was_said(session: Session, filing: Filing) -> None:
    filing.start(replace(COMPLAINT, unit_id=filing.department))
    filing.add()
    sent = filing.send()
    case = case_of(session, sent)
    assert (case.kind, case.unit_id, case.channel) == ("complaint", filing.department, "web")
    assert (case.received_on, case.signed, case.state) == (TODAY, False, State.REGISTERED)
    assert case.access_hash == filing.keys.fingerprint("access_code", sent.access_code)
    person = session.execute(select(CasePerson)).scalar_one()
    assert (person.name, person.phone) == ("Nguyễn Văn Hùng", "0912345678")
    assert session.scalars(select(CaseText.words)).one() == COMPLAINT.words
    assert "nguyen van hung" in session.scalars(select(CaseSearch.folded)).one()
    assert session.scalars(select(CaseEvent.kind)).all() == [EventKind.CASE_REGISTERED]
    assert session.scalars(select(OutgoingMessage.kind)).all() == [MailKind.CITIZEN_CONFIRM]
    paper = session.execute(select(Attachment)).scalar_one()
    assert (paper.name, paper.sealed) == ("Ảnh nhà ông Sáu.png", False)
    assert filing.files.read(paper.storage_key).startswith(b"\x89PNG")
    assert filing.files.digest(paper.storage_key) == paper.digest
    assert (rows(session, DraftFile), len(filing.files.lying)) == (0, 1)


def test_does_an_unknown_office_lead_to_the_highest(session: Session, filing: Filing) -> None:
    filing.start(COMPLAINT)
    assert case_of(session, filing.send()).unit_id == filing.top


def test_is_nothing_left_open_of_a_denunciation(session: Session, filing: Filing) -> None:
    denounced = replace(
        COMPLAINT,
        kind=CaseKind.DENUNCIATION,
        respondent="Ông Lê Văn Tám",
        unit_id=filing.top,
        respondent_unit_id=filing.department,
    )
    filing.start(denounced)
    filing.add()
    sent = filing.send()
    case = case_of(session, sent)
    assert (case.summary, case.respondent, case.state) == ("", "", State.INFORMATION)
    assert (case.formal, case.respondent_unit_id) == (False, filing.department)
    tables = (CasePerson, CaseText, NoticeContact, OutgoingMessage)
    assert [rows(session, table) for table in tables] == [0, 0, 0, 0]
    assert session.scalars(select(CaseSearch.folded)).one() == sent.number.lower().replace("-", " ")
    paper = session.execute(select(Attachment)).scalar_one()
    assert (paper.name, paper.sealed) == ("", True)
    assert not filing.files.read(paper.storage_key).startswith(b"\x89PNG")
    assert filing.files.read(paper.storage_key, sealed=True).startswith(b"\x89PNG")
    opened = {
        str(part): filing.keys.unseal(text)
        for part, text in session.execute(select(SealedRecord.part, SealedRecord.ciphertext))
    }
    assert set(opened) == {"identity", "words", "file_name"}
    assert "Nguyễn Văn Hùng" in opened["identity"]
    assert "Lê Văn Tám" in opened["words"]
    assert opened["file_name"] == "Ảnh nhà ông Sáu.png"


def test_is_a_denouncer_written_to_only_when_asked_for(session: Session, filing: Filing) -> None:
    content = replace(COMPLAINT, kind=CaseKind.DENUNCIATION, news_despite_risk=True)
    filing.start(content)
    filing.send()
    assert rows(session, NoticeContact) == 1


@pytest.mark.parametrize("chosen", ["department", "team"])
def test_does_a_denounced_office_never_receive_for_itself(
    session: Session, filing: Filing, chosen: str
) -> None:
    filing.start(
        replace(
            COMPLAINT,
            kind=CaseKind.DENUNCIATION,
            unit_id=getattr(filing, chosen),
            respondent_unit_id=filing.department,
        )
    )
    assert case_of(session, filing.send()).unit_id == filing.top


def test_is_the_highest_office_denounced_elsewhere(session: Session, filing: Filing) -> None:
    filing.start(replace(COMPLAINT, kind=CaseKind.DENUNCIATION, respondent_unit_id=filing.top))
    with pytest.raises(RuleBroken, match="denounced_is_highest"):
        filing.send()
    assert rows(session, Case) == 0
    assert isinstance(filing.look(), OpenDraft)


def test_does_sending_twice_make_one_case(session: Session, filing: Filing) -> None:
    filing.start(COMPLAINT)
    filing.add()
    first = filing.send()
    assert filing.send() == first
    assert (rows(session, Case), rows(session, Submission)) == (1, 1)


def test_does_a_sending_that_lost_the_race_find_the_same_case(
    session: Session, filing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    filing.start(COMPLAINT)
    filing.add()
    before = filing.open()
    first = filing.send()
    found = [before]
    real = intake.draft_in
    monkeypatch.setattr(
        intake, "draft_in", lambda box, now: found.pop() if found else real(box, now=now)
    )
    assert filing.send() == first
    assert (rows(session, Case), len(filing.files.lying)) == (1, 1)
    found.append(replace(before, files=()))
    assert filing.send() == first
    assert rows(session, Case) == 1


def test_is_the_code_shown_again_for_half_an_hour_only(session: Session, filing: Filing) -> None:
    filing.start(COMPLAINT)
    sent = filing.send()
    assert filing.look(timedelta(minutes=29)) == sent
    assert filing.look(timedelta(minutes=30)) is None
    assert sent.access_code.encode() not in session.scalars(select(Draft.ciphertext)).one()
    with pytest.raises(NotFound):
        intake.save_draft(filing.box, {"words": "x"}, now=NOON)


def test_is_an_incomplete_draft_kept_and_its_gaps_named(session: Session, filing: Filing) -> None:
    filing.start(replace(COMPLAINT, name="", id_no="12"))
    with pytest.raises(intake.Incomplete) as refused:
        filing.send()
    assert {one.entry for one in refused.value.problems} == {"name", "id_no"}
    assert rows(session, Case) == 0
    assert filing.open().content.words == COMPLAINT.words


def test_is_a_screen_told_what_is_missing_before_anything_is_kept(
    session: Session, filing: Filing
) -> None:
    def send(content: DraftContent) -> Sent:
        needs = intake.Filing(filing.keys, filing.files, work_calendar(), Policy(), "vi")
        return intake.file_whole(filing.box, needs, content, today=TODAY, now=NOON)

    whole = replace(COMPLAINT, channel=Channel.KIOSK)
    with pytest.raises(intake.Incomplete):
        send(replace(whole, name=""))
    assert rows(session, Draft) == 0
    denunciation = replace(whole, kind=CaseKind.DENUNCIATION)
    with pytest.raises(intake.Incomplete):
        send(denunciation)
    intake.start_draft(filing.box, replace(whole, words="Cũ"), now=NOON)  # an earlier try broke off
    sent = send(whole)
    assert session.scalars(select(CaseText.words)).one() == COMPLAINT.words
    assert send(whole).number == sent.number
    assert rows(session, Case) == 1


def test_does_a_failure_leave_the_draft_and_no_files_of_its_own(
    session: Session, filing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    filing.start(COMPLAINT)
    filing.add()
    lying = dict(filing.files.lying)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(intake, "enter", fail)
    with pytest.raises(RuntimeError):
        filing.send()
    assert filing.files.lying == lying
    assert len(filing.open().files) == 1


def test_does_the_receipt_tell_the_nearest_term(session: Session, filing: Filing) -> None:
    filing.start(COMPLAINT)
    facts = receipt_facts(filing.send())
    assert facts.kind is CaseKind.COMPLAINT
    assert facts.unit_name == "UBND tỉnh Quảng Ninh"
    assert facts.explanation is not None
    assert facts.explanation.rule == "KN-03b"


def test_how_many_statements_does_sending_take(
    session: Session, filing: Filing, count_queries: Any
) -> None:
    seed_shipped()
    work_calendar()
    filing.start(replace(COMPLAINT, unit_id=filing.department, email=""))
    with transaction():
        pass
    with count_queries() as seen:
        filing.send()
    assert len(seen) <= 14, "\n".join(seen)
