"""What this installation is: its purpose, its schema and when the worker was last seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text

from citizenfeedback.models.base import db
from citizenfeedback.models.installation import InstallationFact

DEMO = "demo"
BENCHMARK = "benchmark"


@dataclass(frozen=True)
class Installation:
    """The facts about this installation as a whole."""

    purpose: str = ""
    worker_seen_at: datetime | None = None

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration: made-up people, a banner on every page."""
        return self.purpose == DEMO

    @property
    def for_trial(self) -> bool:
        """Whether it holds nobody's real affairs, so that limits may be lifted to measure it."""
        return self.purpose in {DEMO, BENCHMARK}


def installation() -> Installation:
    """Read the facts."""
    rows = db.session.execute(select(InstallationFact.key, InstallationFact.value))
    facts = {row.key: row.value for row in rows}
    seen = facts.get("worker_seen_at")
    return Installation(
        purpose=facts.get("purpose", ""),
        worker_seen_at=datetime.fromisoformat(seen) if seen else None,
    )


def schema_version() -> str:
    """The last migration this database has been through."""
    return str(db.session.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
