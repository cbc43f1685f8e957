"""What has been kept its time goes for good; figures and history stay as they were."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.config import Settings
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.privacy import Retention, Span, retention
from citizenfeedback.domain.vocabulary import (
    Action,
    AuditAction,
    CaseKind,
    Kept,
    MailKind,
    RatingChannel,
    State,
    UnitLevel,
    Verdict,
)
from citizenfeedback.gateways.files import MemoryFiles
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import (
    Case,
    CasePerson,
    CaseText,
    JoinedContact,
    NoticeContact,
    PublicReflection,
    SealedRecord,
)
from citizenfeedback.models.devices import KioskDevice, KioskTap
from citizenfeedback.models.directory import ServicePoint, Unit
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.ratings import Rating, RatingComment
from citizenfeedback.models.timeline import CaseMessage, CaseNote, CaseVerdict
from citizenfeedback.queries.case_page import case_page
from citizenfeedback.queries.figures import monthly
from citizenfeedback.queries.retention import outlook
from citizenfeedback.queries.tracking import citizen, tracking_page
from citizenfeedback.services import retaining
from citizenfeedback.services.chronicle import append_entry
from citizenfeedback.services.concluding import Opinion
from citizenfeedback.services.joining import Wish, join
from citizenfeedback.services.post import queue_mail
from citizenfeedback.services.registering import Person, Registered
from citizenfeedback.services.retaining import PIECE, erase_expired
from citizenfeedback.services.transaction import transaction
from citizenfeedback.services.verifying import verify
from tests.conftest import NOON, build_app, make_tables
from tests.services.desk import DUC, HOA, Desk, open_desk
from tests.services.test_concluding import ended, say
from tests.services.test_erasing import add_paper
from tests.services.test_privacy import ask

both = pytest.mark.both_databases
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
RULES = retention()


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


def erase(
    desk: Desk, after: int, rules: Iterable[Retention] = RULES, start: datetime = NOON
) -> dict[Kept, int]:
    moment = start + timedelta(days=after)
    return erase_expired(rules, keys=desk.keys, files=desk.files, today=moment.date(), now=moment)


def refused(desk: Desk, kind: CaseKind = CaseKind.PETITION, **values: object) -> Registered:
    """A submission that was found not to meet the conditions, and filed away."""
    case = desk.file(kind, **values)
    file_away(desk, case)
    return case


def file_away(desk: Desk, case: Registered) -> None:
    desk.act(DUC, case, Action.EXAMINE, eligible=False, competent=True)
    desk.act(DUC, case, Action.FILE, on=desk.today, reason="Không rõ nội dung")


def rate(comment: str, *, imported: bool = False) -> int:
    """A rating with words; its id."""
    with transaction() as session:
        unit = session.scalar(select(Unit.id).order_by(Unit.id).limit(1)) or session.scalar(
            insert(Unit)
            .values(code="U", name="U", name_en="", level=UnitLevel.COMMUNE, path="/1/")
            .returning(Unit.id)
        )
        point = session.scalar(
            insert(ServicePoint)
            .values(code="Q1", name="Quầy 1", unit_id=unit)
            .returning(ServicePoint.id)
        )
        rating = session.scalar(
            insert(Rating)
            .values(
                reference="r1",
                rated_at=NOON,
                rated_on=NOON.date(),
                point_id=point,
                unit_id=unit,
                channel=RatingChannel.KIOSK,
                overall=2,
                imported=imported,
            )
            .returning(Rating.id)
        )
        session.execute(insert(RatingComment).values(rating_id=rating, body=comment))
    return int(rating or 0)


@both
def test_is_a_skeleton_left_of_what_could_not_be_processed(session: Session, desk: Desk) -> None:
    case = desk.file(CaseKind.PETITION, notify="sau@example.vn")
    add_paper(desk, case)
    desk.act(HOA, case, Action.NOTE, text="Bà Măng gọi hỏi")
    ask(desk, case)
    file_away(desk, case)
    other = desk.file(CaseKind.PETITION)
    before = monthly(None, *YEAR)
    assert erase(desk, 365) == {}
    assert erase(desk, 366)[Kept.INELIGIBLE_SUBMISSION] == 1
    assert erase(desk, 367) == {}
    row = desk.row(case)
    assert (row.number, row.kind, row.state) == (case.number, CaseKind.PETITION, State.FILED)
    assert (row.summary, row.respondent, row.erased_on) == ("", "", date(2027, 11, 24))
    assert session.scalars(select(CasePerson.case_id)).all() == [other.id]
    assert session.scalars(select(CaseText.case_id)).all() == [other.id]
    for table in (Attachment, NoticeContact, CaseMessage):
        assert session.scalars(select(func.count()).select_from(table)).one() == 0
    assert set(session.scalars(select(CaseNote.body))) == {""}
    assert list(desk.files.keys()) == []
    assert desk.events(case)[-1] == "data_erased"
    assert monthly(None, *YEAR) == before
    assert verify(desk.keys, desk.files).whole
    page = case_page(desk.actor(DUC), case.number, desk.today, desk.keys)
    assert page.head.erased_on == date(2027, 11, 24)
    assert tracking_page(citizen(case.id), desk.keys) is not None


@both
def test_goes_what_is_sealed_too_and_the_wall_stays(session: Session, desk: Desk) -> None:
    case = refused(desk, CaseKind.DENUNCIATION, respondent_user_id=HOA)
    assert session.scalars(select(SealedRecord.id)).all()
    erase(desk, 400)
    assert session.scalars(select(SealedRecord.id)).all() == []
    assert desk.row(case).respondent_user_id == HOA
    assert verify(desk.keys, desk.files).whole


@both
def test_stays_a_file_that_is_held_back(session: Session, desk: Desk) -> None:
    case = refused(desk, notify="sau@example.vn")
    with pytest.raises(RuleBroken, match="not_held"):
        desk.act(DUC, case, Action.RELEASE_DATA, reason="Hết vụ kiện")
    desk.act(DUC, case, Action.HOLD_DATA, reason="Đang có vụ kiện tại tòa")
    with pytest.raises(RuleBroken, match="already_held"):
        desk.act(DUC, case, Action.HOLD_DATA, reason="Đang có vụ kiện tại tòa")
    with pytest.raises(RuleBroken, match="not_granted"):
        desk.act(HOA, case, Action.RELEASE_DATA, reason="Thôi")
    assert Kept.INELIGIBLE_SUBMISSION not in erase(desk, 400)
    seen = {one.rule.kept: one for one in outlook(RULES, today=date(2028, 1, 1), warning_days=30)}
    assert seen[Kept.INELIGIBLE_SUBMISSION].held == 1
    assert session.scalars(select(CasePerson.name)).all()
    desk.act(DUC, case, Action.RELEASE_DATA, reason="Hết vụ kiện")
    assert erase(desk, 401)[Kept.INELIGIBLE_SUBMISSION] == 1


@both
def test_is_seen_beforehand_what_will_go(desk: Desk) -> None:
    refused(desk)
    for day, now, soon in ((300, 0, 0), (340, 0, 1), (366, 1, 0)):
        today = desk.today + timedelta(days=day)
        seen = {one.rule.kept: one for one in outlook(RULES, today=today, warning_days=30)}
        assert (seen[Kept.INELIGIBLE_SUBMISSION].now, seen[Kept.INELIGIBLE_SUBMISSION].soon) == (
            now,
            soon,
        )
        assert (seen[Kept.CASE_FILE].now, seen[Kept.HISTORY].now) == (0, 0)


@both
def test_is_mail_emptied_and_never_written_twice(session: Session, desk: Desk) -> None:
    mail = {"occasion": "x", "address": desk.keys.seal("a@example.vn"), "language": "vi"}
    for number in range(PIECE + 1):
        with transaction() as writing:
            queue_mail(
                writing,
                desk.keys,
                MailKind.STAFF_NEWS,
                **{**mail, "occasion": f"x{number}"},
                now=NOON,
                details={"number": "26-AAAA-1"},
            )
    assert erase(desk, 91) == {}, "what was not sent yet is not erased"
    with transaction() as writing:
        writing.execute(update(OutgoingMessage).values(sent_at=NOON))
    assert erase(desk, 90) == {}
    assert erase(desk, 91) == {Kept.OUTGOING_MAIL: PIECE + 1}
    row = session.execute(select(OutgoingMessage.address, OutgoingMessage.details)).first()
    assert row is not None
    assert tuple(row) == (b"", {})
    with transaction() as writing:
        queue_mail(writing, desk.keys, MailKind.STAFF_NEWS, **{**mail, "occasion": "x1"}, now=NOON)
    assert session.scalar(select(func.count()).select_from(OutgoingMessage)) == PIECE + 1
    noted = select(AuditEntry.details).where(AuditEntry.action == AuditAction.DATA_ERASED)
    assert session.scalars(noted).all() == [{"kept": "outgoing_mail", "count": PIECE + 1}]


@both
def test_go_words_and_stay_ratings_and_verdicts(session: Session, desk: Desk) -> None:
    case = ended(desk)
    say(desk, case, Opinion(Verdict.NOT, "Chưa đo lại đất"))
    shown = desk.file(CaseKind.REFLECTION)
    desk.act(DUC, shown, Action.SHOW_PUBLIC, text="Đèn đường thôn hỏng lâu ngày")
    rating = rate("Đợi lâu, anh Tám không chào")
    with transaction() as writing:
        device = writing.scalar(
            insert(KioskDevice)
            .values(
                public_id="d1",
                point_id=select(Rating.point_id).scalar_subquery(),
                name="Cửa",
                created_at=NOON,
            )
            .returning(KioskDevice.id)
        )
        writing.execute(
            insert(KioskTap).values(
                rating_id=rating,
                device_id=device,
                series="s",
                seq=1,
                told_at=NOON,
                drift_seconds=0,
                delivered_at=NOON,
            )
        )
    assert erase(desk, 366) == {Kept.KIOSK_TAP: 1, Kept.PUBLIC_REFLECTION: 1}
    assert erase(desk, 732) == {Kept.RATING_COMMENT: 1, Kept.VERDICT_WORDS: 1}
    for table in (KioskTap, RatingComment, CaseMessage, PublicReflection):
        assert session.scalars(select(func.count()).select_from(table)).one() == 0
    assert session.scalars(select(Rating.overall)).all() == [2]
    assert session.scalars(select(CaseVerdict.verdict)).all() == [Verdict.NOT]


@both
def test_goes_an_address_a_year_after_the_end_only(session: Session, desk: Desk) -> None:
    case = ended(desk)
    open_case = desk.file(notify="nam@example.vn")
    with transaction() as writing:
        values = {"ciphertext": desk.keys.seal("sau@example.vn"), "asked_at": NOON}
        writing.execute(insert(NoticeContact).values(case_id=case.id, token_hash="t", **values))
    assert Kept.NOTICE_CONTACT not in erase(desk, 363)
    assert erase(desk, 364)[Kept.NOTICE_CONTACT] == 1
    assert session.scalars(select(NoticeContact.case_id)).all() == [open_case.id]


@both
def test_is_an_import_kept_its_time_from_the_day_it_came(session: Session, desk: Desk) -> None:
    case = refused(desk)
    desk.put(case, processed_on=date(2019, 3, 1), registered_at=NOON)
    rate("Chào rất lịch sự", imported=True)
    with transaction() as writing:
        append_entry(writing, desk.keys, SYSTEM, AuditAction.RECORDS_IMPORTED, now=NOON, details={})
        writing.execute(update(Rating).values(rated_on=date(2019, 3, 1)))
    assert erase(desk, 1) == {}
    assert erase(desk, 366) == {Kept.INELIGIBLE_SUBMISSION: 1}
    assert erase(desk, 732) == {Kept.RATING_COMMENT: 1}
    assert session.scalars(select(RatingComment.body)).all() == []


@both
def test_goes_a_whole_file_only_where_the_office_set_a_term(desk: Desk) -> None:
    case = ended(desk)
    assert Kept.CASE_FILE not in erase(desk, 20_000)
    chosen = retention([(Kept.CASE_FILE, Span(months=120))])
    assert Kept.CASE_FILE not in erase(desk, 3600, chosen)
    assert erase(desk, 3660, chosen)[Kept.CASE_FILE] == 1
    assert desk.row(case).decision_no == "15/QĐ-SXD"


TRACES = (b"Zaphod", b"zaphod", b"0999123999", b"Beeblebrox", b"beeblebrox", b"quanly42")


def holding(folder: Path) -> dict[str, list[bytes]]:
    """The files under a folder in which a trace is found."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            held = [trace for trace in TRACES if trace in path.read_bytes()]
            if held:
                found[path.name] = held
    return found


