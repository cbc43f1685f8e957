"""Cases, the people behind them, and what is sealed."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.domain.vocabulary import (
    CaseField,
    CaseKind,
    CaseResult,
    Channel,
    ClockKind,
    Complexity,
    Direction,
    PersonRole,
    Phase,
    PublicationWay,
    SealedPart,
    State,
)
from citizenfeedback.models.base import Base, UtcDateTime, choice

_SEEN_BY = ("kind", "field", "respondent_unit_id", "respondent_user_id", "is_open")
"""What else a list asks of a row to know whether somebody may see it."""


def _open_index(name: str, *more: str, first: str | None = None) -> Index:
    """An index over open cases in the order of their term, that holds all a list asks for.

    What decides whether somebody may see a case (`queries/visibility.py`) stands in it, so that
    ten thousand cases are counted without opening one row.
    """
    order = ("due_on", "id") if first is None else (first, "due_on", "id")
    return Index(
        name,
        *order,
        *more,
        *(column for column in _SEEN_BY if column != first),
        # SQLite takes a partial index only for the very words of the condition.
        sqlite_where=text("is_open = 1"),
        postgresql_where=text("is_open"),
    )


class Case(Base):
    """One submission and the case it opens; a duplicate is a row that points to its first.

    `due_on` is the nearest running term (9999-12-31 where none runs) so that one index serves
    the inbox; standing is computed from it, never stored. `state_before` is where a case
    returns to when the citizen has replied. Nothing sealed stands in this table. `held` keeps the
    file from being erased when its term is over; `unanswered`: the case before had not been settled
    within its term when this one came; `citizen_wrote` stands from what the citizen adds
    to what the office answers (`workflow.ANSWERING`); once `erased_on` stands, only what figures need is
    left.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        CheckConstraint("instance IN (1, 2)", name="instance"),
        CheckConstraint("signatories >= 1", name="signatories"),
        CheckConstraint("extensions BETWEEN 0 AND 2", name="extensions"),
        _open_index("ix_case_open_due", "unit_id", "assignee_id", "state"),
        _open_index("ix_case_open_unit_due", "assignee_id", "state", first="unit_id"),
        _open_index("ix_case_open_assignee_due", "unit_id", "state", first="assignee_id"),
        _open_index("ix_case_open_state_due", "unit_id", "assignee_id", first="state"),
        _open_index("ix_case_open_kind_due", "unit_id", "assignee_id", "state", first="kind"),
        Index(
            "ix_case_ended_unit",
            *("unit_id", "id", "assignee_id", "state"),
            *_SEEN_BY,
            sqlite_where=text("is_open = 0"),
            postgresql_where=text("NOT is_open"),
        ),
        Index(
            "ix_case_ended_due",
            *("due_on", "id", "unit_id", "assignee_id", "state"),
            *_SEEN_BY,
            sqlite_where=text("is_open = 0"),
            postgresql_where=text("NOT is_open"),
        ),
        Index(
            "ix_case_unprocessed",
            *("received_on", "unit_id", "assignee_id", "state", "processed_on"),
            *_SEEN_BY,
            sqlite_where=text("is_open = 1 AND processed_on IS NULL"),
            postgresql_where=text("is_open AND processed_on IS NULL"),
        ),
        *(
            Index(
                f"ix_case_{name}",
                *(f"{name}_id", *more, "kind"),
                sqlite_where=text(f"{name}_id IS NOT NULL"),
                postgresql_where=text(f"{name}_id IS NOT NULL"),
            )
            for name, more in (("respondent_unit", ("unit_id",)), ("respondent_user", ()))
        ),
        *(
            Index(
                name,
                *order,
                *("assignee_id", "state"),
                *_SEEN_BY,
                sqlite_where=text("citizen_wrote = 1"),
                postgresql_where=text("citizen_wrote"),
            )
            for name, order in (
                ("ix_case_citizen_wrote", ("due_on", "id", "unit_id")),
                ("ix_case_citizen_wrote_unit", ("unit_id", "due_on", "id")),
            )
        ),
        Index("ix_case_received", "received_on", "unit_id", "kind"),
        Index("ix_case_processed", "processed_on", "unit_id"),
        Index("ix_case_accepted", "accepted_on", "unit_id", "kind"),
        Index("ix_case_closed", "closed_on", "unit_id", "kind"),
        Index("ix_case_unit_id", "unit_id", "id"),
        Index("ix_case_duplicate_of", "duplicate_of_id"),
        Index("ix_case_previous", "previous_id"),
        Index("ix_case_split_from", "split_from_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    register_code: Mapped[str | None] = mapped_column(String(60), unique=True)
    access_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    kind: Mapped[CaseKind] = mapped_column(choice(CaseKind, "case_kind"))
    instance: Mapped[int] = mapped_column(SmallInteger, default=1)
    field: Mapped[CaseField] = mapped_column(choice(CaseField, "case_field"))
    channel: Mapped[Channel] = mapped_column(choice(Channel, "case_channel"))
    state: Mapped[State] = mapped_column(choice(State, "case_state"))
    state_before: Mapped[State | None] = mapped_column(choice(State, "case_state_before"))
    phase: Mapped[Phase] = mapped_column(choice(Phase, "case_phase"))
    is_open: Mapped[bool] = mapped_column(default=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    summary: Mapped[str] = mapped_column(String(2000), default="")
    respondent: Mapped[str] = mapped_column(String(300), default="")
    respondent_kind: Mapped[str] = mapped_column(String(24), default="")
    respondent_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    respondent_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    signatories: Mapped[int] = mapped_column(default=1)
    representatives: Mapped[int] = mapped_column(SmallInteger, default=0)
    formal: Mapped[bool] = mapped_column(default=True)
    signed: Mapped[bool] = mapped_column(default=True)
    received_on: Mapped[date]
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    late_entry_reason: Mapped[str] = mapped_column(String(500), default="")
    processed_on: Mapped[date | None]
    eligible: Mapped[bool | None]
    competent: Mapped[bool | None]
    lacking: Mapped[str] = mapped_column(String(80), default="")
    direction: Mapped[Direction | None] = mapped_column(choice(Direction, "case_direction"))
    forwarded_to: Mapped[str] = mapped_column(String(300), default="")
    ground: Mapped[str] = mapped_column(String(20), default="")
    accepted_on: Mapped[date | None]
    complexity: Mapped[Complexity] = mapped_column(
        choice(Complexity, "case_complexity"), default=Complexity.NORMAL
    )
    complexity_criteria: Mapped[str] = mapped_column(String(60), default="")
    complexity_document_no: Mapped[str] = mapped_column(String(80), default="")
    remote: Mapped[bool] = mapped_column(default=False)
    extensions: Mapped[int] = mapped_column(SmallInteger, default=0)
    closed_on: Mapped[date | None]
    result: Mapped[CaseResult | None] = mapped_column(choice(CaseResult, "case_result"))
    decision_no: Mapped[str] = mapped_column(String(80), default="")
    sent_on: Mapped[date | None]
    published_on: Mapped[date | None]
    publication: Mapped[PublicationWay | None] = mapped_column(
        choice(PublicationWay, "case_publication")
    )
    due_on: Mapped[date]
    due_rule: Mapped[str] = mapped_column(String(20), default="")
    settle_by: Mapped[date | None]
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    look: Mapped[str] = mapped_column(String(250), default="")
    held: Mapped[bool] = mapped_column(default=False)
    unanswered: Mapped[bool] = mapped_column(default=False)
    citizen_wrote: Mapped[bool] = mapped_column(default=False)
    erased_on: Mapped[date | None]
    language: Mapped[str] = mapped_column(String(2), default="vi")
    imported: Mapped[bool] = mapped_column(default=False)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column(default=1)


class CasePerson(Base):
    """Who stands behind a complaint, petition or reflection. A denunciation has no row here.

    The first row is who filed; the others sign with them, speak for them, or are authorised.
    """

    __tablename__ = "case_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    role: Mapped[PersonRole] = mapped_column(
        choice(PersonRole, "person_role"), default=PersonRole.FILER
    )
    document_no: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(120), default="")
    id_no: Mapped[str] = mapped_column(String(40), default="")
    phone: Mapped[str] = mapped_column(String(80), default="")
    email: Mapped[str] = mapped_column(String(250), default="")
    address: Mapped[str] = mapped_column(String(250), default="")


