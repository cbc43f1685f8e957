"""Passwords: hashed with Argon2, compared in constant time, never stored, never logged.

Hashing takes tens of milliseconds on purpose, so it is never done inside a transaction.
"""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Passwords(Protocol):
    """Makes and checks password hashes."""

    def hash(self, password: str) -> str:
        """Return the hash under which `password` is kept."""
        ...

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether `password` made the hash; as slow for an account that does not exist."""
        ...

    def outdated(self, kept: str) -> bool:
        """Whether the hash was made with weaker settings than today's."""
        ...


class Argon2Passwords:
    """Argon2id with 2 passes over 19 MiB in one lane: about 40 ms, cheap for eight at once."""

    def __init__(self, *, passes: int = 2, kibibytes: int = 19 * 1024) -> None:
        """Hash with these costs; the defaults are for everything but tests."""
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=kibibytes, parallelism=1)

    def hash(self, password: str) -> str:
        """Return the hash under which `password` is kept."""
        return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether `password` made the hash; as slow for an account that does not exist."""
        try:
            self._hasher.verify(kept or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None

    def outdated(self, kept: str) -> bool:
        """Whether the hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("nobody has this password")


def quick_passwords() -> Argon2Passwords:
    """The same with the least cost Argon2 allows; for tests and for making demonstrations."""
    return Argon2Passwords(passes=1, kibibytes=8)