def test_is_no_byte_of_the_sender_left_in_any_file(tmp_path: Path, keys: Keys) -> None:
    """Among many cases, so that pages split and move: the database is a file here."""
    settings = Settings.from_env({"INSTANCE_PATH": str(tmp_path), "MAIL_SENDER": "so@example.vn"})
    app = build_app(settings, keys)
    with app.app_context():
        make_tables()
        desk = open_desk(db.session(), keys)
        for number in range(60):
            if number % 3:
                desk.file()
                continue
            case = refused(
                desk,
                people=(Person("Zaphod Beeblebrox", "", "0999123999", "", "Hà Khánh"),),
                words="Tôi là Zaphod, quanly42 của cửa hàng. " * 40,
                summary="Zaphod kể về quanly42",
            )
            desk.act(HOA, case, Action.NOTE, text="Zaphod gọi 0999123999")
            desk.act(HOA, case, Action.MESSAGE, text="Chào ông Beeblebrox")
        assert holding(tmp_path)
        assert erase(desk, 400)[Kept.INELIGIBLE_SUBMISSION] == 20
        assert holding(tmp_path) == {}
        assert verify(keys, desk.files).whole
        db.session.remove()
        db.engine.dispose()


class _Watched(MemoryFiles):
    """Files that look, whenever one goes, at what is erased by then, and let others write."""

    def __init__(self, keys: Keys, app: Flask) -> None:
        super().__init__(keys)
        self.app = app
        self.erased: list[int] = []

    def delete(self, key: str) -> None:
        super().delete(key)
        written = threading.Thread(target=self._write)
        written.start()
        written.join(20)
        assert not written.is_alive(), "another writer had to wait for the erasure to end"

    def _write(self) -> None:
        with self.app.app_context():
            with transaction() as session:
                session.execute(update(Case).values(version=Case.version + 1))
                gone = select(func.count()).where(Case.erased_on.is_not(None))
                self.erased.append(session.scalar(gone) or 0)
            db.session.remove()


