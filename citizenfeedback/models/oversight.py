"""The register of state management: documents, training, inspections and what became of them."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.domain.vocabulary import OversightKind
from citizenfeedback.models.base import Base, UtcDateTime, choice


class OversightAct(Base):
    """One act of a unit: a document, a training, or an inspection with its conclusion.

    One that was `struck` out stays in the register and counts for nothing.
    """

    __tablename__ = "oversight_act"
    __table_args__ = (
        CheckConstraint("concluded_on IS NULL OR kind = 'inspection'", name="only_inspections"),
        CheckConstraint("finished_on IS NULL OR concluded_on IS NOT NULL", name="concluded_first"),
        Index("ix_oversight_act_unit", "unit_id", "on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[OversightKind] = mapped_column(choice(OversightKind, "oversight_kind"))
    on: Mapped[dt.date]
    title: Mapped[str] = mapped_column(String(300))
    number: Mapped[str] = mapped_column(String(80), default="")
    classes: Mapped[int] = mapped_column(default=0)
    people: Mapped[int] = mapped_column(default=0)
    units: Mapped[int] = mapped_column(default=0)
    concluded_on: Mapped[dt.date | None]
    conclusion_no: Mapped[str] = mapped_column(String(80), default="")
    organisations_disciplined: Mapped[int] = mapped_column(default=0)
    people_disciplined: Mapped[int] = mapped_column(default=0)
    organisations_referred: Mapped[int] = mapped_column(default=0)
    people_referred: Mapped[int] = mapped_column(default=0)
    finished_on: Mapped[dt.date | None]
    struck: Mapped[bool] = mapped_column(default=False, server_default=false())
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class OversightFollowUp(Base):
    """What was done of an inspection's conclusion up to a day; it adds to what was done before.

    One that was `struck` out counts for nothing.
    """

    __tablename__ = "oversight_follow_up"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("oversight_act.id"), index=True)
    on: Mapped[dt.date]
    organisations_handled: Mapped[int] = mapped_column(default=0)
    people_handled: Mapped[int] = mapped_column(default=0)
    prosecuted_cases: Mapped[int] = mapped_column(default=0)
    prosecuted_people: Mapped[int] = mapped_column(default=0)
    finished: Mapped[bool] = mapped_column(default=False)
    struck: Mapped[bool] = mapped_column(default=False, server_default=false())
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class OversightChange(Base):
    """What an act said before it was changed. Triggers refuse UPDATE and DELETE.

    `before` holds the columns that said something else; `reason` is blank where nothing was put
    right and only the next step was recorded.
    """

    __tablename__ = "oversight_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("oversight_act.id"), index=True)
    follow_up_id: Mapped[int | None] = mapped_column(ForeignKey("oversight_follow_up.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(300), default="")