class CaseText(Base):
    """The citizen's own words of a complaint, petition or reflection; `place`: where it is."""

    __tablename__ = "case_text"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    words: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(300), default="", server_default="")
    wish: Mapped[str] = mapped_column(Text, default="")


class SealedRecord(Base):
    """One sealed part of a denunciation, encrypted and bound to its case and part."""

    __tablename__ = "sealed_record"
    __table_args__ = (Index("ix_sealed_record_case", "case_id", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    part: Mapped[SealedPart] = mapped_column(choice(SealedPart, "sealed_part"))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), index=True)
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary)


class NoticeContact(Base):
    """Where a citizen asked to be told of news: encrypted for every kind, used once confirmed.

    `proves`: the second proof may go there; not to an address that the access code alone has set,
    or whoever finds a code could open what was filed. `wants_news` is the citizen's switch.
    """

    __tablename__ = "notice_contact"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wants_news: Mapped[bool] = mapped_column(default=True)
    proves: Mapped[bool] = mapped_column(default=True)


class SecondProof(Base):
    """A code sent to a confirmed contact that opens what was filed, for a short while."""

    __tablename__ = "second_proof"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)


class CaseClock(Base):
    """One legal clock of a case, the date people were promised and how it was counted.

    What was done to it stands in the ledger (`models/clocks.py`), from which the date follows.
    While it is suspended, the date is the one promised before.
    """

    __tablename__ = "case_clock"
    __table_args__ = (
        Index("ix_case_clock_case", "case_id"),
        Index(
            "ix_case_clock_running",
            "due_on",
            sqlite_where=text("stopped_on IS NULL"),
            postgresql_where=text("stopped_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    clock: Mapped[ClockKind] = mapped_column(choice(ClockKind, "clock_kind"))
    rule: Mapped[str] = mapped_column(String(20))
    started_on: Mapped[date]
    due_on: Mapped[date]
    stopped_on: Mapped[date | None]
    explanation: Mapped[str] = mapped_column(Text)
    suspended_on: Mapped[date | None]


class Draft(Base):
    """What a citizen has typed so far, encrypted, for 24 hours, found by a random cookie.

    `kept_until` is set when its writer asked for a code to come back later.
    """

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    submission_id: Mapped[str] = mapped_column(String(36), unique=True)
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    kept_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DraftKey(Base):
    """Another way into a draft: a code to come back with, or a one-time code for another device.

    `ciphertext` is the token of the draft, encrypted under the code; the code is kept nowhere.
    """

    __tablename__ = "draft_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary)
    single_use: Mapped[bool] = mapped_column(default=False)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Submission(Base):
    """That a draft was sent, so that sending it twice makes one case."""

    __tablename__ = "submission"

    submission_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), unique=True)


class PublicReflection(Base):
    """A reflection in the office's words, without personal data, that others may join.

    `joined` counts who said that it concerns them too; who they are is kept nowhere. `answer` is
    the office's answer to all of them, shown once the case has ended.
    """

    __tablename__ = "public_reflection"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    summary: Mapped[str] = mapped_column(String(500))
    shown_on: Mapped[date] = mapped_column(index=True)
    joined: Mapped[int] = mapped_column(default=0)
    answer: Mapped[str] = mapped_column(String(1000), default="", server_default="")


class JoinedContact(Base):
    """Where one of those who joined a public reflection asked to be told of its answer, once.

    Encrypted, and used once confirmed; `address_hash` (keyed) keeps an address from standing twice.
    The token of the link opens the public answer and lets its holder leave; it goes into both mails.
    """

    __tablename__ = "joined_contact"
    __table_args__ = (UniqueConstraint("case_id", "address_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("public_reflection.case_id", ondelete="CASCADE")
    )
    address_hash: Mapped[str] = mapped_column(String(64))
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sealed_token: Mapped[bytes] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(2))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
