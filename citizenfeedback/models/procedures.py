"""What happens between acceptance and the last act on a decision: team, dialogue, outcome, reminder.

Names of a verification team are officials'. Nothing of a denouncer stands in these tables; what an
official writes lies with the notes and messages of the case, and rows here refer to it.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.domain.vocabulary import Attendance, FirstDecision
from citizenfeedback.models.base import Base, UtcDateTime, choice


class TeamMember(Base):
    """One member of the team that verifies a complaint or denunciation; the first one leads it."""

    __tablename__ = "team_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    formed_on: Mapped[date]
    document_no: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[str] = mapped_column(String(120), default="")
    leads: Mapped[bool] = mapped_column(default=False)


class Dialogue(Base):
    """A dialogue with a complainant: planned for a day, held with or without them."""

    __tablename__ = "dialogue"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    planned_for: Mapped[date | None]
    announced_on: Mapped[date | None]
    hour: Mapped[str] = mapped_column(String(5), default="", server_default="")
    place: Mapped[str] = mapped_column(String(300), default="")
    held_on: Mapped[date | None]
    attendance: Mapped[Attendance | None] = mapped_column(choice(Attendance, "dialogue_attendance"))
    document_no: Mapped[str] = mapped_column(String(80), default="")
    note_id: Mapped[int | None] = mapped_column(ForeignKey("case_note.id"))


class DecisionOutcome(Base):
    """What a decision or conclusion orders, as forms 03-GQKN and 04-GQTC count it.

    Money in whole dong, land in tenths of a square metre.
    """

    __tablename__ = "decision_outcome"
    __table_args__ = (
        Index(
            "ix_decision_outcome_unfinished",
            "recorded_on",
            "case_id",
            sqlite_where=text("finished_on IS NULL"),
            postgresql_where=text("finished_on IS NULL"),
        ),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    first_decision: Mapped[FirstDecision | None] = mapped_column(
        choice(FirstDecision, "outcome_first_decision")
    )
    money_to_state: Mapped[int] = mapped_column(BigInteger, default=0)
    land_to_state: Mapped[int] = mapped_column(BigInteger, default=0)
    money_returned: Mapped[int] = mapped_column(BigInteger, default=0)
    land_returned: Mapped[int] = mapped_column(BigInteger, default=0)
    organisations_restored: Mapped[int] = mapped_column(default=0)
    people_restored: Mapped[int] = mapped_column(default=0)
    organisations_disciplined: Mapped[int] = mapped_column(default=0)
    people_disciplined: Mapped[int] = mapped_column(default=0)
    officials_disciplined: Mapped[int] = mapped_column(default=0)
    referred_cases: Mapped[int] = mapped_column(default=0)
    referred_people: Mapped[int] = mapped_column(default=0)
    referred_officials: Mapped[int] = mapped_column(default=0)
    recorded_on: Mapped[date]
    finished_on: Mapped[date | None]


class ImplementationEntry(Base):
    """What was carried out of a decision or conclusion up to a day, as form 05-KQTH counts it.

    Money in whole dong, land in tenths of a square metre; an entry adds to those before it.
    """

    __tablename__ = "implementation_entry"
    __table_args__ = (
        CheckConstraint("money_collected >= 0 AND money_given_back >= 0", name="money"),
        CheckConstraint("land_collected >= 0 AND land_given_back >= 0", name="land"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    on: Mapped[date]
    money_collected: Mapped[int] = mapped_column(BigInteger, default=0)
    land_collected: Mapped[int] = mapped_column(BigInteger, default=0)
    money_given_back: Mapped[int] = mapped_column(BigInteger, default=0)
    land_given_back: Mapped[int] = mapped_column(BigInteger, default=0)
    organisations_handled: Mapped[int] = mapped_column(default=0)
    people_handled: Mapped[int] = mapped_column(default=0)
    officials_handled: Mapped[int] = mapped_column(default=0)
    prosecuted_cases: Mapped[int] = mapped_column(default=0)
    prosecuted_people: Mapped[int] = mapped_column(default=0)
    prosecuted_officials: Mapped[int] = mapped_column(default=0)
    note_id: Mapped[int | None] = mapped_column(ForeignKey("case_note.id"))


class Reminder(Base):
    """A written reminder from above about a case that lies late below, and what came back."""

    __tablename__ = "reminder"
    __table_args__ = (
        Index(
            "ix_reminder_unanswered",
            "from_unit_id",
            "report_by",
            sqlite_where=text("answered_on IS NULL"),
            postgresql_where=text("answered_on IS NULL"),
        ),
        Index("ix_reminder_case_id", "case_id"),
        Index(
            "ix_reminder_open",
            "case_id",
            "report_by",
            sqlite_where=text("answered_on IS NULL"),
            postgresql_where=text("answered_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    from_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    to_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    on: Mapped[date]
    report_by: Mapped[date]
    document_no: Mapped[str] = mapped_column(String(80), default="")
    note_id: Mapped[int] = mapped_column(ForeignKey("case_note.id"))
    answered_on: Mapped[date | None]
    answer_note_id: Mapped[int | None] = mapped_column(ForeignKey("case_note.id"))
