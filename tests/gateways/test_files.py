"""Stored files."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.gateways.files import FileMissing, FileStore, MemoryFiles, file_store
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
