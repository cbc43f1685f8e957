"""A copy of everything, taken while people work, that either database takes in again.

The rows are read in one transaction that sees one moment, and written as lines of JSON, a file a
table, with the stored files and the keys beside them. Drafts are left out: they would outlive their
24 hours. A copy holds all keys, so it must be kept like the installation itself.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Integer, Table, func, insert, select, text, update
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.gateways.files import FileMissing, FileStore
from citizenfeedback.gateways.keys import KEYS_FOLDER
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.letters import CaseLetter
from citizenfeedback.models.receptions import RefusalNotice
from citizenfeedback.services.transaction import reading, transaction

METADATA = Attachment.metadata
FORMAT = 1
MANIFEST = "manifest.json"
TABLES_FOLDER = "tables"
FILES_FOLDER = "files"
CHUNK = 1000

LEFT_OUT = frozenset({"draft", "draft_file"})
MADE_BY_INIT = frozenset({"calendar_day", "installation", "job_run"})
"""What `init` and the worker put into an empty installation; a restore replaces it."""

KEPT_IN_STORE: dict[str, tuple[str, ...]] = {
    "attachment": ("storage_key",),
    "case_letter": ("pdf_key", "docx_key"),
    "refusal_notice": ("pdf_key", "docx_key"),
}
"""The columns that name a file of the store."""

Tell = Callable[[int], None]
"""Told how many more rows or files are done, for a progress bar."""


@dataclass(frozen=True)
class Copied:
    """How much a backup or a restore moved."""

    tables: int
    rows: int
    files: int


class BackupProblem(RuleBroken):
    """The folder cannot be used; `code` says why."""


def backup(
    target: Path, *, instance: Path, files: FileStore, schema: str, now: datetime, tell: Tell
) -> Copied:
    """Write a copy into `target`, which must be new or empty; it appears whole or not at all."""
    target = target.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BackupProblem("backup_folder_not_empty")
    growing = target.with_name(f".{target.name}.unfinished")
    shutil.rmtree(growing, ignore_errors=True)
    (growing / TABLES_FOLDER).mkdir(parents=True, mode=0o700)
    growing.chmod(0o700)
    (growing / FILES_FOLDER).mkdir(mode=0o700)
    try:
        tables: dict[str, dict[str, Any]] = {}
        with _one_moment() as connection:
            for table in _tables():
                tables[table.name] = _write_table(connection, table, growing, tell)
        stored = _copy_files(growing, files, tell)
        shutil.copytree(instance / KEYS_FOLDER, growing / KEYS_FOLDER)
        document = {
            "format": FORMAT,
            "schema": schema,
            "taken_at": now.isoformat(),
            "tables": tables,
            "files": stored,
        }
        _write_text(growing / MANIFEST, json.dumps(document, indent=1, sort_keys=True))
        if target.exists():
            target.rmdir()
        growing.rename(target)
    except BaseException:
        shutil.rmtree(growing, ignore_errors=True)
        raise
    return Copied(len(tables), sum(entry["rows"] for entry in tables.values()), stored)


def restore(source: Path, *, instance: Path, files: FileStore, schema: str, tell: Tell) -> Copied:
    """Take a copy into an empty installation of the same release; refuse anything else.

    The whole copy is checked against its list before the first row is written. The keys of the
    installation are replaced by those of the copy, so the process must read them anew.
    """
    document = _manifest(source)
    if document.get("schema") != schema:
        raise BackupProblem("backup_of_other_release", schema=str(document.get("schema")))
    _check_whole(source, document)
    tables = [table for table in _tables() if table.name in document["tables"]]
    with transaction() as session:
        _refuse_used(session)
        for name in sorted(MADE_BY_INIT):
            session.execute(METADATA.tables[name].delete())
        later = [(table, _read_table(session, table, source, tell)) for table in tables]
        for table, links in later:
            _link_rows(session, table, links)
        _reset_sequences(session, tables)
        for path in sorted((source / FILES_FOLDER).iterdir()):
            files.copy_in(path.name, path)
            tell(1)
        _take_keys(source, instance)
    rows = sum(entry["rows"] for entry in document["tables"].values())
    return Copied(len(tables), rows, document["files"])


def work_of(source: Path | None = None) -> int:
    """How many rows and files a backup (or the restore of `source`) will move, for a bar."""
    if source is not None:
        document = _manifest(source)
        rows = sum(int(entry["rows"]) for entry in document["tables"].values())
        return rows + int(document["files"])
    session = reading()
    counts = [session.scalar(select(func.count()).select_from(table)) or 0 for table in _tables()]
    attachments = session.scalar(select(func.count()).select_from(Attachment)) or 0
    letters = sum(
        session.scalar(select(func.count()).select_from(table).where(table.pdf_key != "")) or 0
        for table in (CaseLetter, RefusalNotice)
    )
    return sum(counts) + attachments + 2 * letters


def _tables() -> list[Table]:
    return [table for table in METADATA.sorted_tables if table.name not in LEFT_OUT]


class _one_moment:  # noqa: N801 - reads like the function it stands for
    """A connection all of whose reads see the same moment, however long they take."""

    def __enter__(self) -> Connection:
        """Open it; SQLite gives one moment to any transaction, PostgreSQL has to be asked."""
        engine = reading().get_bind().engine
        self._connection = engine.connect()
        if engine.dialect.name == "postgresql":
            self._connection = self._connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        return self._connection

    def __exit__(self, *_: object) -> None:
        """Give it back."""
        self._connection.close()


def _write_table(connection: Connection, table: Table, folder: Path, tell: Tell) -> dict[str, Any]:
    columns = list(table.columns)
    rows, digest = 0, hashlib.sha256()
    query = select(table).order_by(*table.primary_key.columns)
    result = connection.execution_options(yield_per=CHUNK).execute(query)
    with _new_file(folder / TABLES_FOLDER / f"{table.name}.jsonl") as file:
        for part in result.partitions():
            for row in part:
                values = [_plain(value) for value in row]
                line = json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"
                written = line.encode()
                file.write(written)
                digest.update(written)
            rows += len(part)
            tell(len(part))
    return {
        "rows": rows,
        "sha256": digest.hexdigest(),
        "columns": [column.name for column in columns],
    }


def _plain(value: Any) -> Any:
    """A value as JSON keeps it; the column says how it is read again."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, date | time):
        return value.isoformat()
    return value


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    stored = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    kind = stored.python_type
    if issubclass(kind, Enum):
        return kind
    if issubclass(kind, bytes):
        return base64.b64decode
    for moment in (datetime, date, time):  # in this order: a datetime is a date too
        if issubclass(kind, moment):
            return moment.fromisoformat
    return lambda value: value


