"""Directory, calendar, reception book, leaders' days, ratings and monthly counts from files."""

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.calendar import CalendarDay as Day
from citizenfeedback.domain.ratings import IMPORTED
from citizenfeedback.domain.records import Record, RecordKind, rating_look, without_identity
from citizenfeedback.domain.text import fold
from citizenfeedback.domain.vocabulary import DayOrigin, RatingChannel, ReceptionKind
from citizenfeedback.models.calendar import CalendarDay
from citizenfeedback.models.directory import ServicePoint, StaffMember, Unit
from citizenfeedback.models.installation import InstallationFact
from citizenfeedback.models.ratings import Rating, RatingAnswer, RatingComment
from citizenfeedback.models.receptions import Reception, Sitting
from citizenfeedback.models.reporting import DossierCount
from citizenfeedback.queries.calendar import CALENDAR_VERSION
from citizenfeedback.queries.records import (
    StoredRating,
    StoredReception,
    StoredUnit,
    days_by_date,
    dossiers_by_key,
    points_by_code,
    ratings_by_reference,
    receptions_by_book_no,
    sittings_by_key,
    staff_by_code,
    units_by_code,
)
from citizenfeedback.services.importing_plans import (
    Context,
    Plan,
    Rows,
    reserve_ids,
)
from citizenfeedback.services.recounting import DayChange, hold, prepare, write
from citizenfeedback.services.registering import Person
from citizenfeedback.services.transaction import reading


def plan_units(context: Context, records: Sequence[Record]) -> Plan:
    """Units and the tree they form: every parent known, and nobody above themselves."""
    plan = Plan()
    stored = units_by_code()
    in_file = {record.values["code"]: record for record in records}
    fresh = []
    for record in records:
        values = record.values
        parent = values["parent"]
        known = parent in stored or parent in in_file or parent in context.unread
        if parent and not known:
            plan.refuse(record, "parent", "unknown_unit")
        elif _goes_round(values["code"], in_file):
            plan.refuse(record, "parent", "goes_round")
        before = stored.get(values["code"])
        if before is None:
            fresh.append(values)
        elif all(getattr(before, name) == value for name, value in values.items()):
            plan.skipped += 1
        else:
            plan.conflict(record, RecordKind.UNITS)
    plan.added = len(fresh)
    plan.rows = lambda: [(Unit, _unit_rows(fresh, stored))]
    return plan


def _goes_round(code: str, in_file: Mapping[str, Record]) -> bool:
    seen = {code}
    while code in in_file and (code := in_file[code].values["parent"]):
        if code in seen:
            return True
        seen.add(code)
    return False


def _unit_rows(fresh: Sequence[Mapping[str, Any]], stored: Mapping[str, StoredUnit]) -> Rows:
    """Units with their places in the tree, each after the one above it."""
    places = {code: (unit.id, unit.path) for code, unit in stored.items()}
    waiting = list(fresh)
    ids = iter(reserve_ids(Unit, len(fresh)))
    rows: list[dict[str, Any]] = []
    while waiting:
        ready = [one for one in waiting if not one["parent"] or one["parent"] in places]
        for values in ready:
            parent_id, above = places.get(values["parent"], (None, "/"))
            unit_id = next(ids)
            path = f"{above}{unit_id}/"
            places[values["code"]] = (unit_id, path)
            rows.append(
                {
                    **{name: value for name, value in values.items() if name != "parent"},
                    "id": unit_id,
                    "parent_id": parent_id,
                    "path": path,
                    "folded": fold(f"{values['name']} {values['name_en']}"),
                    "receives": True,
                    "address": "",
                    "phone": "",
                    "hours": "",
                }
            )
        waiting = [one for one in waiting if one["code"] not in places]
    return rows