def test_are_cases_erased_in_pieces_between_which_others_write(
    tmp_path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each piece is signed by itself, and its files go when it is signed, not at the end."""
    monkeypatch.setattr(retaining, "PIECE", 2)
    settings = Settings.from_env({"INSTANCE_PATH": str(tmp_path), "MAIL_SENDER": "so@example.vn"})
    app = build_app(settings, keys)
    with app.app_context():
        make_tables()
        files = _Watched(keys, app)
        desk = replace(open_desk(db.session(), keys), files=files)
        for _ in range(5):
            case = desk.file(CaseKind.PETITION)
            add_paper(desk, case)
            file_away(desk, case)
        assert len(files.lying) == 5
        db.session.remove()
        assert erase(desk, 400)[Kept.INELIGIBLE_SUBMISSION] == 5
        assert files.erased == [2, 2, 4, 4, 5]
        assert files.lying == {}
        db.session.remove()
        db.engine.dispose()


@both
def test_goes_the_address_of_who_joined_once_told_never_confirmed_or_never_answered(
    session: Session, desk: Desk
) -> None:
    case = desk.file(CaseKind.REFLECTION)
    desk.act(DUC, case, Action.SHOW_PUBLIC, text="Đèn đường thôn hỏng lâu ngày")
    for email in ("bao@example.vn", "cho@example.vn", "quen@example.vn"):
        join(case.id, desk.keys, Wish(email, "vi"), now=NOON)
    told, waits, silent = session.scalars(select(JoinedContact.id).order_by(JoinedContact.id)).all()
    with transaction() as writing:
        for contact, values in (
            (told, {"confirmed_at": NOON, "told_at": NOON + timedelta(days=10)}),
            (waits, {"confirmed_at": NOON}),
        ):
            writing.execute(
                update(JoinedContact).where(JoinedContact.id == contact).values(**values)
            )
    left = select(JoinedContact.id).order_by(JoinedContact.id)
    assert Kept.JOINED_CONTACT not in erase(desk, 30)
    assert erase(desk, 31)[Kept.JOINED_CONTACT] == 1
    assert session.scalars(left).all() == [told, waits], silent
    assert erase(desk, 41)[Kept.JOINED_CONTACT] == 1
    assert session.scalars(left).all() == [waits]
    assert erase(desk, 100) == {}, "the case is open still"
    desk.put(case, state=State.DONE, closed_on=desk.today + timedelta(days=100))
    assert erase(desk, 130) == {}
    assert erase(desk, 131) == {Kept.JOINED_CONTACT: 1}
    assert session.scalars(select(PublicReflection.joined)).one() == 3
