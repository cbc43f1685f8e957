"""The reception book, who was not received, papers handed in, and the leaders' reception days."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.domain.vocabulary import (
    LetterState,
    ReceivedBy,
    ReceptionKind,
    SendingWay,
    SittingKind,
)
from citizenfeedback.models.base import Base, UtcDateTime, choice


class Reception(Base):
    """One visit, a row of the book (Mẫu 03/TCD). For a denunciation the visitor is sealed.

    One that was `struck` out stays in the book with its number and counts for nothing.
    """

    __tablename__ = "reception"
    __table_args__ = (
        CheckConstraint("people >= 1", name="people"),
        Index("ix_reception_day", "date", "unit_id"),
        Index("ix_reception_unit", "unit_id", "id"),
        Index("ix_reception_matter", "matter"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    book_no: Mapped[str] = mapped_column(String(60), unique=True)
    date: Mapped[dt.date]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    sitting: Mapped[SittingKind] = mapped_column(choice(SittingKind, "reception_sitting"))
    received_by: Mapped[ReceivedBy] = mapped_column(choice(ReceivedBy, "reception_received_by"))
    people: Mapped[int]
    citizen_name: Mapped[str] = mapped_column(String(120), default="")
    id_no: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(250), default="")
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    summary: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[ReceptionKind] = mapped_column(choice(ReceptionKind, "reception_kind"))
    matter: Mapped[str] = mapped_column(String(60), default="")
    settled_by: Mapped[str] = mapped_column(String(200), default="")
    competent: Mapped[bool | None]
    guided_to: Mapped[str] = mapped_column(String(200), default="")
    accepted_by: Mapped[str] = mapped_column(String(200), default="")
    follow_up: Mapped[str] = mapped_column(String(500), default="")
    notes: Mapped[str] = mapped_column(String(500), default="")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    imported: Mapped[bool] = mapped_column(default=False)
    struck: Mapped[bool] = mapped_column(default=False, server_default=false())


class ReceptionSerial(Base):
    """The last number given in a unit's book of a year."""

    __tablename__ = "reception_serial"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Sitting(Base):
    """A day on which a leader receives citizens; visitors counts turns.

    A day that is planned and not yet held counts for nothing.
    """

    __tablename__ = "sitting"
    __table_args__ = (
        Index("ix_sitting_key", "date", "unit_id", "kind", "received_by", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    date: Mapped[dt.date]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[SittingKind] = mapped_column(choice(SittingKind, "sitting_kind"))
    received_by: Mapped[ReceivedBy] = mapped_column(choice(ReceivedBy, "sitting_received_by"))
    announced: Mapped[bool] = mapped_column(default=False)
    visitors: Mapped[int] = mapped_column(default=0)
    held: Mapped[bool] = mapped_column(default=True)


class ReceptionChange(Base):
    """What a visit or a leader's day said before it was corrected. Triggers refuse UPDATE and DELETE.

    `changed` names the columns by commas; what stood there lies sealed, since it may name people.
    """

    __tablename__ = "reception_change"
    __table_args__ = (
        CheckConstraint("(reception_id IS NULL) <> (sitting_id IS NULL)", name="one_row"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reception_id: Mapped[int | None] = mapped_column(ForeignKey("reception.id"), index=True)
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("sitting.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    changed: Mapped[str] = mapped_column(String(300))
    before: Mapped[bytes] = mapped_column(LargeBinary)
    reason: Mapped[str] = mapped_column(String(300))


class RefusedVisit(Base):
    """Somebody who came and was not received, on a ground of the law; no visit of the book.

    About a denunciation the visitor is sealed, as in the book.
    """

    __tablename__ = "refused_visit"
    __table_args__ = (Index("ix_refused_visit_unit", "unit_id", "date", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    date: Mapped[dt.date]
    ground: Mapped[str] = mapped_column(String(20))
    kind: Mapped[ReceptionKind] = mapped_column(choice(ReceptionKind, "refused_kind"))
    citizen_name: Mapped[str] = mapped_column(String(120), default="")
    id_no: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(250), default="")
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    summary: Mapped[str] = mapped_column(Text, default="")
    explanation: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class RefusalNotice(Base):
    """The written notice of a refusal to receive (Mẫu 01/TCD), from draft to the proof of sending.

    `content` is its sealed text; its frozen PDF and DOCX lie encrypted in the file store.
    """

    __tablename__ = "refusal_notice"

    refusal_id: Mapped[int] = mapped_column(ForeignKey("refused_visit.id"), primary_key=True)
    template: Mapped[str] = mapped_column(String(80))
    state: Mapped[LetterState] = mapped_column(choice(LetterState, "notice_state"))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    drafted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    returned_because: Mapped[str] = mapped_column(String(500), default="")
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    document_no: Mapped[str] = mapped_column(String(80), default="")
    issued_on: Mapped[dt.date | None]
    pdf_key: Mapped[str] = mapped_column(String(80), default="")
    pdf_sha256: Mapped[str] = mapped_column(String(64), default="")
    pdf_digest: Mapped[str] = mapped_column(String(64), default="")
    docx_key: Mapped[str] = mapped_column(String(80), default="")
    docx_sha256: Mapped[str] = mapped_column(String(64), default="")
    docx_digest: Mapped[str] = mapped_column(String(64), default="")
    way: Mapped[SendingWay | None] = mapped_column(choice(SendingWay, "notice_way"))
    sent_on: Mapped[dt.date | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    proof: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)


class PapersReceipt(Base):
    """Papers handed in, with the receipt given for them (Mẫu 02/TCD).

    `content` is sealed: who handed them in, who took them, where, and the list.
    """

    __tablename__ = "papers_receipt"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    reception_id: Mapped[int | None] = mapped_column(ForeignKey("reception.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    received_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    papers: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
