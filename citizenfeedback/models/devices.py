"""Screens in offices that people rate on, and the taps that each delivered."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.models.base import Base


class KioskDevice(Base):
    """A screen at a counter. Its code and key are nowhere, only their keyed hashes.

    `public_id` stands in what the screen sends; `next_seq` is the number after the highest that was
    stored; `drift_seconds` is what must be added to its clock. Without hours of its own it keeps those of its
    point.
    """

    __tablename__ = "kiosk_device"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("service_point.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    languages: Mapped[str] = mapped_column(String(20), default="vi en")
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    code_expires_at: Mapped[datetime | None]
    key_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    enrolled_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]
    last_tap_at: Mapped[datetime | None]
    version: Mapped[str] = mapped_column(String(20), default="")
    waiting: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    drift_seconds: Mapped[int] = mapped_column(default=0)
    opens: Mapped[time | None]
    closes: Mapped[time | None]
    next_seq: Mapped[int] = mapped_column(default=1)


class PointQuestion(Base):
    """An item of the questionnaire that a point asks, from a day on and to a day, both included."""

    __tablename__ = "point_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("service_point.id"), index=True)
    criterion: Mapped[str] = mapped_column(String(8))
    first_day: Mapped[date]
    last_day: Mapped[date | None]


class KioskTap(Base):
    """Where a rating from a screen came from. `series` is one life of the screen's storage."""

    __tablename__ = "kiosk_tap"
    __table_args__ = (
        UniqueConstraint("device_id", "series", "seq", name="uq_kiosk_tap_number"),
        Index("ix_kiosk_tap_delivered", "device_id", "delivered_at"),
    )

    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"), primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("kiosk_device.id"))
    series: Mapped[str] = mapped_column(String(36))
    seq: Mapped[int]
    told_at: Mapped[datetime]
    drift_seconds: Mapped[int]
    delivered_at: Mapped[datetime]
