"""Facts about this installation as a whole: which kind it is, when the worker was last seen."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.models.base import Base


class InstallationFact(Base):
    """One fact, by name. `purpose` is never changed from `demo` to anything else."""

    __tablename__ = "installation"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
