"""The reception book and the leaders' reception days."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.domain.vocabulary import ReceivedBy, ReceptionKind, SittingKind
from citizenfeedback.models.base import Base, UtcDateTime, choice


class Reception(Base):
    """One visit, a row of the book (Mẫu 03/TCD). For a denunciation the visitor is sealed."""

    __tablename__ = "reception"
    __table_args__ = (
        CheckConstraint("people >= 1", name="people"),
        Index("ix_reception_day", "date", "unit_id"),
        Index("ix_reception_unit", "unit_id", "id"),
        Index("ix_reception_matter", "matter"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    book_no: Mapped[str] = mapped_column(String(60), unique=True)
    date: Mapped[dt.date]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    sitting: Mapped[SittingKind] = mapped_column(choice(SittingKind, "reception_sitting"))
    received_by: Mapped[ReceivedBy] = mapped_column(choice(ReceivedBy, "reception_received_by"))
    people: Mapped[int]
    citizen_name: Mapped[str] = mapped_column(String(120), default="")
    id_no: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(250), default="")
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    summary: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[ReceptionKind] = mapped_column(choice(ReceptionKind, "reception_kind"))
    matter: Mapped[str] = mapped_column(String(60), default="")
    settled_by: Mapped[str] = mapped_column(String(200), default="")
    competent: Mapped[bool | None]
    guided_to: Mapped[str] = mapped_column(String(200), default="")
    accepted_by: Mapped[str] = mapped_column(String(200), default="")
    follow_up: Mapped[str] = mapped_column(String(500), default="")
    notes: Mapped[str] = mapped_column(String(500), default="")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    imported: Mapped[bool] = mapped_column(default=False)


class ReceptionSerial(Base):
    """The last number given in a unit's book of a year."""

    __tablename__ = "reception_serial"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Sitting(Base):
    """A day on which a leader receives citizens; visitors counts turns."""

    __tablename__ = "sitting"
    __table_args__ = (
        Index("ix_sitting_key", "date", "unit_id", "kind", "received_by", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    date: Mapped[dt.date]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[SittingKind] = mapped_column(choice(SittingKind, "sitting_kind"))
    received_by: Mapped[ReceivedBy] = mapped_column(choice(ReceivedBy, "sitting_received_by"))
    announced: Mapped[bool] = mapped_column(default=False)
    visitors: Mapped[int] = mapped_column(default=0)
