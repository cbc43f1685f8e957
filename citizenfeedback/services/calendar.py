"""The working calendar as rows: shipped with the product, imported, or set by an administrator.

A change is looked at before it is made, and then counts every running clock anew in the same
transaction (`services/recounting.py`). What has been answered keeps its date.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.calendar import CalendarDay as Day
from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.law.days import shipped_days
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.text import clean
from citizenfeedback.domain.vocabulary import Action, AuditAction, DayOrigin
from citizenfeedback.models.calendar import CalendarDay
from citizenfeedback.models.installation import InstallationFact
from citizenfeedback.queries.calendar import CALENDAR_VERSION, work_calendar
from citizenfeedback.services.chronicle import append_entry
from citizenfeedback.services.recounting import (
    DayChange,
    Move,
    Recount,
    hold,
    prepare,
    write,
)
from citizenfeedback.services.transaction import reading, transaction

TRIES = 3
AUDITED = 100
"""Days that one entry of the audit names."""


def seed_shipped() -> int:
    """Fill an empty calendar with the days that ship with the product; returns how many.

    A calendar that holds any row is left alone, so that no correction is ever undone.
    """
    with transaction() as session:
        if session.scalar(select(func.count()).select_from(CalendarDay)):
            return 0
        days = shipped_days()
        session.add_all(_row(day, DayOrigin.SHIPPED) for day in days)
        _note_change(session)
        return len(days)


@dataclass(frozen=True, slots=True)
class Preview:
    """What changes of the calendar would move, and the token by which they are then confirmed."""

    changes: tuple[DayChange, ...]
    moves: tuple[Move, ...]
    cases: int
    token: str


def preview_change(actor: Actor, changes: Iterable[DayChange], *, policy: Policy) -> Preview:
    """Look at what these changes would move; nothing is written."""
    _refuse_stranger(actor)
    ready, recount = _prepared(changes, policy)
    return Preview(ready, _in_order(recount), len(recount.cases), recount.token(ready))


def change_calendar(
    actor: Actor,
    changes: Iterable[DayChange],
    *,
    keys: Keys,
    policy: Policy,
    now: datetime,
    token: str | None = None,
) -> Preview:
    """Change days of the calendar and count every running clock anew; returns what has moved.

    With a `token` of a preview, refuses with `RuleBroken("preview_outdated")` when the change
    would by now move something else. Raises `ChangedMeanwhile` when clocks kept changing.
    """
    _refuse_stranger(actor)
    for _ in range(TRIES):
        ready, recount = _prepared(changes, policy)
        if token is not None and token != recount.token(ready):
            raise RuleBroken("preview_outdated")
        try:
            with transaction() as session:
                hold(session, recount)
                occasion = _write_days(session, ready)
                write(session, keys, actor, recount, occasion=occasion, now=now)
                _record(session, keys, actor, now, _told(ready, recount))
        except ChangedMeanwhile:
            continue
        break
    else:
        raise ChangedMeanwhile
    return Preview(ready, _in_order(recount), len(recount.cases), "")


def _in_order(recount: Recount) -> tuple[Move, ...]:
    return tuple(sorted(recount.moves, key=lambda move: (move.before, move.number, move.clock)))


def set_day(
    actor: Actor, day: Day, *, keys: Keys, now: datetime, policy: Policy | None = None
) -> Preview:
    """Put a day into the calendar in place of what stands on its date; no import replaces it."""
    changes = [DayChange(day.date, day)]
    return change_calendar(actor, changes, keys=keys, policy=policy or Policy(), now=now)


def remove_day(
    actor: Actor, on: date, *, keys: Keys, now: datetime, policy: Policy | None = None
) -> Preview:
    """Take a day out of the calendar: it is an ordinary weekday or weekend day again."""
    changes = [DayChange(on, None)]
    return change_calendar(actor, changes, keys=keys, policy=policy or Policy(), now=now)


def _prepared(
    changes: Iterable[DayChange], policy: Policy
) -> tuple[tuple[DayChange, ...], Recount]:
    """The changes, cleaned, and what they do."""
    before = work_calendar()
    ready = []
    for change in changes:
        day = None if change.day is None else _clean(change.day)
        if day is None and before.entry(change.on) is None:
            raise NotFound("calendar_day")
        ready.append(DayChange(change.on, day))
    return tuple(ready), prepare(reading(), before, ready, policy)


def _clean(day: Day) -> Day:
    name = clean(day.name)
    if not name:
        raise RuleBroken("name_missing")
    return replace(day, name=name, name_en=clean(day.name_en), basis=clean(day.basis))


def _write_days(session: Session, changes: Iterable[DayChange]) -> str:
    """Put the days into the table; returns the new version of the calendar."""
    for change in changes:
        if change.day is not None:
            session.merge(_row(change.day, DayOrigin.SET))
        elif (row := session.get(CalendarDay, change.on)) is not None:
            session.delete(row)
    return _note_change(session)


def _told(changes: Sequence[DayChange], recount: Recount) -> dict[str, object]:
    """What the audit keeps of a change."""
    moved = {"moved": len(recount.cases)}
    if len(changes) > 1:
        return {"days": [change.on.isoformat() for change in changes[:AUDITED]], **moved}
    change = changes[0]
    if change.day is None:
        return {"removed": change.on.isoformat(), **moved}
    return {"set": change.on.isoformat(), "kind": change.day.kind.value, **moved}


def _row(day: Day, origin: DayOrigin) -> CalendarDay:
    return CalendarDay(
        date=day.date,
        kind=day.kind,
        name=day.name,
        name_en=day.name_en,
        basis=day.basis,
        decreed=day.decreed,
        counts=day.counts,
        origin=origin,
    )


def _note_change(session: Session) -> str:
    """Give the calendar a new version, so that every process reads it afresh."""
    version = secrets.token_hex(8)
    session.merge(InstallationFact(key=CALENDAR_VERSION, value=version))
    return version


def _record(
    session: Session, keys: Keys, actor: Actor, now: datetime, details: dict[str, object]
) -> None:
    append_entry(session, keys, actor, AuditAction.CALENDAR_CHANGED, now=now, details=details)


def _refuse_stranger(actor: Actor) -> None:
    if scope_of(actor, Action.MANAGE_CALENDAR).nothing:
        raise NotFound("calendar_day")
