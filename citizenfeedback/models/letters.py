"""Letters of a case, the register that numbers them, how they went out, and the texts they start from.

What a letter says and to whom lies encrypted for every kind of case, since it names people; its
frozen PDF and DOCX lie in the file store, encrypted too. The register keeps every number for good.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.domain.vocabulary import (
    Action,
    CaseField,
    Letter,
    LetterState,
    RegisterState,
    SendingWay,
)
from citizenfeedback.models.base import Base, UtcDateTime, choice


class CaseLetter(Base):
    """One letter from draft to issue. `action` is the act that its issue performs, if any.

    `content` is the sealed text as edited, `entries` the sealed entries of the act.
    """

    __tablename__ = "case_letter"
    __table_args__ = (Index("ix_case_letter_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    letter: Mapped[Letter] = mapped_column(choice(Letter, "letter_kind"))
    template: Mapped[str] = mapped_column(String(80))
    action: Mapped[Action | None] = mapped_column(choice(Action, "letter_action"))
    state: Mapped[LetterState] = mapped_column(choice(LetterState, "letter_state"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    entries: Mapped[bytes] = mapped_column(LargeBinary)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    number_id: Mapped[int | None] = mapped_column(ForeignKey("document_number.id"))
    issued_on: Mapped[date | None]
    pdf_key: Mapped[str] = mapped_column(String(80), default="")
    pdf_sha256: Mapped[str] = mapped_column(String(64), default="")
    docx_key: Mapped[str] = mapped_column(String(80), default="")
    docx_sha256: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)


class DocumentNumber(Base):
    """One number of a unit's register of documents, per kind and year; never given twice."""

    __tablename__ = "document_number"
    __table_args__ = (UniqueConstraint("unit_id", "symbol", "year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    symbol: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    number: Mapped[int]
    state: Mapped[RegisterState] = mapped_column(choice(RegisterState, "register_state"))
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")


class LetterDispatch(Base):
    """That a letter went out: how, when, and what proves it (a postal number, a signature)."""

    __tablename__ = "letter_dispatch"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("case_letter.id"), index=True)
    way: Mapped[SendingWay] = mapped_column(choice(SendingWay, "dispatch_way"))
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    proof: Mapped[str] = mapped_column(String(200), default="")


class LetterTemplate(Base):
    """An office's own text for a letter instead of the shipped one; the newest one counts."""

    __tablename__ = "letter_template"
    __table_args__ = (Index("ix_letter_template", "letter", "unit_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    letter: Mapped[Letter] = mapped_column(choice(Letter, "template_letter"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    based_on: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    active: Mapped[bool] = mapped_column(default=True)


class CannedParagraph(Base):
    """A paragraph offices use again and again, with variables, for a field and a step."""

    __tablename__ = "canned_paragraph"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    field: Mapped[CaseField | None] = mapped_column(choice(CaseField, "paragraph_field"))
    letter: Mapped[Letter | None] = mapped_column(choice(Letter, "paragraph_letter"))
    active: Mapped[bool] = mapped_column(default=True)
