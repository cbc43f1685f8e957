"""Taking files of records into the books: all rows or none.

Everything is read and checked before the writing transaction begins, so that people can go on
working; what it then writes is plain inserts of rows made ready. Every problem is found in one
pass and given with row, column and code. Nobody is told by mail.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from citizenfeedback.domain.errors import ChangedMeanwhile
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.records import (
    KEYS,
    MOST_ROWS,
    Heading,
    Problem,
    Record,
    RecordKind,
    number_cell,
    read_heading,
    read_row,
    row_problems,
)
from citizenfeedback.domain.vocabulary import AuditAction
from citizenfeedback.gateways.clock import local_date
from citizenfeedback.gateways.spreadsheets import UnreadableFile, read_cells
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.records import database_dialect
from citizenfeedback.services.chronicle import append_entry
from citizenfeedback.services.importing_books import BOOKS
from citizenfeedback.services.importing_cases import plan_petitions
from citizenfeedback.services.importing_plans import Context, Plan, batch, write_batch
from citizenfeedback.services.transaction import transaction

TRIES = 3
PROGRESS_ROWS = 1_000

Progress = Callable[[int, int], None]
"""Told how many rows of how many have been read."""

PLANS: Mapping[RecordKind, Callable[[Context, Sequence[Record]], Plan]] = {
    **BOOKS,
    RecordKind.PETITIONS: plan_petitions,
}


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of an import: rows added and skipped, or everything that was wrong.

    `moved` is the number of cases whose terms new days of the calendar move.
    """

    kind: RecordKind
    rows: int
    added: int
    skipped: int
    replaced: int
    marked: int
    moved: int
    problems: tuple[Problem, ...]
    dry_run: bool

    @property
    def accepted(self) -> bool:
        """Whether nothing was wrong."""
        return not self.problems


def import_records(
    actor: Actor,
    kind: RecordKind,
    files: Sequence[Path],
    *,
    keys: Keys,
    policy: Policy,
    now: datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportResult:
    """Import files of one kind as one whole, or say everything that is wrong with them.

    A row whose key is stored with the same content is skipped; with other content it is a
    `conflict`. `dry_run` checks everything and writes nothing. Raises `ChangedMeanwhile` when
    the books kept changing while the files were being checked.
    """
    problems: list[Problem] = []
    unread: set[str] = set()
    records = _read(kind, files, problems, unread, progress)
    today = local_date(now)
    for record in records:
        problems += [
            Problem(record.file, record.row, column, code)
            for column, code in row_problems(kind, record.values, today)
        ]
    problems += _repeated(kind, records)
    for _ in range(TRIES):
        context = Context(
            actor=actor,
            keys=keys,
            policy=policy,
            calendar=work_calendar(),
            now=now,
            today=today,
            unread=frozenset(unread),
        )
        plan = PLANS[kind](context, records)
        if problems or plan.problems or dry_run or not plan.changes:
            break
        try:
            _write(context, kind, plan, files=len(files))
        except (IntegrityError, ChangedMeanwhile):
            continue  # somebody entered the same thing meanwhile: look again
        break
    else:
        raise ChangedMeanwhile(kind=kind)
    everything = _in_order([*problems, *plan.problems], files)
    return ImportResult(
        kind=kind,
        rows=len(records),
        added=0 if everything else plan.added,
        skipped=0 if everything else plan.skipped,
        replaced=0 if everything else plan.replaced,
        marked=0 if everything else plan.marked,
        moved=0 if everything else plan.moved,
        problems=everything,
        dry_run=dry_run,
    )


def _write(context: Context, kind: RecordKind, plan: Plan, *, files: int) -> None:
    dialect = database_dialect()
    batches = [batch(dialect, model, rows) for model, rows in plan.rows() if rows]
    with transaction() as session:
        for ready in batches:
            write_batch(session, ready)
        if plan.act is not None:
            plan.act(session)
        append_entry(
            session,
            context.keys,
            context.actor,
            AuditAction.RECORDS_IMPORTED,
            now=context.now,
            details={
                "kind": kind,
                "files": files,
                "added": plan.added,
                "replaced": plan.replaced,
                "skipped": plan.skipped,
            },
        )


def _read(
    kind: RecordKind,
    files: Sequence[Path],
    problems: list[Problem],
    unread: set[str],
    progress: Progress | None,
) -> list[Record]:
    records: list[Record] = []
    for path in files:
        try:
            rows = list(read_cells(path, number_cell))
        except UnreadableFile as wrong:
            problems.append(Problem(path.name, wrong.row, "", wrong.code))
            continue
        if not rows:
            problems.append(Problem(path.name, 0, "", "empty_file"))
            continue
        if len(rows) > MOST_ROWS:
            problems.append(Problem(path.name, 0, "", "too_many_rows", {"most": MOST_ROWS}))
            continue
        heading = read_heading(kind, path.name, rows[0][1])
        if isinstance(heading, Heading):
            for record, cells in _records(heading, path.name, rows, problems, progress):
                if record is not None:
                    records.append(record)
                else:
                    unread.add(heading.key_cell(kind, cells))
        else:
            problems += heading
    return records


def _records(
    heading: Heading,
    file: str,
    rows: list[tuple[int, list[str]]],
    problems: list[Problem],
    progress: Progress | None,
) -> Iterable[tuple[Record | None, Sequence[str]]]:
    total = len(rows) - 1
    for done, (row, cells) in enumerate(rows[1:], start=1):
        yield read_row(heading, file, row, cells, problems), cells
        if progress is not None and (done % PROGRESS_ROWS == 0 or done == total):
            progress(done, total)


def _repeated(kind: RecordKind, records: Iterable[Record]) -> list[Problem]:
    """Rows whose key was there before, in this file or in one before it."""
    first: dict[tuple[object, ...], Record] = {}
    found = []
    for record in records:
        before = first.setdefault(record.key(kind), record)
        if before is not record:
            found.append(
                Problem(
                    record.file,
                    record.row,
                    "+".join(KEYS[kind]),
                    "key_twice",
                    {"row": before.row, "file": before.file},
                )
            )
    return found


def _in_order(problems: list[Problem], files: Sequence[Path]) -> tuple[Problem, ...]:
    place = {path.name: number for number, path in enumerate(files)}
    return tuple(sorted(problems, key=lambda problem: (place[problem.file], problem.row)))
