"""The working calendar as rows: shipped with the product, imported, or set by an administrator."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.calendar import CalendarDay as Day
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.law.days import shipped_days
from citizenfeedback.domain.text import clean
from citizenfeedback.domain.vocabulary import Action, AuditAction, DayOrigin
from citizenfeedback.models.calendar import CalendarDay
from citizenfeedback.models.installation import InstallationFact
from citizenfeedback.queries.calendar import CALENDAR_VERSION
from citizenfeedback.services.chronicle import append_entry
from citizenfeedback.services.transaction import transaction


class Linker(Protocol):
    """Makes the keyed hash of a link (`gateways.keys.Keys`)."""

    def link(self, purpose: str, text: str) -> str:
        """Keyed hash of `text` for `purpose`."""
        ...


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


def set_day(actor: Actor, day: Day, *, keys: Linker, now: datetime) -> None:
    """Put a day into the calendar in place of what stands on its date; no import replaces it."""
    _refuse_stranger(actor)
    name = clean(day.name)
    if not name:
        raise RuleBroken("name_missing")
    with transaction() as session:
        session.merge(
            _row(Day(day.date, day.kind, name, clean(day.name_en), clean(day.basis)), DayOrigin.SET)
        )
        _note_change(session)
        _record(session, keys, actor, now, {"set": day.date.isoformat(), "kind": day.kind.value})


def remove_day(actor: Actor, on: date, *, keys: Linker, now: datetime) -> None:
    """Take a day out of the calendar: it is an ordinary weekday or weekend day again."""
    _refuse_stranger(actor)
    with transaction() as session:
        row = session.get(CalendarDay, on)
        if row is None:
            raise NotFound("calendar_day")
        session.delete(row)
        _note_change(session)
        _record(session, keys, actor, now, {"removed": on.isoformat()})


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


def _note_change(session: Session) -> None:
    """Give the calendar a new version, so that every process reads it afresh."""
    session.merge(InstallationFact(key=CALENDAR_VERSION, value=secrets.token_hex(8)))


def _record(
    session: Session, keys: Linker, actor: Actor, now: datetime, details: dict[str, object]
) -> None:
    append_entry(session, keys, actor, AuditAction.CALENDAR_CHANGED, now=now, details=details)


def _refuse_stranger(actor: Actor) -> None:
    if scope_of(actor, Action.MANAGE_CALENDAR).nothing:
        raise NotFound("calendar_day")
