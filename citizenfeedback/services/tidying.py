"""Removes stored files that no row speaks of: what a power cut left between the two writes.

Bytes are put down before the transaction that names them, and removed after the one that forgets
them: a crash in between leaves a file behind, never a row without its file (`verify` looks for
those).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import select, union_all

from citizenfeedback.gateways.files import FileStore
from citizenfeedback.models.attachments import DraftFile
from citizenfeedback.services.backup import KEPT_IN_STORE, METADATA
from citizenfeedback.services.transaction import reading

SAFE_AGE = timedelta(days=1)
"""Nothing younger is touched: the act, or the restore, that will name it may still be at work."""

CHUNK = 500

STORE_COLUMNS: dict[str, tuple[str, ...]] = KEPT_IN_STORE | {
    DraftFile.__tablename__: (DraftFile.storage_key.key,)
}
"""All columns that name a file of the store, those of drafts among them."""


def remove_stray_files(files: FileStore, *, now: datetime) -> int:
    """Remove the files, older than a day, that nothing names; how many they were."""
    before = now - SAFE_AGE
    removed = files.clear_unfinished(before)
    settled = files.settled(before)
    while keys := tuple(islice(settled, CHUNK)):
        for key in sorted(set(keys) - _named(keys)):
            files.delete(key)
            removed += 1
    return removed


def _named(keys: Sequence[str]) -> set[str]:
    """Those of the keys that a row speaks of, asked in one statement.

    Within one statement nothing moves: a key that goes from a draft to a case is seen in one place.
    """
    columns: list[Any] = [
        METADATA.tables[table].c[column]
        for table, names in STORE_COLUMNS.items()
        for column in names
    ]
    asked = union_all(*(select(column).where(column.in_(keys)) for column in columns))
    return set(reading().scalars(asked))