def plan_calendar(context: Context, records: Sequence[Record]) -> Plan:
    """Days of the calendar; a shipped day gives way, one that an administrator set does not.

    What the new days move is counted beforehand and written with them.
    """
    plan = Plan()
    stored = days_by_date()
    fresh, replacing = [], []
    for record in records:
        values = record.values
        before = stored.get(values["date"])
        row = {**values, "decreed": True, "counts": True, "origin": DayOrigin.IMPORTED}
        if before is None:
            fresh.append({**row, "name_en": ""})
        elif before.origin is DayOrigin.SHIPPED:
            renamed = {} if before.name == values["name"] else {"name_en": ""}
            replacing.append({**row, **renamed})
        elif all(getattr(before, name) == value for name, value in values.items()):
            plan.skipped += 1
        else:
            plan.conflict(record, RecordKind.CALENDAR)
    plan.added, plan.replaced = len(fresh), len(replacing)
    if plan.problems or not plan.changes:
        return plan
    changes = [_day_change(context, row) for row in (*fresh, *replacing)]
    recount = prepare(reading(), context.calendar, changes, context.policy)
    plan.moved = len(recount.cases)

    def act(session: Session) -> None:
        hold(session, recount)
        if fresh:
            session.execute(insert(CalendarDay), fresh)
        version = _replace_days(session, replacing)
        write(session, context.keys, context.actor, recount, occasion=version, now=context.now)

    plan.act = act
    return plan


def _day_change(context: Context, row: Mapping[str, Any]) -> DayChange:
    """A new day as the calendar will have it; the shipped name in English stays with its day."""
    stands = context.calendar.entry(row["date"])
    english = stands.name_en if stands is not None and stands.name == row["name"] else ""
    day = Day(row["date"], row["kind"], row["name"], english, row["basis"])
    return DayChange(row["date"], day)


def _replace_days(session: Session, replacing: Iterable[Mapping[str, Any]]) -> str:
    for day in replacing:
        session.execute(
            update(CalendarDay)
            .where(CalendarDay.date == day["date"])
            .values({name: value for name, value in day.items() if name != "date"})
        )
    version = secrets.token_hex(8)
    session.merge(InstallationFact(key=CALENDAR_VERSION, value=version))
    return version


def plan_points(_context: Context, records: Sequence[Record]) -> Plan:
    """Places where people rate."""
    units = units_by_code()
    stored = points_by_code()

    def row(plan: Plan, record: Record) -> dict[str, Any] | None:
        values = record.values
        if values["unit"] not in units:
            plan.refuse(record, "unit", "unknown_unit")
            return None
        return {
            "code": values["code"],
            "name": values["name"],
            "unit_id": units[values["unit"]].id,
            "opens": values["opens"],
            "closes": values["closes"],
        }

    plan, fresh = _sorted_out(RecordKind.POINTS, records, stored, row)
    rows = [{**values, "active": True} for values in fresh]
    plan.rows = lambda: [(ServicePoint, rows)]
    return plan


def plan_staff(_context: Context, records: Sequence[Record]) -> Plan:
    """The people citizens meet."""
    units, points = units_by_code(), points_by_code()
    stored = staff_by_code()

    def row(plan: Plan, record: Record) -> dict[str, Any] | None:
        values = record.values
        if values["unit"] not in units:
            plan.refuse(record, "unit", "unknown_unit")
        if values["point"] and values["point"] not in points:
            plan.refuse(record, "point", "unknown_point")
        if plan.problems and plan.problems[-1].row == record.row:
            return None
        return {
            "code": values["code"],
            "name": values["name"],
            "position": values["position"],
            "unit_id": units[values["unit"]].id,
            "point_id": points[values["point"]].id if values["point"] else None,
            "active": values["active"],
        }

    plan, fresh = _sorted_out(RecordKind.STAFF, records, stored, row)
    plan.rows = lambda: [(StaffMember, fresh)]
    return plan


def _sorted_out(
    kind: RecordKind,
    records: Sequence[Record],
    stored: Mapping[str, Any],
    make: Callable[[Plan, Record], dict[str, Any] | None],
) -> tuple[Plan, list[dict[str, Any]]]:
    """The rows to add of a kind whose key is a code and whose columns compare one to one."""
    plan = Plan()
    fresh = []
    for record in records:
        row = make(plan, record)
        if row is None:
            continue
        before = stored.get(row["code"])
        if before is None:
            fresh.append(row)
        elif all(getattr(before, name) == value for name, value in row.items()):
            plan.skipped += 1
        else:
            plan.conflict(record, kind)
    plan.added = len(fresh)
    return plan, fresh


