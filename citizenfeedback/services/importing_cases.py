"""The petition register as ordinary cases: found, opened and acted on like any other.

Each known date of a row becomes one dated event; what the law seals of a denunciation is sealed
before it reaches a table. The text of a row is remembered as a keyed hash in the first event, so
that the same file can come again after people have gone on working on its cases.
"""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from citizenfeedback.domain.chain import START, event_link
from citizenfeedback.domain.clocks import ClockEntry
from citizenfeedback.domain.errors import ChangedMeanwhile
from citizenfeedback.domain.facts import CaseFacts
from citizenfeedback.domain.numbers import case_number
from citizenfeedback.domain.records import (
    Record,
    RecordKind,
    duplicate_problems,
    imported_state,
    petition_look,
    without_identity,
)
from citizenfeedback.domain.vocabulary import (
    OPEN_PHASES,
    PHASE_OF,
    Author,
    CaseKind,
    CaseResult,
    ClockEffect,
    ClockKind,
    Direction,
    EventKind,
    Instance,
    LedgerAct,
    SealedPart,
    State,
    UnitLevel,
)
from citizenfeedback.domain.workflow import clock_rule, in_form, signed_on_arrival
from citizenfeedback.models.cases import Case, CaseClock, CasePerson, SealedRecord
from citizenfeedback.models.clocks import ClockEntry as Entry
from citizenfeedback.models.search import CaseSearch
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.queries.records import (
    StoredCase,
    StoredUnit,
    cases_by_register_code,
    taken_numbers,
    units_by_code,
)
from citizenfeedback.services.clocks import (
    NO_TERM,
    Deed,
    Running,
    counted,
    held_calendar,
    ledger_row,
    opening_entries,
    starting_clocks,
)
from citizenfeedback.services.importing_plans import (
    Context,
    Plan,
    Rows,
    reserve_ids,
)
from citizenfeedback.services.registering import Person, search_text

_KIND = RecordKind.PETITIONS

_EVENT_OF_DIRECTION: Mapping[Direction | None, EventKind] = {
    Direction.GUIDE: EventKind.CASE_GUIDED,
    Direction.FORWARD: EventKind.CASE_FORWARDED,
    Direction.FILE: EventKind.CASE_FILED,
    Direction.RETURN: EventKind.CASE_RETURNED,
    Direction.REFUSE: EventKind.CASE_REFUSED,
}
_EVENT_OF_RESULT: Mapping[CaseResult | None, EventKind] = {
    CaseResult.WITHDRAWN: EventKind.CASE_WITHDRAWN,
    CaseResult.TERMINATED: EventKind.CASE_TERMINATED,
    CaseResult.ANSWERED: EventKind.CASE_ANSWERED,
}


@dataclass(slots=True)
class _Clock:
    """A clock of an imported case: what ran, and until when."""

    running: Running
    stopped_on: date | None

    @property
    def kind(self) -> ClockKind:
        """Which clock."""
        return self.running.clock

    @property
    def due_on(self) -> date:
        """The date promised."""
        return self.running.due_on

    def columns(self, case_id: int) -> dict[str, object]:
        """The clock as a row."""
        return {**self.running.columns(), "case_id": case_id, "stopped_on": self.stopped_on}

    def ledger(self, case_id: int, deed: Deed) -> list[dict[str, object]]:
        """What was done to it, as rows: its start, its extensions, its end."""
        rows = self.running.ledger(case_id, deed)
        if self.stopped_on is not None:
            entry = ClockEntry(ClockEffect.STOP, self.stopped_on)
            rows.append(ledger_row(case_id, self.kind, entry, deed))
        return rows


@dataclass(slots=True)
class _Event:
    """One dated event, before it is chained."""

    kind: EventKind
    on: date
    state: State
    details: dict[str, object]


@dataclass(frozen=True, slots=True)
class _About:
    """Known row, the body a submission was forwarded to, the number of the first of a duplicate."""

    digest: str
    body: str
    first: str


@dataclass(slots=True)
class _Ready:
    """One case made ready; only its id and the links of its history are missing."""

    columns: dict[str, Any]
    first: str
    person: dict[str, str] | None
    sealed: list[tuple[SealedPart, bytes]]
    folded: str
    clocks: list[_Clock]
    events: list[_Event]


