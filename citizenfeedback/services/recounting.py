"""What a change of the calendar does to the clocks that run: found beforehand, written in batches.

Shared steps of changing the calendar by hand and of importing it. Everything is counted before the
writing transaction begins; inside it is only checked that nothing has changed meanwhile. A clock
that has stopped keeps its date: nothing already answered changes its verdict.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, func, select, tuple_, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.calendar import CalendarDay as Day
from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.chain import START, event_link
from citizenfeedback.domain.clocks import ClockEntry, newest_run
from citizenfeedback.domain.errors import ChangedMeanwhile
from citizenfeedback.domain.explanations import Roll
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import (
    CaseKind,
    ClockEffect,
    ClockKind,
    EventKind,
    LedgerAct,
    MailKind,
    State,
)
from citizenfeedback.gateways.clock import local_date
from citizenfeedback.models.accounts import User
from citizenfeedback.models.cases import Case, CaseClock, NoticeContact
from citizenfeedback.models.clocks import ClockEntry as Entry
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.services.chronicle import author_of
from citizenfeedback.services.clocks import Counts, Deed, held_calendar, ledger_row
from citizenfeedback.services.importing_plans import Rows, batch, write_batch
from citizenfeedback.services.post import queue_mail
from citizenfeedback.services.rows import table_of

CHUNK = 500
MOST_TOLD = 50
"""Cases that one mail names; of more it gives the number."""
_BASIS_LENGTH = 250


@dataclass(frozen=True, slots=True)
class DayChange:
    """One date of the calendar: what will stand there, or None for an ordinary day."""

    on: date
    day: Day | None


@dataclass(frozen=True, slots=True)
class Move:
    """One running clock whose date a change of the calendar moves."""

    clock_id: int
    case_id: int
    number: str
    kind: CaseKind
    state: State
    assignee_id: int | None
    language: str
    clock: ClockKind
    before: date
    after: date
    explanation: str


@dataclass(frozen=True, slots=True)
class Recount:
    """What a change would do: the clocks that move, those only explained anew, and their stand.

    `stand` tells every clock that the change can touch, as it was when this was counted, and
    `before` the calendar that the change was made to.
    """

    before: WorkCalendar
    dates: tuple[date, ...]
    basis: str
    moves: tuple[Move, ...]
    explained: tuple[tuple[int, str], ...]
    stand: str

    @property
    def cases(self) -> dict[int, list[Move]]:
        """The moves by case, the term that ended first before the others."""
        found: dict[int, list[Move]] = {}
        for move in sorted(self.moves, key=lambda move: (move.before, move.clock_id)):
            found.setdefault(move.case_id, []).append(move)
        return found

    def token(self, changes: Sequence[DayChange]) -> str:
        """Tells this preview apart from every other: the days, and what they move."""
        told = [
            [(change.on.isoformat(), repr(change.day)) for change in changes],
            sorted(
                (move.number, move.clock, move.before.isoformat(), move.after.isoformat())
                for move in self.moves
            ),
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def calendar_with(before: WorkCalendar, changes: Iterable[DayChange]) -> WorkCalendar:
    """The calendar as it is after the changes."""
    changed = {change.on: change.day for change in changes}
    kept = [day for day in before.days if day.date not in changed]
    return WorkCalendar((*kept, *(day for day in changed.values() if day is not None)))


def prepare(
    session: Session,
    before: WorkCalendar,
    changes: Sequence[DayChange],
    policy: Policy,
) -> Recount:
    """Count anew every running clock that spans one of the dates to change in this calendar."""
    dates = tuple(sorted(change.on for change in changes))
    counts = Counts(calendar_with(before, changes), Roll(policy.denunciation_roll))
    moves, explained = [], []
    seen = hashlib.sha256()
    for row, entries, last in _touched(session, dates):
        seen.update(_stands(row.id, row.due_on, last))
        if not any(entries[0].on < day <= row.due_on for day in dates):
            continue
        found = counts.explained(entries)
        if found is None:
            continue
        explanation, kept = found
        if explanation.due == row.due_on:
            explained.append((row.id, kept))
            continue
        moves.append(
            Move(
                clock_id=row.id,
                case_id=row.case_id,
                number=row.number,
                kind=row.kind,
                state=row.state,
                assignee_id=row.assignee_id,
                language=row.language,
                clock=row.clock,
                before=row.due_on,
                after=explanation.due,
                explanation=kept,
            )
        )
    return Recount(before, dates, _basis(changes), tuple(moves), tuple(explained), seen.hexdigest())


def _basis(changes: Iterable[DayChange]) -> str:
    """The notices behind the changed days."""
    named = dict.fromkeys(change.day.basis for change in changes if change.day is not None)
    return "; ".join(name for name in named if name)[:_BASIS_LENGTH]


def _stands(clock_id: int, due_on: date, last_entry: int) -> bytes:
    """One clock as it stands, for the sum over all."""
    return f"{clock_id}:{due_on}:{last_entry};".encode()


def _spanning(dates: Sequence[date]) -> tuple[ColumnElement[bool], ...]:
    """The clocks that run and may span one of the dates."""
    return (
        CaseClock.stopped_on.is_(None),
        CaseClock.suspended_on.is_(None),
        CaseClock.due_on >= dates[0],
        CaseClock.started_on < dates[-1],
    )


def _touched(
    session: Session, dates: Sequence[date]
) -> Iterator[tuple[Any, tuple[ClockEntry, ...], int]]:
    """The running clocks that may span a date, each with its newest run and last entry.

    A suspended clock has no date to move: it is counted on the calendar of the day it goes on.
    """
    if not dates:
        return
    rows = session.execute(
        select(
            CaseClock.id,
            CaseClock.case_id,
            CaseClock.clock,
            CaseClock.due_on,
            Case.number,
            Case.kind,
            Case.state,
            Case.assignee_id,
            Case.language,
            Entry.id.label("entry_id"),
            Entry.effect,
            Entry.on,
            Entry.rule,
            Entry.days,
        )
        .join(Case, Case.id == CaseClock.case_id)
        .join(Entry, (Entry.case_id == CaseClock.case_id) & (Entry.clock == CaseClock.clock))
        .where(*_spanning(dates))
        .order_by(CaseClock.id, Entry.id)
    )
    for _, group in groupby(rows, key=lambda row: row.id):
        told = list(group)
        entries = newest_run((row.effect, row.on, row.rule, row.days) for row in told)
        yield told[-1], entries, told[-1].entry_id


def hold(session: Session, recount: Recount) -> None:
    """Keep the calendar and all that a change of it moves as they are, until it is written.

    Cases first, then the calendar: in this order every act takes them. From here on nobody counts a
    term (`clocks.held_calendar`) until the change is over. Raises `ChangedMeanwhile` when the
    calendar was changed, or a clock that the change can touch was started, moved or stopped.
    """
    for ids in _chunks(sorted(recount.cases)):
        locked = select(Case.id).where(Case.id.in_(ids)).order_by(Case.id).with_for_update()
        session.execute(locked).all()
    if held_calendar(session, to_change=True).days != recount.before.days:
        raise ChangedMeanwhile
    _refuse_stale(session, recount)


def write(
    session: Session,
    keys: Keys,
    actor: Actor,
    recount: Recount,
    *,
    occasion: str,
    now: datetime,
) -> None:
    """Write the new dates, why they moved, and who must know; all that is held (`hold`).

    `occasion` names this change once and for all, so that nobody is told twice.
    """
    cases = recount.cases
    _write_clocks(
        session,
        recount,
        Deed(LedgerAct.CALENDAR_CHANGE, now, actor.user_id, recount.basis),
        on=local_date(now),
    )
    _write_due(session, cases)
    events = _write_events(session, keys, actor, recount, now=now)
    _tell_officials(session, keys, cases, occasion=occasion, now=now)
    _tell_citizens(session, keys, cases, events, now=now)


def _refuse_stale(session: Session, recount: Recount) -> None:
    seen = hashlib.sha256()
    if recount.dates:
        newest = (
            select(func.max(Entry.id))
            .where(Entry.case_id == CaseClock.case_id, Entry.clock == CaseClock.clock)
            .scalar_subquery()
        )
        for clock_id, due_on, last in session.execute(
            select(CaseClock.id, CaseClock.due_on, newest)
            .where(*_spanning(recount.dates))
            .order_by(CaseClock.id)
        ):
            if last is not None:
                seen.update(_stands(clock_id, due_on, last))
    if seen.hexdigest() != recount.stand:
        raise ChangedMeanwhile


def _write_clocks(session: Session, recount: Recount, deed: Deed, *, on: date) -> None:
    """The new dates: one statement for all clocks that were counted alike."""
    moved: dict[tuple[date, str], list[int]] = {}
    for move in recount.moves:
        moved.setdefault((move.after, move.explanation), []).append(move.clock_id)
    explained: dict[str, list[int]] = {}
    for clock_id, text in recount.explained:
        explained.setdefault(text, []).append(clock_id)
    for (after, text), ids in moved.items():
        _change_clocks(session, ids, {"due_on": after, "explanation": text})
    for text, ids in explained.items():
        _change_clocks(session, ids, {"explanation": text})
    entry = ClockEntry(ClockEffect.RECOUNT, on)
    rows = [ledger_row(move.case_id, move.clock, entry, deed) for move in recount.moves]
    _write_rows(session, Entry, rows)


def _change_clocks(session: Session, clock_ids: Sequence[int], values: dict[str, object]) -> None:
    clocks = table_of(CaseClock)
    for ids in _chunks(clock_ids):
        session.execute(update(clocks).where(clocks.c.id.in_(ids)).values(values))


def _write_rows(session: Session, model: type[Any], rows: Rows) -> None:
    if rows:
        write_batch(session, batch(session.get_bind().dialect, model, rows))


def _write_due(session: Session, cases: Iterable[int]) -> None:
    """The nearest term of each case, and the date by which it must be settled."""
    case = table_of(Case)
    runs = (
        CaseClock.case_id == case.c.id,
        CaseClock.stopped_on.is_(None),
        CaseClock.suspended_on.is_(None),
    )
    nearest = (CaseClock.due_on, CaseClock.id)
    due = select(CaseClock.due_on).where(*runs).order_by(*nearest).limit(1).scalar_subquery()
    rule = select(CaseClock.rule).where(*runs).order_by(*nearest).limit(1).scalar_subquery()
    settlement = (
        select(CaseClock.due_on)
        .where(*runs, CaseClock.clock == ClockKind.SETTLEMENT)
        .order_by(CaseClock.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    for ids in _chunks(sorted(cases)):
        session.execute(
            update(case)
            .where(case.c.id.in_(ids))
            .values(
                due_on=due, due_rule=rule, settle_by=func.coalesce(settlement, case.c.settle_by)
            )
        )


def _write_events(
    session: Session, keys: Keys, actor: Actor, recount: Recount, *, now: datetime
) -> dict[int, int]:
    """One event a case, chained to its history; returns its number by case."""
    on, cases = local_date(now), recount.cases
    days = [day.isoformat() for day in recount.dates[:MOST_TOLD]]
    told: dict[int, int] = {}
    rows: list[dict[str, object]] = []
    for ids in _chunks(sorted(cases)):
        for case_id, seq, before in _last_links(session, ids):
            move = cases[case_id][0]
            details: dict[str, object] = {
                "clock": str(move.clock),
                "before": move.before.isoformat(),
                "due": move.after.isoformat(),
                "days": days,
                "basis": recount.basis,
            }
            told[case_id] = seq + 1
            rows.append(
                {
                    "case_id": case_id,
                    "seq": seq + 1,
                    "kind": EventKind.TERM_RECOMPUTED,
                    "at": now,
                    "on": on,
                    "author": author_of(actor),
                    "actor_id": actor.user_id,
                    "unit_id": actor.unit_id,
                    "state": move.state,
                    "details": details,
                    "hash": event_link(
                        keys.link,
                        before,
                        case_id=case_id,
                        seq=seq + 1,
                        kind=EventKind.TERM_RECOMPUTED,
                        at=now,
                        on=on,
                        state=move.state,
                        actor_id=actor.user_id,
                        details=details,
                    ),
                }
            )
    _write_rows(session, CaseEvent, rows)
    return told


def _last_links(session: Session, ids: Sequence[int]) -> list[tuple[int, int, str]]:
    """Number and hash of the newest event of each case."""
    newest = (
        select(CaseEvent.case_id, func.max(CaseEvent.seq))
        .where(CaseEvent.case_id.in_(ids))
        .group_by(CaseEvent.case_id)
    )
    rows = session.execute(
        select(CaseEvent.case_id, CaseEvent.seq, CaseEvent.hash).where(
            tuple_(CaseEvent.case_id, CaseEvent.seq).in_(newest)
        )
    ).all()
    known = {row.case_id: (row.seq, row.hash) for row in rows}
    return [(case_id, *known.get(case_id, (0, START))) for case_id in ids]


def _tell_officials(
    session: Session,
    keys: Keys,
    cases: Mapping[int, Sequence[Move]],
    *,
    occasion: str,
    now: datetime,
) -> None:
    """One mail to each official with the numbers and new dates of their cases."""
    by_user: dict[int, list[Move]] = {}
    for moves in cases.values():
        if moves[0].assignee_id is not None:
            by_user.setdefault(moves[0].assignee_id, []).append(moves[0])
    for ids in _chunks(sorted(by_user)):
        people = session.execute(
            select(User.id, User.email, User.language).where(User.id.in_(ids), User.active)
        ).all()
        for person in people:
            moves = sorted(by_user[person.id], key=lambda move: (move.after, move.number))
            queue_mail(
                session,
                keys,
                MailKind.STAFF_TERM_MOVED,
                occasion=f"calendar:{occasion}:{person.id}",
                address=keys.seal(person.email),
                language=person.language,
                now=now,
                user_id=person.id,
                details={
                    "moves": [[move.number, move.after.isoformat()] for move in moves[:MOST_TOLD]],
                    "more": max(len(moves) - MOST_TOLD, 0),
                },
            )


def _tell_citizens(
    session: Session,
    keys: Keys,
    cases: Mapping[int, Sequence[Move]],
    events: Mapping[int, int],
    *,
    now: datetime,
) -> None:
    """That there is news, to those who asked to hear of it; nothing else stands in the mail."""
    for ids in _chunks(sorted(cases)):
        contacts = session.execute(
            select(NoticeContact.case_id, NoticeContact.ciphertext).where(
                NoticeContact.case_id.in_(ids),
                NoticeContact.confirmed_at.is_not(None),
                NoticeContact.wants_news,
            )
        ).all()
        for contact in contacts:
            queue_mail(
                session,
                keys,
                MailKind.CITIZEN_NEWS,
                occasion=f"news:{contact.case_id}:{events[contact.case_id]}",
                address=contact.ciphertext,
                language=cases[contact.case_id][0].language,
                now=now,
                case_id=contact.case_id,
            )


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
