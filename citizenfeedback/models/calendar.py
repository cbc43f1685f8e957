"""The days that differ from their weekday."""

import datetime as dt

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.domain.vocabulary import DayKind, DayOrigin
from citizenfeedback.models.base import Base, choice


class CalendarDay(Base):
    """A holiday, a compensatory day off or a make-up working day, with the decree it rests on."""

    __tablename__ = "calendar_day"

    date: Mapped[dt.date] = mapped_column(primary_key=True)
    kind: Mapped[DayKind] = mapped_column(choice(DayKind, "day_kind"))
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    basis: Mapped[str] = mapped_column(String(250), default="")
    decreed: Mapped[bool] = mapped_column(default=True)
    counts: Mapped[bool] = mapped_column(default=True)
    origin: Mapped[DayOrigin] = mapped_column(choice(DayOrigin, "day_origin"))