def plan_petitions(context: Context, records: Sequence[Record]) -> Plan:
    """Check the rows of the register against the books and make their cases ready."""
    plan = Plan()
    codes = {record.values["code"] for record in records}
    firsts = {record.values["duplicate_of"] for record in records} - {""}
    stored = cases_by_register_code(codes | firsts)
    in_file = {record.values["code"]: record for record in records}
    units = units_by_code()
    fresh: list[tuple[Record, str]] = []
    for record in records:
        values = record.values
        if values["unit"] not in units:
            plan.refuse(record, "unit", "unknown_unit")
        points_to = values["duplicate_of"]
        if points_to and points_to != values["code"] and points_to not in context.unread:
            first = _first(points_to, in_file, stored)
            for column, code in duplicate_problems(values, first):
                plan.refuse(record, column, code)
        digest = _digest(context, values)
        before = stored.get(values["code"])
        if before is None:
            fresh.append((record, digest))
        elif before.digest == digest:
            plan.skipped += 1
        else:
            plan.conflict(record, _KIND)
    if plan.problems:
        return plan
    numbers = {code: case.number for code, case in stored.items()}
    years = {record.values["received_on"].year for record, _ in fresh}
    maker = _Maker(context, units, years, numbers)
    # A duplicate points to its first, which therefore goes in before it.
    fresh.sort(key=lambda item: bool(item[0].values["duplicate_of"]))
    ready = [maker.make(record.values, digest) for record, digest in fresh]
    plan.added = len(ready)
    plan.marked = sum(1 for case in ready if case.columns["look"])
    known = {code: case.id for code, case in stored.items()}
    plan.rows = lambda: _rows(context, ready, known)
    plan.act = lambda session: _refuse_other_calendar(session, context)
    return plan


def _refuse_other_calendar(session: Session, context: Context) -> None:
    """Count again where the calendar has changed since the terms were counted."""
    if held_calendar(session).days != context.calendar.days:
        raise ChangedMeanwhile


def _first(
    code: str, in_file: Mapping[str, Record], stored: Mapping[str, StoredCase]
) -> Mapping[str, Any] | None:
    """What the first of a duplicate was found to be, from the file or from the books."""
    if code in in_file:
        return in_file[code].values
    before = stored.get(code)
    if before is None:
        return None
    return {
        "duplicate_of": before.duplicate,
        "eligible": before.eligible,
        "competent": before.competent,
        "direction": before.direction,
    }


def _digest(context: Context, values: Mapping[str, Any]) -> str:
    """The keyed hash of a row, by which the same row is known again."""
    return context.keys.fingerprint(
        "imported_row", json.dumps(values, default=str, ensure_ascii=False, sort_keys=True)
    )