_PLAIN_RECEPTION = (
    "book_no",
    "date",
    "sitting",
    "received_by",
    "people",
    "kind",
    "matter",
    "competent",
)
_WORDS_OF_RECEPTION = (
    "summary",
    "settled_by",
    "guided_to",
    "accepted_by",
    "follow_up",
    "notes",
)
_VISITOR = ("citizen_name", "id_no", "address")


def plan_receptions(context: Context, records: Sequence[Record]) -> Plan:
    """The reception book; who came about a denunciation is sealed."""
    plan = Plan()
    units = units_by_code()
    stored = receptions_by_book_no(record.values["book_no"] for record in records)
    rows = []
    for record in records:
        values = record.values
        unit = units.get(values["unit"])
        if unit is None:
            plan.refuse(record, "unit", "unknown_unit")
            continue
        row, visitor = _reception(values, unit.id)
        before = stored.get(values["book_no"])
        if before is None:
            # Sealing comes last: a file that is refused need not be sealed.
            rows.append((row, visitor))
        elif _same_reception(context, before, row, visitor):
            plan.skipped += 1
        else:
            plan.conflict(record, RecordKind.RECEPTIONS)
    plan.added = len(rows)
    if plan.problems:
        return plan
    fresh = [
        {
            **row,
            "sealed": context.keys.seal(visitor) if visitor else None,
            "recorded_at": context.now,
            "recorded_by_id": context.actor.user_id,
            "imported": True,
        }
        for row, visitor in rows
    ]
    plan.rows = lambda: [(Reception, fresh)]
    return plan


def _reception(values: Mapping[str, Any], unit_id: int) -> tuple[dict[str, Any], str]:
    """One visit as columns, and what of it must be sealed."""
    plain = {name: values[name] for name in _PLAIN_RECEPTION} | {"unit_id": unit_id}
    words = {name: values[name] for name in _WORDS_OF_RECEPTION}
    visitor = {name: values[name] for name in _VISITOR}
    if values["kind"] is not ReceptionKind.DENUNCIATION:
        return {**plain, **words, **visitor}, ""
    identity = (values["citizen_name"], values["id_no"])
    person = Person(name=values["citizen_name"], id_no=values["id_no"], address=values["address"])
    return {
        **plain,
        **{name: without_identity(text, identity) for name, text in words.items()},
        **dict.fromkeys(_VISITOR, ""),
    }, json.dumps([asdict(person)], ensure_ascii=False) if person else ""


def _same_reception(
    context: Context, before: StoredReception, row: Mapping[str, Any], visitor: str
) -> bool:
    sealed = context.keys.unseal(before.sealed) if before.sealed else ""
    return sealed == visitor and all(getattr(before, name) == value for name, value in row.items())


def plan_sittings(_context: Context, records: Sequence[Record]) -> Plan:
    """Days on which leaders receive."""
    plan = Plan()
    units = units_by_code()
    keyed = []
    for record in records:
        values = record.values
        unit = units.get(values["unit"])
        if unit is None:
            plan.refuse(record, "unit", "unknown_unit")
            continue
        key = (values["date"], unit.id, values["kind"], values["received_by"])
        keyed.append((record, key))
    stored = sittings_by_key(key for _, key in keyed)
    rows = []
    for record, key in keyed:
        content = (record.values["announced"], record.values["visitors"])
        if key not in stored:
            names = ("date", "unit_id", "kind", "received_by", "announced", "visitors")
            rows.append(dict(zip(names, (*key, *content), strict=True)))
        elif stored[key] == content:
            plan.skipped += 1
        else:
            plan.conflict(record, RecordKind.SITTINGS)
    plan.added = len(rows)
    plan.rows = lambda: [(Sitting, rows)]
    return plan


