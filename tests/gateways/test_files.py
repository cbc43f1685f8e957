"""Stored files."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.gateways.files import (
    FILES_FOLDER,
    FileMissing,
    FileStore,
    MemoryFiles,
    file_store,
)
from citizenfeedback.gateways.keys import CannotUnseal, Keys, random_keys


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path, keys: Keys) -> FileStore:
    """Both kinds of store."""
    if request.param == "memory":
        return MemoryFiles(keys)
    return file_store(tmp_path, keys, most_bytes=1_000_000)


def test_a_file_comes_back_as_it_was_given(store: FileStore, tmp_path: Path) -> None:
    for sealed in (False, True):
        place = store.put(b"noi dung", sealed=sealed)
        assert store.read(place.key, sealed=sealed) == b"noi dung"
        assert place.size == 8
        assert store.digest(place.key) == place.digest
        store.copy_out(place.key, tmp_path / "out")
        store.delete(place.key)
        store.delete(place.key)
        for act in (store.read, store.digest):
            with pytest.raises(FileMissing):
                act(place.key)
        store.copy_in(place.key, tmp_path / "out")
        assert store.read(place.key, sealed=sealed) == b"noi dung"
        assert place.key in set(store.keys())


def test_equal_files_lie_under_different_keys(store: FileStore) -> None:
    assert store.put(b"x").key != store.put(b"x").key


def test_what_is_sealed_lies_encrypted_and_only_for_its_owner(tmp_path: Path, keys: Keys) -> None:
    store = file_store(tmp_path, keys, most_bytes=100)
    place = store.put("Vũ Thị Kín".encode(), sealed=True)
    (lying,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert "Kín".encode() not in lying.read_bytes()
    assert hashlib.sha256(lying.read_bytes()).hexdigest() == place.digest
    assert lying.stat().st_mode & 0o077 == 0
    assert lying.relative_to(tmp_path).parts[:3] == ("files", place.key[:2], place.key[2:4])
    with pytest.raises(CannotUnseal):
        file_store(tmp_path, random_keys(), most_bytes=100).read(place.key, sealed=True)


def test_a_file_over_the_limit_is_refused(tmp_path: Path, keys: Keys) -> None:
    with pytest.raises(RuleBroken, match="file_too_large"):
        file_store(tmp_path, keys, most_bytes=10).put(b"12345678901")
    assert not list(tmp_path.rglob("*"))


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "a" * 39, "A" * 40, "a" * 40 + "/x"])
def test_a_key_leads_nowhere_else(tmp_path: Path, keys: Keys, key: str) -> None:
    with pytest.raises(FileMissing):
        file_store(tmp_path, keys, most_bytes=10).read(key)


def test_what_has_lain_there_for_long_is_told_from_what_is_new(tmp_path: Path, keys: Keys) -> None:
    store = file_store(tmp_path, keys, most_bytes=1_000)
    old, new = store.put(b"cu").key, store.put(b"moi").key
    folder = tmp_path / FILES_FOLDER
    begun = [folder / old[:2] / old[2:4] / ".begun", folder / new[:2] / new[2:4] / ".at-work"]
    for path in begun:
        path.write_bytes(b"nua chung")
    for path in (folder / old[:2] / old[2:4] / old, begun[0]):
        os.utime(path, (0, 0))
    before = datetime(2000, 1, 1, tzinfo=UTC)
    assert list(store.settled(before)) == [old]
    assert store.clear_unfinished(before) == 1
    assert [path.exists() for path in begun] == [False, True]
    assert set(store.keys()) == {old, new}
