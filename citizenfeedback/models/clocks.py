"""The ledger of the legal clocks: every act that touched one, by whom and on which paper."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.domain.vocabulary import ClockEffect, ClockKind
from citizenfeedback.models.base import Base, UtcDateTime, choice


class ClockEntry(Base):
    """One act on one clock of a case; the due date follows from all of them and the calendar.

    `on` is the day that counts (of a start its day zero), `at` when it was entered. `act` is what
    was done: a code of `Action` or `LedgerAct`. `days` is the term of a start, what an extension
    adds, or the new term of a recount under another rule. The clock is named by its kind: a clock
    that starts again is a new run of the same ledger. Triggers refuse UPDATE and DELETE.
    """

    __tablename__ = "clock_entry"
    __table_args__ = (Index("ix_clock_entry_case", "case_id", "clock", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    clock: Mapped[ClockKind] = mapped_column(choice(ClockKind, "entry_clock"))
    effect: Mapped[ClockEffect] = mapped_column(choice(ClockEffect, "clock_effect"))
    act: Mapped[str] = mapped_column(String(40))
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    rule: Mapped[str] = mapped_column(String(20), default="")
    days: Mapped[int] = mapped_column(SmallInteger, default=0)
    document_no: Mapped[str] = mapped_column(String(250), default="")
    reason: Mapped[str] = mapped_column(String(60), default="")
