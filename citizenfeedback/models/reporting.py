"""Counts that come from outside, and periods that were closed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.models.base import Base, UtcDateTime


class DossierCount(Base):
    """A month of one administrative procedure at one unit, from the one-stop system."""

    __tablename__ = "dossier_count"
    __table_args__ = (Index("ix_dossier_count_key", "month", "unit_id", "procedure", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    procedure: Mapped[str] = mapped_column(String(40))
    on_time: Mapped[int]
    late: Mapped[int]
    pending_in_time: Mapped[int]
    pending_overdue: Mapped[int]


class FrozenReport(Base):
    """A report as it stood when its window was closed. Triggers refuse UPDATE and DELETE.

    Later entries and corrections are told beside it (`queries/closed.py`), never written into it.
    """

    __tablename__ = "frozen_report"
    __table_args__ = (Index("ix_frozen_report_period", "name", "unit_id", "starts_on", "ends_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    frozen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))


class MonthSummary(Base):
    """The figures of a month for the whole province, counted ahead for the pages of citizens.

    Counted anew by a job until the month is closed; then its frozen report takes its place.
    """

    __tablename__ = "month_summary"

    starts_on: Mapped[date] = mapped_column(primary_key=True)
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
