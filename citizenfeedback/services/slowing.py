"""Slowing down whoever keeps guessing: counted in the database, so a restart forgets nothing.

A step shared by signing in and by opening a case with its code. Each key is a keyed hash of what
is counted (an account, a device, a place); a key past its free tries waits, twice as long each time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from citizenfeedback.models.accounts import SignInFailure
from citizenfeedback.services.transaction import transaction

FIRST_WAIT = timedelta(minutes=1)
FORGOTTEN_AFTER = timedelta(hours=24)
MOST_DOUBLINGS = 10


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a key may fail before it waits, and the longest wait."""

    tries: int
    longest: timedelta


def minutes_to_wait(session: Session, keys: tuple[str, ...], now: datetime) -> int:
    """For how many minutes, rounded up, one of the keys must still wait; 0 for none."""
    until = session.scalar(
        select(func.max(SignInFailure.locked_until)).where(SignInFailure.key.in_(keys))
    )
    if until is None or until <= now:
        return 0
    return max(1, -int(-(until - now).total_seconds() // 60))


def note_failure(
    session: Session, limits: Mapping[str, Patience], now: datetime
) -> Mapping[str, int]:
    """Count one failure for each key; how often those failed that must wait from now on."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if on_postgresql else sqlite.insert
    waiting = {}
    for key in sorted(limits):
        session.execute(
            insert(SignInFailure)
            .values(key=key, failures=0, first_at=now)
            .on_conflict_do_nothing(index_elements=["key"])
        )
        row = session.get_one(SignInFailure, key, with_for_update=True)
        if row.first_at < now - FORGOTTEN_AFTER and (row.locked_until or now) <= now:
            row.failures, row.first_at, row.locked_until = 0, now, None
        row.failures += 1
        if row.failures >= limits[key].tries:
            doublings = min(row.failures - limits[key].tries, MOST_DOUBLINGS)
            row.locked_until = now + min(FIRST_WAIT * 2**doublings, limits[key].longest)
            waiting[key] = row.failures
    return waiting


def forget_key(session: Session, key: str) -> None:
    """Begin anew for a key that got it right."""
    session.execute(delete(SignInFailure).where(SignInFailure.key == key))


def forget_failures(*, now: datetime) -> int:
    """Drop counts of failures that no longer matter; returns how many."""
    with transaction() as session:
        gone = session.scalars(
            delete(SignInFailure)
            .where(
                SignInFailure.first_at < now - FORGOTTEN_AFTER,
                SignInFailure.locked_until.is_(None) | (SignInFailure.locked_until < now),
            )
            .returning(SignInFailure.key)
        )
        return len(gone.all())
