"""A year of an office's records: unpacked, imported, and the figures it must give."""

from __future__ import annotations

import json
import tarfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.records import RecordKind
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.services.importing import ImportResult, import_records

ARCHIVE = Path(__file__).parent / "data" / "year-2019.tar.xz"
NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@cache
def unpacked(folder: Path) -> Path:
    """The files of the year, unpacked under `folder`."""
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    return folder / "year-2019"


def expected(folder: Path) -> list[dict[str, Any]]:
    """The monthly reports that the year must give, computed independently from its rows."""
    documents: list[dict[str, Any]] = json.loads((folder / "expected.json").read_text())
    return documents


def import_file(kind: RecordKind, *files: Path, keys: Keys, dry_run: bool = False) -> ImportResult:
    """Import files as the command does."""
    return import_records(SYSTEM, kind, files, keys=keys, policy=Policy(), now=NOW, dry_run=dry_run)


def import_year(folder: Path, keys: Keys) -> dict[RecordKind, ImportResult]:
    """Import every file of the year, in an order in which each finds what it points to."""
    return {kind: import_file(kind, folder / f"{kind}.csv", keys=keys) for kind in RecordKind}
