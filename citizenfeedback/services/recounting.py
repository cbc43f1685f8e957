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

from sqlalchemy import bindparam, func, select, tuple_, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.calendar import CalendarDay as Day
from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.chain import START, event_link
from citizenfeedback.domain.clocks import ClockEntry
from citizenfeedback.domain.errors import ChangedMeanwhile
from citizenfeedback.domain.explanations import Roll
from citizenfeedback.domain.facts import Actor
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
from citizenfeedback.services.clocks import Counts, Deed, ledger_row, newest_run
from citizenfeedback.services.importing_plans import Keys
from citizenfeedback.services.post import queue_mail
from citizenfeedback.services.rows import add_rows, table_of

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

    `stand` tells every clock that the change can touch, as it was when this was counted.
    """

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
    calendar: WorkCalendar,
    changes: Sequence[DayChange],
    policy: Policy,
) -> Recount:
    """Count anew every running clock that spans one of the changed dates."""
    dates = tuple(sorted(change.on for change in changes))
    counts = Counts(calendar, Roll(policy.denunciation_roll))
    moves, explained = [], []
    seen = hashlib.sha256()
    for row, entries, last in _touched(session, dates):
        seen.update(f"{row.id}:{row.due_on}:{last};".encode())
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
    return Recount(dates, _basis(changes), tuple(moves), tuple(explained), seen.hexdigest())


def _basis(changes: Iterable[DayChange]) -> str:
    """The notices behind the changed days."""
    named = dict.fromkeys(change.day.basis for change in changes if change.day is not None)
    return "; ".join(name for name in named if name)[:_BASIS_LENGTH]


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
        .where(
            CaseClock.stopped_on.is_(None),
            CaseClock.suspended_on.is_(None),
            CaseClock.due_on >= dates[0],
            CaseClock.started_on < dates[-1],
        )
        .order_by(CaseClock.id, Entry.id)
    )
    for _, group in groupby(rows, key=lambda row: row.id):
        told = list(group)
        entries = newest_run((row.effect, row.on, row.rule, row.days) for row in told)
        yield told[-1], entries, told[-1].entry_id


def write(
    session: Session,
    keys: Keys,
    actor: Actor,
    recount: Recount,
    *,
    occasion: str,
    now: datetime,
) -> None:
    """Write the new dates, why they moved, and who must know; refuses what is no longer so.

    `occasion` names this change once and for all, so that nobody is told twice. Raises
    `ChangedMeanwhile` when a clock that the change can touch was started, moved or stopped.
    """
    cases = recount.cases
    for ids in _chunks(sorted(cases)):
        locked = select(Case.id).where(Case.id.in_(ids)).order_by(Case.id).with_for_update()
        session.execute(locked).all()
    _refuse_stale(session, recount)
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
    for row, _, last in _touched(session, recount.dates):
        seen.update(f"{row.id}:{row.due_on}:{last};".encode())
    if seen.hexdigest() != recount.stand:
        raise ChangedMeanwhile


def _write_clocks(session: Session, recount: Recount, deed: Deed, *, on: date) -> None:
    clocks = table_of(CaseClock)
    connection = session.connection()
    if recount.moves:
        connection.execute(
            update(clocks)
            .where(clocks.c.id == bindparam("clock_id"))
            .values(due_on=bindparam("after"), explanation=bindparam("text")),
            [
                {"clock_id": move.clock_id, "after": move.after, "text": move.explanation}
                for move in recount.moves
            ],
        )
    if recount.explained:
        connection.execute(
            update(clocks)
            .where(clocks.c.id == bindparam("clock_id"), clocks.c.explanation != bindparam("text"))
            .values(explanation=bindparam("text")),
            [{"clock_id": clock_id, "text": text} for clock_id, text in recount.explained],
        )
    entry = ClockEntry(ClockEffect.RECOUNT, on)
    rows = [ledger_row(move.case_id, move.clock, entry, deed) for move in recount.moves]
    add_rows(session, Entry, rows)


def _write_due(session: Session, cases: Mapping[int, Sequence[Move]]) -> None:
    """The nearest term of each case, and the date by which it must be settled."""
    table = table_of(Case)
    connection = session.connection()
    for ids in _chunks(sorted(cases)):
        nearest: dict[int, dict[str, object]] = {}
        for row in session.execute(
            select(CaseClock.case_id, CaseClock.due_on, CaseClock.rule)
            .where(
                CaseClock.case_id.in_(ids),
                CaseClock.stopped_on.is_(None),
                CaseClock.suspended_on.is_(None),
            )
            .order_by(CaseClock.due_on, CaseClock.id)
        ):
            values = {"of_case": row.case_id, "due": row.due_on, "under": row.rule}
            nearest.setdefault(row.case_id, values)
        connection.execute(
            update(table)
            .where(table.c.id == bindparam("of_case"))
            .values(due_on=bindparam("due"), due_rule=bindparam("under")),
            list(nearest.values()),
        )
    settled = [
        {"of_case": case_id, "after": move.after}
        for case_id, moves in cases.items()
        for move in moves
        if move.clock is ClockKind.SETTLEMENT
    ]
    if settled:
        connection.execute(
            update(table)
            .where(table.c.id == bindparam("of_case"))
            .values(settle_by=bindparam("after")),
            settled,
        )


def _write_events(
    session: Session, keys: Keys, actor: Actor, recount: Recount, *, now: datetime
) -> dict[int, int]:
    """One event a case, chained to its history; returns its number by case."""
    on, cases = local_date(now), recount.cases
    days = [day.isoformat() for day in recount.dates[:MOST_TOLD]]
    told: dict[int, int] = {}
    for ids in _chunks(sorted(cases)):
        rows = []
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
        add_rows(session, CaseEvent, rows)
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