class _Maker:
    """Makes cases ready; remembers numbers already given."""

    def __init__(
        self,
        context: Context,
        units: Mapping[str, StoredUnit],
        years: set[int],
        numbers: Mapping[str, str],
    ) -> None:
        """Prepare for cases received in these years; `numbers` by register code are given."""
        self._number_of = dict(numbers)
        self._context = context
        self._units = units
        self._numbers = taken_numbers(years)

    def make(self, values: Mapping[str, Any], digest: str) -> _Ready:
        """One row as a case."""
        kind, channel = values["kind"], values["channel"]
        unit = self._units[values["unit"]]
        sealed = kind is CaseKind.DENUNCIATION
        on_paper = values["processed_on"] is not None or values["accepted_on"] is not None
        formal = on_paper or in_form(kind, channel)
        state = imported_state(values, formal=formal)
        is_open = PHASE_OF[state] in OPEN_PHASES
        clocks = self._clocks(values, state, unit, formal=formal, is_open=is_open)
        running = [clock for clock in clocks if clock.stopped_on is None]
        nearest = min(running, key=lambda clock: clock.due_on, default=None)
        settlement = next((one for one in clocks if one.kind is ClockKind.SETTLEMENT), None)
        person = Person(
            name=values["citizen_name"],
            id_no=values["id_no"],
            phone=values["phone"],
            address=values["address"],
        )
        summary = values["summary"]
        if sealed:
            summary = without_identity(summary, (person.name, person.id_no, person.phone))
        look = petition_look(
            values,
            commune=unit.level is UnitLevel.COMMUNE,
            calendar=self._context.calendar,
        )
        number = self._number_of[values["code"]] = self._number(values["received_on"].year)
        columns = {
            "number": number,
            "register_code": values["code"],
            "access_hash": None,
            "kind": kind,
            "instance": values["instance"],
            "field": values["field"],
            "channel": channel,
            "state": state,
            "state_before": None,
            "phase": PHASE_OF[state],
            "is_open": is_open,
            "unit_id": unit.id,
            "assignee_id": None,
            "summary": summary,
            "respondent": values["respondent"],
            "signatories": values["signatories"],
            "formal": formal,
            "signed": on_paper or signed_on_arrival(kind, channel),
            "received_on": values["received_on"],
            "registered_at": self._context.now,
            "late_entry_reason": "",
            "processed_on": values["processed_on"],
            "eligible": values["eligible"],
            "competent": values["competent"],
            "direction": values["direction"],
            "forwarded_to": values["forwarded_to"],
            "accepted_on": values["accepted_on"],
            "complexity": values["complexity"],
            "remote": values["remote"],
            "extensions": values["extensions"],
            "closed_on": values["closed_on"],
            "result": values["result"],
            "decision_no": values["decision_no"],
            "due_on": nearest.due_on if nearest else NO_TERM,
            "due_rule": nearest.running.rule if nearest else "",
            "settle_by": settlement.due_on if settlement else None,
            "look": " ".join(look),
            "language": "vi",
            "imported": True,
            "created_by_id": self._context.actor.user_id,
            "version": 1,
        }
        return _Ready(
            columns=columns,
            first=values["duplicate_of"],
            person=None if sealed or not person else asdict(person),
            sealed=self._sealed(person, values["summary"], summary) if sealed else [],
            folded=search_text(number, () if sealed else (person.name,), summary, values["code"]),
            clocks=clocks,
            events=list(
                _events(values, state, unit.id, self._about(values, digest), formal=formal)
            ),
        )

    def _sealed(
        self, person: Person, original: str, summary: str
    ) -> list[tuple[SealedPart, bytes]]:
        """What of a denunciation is kept sealed: who sent it, and words that named them."""
        seal = self._context.keys.seal
        parts = []
        if person:
            text = json.dumps([asdict(person)], ensure_ascii=False)
            parts.append((SealedPart.IDENTITY, seal(text)))
        if original != summary:
            text = json.dumps({"words": original, "wish": ""}, ensure_ascii=False)
            parts.append((SealedPart.WORDS, seal(text)))
        return parts

    def _about(self, values: Mapping[str, Any], digest: str) -> _About:
        """What the story of a case says of others; free text could name a person and stays out."""
        body = self._units.get(values["forwarded_to"])
        return _About(
            digest=digest,
            body=body.name if body else "",
            first=self._number_of.get(values["duplicate_of"], ""),
        )

    def _number(self, year: int) -> str:
        while True:
            number = case_number(year, secrets.token_bytes)
            if number not in self._numbers:
                self._numbers.add(number)
                return number

    def _clocks(
        self,
        values: Mapping[str, Any],
        state: State,
        unit: StoredUnit,
        *,
        formal: bool,
        is_open: bool,
    ) -> list[_Clock]:
        """The settlement of a case that was taken up; what runs from receipt of one that was not.

        A closed submission that never became a case keeps no clock: nothing is owed any more.
        """
        accepted_on = values["accepted_on"]
        if values["duplicate_of"] or (accepted_on is None and not is_open):
            return []
        facts = CaseFacts(
            id=0,
            kind=values["kind"],
            state=state,
            unit_id=unit.id,
            received_on=values["received_on"],
            instance=Instance(values["instance"]),
            formal=formal,
            channel=values["channel"],
            competent=values["competent"],
            direction=values["direction"],
            accepted_on=accepted_on,
            complexity=values["complexity"],
            remote=values["remote"],
            extensions=values["extensions"],
        )
        calendar, policy = self._context.calendar, self._context.policy
        if accepted_on is None:
            return [_Clock(clock, None) for clock in starting_clocks(facts, calendar, policy)]
        own_standard = facts.kind in (CaseKind.PETITION, CaseKind.REFLECTION)
        start = facts.received_on if own_standard else accepted_on
        clock = ClockKind.SETTLEMENT
        rule = clock_rule(facts.kind, facts.instance, clock, facts)
        assert rule is not None
        entries = opening_entries(clock, rule, start, facts, policy)
        return [_Clock(counted(clock, entries, calendar, policy), values["closed_on"])]


