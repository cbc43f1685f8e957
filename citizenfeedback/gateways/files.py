"""Stored papers and pictures: bytes under a random key, outside the database and the web root.

A name tells nothing about its content. What is sealed is encrypted before it touches the disk. The
digest is of the bytes as they lie there, so that a copy can be checked without opening any seal.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from citizenfeedback.domain.errors import RuleBroken

FILES_FOLDER = "files"
_KEY = re.compile(r"[0-9a-f]{40}")
_UNFINISHED = "."
"""What the name of a file begins with until it is whole."""


class FileMissing(Exception):
    """No file lies under this key."""


@dataclass(frozen=True)
class StoredFile:
    """Where a file was put: its key, the digest of what lies there, and the size it was given."""

    key: str
    digest: str
    size: int


class ByteSealer(Protocol):
    """Encrypts bytes (`gateways.keys.Keys`)."""

    def seal(self, text: str | bytes) -> bytes:
        """Encrypt."""
        ...

    def unseal_bytes(self, sealed: bytes) -> bytes:
        """Decrypt."""
        ...


class FileStore(Protocol):
    """Keeps the bytes of attachments."""

    def put(self, content: bytes, *, sealed: bool = False) -> StoredFile:
        """Keep `content`, encrypted if `sealed`; on disk for good when this returns."""
        ...

    def read(self, key: str, *, sealed: bool = False) -> bytes:
        """Return the content as it was given; `FileMissing` when there is none."""
        ...

    def delete(self, key: str) -> None:
        """Remove a file; one that is not there is no error."""
        ...

    def digest(self, key: str) -> str:
        """Digest of the bytes as they lie; `FileMissing` when there are none."""
        ...

    def keys(self) -> Iterator[str]:
        """All keys in use."""
        ...

    def settled(self, before: datetime) -> Iterator[str]:
        """Keys of the files that have lain there since before a moment."""
        ...

    def clear_unfinished(self, before: datetime) -> int:
        """Remove what was begun before a moment and never became a file; how much it was."""
        ...

    def copy_out(self, key: str, target: Path) -> None:
        """Copy the bytes as they lie to `target`."""
        ...

    def copy_in(self, key: str, source: Path) -> None:
        """Put back under `key` what `copy_out` copied."""
        ...


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _new_key() -> str:
    return secrets.token_hex(20)


class FolderFiles:
    """Files in two levels of folders; each is written beside its place, synced and moved in."""

    def __init__(self, folder: Path, sealer: ByteSealer, *, most_bytes: int) -> None:
        """Keep files under `folder`, none larger than `most_bytes`."""
        self._folder = folder
        self._sealer = sealer
        self._most = most_bytes

    def put(self, content: bytes, *, sealed: bool = False) -> StoredFile:
        """Keep `content`, encrypted if `sealed`; on disk for good when this returns."""
        if len(content) > self._most:
            raise RuleBroken("file_too_large", megabytes=self._most // 1_000_000)
        lying = self._sealer.seal(content) if sealed else content
        key = _new_key()
        self._write(key, lying)
        return StoredFile(key, _digest(lying), len(content))

    def read(self, key: str, *, sealed: bool = False) -> bytes:
        """Return the content as it was given; `FileMissing` when there is none."""
        lying = self._lying(key)
        return self._sealer.unseal_bytes(lying) if sealed else lying

    def delete(self, key: str) -> None:
        """Remove a file; one that is not there is no error."""
        self._path(key).unlink(missing_ok=True)

    def digest(self, key: str) -> str:
        """Digest of the bytes as they lie; `FileMissing` when there are none."""
        return _digest(self._lying(key))

    def keys(self) -> Iterator[str]:
        """All keys in use."""
        if self._folder.is_dir():
            for path in sorted(self._folder.glob("??/??/*")):
                if _KEY.fullmatch(path.name):
                    yield path.name

    def settled(self, before: datetime) -> Iterator[str]:
        """Keys of the files that have lain there since before a moment."""
        for path in self._older(before):
            if _KEY.fullmatch(path.name):
                yield path.name

    def clear_unfinished(self, before: datetime) -> int:
        """Remove what was begun before a moment and never became a file; how much it was."""
        begun = [path for path in self._older(before) if path.name.startswith(_UNFINISHED)]
        for path in begun:
            path.unlink(missing_ok=True)
        return len(begun)

    def _older(self, before: datetime) -> Iterator[Path]:
        """The files written before a moment, a folder at a time; the file system says when."""
        for folder in self._folder.glob("??/??"):
            for path in folder.iterdir():
                try:
                    written = path.stat().st_mtime
                except FileNotFoundError:
                    continue  # removed meanwhile
                if written < before.timestamp():
                    yield path

    def copy_out(self, key: str, target: Path) -> None:
        """Copy the bytes as they lie to `target`."""
        _write_safely(target, self._lying(key))

    def copy_in(self, key: str, source: Path) -> None:
        """Put back under `key` what `copy_out` copied."""
        self._write(key, source.read_bytes())

    def _lying(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise FileMissing(key) from None

    def _write(self, key: str, lying: bytes) -> None:
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_safely(path, lying)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise FileMissing(key)
        return self._folder / key[:2] / key[2:4] / key


def _write_safely(path: Path, content: bytes) -> None:
    """Write so that after a crash the file is whole or not there."""
    descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(fresh).replace(path)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@dataclass
class MemoryFiles:
    """Keeps files in memory; for tests that do not look at the disk."""

    sealer: ByteSealer
    lying: dict[str, bytes] = field(default_factory=dict)
    written: dict[str, datetime] = field(default_factory=dict)
    """When a file was written, where a test says so; else long ago."""

    def put(self, content: bytes, *, sealed: bool = False) -> StoredFile:
        """Keep `content`, encrypted if `sealed`."""
        key = _new_key()
        self.lying[key] = self.sealer.seal(content) if sealed else content
        return StoredFile(key, _digest(self.lying[key]), len(content))

    def read(self, key: str, *, sealed: bool = False) -> bytes:
        """Return the content as it was given."""
        lying = self._lying(key)
        return self.sealer.unseal_bytes(lying) if sealed else lying

    def delete(self, key: str) -> None:
        """Forget a file."""
        self.lying.pop(key, None)

    def digest(self, key: str) -> str:
        """Digest of the bytes as they lie."""
        return _digest(self._lying(key))

    def keys(self) -> Iterator[str]:
        """All keys in use."""
        yield from sorted(self.lying)

    def settled(self, before: datetime) -> Iterator[str]:
        """Keys of the files that have lain there since before a moment."""
        yield from [
            key for key in self.lying if key not in self.written or self.written[key] < before
        ]

    def clear_unfinished(self, before: datetime) -> int:
        """Nothing is half written in memory."""
        del before
        return 0

    def copy_out(self, key: str, target: Path) -> None:
        """Copy the bytes as they lie to `target`."""
        target.write_bytes(self._lying(key))

    def copy_in(self, key: str, source: Path) -> None:
        """Put back under `key` what `copy_out` copied."""
        self.lying[key] = source.read_bytes()

    def _lying(self, key: str) -> bytes:
        if key not in self.lying:
            raise FileMissing(key)
        return self.lying[key]


def file_store(instance: Path, sealer: ByteSealer, *, most_bytes: int) -> FolderFiles:
    """The store of the installation at `instance`."""
    return FolderFiles(instance / FILES_FOLDER, sealer, most_bytes=most_bytes)
