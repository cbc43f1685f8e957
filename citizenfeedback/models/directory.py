"""Units, the points where people are served, and the staff who serve there."""

from datetime import date, time

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.domain.vocabulary import UnitLevel
from citizenfeedback.models.base import Base, choice


class Unit(Base):
    """An office of the province. `path` is `/id/id/…/`, so that a subtree is one prefix."""

    __tablename__ = "unit"
    __table_args__ = (Index("ix_unit_path", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    folded: Mapped[str] = mapped_column(String(450), default="")
    level: Mapped[UnitLevel] = mapped_column(choice(UnitLevel, "unit_level"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    path: Mapped[str] = mapped_column(String(200), default="/")
    remote: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    receives: Mapped[bool] = mapped_column(default=True)
    address: Mapped[str] = mapped_column(String(250), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    hours: Mapped[str] = mapped_column(String(200), default="")


class ServicePoint(Base):
    """A counter or room with its own QR code, where people rate.

    Two taps on its screen within `pause_seconds` count as one and one in doubt.
    """

    __tablename__ = "service_point"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    opens: Mapped[time | None]
    closes: Mapped[time | None]
    pause_seconds: Mapped[int] = mapped_column(default=5)
    active: Mapped[bool] = mapped_column(default=True)


class StaffMember(Base):
    """An official as citizens meet one: name, position and counter. Not an account."""

    __tablename__ = "staff_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[str] = mapped_column(String(120), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    point_id: Mapped[int | None] = mapped_column(ForeignKey("service_point.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    photo: Mapped[str | None] = mapped_column(Text)
