"""What an import works with, and what it makes ready before anything is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.records import KEYS, Problem, Record, RecordKind


class Keys(Protocol):
    """What importing needs of `gateways.keys.Keys`."""

    def seal(self, text: str | bytes) -> bytes:
        """Return `text` encrypted."""

    def unseal(self, sealed: bytes) -> str:
        """Return the text that `seal` encrypted."""

    def fingerprint(self, purpose: str, text: str) -> str:
        """Return the keyed hash by which `text` is found again."""

    def link(self, purpose: str, text: str) -> str:
        """Return the keyed hash of a link of history."""


@dataclass(frozen=True, slots=True)
class Context:
    """Who imports, when, and by which rules."""

    actor: Actor
    keys: Keys
    policy: Policy
    calendar: WorkCalendar
    now: datetime
    today: date


Write = Callable[[Session], None]


@dataclass
class Plan:
    """What an import would do: counts, everything wrong, and the act of writing it down."""

    added: int = 0
    skipped: int = 0
    replaced: int = 0
    marked: int = 0
    problems: list[Problem] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        """Whether anything would be written."""
        return bool(self.added or self.replaced)

    def write(self, session: Session) -> None:
        """Write everything down, in order; inside the caller's transaction."""
        for write in self.writes:
            write(session)

    def refuse(self, record: Record, column: str, code: str, **values: object) -> None:
        """Note something wrong with a row."""
        self.problems.append(Problem(record.file, record.row, column, code, values))

    def conflict(self, record: Record, kind: RecordKind) -> None:
        """Note that the key of a row is stored with other content."""
        self.refuse(record, "+".join(KEYS[kind]), "conflict")


def insert_rows(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows made ready, as many at a time as the driver takes."""
    if rows:
        session.execute(insert(table), rows)


def table_of(model: type[Any]) -> Table:
    """The table of a model, for inserts that need no objects."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


def next_ids(session: Session, model: type[Any], count: int) -> Sequence[int]:
    """Ids for new rows that others will point to; nobody else gets them.

    On SQLite the writing transaction holds the only pen; PostgreSQL's sequence hands them out.
    """
    from sqlalchemy import func, select, text

    if session.get_bind().dialect.name == "postgresql":
        name = f"{model.__tablename__}_id_seq"
        return list(
            session.scalars(
                text("SELECT nextval(CAST(:name AS regclass)) FROM generate_series(1, :count)"),
                {"name": name, "count": count},
            )
        )
    last = session.scalar(select(func.max(model.id))) or 0
    return range(last + 1, last + 1 + count)