def _events(
    values: Mapping[str, Any], state: State, unit_id: int, about: _About, *, formal: bool
) -> Iterator[_Event]:
    """One event for each known date, in their order; the last one leaves the case as it stands."""
    dated = [
        _Event(
            EventKind.CASE_IMPORTED,
            values["received_on"],
            imported_state({**values, **_NOTHING_YET}, formal=formal),
            {"channel": values["channel"], "unit": unit_id, "digest": about.digest},
        )
    ]
    if values["processed_on"] is not None:
        direction = values["direction"]
        kind = _EVENT_OF_DIRECTION.get(direction, EventKind.CASE_PROCESSED)
        details = {
            "direction": direction,
            "eligible": values["eligible"],
            "competent": values["competent"],
        }
        if values["duplicate_of"]:
            kind = EventKind.CASE_ATTACHED
            details["number"] = about.first
        elif about.body:
            details["body"] = about.body
        dated.append(
            _Event(
                kind,
                values["processed_on"],
                imported_state({**values, **_NOT_TAKEN_UP}, formal=formal),
                details,
            )
        )
    if values["accepted_on"] is not None:
        dated.append(_Event(EventKind.CASE_ACCEPTED, values["accepted_on"], State.ACCEPTED, {}))
    if values["closed_on"] is not None:
        kind = _EVENT_OF_RESULT.get(values["result"], EventKind.CASE_DECIDED)
        dated.append(_Event(kind, values["closed_on"], state, {"result": values["result"]}))
    dated[-1].state = state
    yield from dated


_NOT_TAKEN_UP = {"accepted_on": None, "closed_on": None, "result": None}
_NOTHING_YET = {**_NOT_TAKEN_UP, "processed_on": None, "duplicate_of": ""}


def _rows(
    context: Context, ready: Sequence[_Ready], known: Mapping[str, int]
) -> Iterator[tuple[type[Any], Rows]]:
    """Number the cases, chain their history, and give everything table by table."""
    by_code = dict(known)
    for case_id, case in zip(reserve_ids(Case, len(ready)), ready, strict=True):
        case.columns["id"] = case_id
        case.columns["duplicate_of_id"] = by_code[case.first] if case.first else None
        by_code[case.columns["register_code"]] = case_id
    yield Case, [case.columns for case in ready]
    yield (
        CasePerson,
        [
            {"case_id": case.columns["id"], **case.person}
            for case in ready
            if case.person is not None
        ],
    )
    yield (
        SealedRecord,
        [
            {"case_id": case.columns["id"], "part": part, "ciphertext": ciphertext}
            for case in ready
            for part, ciphertext in case.sealed
        ],
    )
    yield (
        CaseSearch,
        [{"case_id": case.columns["id"], "folded": case.folded} for case in ready],
    )
    yield (
        CaseClock,
        [clock.columns(case.columns["id"]) for case in ready for clock in case.clocks],
    )
    deed = Deed(LedgerAct.IMPORTED, context.now, context.actor.user_id)
    yield (
        Entry,
        [
            row
            for case in ready
            for clock in case.clocks
            for row in clock.ledger(case.columns["id"], deed)
        ],
    )
    yield CaseEvent, list(_chained(context, ready))


def _chained(context: Context, ready: Sequence[_Ready]) -> Iterator[dict[str, object]]:
    link, now, actor_id = context.keys.link, context.now, context.actor.user_id
    for case in ready:
        before, case_id = START, case.columns["id"]
        for seq, event in enumerate(case.events, start=1):
            before = event_link(
                link,
                before,
                case_id=case_id,
                seq=seq,
                kind=event.kind,
                at=now,
                on=event.on,
                state=event.state,
                actor_id=actor_id,
                details=event.details,
            )
            yield {
                "case_id": case_id,
                "seq": seq,
                "kind": event.kind,
                "at": now,
                "on": event.on,
                "author": Author.IMPORT,
                "actor_id": actor_id,
                "unit_id": case.columns["unit_id"],
                "state": event.state,
                "details": event.details,
                "hash": before,
            }