def plan_dossiers(_context: Context, records: Sequence[Record]) -> Plan:
    """Monthly counts of administrative procedures."""
    plan = Plan()
    units = units_by_code()
    keyed = []
    for record in records:
        values = record.values
        unit = units.get(values["unit"])
        if unit is None:
            plan.refuse(record, "unit", "unknown_unit")
            continue
        keyed.append((record, (values["month"], unit.id, values["procedure"])))
    stored = dossiers_by_key(key for _, key in keyed)
    counts = ("on_time", "late", "pending_in_time", "pending_overdue")
    rows = []
    for record, key in keyed:
        content = tuple(record.values[name] for name in counts)
        if key not in stored:
            names = ("month", "unit_id", "procedure", *counts)
            rows.append(dict(zip(names, (*key, *content), strict=True)))
        elif stored[key] == content:
            plan.skipped += 1
        else:
            plan.conflict(record, RecordKind.DOSSIERS)
    plan.added = len(rows)
    plan.rows = lambda: [(DossierCount, rows)]
    return plan


def plan_ratings(context: Context, records: Sequence[Record]) -> Plan:
    """Ratings from elsewhere; they count on the day written in their own offset."""
    plan = Plan()
    points, staff = points_by_code(), staff_by_code()
    stored = ratings_by_reference(record.values["id"] for record in records)
    rows = []
    for record in records:
        values = record.values
        point, member = points.get(values["point"]), staff.get(values["staff"])
        if point is None:
            plan.refuse(record, "point", "unknown_point")
        if values["staff"] and member is None:
            plan.refuse(record, "staff", "unknown_staff")
        if point is None or (values["staff"] and member is None):
            continue
        row = {
            "reference": values["id"],
            "rated_at": values["rated_at"],
            "rated_on": values["rated_at"].date(),
            "point_id": point.id,
            "staff_id": member.id if member else None,
            "channel": values["channel"],
            "dossier": values["dossier"],
            "overall": values["overall"],
        }
        answers = {code: int(values[code]) for code in IMPORTED if values[code] is not None}
        before = stored.get(values["id"])
        if before is not None:
            if _same_rating(before, row, answers, values["comment"]):
                plan.skipped += 1
            else:
                plan.conflict(record, RecordKind.RATINGS)
            continue
        look = rating_look(values["rated_at"], point.opens, point.closes, context.calendar)
        plan.marked += bool(look)
        # A web rating comes from anybody; the other channels are the office's own devices.
        row |= {
            "unit_id": point.unit_id,
            "verified": values["channel"] is not RatingChannel.WEB,
            "doubt": None,
            "look": " ".join(look),
            "imported": True,
        }
        rows.append((row, answers, values["comment"]))
    plan.added = len(rows)
    plan.rows = lambda: _rating_rows(rows)
    return plan


def _same_rating(
    before: StoredRating, row: Mapping[str, Any], answers: Mapping[str, int], comment: str
) -> bool:
    same_row = all(getattr(before, name) == value for name, value in row.items())
    return same_row and before.answers == answers and before.comment == comment


def _rating_rows(
    rows: Sequence[tuple[dict[str, Any], Mapping[str, int], str]],
) -> Iterator[tuple[type[Any], Rows]]:
    numbered = list(zip(reserve_ids(Rating, len(rows)), rows, strict=True))
    yield Rating, [{"id": number, **row} for number, (row, _, _) in numbered]
    yield (
        RatingAnswer,
        [
            {"rating_id": number, "criterion": code, "value": value}
            for number, (_, answers, _) in numbered
            for code, value in answers.items()
        ],
    )
    yield (
        RatingComment,
        [{"rating_id": number, "body": comment} for number, (_, _, comment) in numbered if comment],
    )


BOOKS: Mapping[RecordKind, Callable[[Context, Sequence[Record]], Plan]] = {
    RecordKind.UNITS: plan_units,
    RecordKind.CALENDAR: plan_calendar,
    RecordKind.POINTS: plan_points,
    RecordKind.STAFF: plan_staff,
    RecordKind.RECEPTIONS: plan_receptions,
    RecordKind.SITTINGS: plan_sittings,
    RecordKind.RATINGS: plan_ratings,
    RecordKind.DOSSIERS: plan_dossiers,
}
