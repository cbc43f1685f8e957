"""Acts outside a case that must stay traceable, and the daily anchor over all chains."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.domain.vocabulary import AuditAction
from citizenfeedback.models.base import Base, UtcDateTime, choice


class AuditEntry(Base):
    """One traceable act, chained by hash. Triggers refuse UPDATE and DELETE."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    action: Mapped[AuditAction] = mapped_column(choice(AuditAction, "audit_action"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    hash: Mapped[str] = mapped_column(String(64))


class ChainAnchor(Base):
    """The hash over the last link of every chain, once a day."""

    __tablename__ = "chain_anchor"

    day: Mapped[date] = mapped_column(primary_key=True)
    event_id: Mapped[int]
    entry_id: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
