"""What happened to a case, and what was written back and forth. Events only ever grow."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.domain.vocabulary import Author, EventKind, MessageKind, State, Verdict
from citizenfeedback.models.base import Base, UtcDateTime, choice


class CaseEvent(Base):
    """One act in the history of one case, chained by hash to the one before it.

    `details` carries codes, dates, numbers and references, never personal data, so that data can
    be corrected or erased and the chain still verifies. Triggers refuse UPDATE and DELETE.
    """

    __tablename__ = "case_event"
    __table_args__ = (UniqueConstraint("case_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    seq: Mapped[int]
    kind: Mapped[EventKind] = mapped_column(choice(EventKind, "event_kind"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    on: Mapped[date]
    author: Mapped[Author] = mapped_column(choice(Author, "event_author"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[State] = mapped_column(choice(State, "event_state"))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    hash: Mapped[str] = mapped_column(String(64))


class CaseNote(Base):
    """What officials tell one another about a case; the citizen never sees it."""

    __tablename__ = "case_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    body: Mapped[str] = mapped_column(Text)


class CaseMessage(Base):
    """A message between office and citizen. In a denunciation its text is `sealed_body`."""

    __tablename__ = "case_message"
    __table_args__ = (Index("ix_case_message_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    kind: Mapped[MessageKind] = mapped_column(choice(MessageKind, "message_kind"))
    author: Mapped[Author] = mapped_column(choice(Author, "message_author"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    body: Mapped[str | None] = mapped_column(Text)
    sealed_body: Mapped[bytes | None] = mapped_column(LargeBinary)
    document_no: Mapped[str] = mapped_column(String(80), default="")
    sent_on: Mapped[date | None]


class CaseDraftAnswer(Base):
    """The answer or decision being prepared, until it is issued."""

    __tablename__ = "case_draft_answer"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CaseVerdict(Base):
    """What the citizen said of the result. The words, if any, are a message of the case.

    `given_on` is the day it was first said of the answer it is about; a change keeps it.
    """

    __tablename__ = "case_verdict"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict, "case_verdict"))
    given_on: Mapped[date] = mapped_column(index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
