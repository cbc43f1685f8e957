"""Are files taken in whole or not at all, and again without harm?"""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import ChangedMeanwhile
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.records import RecordKind, number_cell, read_heading
from citizenfeedback.domain.vocabulary import AuditAction
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.gateways.spreadsheets import read_cells
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.services import importing
from tests.records import POINTS, STAFF, UNITS, petition, write, write_xlsx
from tests.year import NOW, import_file, unpacked

K = RecordKind


def count(session: Session, model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.both_databases
def test_a_file_goes_in_once(session: Session, tmp_path: Path, keys: Keys) -> None:
    """Are rows added, noted in the audit by number only, and skipped the second time?"""
    units = write(tmp_path, K.UNITS, UNITS)
    first = import_file(K.UNITS, units, keys=keys)
    assert (first.added, first.skipped, first.problems) == (2, 0, ())
    entry = session.scalars(select(AuditEntry)).one()
    assert entry.action is AuditAction.RECORDS_IMPORTED
    assert entry.details == {"kind": "units", "files": 1, "added": 2, "replaced": 0, "skipped": 0}
    again = import_file(K.UNITS, units, keys=keys)
    assert (again.added, again.skipped, again.problems) == (0, 2, ())
    assert count(session, Unit) == 2
    assert count(session, AuditEntry) == 1


@pytest.mark.both_databases
def test_one_bad_row_refuses_the_file(session: Session, tmp_path: Path, keys: Keys) -> None:
    """Is nothing written, and everything wrong told by row, column and code?"""
    import_file(K.UNITS, write(tmp_path, K.UNITS, UNITS), keys=keys)
    rows = [
        petition("1"),
        petition("2", unit="X9"),
        petition("3", kind="complain", phone="0" * 90),
        petition("4", accepted_on="2019-05-09", closed_on="2019-05-08"),
        petition("5", processed_on="2019-05-01"),
        petition("6", duplicate_of="9"),
        petition("7", duplicate_of="1"),
        petition("8", duplicate_of="7"),
        petition("1"),
        petition("11", duplicate_of="3"),
    ]
    result = import_file(K.PETITIONS, write(tmp_path, K.PETITIONS, rows), keys=keys)
    assert not result.accepted
    assert [(one.row, one.column, one.code) for one in result.problems] == [
        (3, "unit", "unknown_unit"),
        (4, "kind", "unknown_value"),
        (4, "phone", "too_long"),
        (5, "closed_on", "closed_before_accepted"),
        (6, "processed_on", "processed_before_received"),
        (7, "duplicate_of", "unknown_case"),
        (9, "duplicate_of", "duplicate_of_duplicate"),
        (10, "code", "key_twice"),
    ]
    assert {one.file for one in result.problems} == {"petitions.csv"}
    assert count(session, Case) == 0
    assert count(session, CaseEvent) == 0


@pytest.mark.both_databases
def test_other_content_is_a_conflict(session: Session, tmp_path: Path, keys: Keys) -> None:
    """Is a stored key with other content refused, for every kind that compares?"""
    files = {K.UNITS: UNITS, K.POINTS: POINTS, K.STAFF: STAFF, K.PETITIONS: [petition("1")]}
    for kind, rows in files.items():
        assert import_file(kind, write(tmp_path, kind, rows), keys=keys).added == len(rows)
    changes = {
        K.UNITS: {"name": "Khác"},
        K.POINTS: {"closes": "16:00"},
        K.STAFF: {"active": "no"},
        K.PETITIONS: {"phone": ""},
    }
    for kind, change in changes.items():
        rows = [*files[kind][:-1], files[kind][-1] | change]
        result = import_file(kind, write(tmp_path, kind, rows), keys=keys)
        assert [(one.column, one.code) for one in result.problems] == [("code", "conflict")]
        assert (result.added, result.skipped) == (0, 0)


def test_a_dry_run_writes_nothing(session: Session, tmp_path: Path, keys: Keys) -> None:
    """Does trying a file out check it all and leave no trace?"""
    units = write(tmp_path, K.UNITS, UNITS)
    result = import_file(K.UNITS, units, keys=keys, dry_run=True)
    assert (result.added, result.dry_run, result.accepted) == (2, True, True)
    assert count(session, Unit) == count(session, AuditEntry) == 0


def test_several_files_are_one_whole(session: Session, tmp_path: Path, keys: Keys) -> None:
    """May a row point into another file, and does a fault in one refuse both?"""
    top = write(tmp_path, K.UNITS, UNITS[:1], "a.csv")
    below = write(tmp_path, K.UNITS, UNITS[1:], "b.csv")
    twice = write(tmp_path, K.UNITS, UNITS[:1], "c.csv")
    refused = import_file(K.UNITS, below, top, twice, keys=keys)
    assert [(one.file, one.row, one.code) for one in refused.problems] == [
        ("c.csv", 2, "key_twice")
    ]
    assert count(session, Unit) == 0
    assert import_file(K.UNITS, below, top, keys=keys).added == 2


def test_a_broken_file_is_said_to_be_broken(session: Session, tmp_path: Path, keys: Keys) -> None:
    """Are files that are no tables refused with a code, and never with a failure?"""
    cases = {
        "a.txt": (b"code", "unknown_file_type"),
        "b.csv": (b"", "empty_file"),
        "c.csv": ("code,mã".encode("utf-16"), "not_utf8"),
        "d.csv": (b'code,"name\n', "malformed_csv"),
        "e.xlsx": (b"PK not a workbook", "malformed_xlsx"),
        "f.csv": (b"code;name\n", "unknown_column"),
    }
    for name, (content, code) in cases.items():
        path = tmp_path / name
        path.write_bytes(content)
        result = import_file(K.UNITS, path, keys=keys)
        assert not result.accepted
        assert result.problems[0].code == code
    assert (
        import_file(K.UNITS, tmp_path / "missing.csv", keys=keys).problems[0].code == "cannot_open"
    )


def test_progress_is_told_to_the_end(session: Session, tmp_path: Path, keys: Keys) -> None:
    """Does the caller hear when all rows are read?"""
    heard: list[tuple[int, int]] = []
    importing.import_records(
        SYSTEM,
        K.UNITS,
        [write(tmp_path, K.UNITS, UNITS)],
        keys=keys,
        policy=Policy(),
        now=NOW,
        progress=lambda done, total: heard.append((done, total)),
    )
    assert heard == [(2, 2)]


def test_books_that_keep_changing_are_told(
    session: Session, tmp_path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is a collision with other people's work looked at again, and given up after a few times?"""
    tries = []

    def collide(*_: object) -> None:
        tries.append(1)
        raise IntegrityError("INSERT", None, Exception())

    monkeypatch.setattr(importing, "write_batch", collide)
    with pytest.raises(ChangedMeanwhile):
        import_file(K.UNITS, write(tmp_path, K.UNITS, UNITS), keys=keys)
    assert len(tries) == importing.TRIES


@pytest.mark.both_databases
def test_a_failure_in_between_leaves_nothing(
    session: Session, tmp_path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is a half-written file undone when writing breaks off?"""
    import_file(K.UNITS, write(tmp_path, K.UNITS, UNITS), keys=keys)
    write_batch = importing.write_batch

    def break_off(session: Session, ready: Any) -> None:
        if ready.table == "case_event":
            raise OSError("disk full")
        write_batch(session, ready)

    monkeypatch.setattr(importing, "write_batch", break_off)
    with pytest.raises(OSError, match="disk full"):
        import_file(K.PETITIONS, write(tmp_path, K.PETITIONS, [petition("1")]), keys=keys)
    assert count(session, Case) == 0
    monkeypatch.undo()
    assert import_file(K.PETITIONS, tmp_path / "petitions.csv", keys=keys).added == 1
    assert count(session, OutgoingMessage) == 0


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from citizenfeedback.config import Settings
    from citizenfeedback.domain.records import RecordKind
    from citizenfeedback.services import importing
    from tests.conftest import build_app, make_tables
    from citizenfeedback.gateways.keys import load_keys
    from tests.year import import_file

    folder = Path(sys.argv[1])
    settings = Settings.from_env({"INSTANCE_PATH": str(folder), "MAIL_SENDER": "so@example.vn"})
    keys = load_keys(folder)
    app = build_app(settings, keys)
    write_batch = importing.write_batch

    def kill(session, ready):
        write_batch(session, ready)
        if ready.table == "case_file":
            os.kill(os.getpid(), signal.SIGKILL)

    with app.app_context():
        if not (folder / "made").exists():
            make_tables()
            import_file(RecordKind.UNITS, folder / "units.csv", keys=keys)
            (folder / "made").touch()
            importing.write_batch = kill
        result = import_file(RecordKind.PETITIONS, folder / "petitions.csv", keys=keys)
        print(result.added, result.skipped)
"""


@pytest.mark.slow
def test_killed_in_between_leaves_nothing(tmp_path: Path) -> None:
    """After kill -9 in the middle of writing, does the same file go in whole?"""
    write(tmp_path, K.UNITS, UNITS)
    write(tmp_path, K.PETITIONS, [petition("1"), petition("2", duplicate_of="1")])
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path)]
    killed = subprocess.run(command, check=False, capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    again = subprocess.run(command, check=False, capture_output=True, text=True)
    assert again.stdout.split() == ["2", "0"], again.stderr


@pytest.mark.slow
@pytest.mark.parametrize("kind", RecordKind)
def test_a_spreadsheet_reads_as_the_text_file_does(
    kind: RecordKind, scratch: Path, tmp_path: Path
) -> None:
    """Do the year's files as XLSX give row for row what they give as CSV?"""
    source = unpacked(scratch) / f"{kind}.csv"
    target = write_xlsx(source, tmp_path / f"{kind}.xlsx")
    read: Callable[[Path], Any] = lambda path: [  # noqa: E731 - the same question of two files
        (record.row, record.values)
        for record in importing._read(kind, [path], problems, set(), None)
    ]
    problems: list[Any] = []
    assert read(target) == read(source)
    assert not problems
    assert not isinstance(read_heading(kind, "", next(read_cells(target, number_cell))[1]), list)
