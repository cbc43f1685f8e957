"""Letters of a case, the register that numbers them, how they went out, and the texts they start from.

What a letter says and to whom lies encrypted for every kind of case, since it names people; its
frozen PDF and DOCX lie in the file store, encrypted too. The register keeps every number for good.
"""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
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

    `template` is the key of the form it follows (`domain.law.forms`). `content` is the sealed text
    as edited, `entries` the sealed entries of the act. `…_sha256` is the hash of a frozen file as
    it is handed out, `…_digest` that of the encrypted bytes in the store.
    """

    __tablename__ = "case_letter"
    __table_args__ = (
        Index("ix_case_letter_case", "case_id", "id"),
        Index("ix_case_letter_state", "state", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    letter: Mapped[Letter] = mapped_column(choice(Letter, "letter_kind"))
    template: Mapped[str] = mapped_column(String(80))
    action: Mapped[Action | None] = mapped_column(choice(Action, "letter_action"))
    state: Mapped[LetterState] = mapped_column(choice(LetterState, "letter_state"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    to_citizen: Mapped[bool] = mapped_column(default=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    entries: Mapped[bytes] = mapped_column(LargeBinary)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    returned_because: Mapped[str] = mapped_column(String(500), default="")
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    document_no: Mapped[str] = mapped_column(String(80), default="")
    issued_on: Mapped[date | None]
    pdf_key: Mapped[str] = mapped_column(String(80), default="")
    pdf_sha256: Mapped[str] = mapped_column(String(64), default="")
    pdf_digest: Mapped[str] = mapped_column(String(64), default="")
    docx_key: Mapped[str] = mapped_column(String(80), default="")
    docx_sha256: Mapped[str] = mapped_column(String(64), default="")
    docx_digest: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)


class LetterEnclosure(Base):
    """A paper of the case that goes out with a letter."""

    __tablename__ = "letter_enclosure"

    letter_id: Mapped[int] = mapped_column(ForeignKey("case_letter.id"), primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), primary_key=True)


class DocumentNumber(Base):
    """One number of a unit's register of documents, per kind and year; never given twice.

    It belongs to a letter of a case, to the notice of a refusal to receive, which is of no case, or
    to a paper numbered by hand, which has a row of its own then.
    """

    __tablename__ = "document_number"
    __table_args__ = (
        UniqueConstraint("unit_id", "symbol", "year", "number"),
        CheckConstraint("letter_id IS NULL OR refusal_id IS NULL", name="one_paper"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    symbol: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    number: Mapped[int]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("case_letter.id"), index=True)
    refusal_id: Mapped[int | None] = mapped_column(ForeignKey("refused_visit.id"), index=True)
    state: Mapped[RegisterState] = mapped_column(choice(RegisterState, "register_state"))
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")


class PaperDocument(Base):
    """A paper that was numbered by hand: what the register says of it, for its number.

    `action` is the act of the case at which the number was typed; the series of the register does
    not go on from such a one. `folded` is what the search reads. Of a denunciation nothing is entered that tells who denounced.
    """

    __tablename__ = "paper_document"

    number_id: Mapped[int] = mapped_column(ForeignKey("document_number.id"), primary_key=True)
    dated: Mapped[date]
    document_no: Mapped[str] = mapped_column(String(80))
    summary: Mapped[str] = mapped_column(String(500))
    recipients: Mapped[str] = mapped_column(String(300), default="")
    signer: Mapped[str] = mapped_column(String(120), default="")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    action: Mapped[Action | None] = mapped_column(choice(Action, "paper_action"))
    folded: Mapped[str] = mapped_column(String(1000))


class LetterDispatch(Base):
    """That a letter went out: how, when, and what proves it (a postal number, a signature)."""

    __tablename__ = "letter_dispatch"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("case_letter.id"), index=True)
    way: Mapped[SendingWay] = mapped_column(choice(SendingWay, "dispatch_way"))
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    proof: Mapped[bytes | None] = mapped_column(LargeBinary)


class UnitLetterhead(Base):
    """What stands at the head and foot of a unit's letters where it cannot be read off its name."""

    __tablename__ = "unit_letterhead"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    superior: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(80), default="")
    short: Mapped[str] = mapped_column(String(30), default="")
    drafting: Mapped[str] = mapped_column(String(30), default="")
    head_title: Mapped[str] = mapped_column(String(80), default="")
    collective: Mapped[str] = mapped_column(String(120), default="")


class LetterTemplate(Base):
    """An office's own text for a letter instead of the shipped one; the newest active one counts.

    `based_on` is the key of the shipped text it replaces, so that it ends with the form it follows.
    """

    __tablename__ = "letter_template"
    __table_args__ = (Index("ix_letter_template", "based_on", "unit_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    letter: Mapped[Letter] = mapped_column(choice(Letter, "template_letter"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    based_on: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    active: Mapped[bool] = mapped_column(default=True)


class CannedParagraph(Base):
    """A paragraph offices use again and again, with variables, for a field and a letter."""

    __tablename__ = "canned_paragraph"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    field: Mapped[CaseField | None] = mapped_column(choice(CaseField, "paragraph_field"))
    letter: Mapped[Letter | None] = mapped_column(choice(Letter, "paragraph_letter"))
    active: Mapped[bool] = mapped_column(default=True)