def _copy_files(folder: Path, files: FileStore, tell: Tell) -> int:
    """Copy what the copied rows speak of; neither papers nor issued letters are ever removed."""
    copied = 0
    for key in _stored_keys(folder):
        try:
            files.copy_out(key, folder / FILES_FOLDER / key)
        except FileMissing:
            continue  # lost before: `verify` says so, here and after a restore
        copied += 1
        tell(1)
    return copied


def _stored_keys(folder: Path) -> Iterator[str]:
    """The keys of all files that the rows of a copy speak of."""
    for name, columns in KEPT_IN_STORE.items():
        names = [column.name for column in METADATA.tables[name].columns]
        places = [names.index(column) for column in columns]
        with (folder / TABLES_FOLDER / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield from (row[place] for place in places if row[place])


def _manifest(source: Path) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BackupProblem("not_a_backup") from None
    if document.get("format") != FORMAT:
        raise BackupProblem("backup_of_other_format")
    return document


def _check_whole(source: Path, document: dict[str, Any]) -> None:
    known = {table.name: table for table in _tables()}
    for name, entry in document["tables"].items():
        table = known.get(name)
        if table is None or entry["columns"] != [column.name for column in table.columns]:
            raise BackupProblem("backup_of_other_release", table=name)
        try:
            with (source / TABLES_FOLDER / f"{name}.jsonl").open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            raise BackupProblem("backup_incomplete", table=name) from None
        if digest != entry["sha256"]:
            raise BackupProblem("backup_damaged", table=name)
    stored = sum(1 for _ in (source / FILES_FOLDER).iterdir())
    if stored != document["files"] or not (source / KEYS_FOLDER).is_dir():
        raise BackupProblem("backup_incomplete")


def _refuse_used(session: Session) -> None:
    for table in _tables():
        if table.name in MADE_BY_INIT:
            continue
        if session.execute(select(table).limit(1)).first() is not None:
            raise BackupProblem("installation_not_empty")
    facts = METADATA.tables["installation"]
    purpose = session.execute(select(facts.c.value).where(facts.c.key == "purpose")).first()
    if purpose is not None:
        raise BackupProblem("installation_not_empty")


def _own_links(table: Table) -> list[str]:
    """Columns that point to another row of the same table, which may come later in the file."""
    return [key.parent.name for key in table.foreign_keys if key.column.table is table]


def _read_table(session: Session, table: Table, source: Path, tell: Tell) -> list[dict[str, Any]]:
    """Insert the rows of one table; returns the links between them that are still to be set."""
    columns = [(column.name, _reader(column)) for column in table.columns]
    links, key = _own_links(table), [column.name for column in table.primary_key.columns]
    later: list[dict[str, Any]] = []
    for lines in _chunks(source / TABLES_FOLDER / f"{table.name}.jsonl"):
        rows = [
            {
                name: None if value is None else read(value)
                for (name, read), value in zip(columns, json.loads(line), strict=True)
            }
            for line in lines
        ]
        if links:
            for row in rows:
                held = {name: row[name] for name in links if row[name] is not None}
                if held:
                    later.append({name: row[name] for name in key} | dict.fromkeys(links) | held)
                row.update(dict.fromkeys(links))
        session.execute(insert(table), rows)
        tell(len(rows))
    return later


def _link_rows(session: Session, table: Table, later: list[dict[str, Any]]) -> None:
    if not later:
        return
    connection = session.connection()
    (key,) = table.primary_key.columns
    for row in later:
        values = {name: value for name, value in row.items() if name != key.name}
        connection.execute(update(table).where(key == row[key.name]).values(values))


def _chunks(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as file:
        chunk: list[str] = []
        for line in file:
            chunk.append(line)
            if len(chunk) == CHUNK:
                yield chunk
                chunk = []
        if chunk:
            yield chunk


def _reset_sequences(session: Session, tables: list[Table]) -> None:
    """Let PostgreSQL go on counting behind the highest id; SQLite does so by itself."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        keys = list(table.primary_key.columns)
        if len(keys) != 1 or not isinstance(keys[0].type, Integer) or keys[0].foreign_keys:
            continue
        highest = session.scalar(select(func.max(keys[0])))
        if highest:
            session.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, :column), :highest)"),
                {"name": table.name, "column": keys[0].name, "highest": highest},
            )


def _take_keys(source: Path, instance: Path) -> None:
    folder = instance / KEYS_FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in sorted((source / KEYS_FOLDER).iterdir()):
        fresh = folder / f".{path.name}.restored"
        with _new_file(fresh) as file:
            file.write(path.read_bytes())
        fresh.replace(folder / path.name)


def _new_file(path: Path) -> Any:
    """A file that only its owner can read, from its first byte on."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _write_text(path: Path, content: str) -> None:
    with _new_file(path) as file:
        file.write(content.encode())
        file.flush()
        os.fsync(file.fileno())
