"""What the search reads: one folded text a case, indexed by each database in its own way.

Also the triggers that let history only grow. Both are DDL that no column can say, run after the
tables are made; the first migration carries the same statements.
"""

from sqlalchemy import DDL, ForeignKey, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.models.audit import AuditEntry, ChainAnchor
from citizenfeedback.models.base import Base
from citizenfeedback.models.clocks import ClockEntry
from citizenfeedback.models.oversight import OversightChange
from citizenfeedback.models.ratings import RatingMark
from citizenfeedback.models.receptions import ReceptionChange
from citizenfeedback.models.reporting import FrozenReport
from citizenfeedback.models.timeline import CaseEvent


class CaseSearch(Base):
    """Number, names and summary of one case, folded (`domain/text.py`); nothing sealed."""

    __tablename__ = "case_search"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    folded: Mapped[str] = mapped_column(Text)


SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE case_fts USING fts5("
    "folded, content='case_search', content_rowid='case_id', tokenize='unicode61')",
    "CREATE TRIGGER case_search_added AFTER INSERT ON case_search BEGIN "
    "INSERT INTO case_fts(rowid, folded) VALUES (new.case_id, new.folded); END",
    "CREATE TRIGGER case_search_changed AFTER UPDATE ON case_search BEGIN "
    "INSERT INTO case_fts(case_fts, rowid, folded) VALUES ('delete', old.case_id, old.folded); "
    "INSERT INTO case_fts(rowid, folded) VALUES (new.case_id, new.folded); END",
    "CREATE TRIGGER case_search_removed AFTER DELETE ON case_search BEGIN "
    "INSERT INTO case_fts(case_fts, rowid, folded) VALUES ('delete', old.case_id, old.folded); END",
)
POSTGRESQL_SEARCH = (
    "CREATE INDEX ix_case_search_words ON case_search USING gin (to_tsvector('simple', folded))",
)
SQLITE_DROP = ("DROP TABLE IF EXISTS case_fts",)

GROWS_ONLY = tuple(
    str(table.__tablename__)
    for table in (
        CaseEvent,
        ClockEntry,
        ReceptionChange,
        OversightChange,
        RatingMark,
        AuditEntry,
        ChainAnchor,
        FrozenReport,
    )
)


def sqlite_guards(table: str) -> tuple[str, ...]:
    """Triggers by which SQLite refuses to change or remove a row of history."""
    return tuple(
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'history only grows'); END"
        for act in ("UPDATE", "DELETE")
    )


def postgresql_guards(table: str) -> tuple[str, ...]:
    """The same for PostgreSQL."""
    return (
        "CREATE OR REPLACE FUNCTION history_only_grows() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION 'history only grows'; END $$ LANGUAGE plpgsql",
        f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION history_only_grows()",
    )


def _listen() -> None:
    table = CaseSearch.__table__
    for statement in SQLITE_SEARCH:
        event.listen(table, "after_create", DDL(statement).execute_if(dialect="sqlite"))
    for statement in POSTGRESQL_SEARCH:
        event.listen(table, "after_create", DDL(statement).execute_if(dialect="postgresql"))
    for statement in SQLITE_DROP:
        event.listen(table, "before_drop", DDL(statement).execute_if(dialect="sqlite"))
    for name in GROWS_ONLY:
        history = Base.metadata.tables[name]
        for statement in sqlite_guards(name):
            event.listen(history, "after_create", DDL(statement).execute_if(dialect="sqlite"))
        for statement in postgresql_guards(name):
            escaped = statement.replace("%", "%%")
            event.listen(history, "after_create", DDL(escaped).execute_if(dialect="postgresql"))


_listen()
