"""Screens in offices: made, enrolled once, revoked; what they deliver is stored exactly once.

A screen numbers what is put into its queue and sends it until it is told that it is stored. The
number within one life of its storage (`series`) is the key of the rating, so that sending twice, in
parts or by two pages at once changes nothing.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.devices import (
    CODE_LASTS,
    LANGUAGES,
    TapTime,
    new_code,
    read_code,
    tap_time,
)
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import SYSTEM, Actor
from citizenfeedback.domain.honesty import within_reach
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.ratings import (
    CRITERIA,
    SCORES,
    acceptable_answer,
    doubt,
    outside_opening_hours,
)
from citizenfeedback.domain.text import clean
from citizenfeedback.domain.vocabulary import (
    Action,
    AuditAction,
    LookReason,
    RatingChannel,
    RatingDoubt,
)
from citizenfeedback.models.devices import KioskDevice, KioskTap
from citizenfeedback.models.directory import ServicePoint, StaffMember
from citizenfeedback.models.ratings import Rating
from citizenfeedback.services.chronicle import append_entry, hold_audit
from citizenfeedback.services.rating import Remarks, add_missing
from citizenfeedback.services.rows import add_unless_taken
from citizenfeedback.services.transaction import transaction

CODE_PURPOSE, KEY_PURPOSE, QUEUE_PURPOSE = "kiosk_code", "kiosk_key", "kiosk_queue"
FARTHEST = 2**31 - 1


class LocalTime(Protocol):
    """Turns a moment into the day and time at the counter."""

    def __call__(self, moment: datetime) -> datetime:
        """The moment in the time of the province."""
        ...


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A new screen and the code that enrols it, which is shown once."""

    device_id: int
    code: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a screen keeps after it was enrolled: its id and its own key."""

    public_id: str
    key: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A face that was pressed.

    `since_last` is the time from the press before by the screen's stopwatch, which no wrong clock
    can change; None for the first after a start.
    """

    seq: int
    at: datetime
    score: int
    staff_id: int | None = None
    since_last: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """What somebody added to the tap of the number `of`."""

    seq: int
    of: int
    remarks: Remarks
    staff_id: int | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One sending of a screen: the oldest entries of its queue, and how it is doing.

    `queue` is the signed name under which the entries were kept; `sent_at` is the screen's own
    clock; `refused` are numbers that had no sense and are only to be forgotten.
    """

    queue: str
    series: str
    sent_at: datetime
    entries: Sequence[Tap | Detail]
    waiting: int
    version: str
    refused: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Which numbers the screen may forget: stored now or before, and those without sense."""

    stored: tuple[int, ...]
    refused: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """When a screen is in service: its own hours, else those of its point."""

    opens: time | None
    closes: time | None


PRESSED_TWICE = timedelta(seconds=10)
"""Within so short a time the same screen asked for again is a second press of the button."""


def create_device(
    actor: Actor,
    point_id: int,
    name: str,
    languages: Sequence[str],
    *,
    keys: Keys,
    now: datetime,
) -> IssuedCode:
    """Prepare a screen for a point; returns the code that enrols it, once and for a day.

    Pressed twice (`PRESSED_TWICE`) it is one screen, with the code that is shown last.
    """
    _refuse_stranger(actor)
    chosen = [one for one in LANGUAGES if one in languages]
    if not clean(name):
        raise RuleBroken("name_missing")
    if not chosen:
        raise RuleBroken("languages_missing")
    code = new_code(secrets.token_bytes)
    with transaction() as session:
        if session.get(ServicePoint, point_id) is None:
            raise RuleBroken("point_unknown")
        hold_audit(session)
        again = session.scalar(
            select(KioskDevice).where(
                KioskDevice.point_id == point_id,
                KioskDevice.name == clean(name),
                KioskDevice.code_hash.is_not(None),
                KioskDevice.created_at > now - PRESSED_TWICE,
            )
        )
        if again is not None:
            again.code_hash = keys.fingerprint(CODE_PURPOSE, code)
            again.languages, again.code_expires_at = " ".join(chosen), now + CODE_LASTS
            return IssuedCode(again.id, code, now + CODE_LASTS)
        device = KioskDevice(
            public_id=secrets.token_hex(8),
            point_id=point_id,
            name=clean(name),
            languages=" ".join(chosen),
            code_hash=keys.fingerprint(CODE_PURPOSE, code),
            code_expires_at=now + CODE_LASTS,
            created_at=now,
        )
        session.add(device)
        session.flush()  # the caller needs the id
        _record(session, keys, actor, now, device.id, "created")
        return IssuedCode(device.id, code, now + CODE_LASTS)


@dataclass(frozen=True, slots=True)
class DeviceWanted:
    """A screen as it shall be; without hours it keeps those of its point."""

    name: str
    languages: Sequence[str]
    opens: time | None = None
    closes: time | None = None


def change_device(
    actor: Actor, device_id: int, wanted: DeviceWanted, *, keys: Keys, now: datetime
) -> None:
    """Change a screen's name, languages and hours; it takes them over when it next asks."""
    _refuse_stranger(actor)
    chosen = [one for one in LANGUAGES if one in wanted.languages]
    if not clean(wanted.name):
        raise RuleBroken("name_missing")
    if not chosen:
        raise RuleBroken("languages_missing")
    if wanted.opens and wanted.closes and wanted.closes <= wanted.opens:
        raise RuleBroken("closes_before_opening")
    with transaction() as session:
        device = session.get(KioskDevice, device_id, with_for_update=True)
        if device is None:
            raise NotFound("device")
        device.name, device.languages = clean(wanted.name), " ".join(chosen)
        device.opens, device.closes = wanted.opens, wanted.closes
        _record(session, keys, actor, now, device.id, "changed")


def revoke_device(actor: Actor, device_id: int, *, keys: Keys, now: datetime) -> None:
    """Take a screen out of service: its code and its key open nothing any more."""
    _refuse_stranger(actor)
    with transaction() as session:
        device = session.get(KioskDevice, device_id, with_for_update=True)
        if device is None:
            raise NotFound("device")
        if device.revoked_at is None:
            device.revoked_at, device.code_hash, device.key_hash = now, None, None
            _record(session, keys, actor, now, device.id, "revoked")


def enrol(code: str, *, keys: Keys, now: datetime) -> Enrolled:
    """Enrol the screen that a code was made for; the code is spent.

    Raises `RuleBroken("enrolment_code_wrong")` for an unknown, spent, late or revoked one.
    """
    wanted = keys.fingerprint(CODE_PURPOSE, read_code(code))
    key = secrets.token_urlsafe(32)
    with transaction() as session:
        device = session.scalar(
            select(KioskDevice).where(KioskDevice.code_hash == wanted).with_for_update()
        )
        if device is None or device.code_expires_at is None or device.code_expires_at <= now:
            raise RuleBroken("enrolment_code_wrong")
        device.code_hash, device.key_hash = None, keys.fingerprint(KEY_PURPOSE, key)
        device.enrolled_at = device.last_seen_at = now
        _record(session, keys, SYSTEM, now, device.id, "enrolled")
        return Enrolled(device.public_id, key)


def signed_queue(public_id: str, keys: Keys) -> str:
    """The name under which a screen keeps its queue, signed so that nobody can make one up."""
    return f"{public_id}.{keys.fingerprint(QUEUE_PURPOSE, public_id)[:32]}"


def deliver(
    device_id: int,
    delivery: Delivery,
    calendar: WorkCalendar,
    *,
    keys: Keys,
    local: LocalTime,
    now: datetime,
) -> Acknowledged:
    """Store what a screen brings, each entry exactly once, and note how the screen is doing.

    Entries that were kept under an earlier enrolment of the same counter are taken too. Raises
    `NotFound` for a screen that is not enrolled or was revoked, and for a queue of elsewhere.
    """
    drift = _bounded(now - delivery.sent_at)
    with transaction() as session:
        device = session.get(KioskDevice, device_id, with_for_update=True)
        if device is None or device.key_hash is None or device.enrolled_at is None:
            raise NotFound("device")
        origin = _origin(session, device, delivery.queue, keys)
        point = session.get_one(ServicePoint, device.point_id)
        hours = Hours(device.opens or point.opens, device.closes or point.closes)
        stored: list[int] = []
        refused = list(delivery.refused)
        for entry in sorted(delivery.entries, key=lambda one: one.seq):
            if isinstance(entry, Tap):
                kept = _store_tap(
                    session, origin, point, hours, delivery, entry, drift, calendar, local, now
                )
            else:
                kept = _store_detail(session, origin, delivery.series, entry)
            (stored if kept else refused).append(entry.seq)
        _note(device, origin, delivery, drift, stored, len(refused), now)
        return Acknowledged(tuple(stored), tuple(refused))


def _origin(session: Session, device: KioskDevice, queue: str, keys: Keys) -> KioskDevice:
    """The screen under whose name the entries were kept: this one, or what it was before."""
    public_id = queue.partition(".")[0]
    if not hmac.compare_digest(signed_queue(public_id, keys).encode(), queue.encode()):
        raise NotFound("device")
    if public_id == device.public_id:
        return device
    earlier = session.scalar(
        select(KioskDevice)
        .where(KioskDevice.public_id == public_id, KioskDevice.point_id == device.point_id)
        .with_for_update()
    )
    if earlier is None:
        raise NotFound("device")
    return earlier


def _store_tap(
    session: Session,
    origin: KioskDevice,
    point: ServicePoint,
    hours: Hours,
    delivery: Delivery,
    tap: Tap,
    drift: timedelta,
    calendar: WorkCalendar,
    local: LocalTime,
    now: datetime,
) -> bool:
    if tap.score not in SCORES:
        return False
    before = origin.last_tap_at or origin.enrolled_at or origin.created_at
    when = tap_time(tap.at, drift, before, now)
    too_soon = None if tap.since_last is None else when.at - max(tap.since_last, timedelta())
    rating_id = add_unless_taken(
        session,
        Rating,
        "reference",
        {
            "reference": _reference(origin, delivery.series, tap.seq),
            "rated_at": when.at,
            "rated_on": local(when.at).date(),
            "point_id": point.id,
            "unit_id": point.unit_id,
            "staff_id": _staff(session, point.id, tap.staff_id),
            "channel": RatingChannel.KIOSK,
            "dossier": "",
            "overall": tap.score,
            "verified": False,
            "doubt": doubt(
                when.at,
                too_soon,
                0,
                verified=False,
                pause=timedelta(seconds=point.pause_seconds),
            )
            or _out_of_hours(when, hours, calendar, local),
            "look": _look(when, hours, calendar, local),
            "imported": False,
        },
    )
    if rating_id is None:
        return True
    session.execute(
        insert(KioskTap).values(
            rating_id=rating_id,
            device_id=origin.id,
            series=delivery.series,
            seq=tap.seq,
            told_at=tap.at,
            drift_seconds=round(drift.total_seconds()),
            delivered_at=now,
        )
    )
    origin.last_tap_at = when.at
    return True


def _store_detail(session: Session, origin: KioskDevice, series: str, detail: Detail) -> bool:
    answers, reasons = detail.remarks.answers, detail.remarks.reasons
    if any(not acceptable_answer(code, value) for code, value in answers.items()):
        return False
    if any(code not in CRITERIA for code in reasons):
        return False
    rating = session.scalar(
        select(Rating).where(Rating.reference == _reference(origin, series, detail.of))
    )
    if rating is None:
        return False
    add_missing(session, rating, detail.remarks)
    if rating.staff_id is None and detail.staff_id is not None:
        session.execute(
            update(Rating)
            .where(Rating.id == rating.id)
            .values(staff_id=_staff(session, rating.point_id, detail.staff_id))
        )
    return True


def _note(
    device: KioskDevice,
    origin: KioskDevice,
    delivery: Delivery,
    drift: timedelta,
    stored: Sequence[int],
    refused: int,
    now: datetime,
) -> None:
    device.last_seen_at = now
    device.version = delivery.version
    device.waiting = max(0, delivery.waiting - len(stored) - refused)
    device.drift_seconds = round(drift.total_seconds())
    device.refused += refused
    if stored:
        origin.next_seq = max(origin.next_seq, max(stored) + 1)


def _out_of_hours(
    when: TapTime, hours: Hours, calendar: WorkCalendar, local: LocalTime
) -> RatingDoubt | None:
    """The doubt about a tap at a counter where no visitor can be; a wrong clock says nothing."""
    there = local(when.at)
    reached = within_reach(
        there.time(), hours.opens, hours.closes, working_day=calendar.is_working(there.date())
    )
    return None if when.doubtful or reached else RatingDoubt.OUTSIDE_OPENING_HOURS


def _look(
    when: TapTime, hours: Hours, calendar: WorkCalendar, local: LocalTime
) -> LookReason | str:
    """What makes a tap worth a look; the hour means nothing where the clock was wrong."""
    if when.doubtful:
        return LookReason.DEVICE_CLOCK_WRONG
    there = local(when.at)
    closed = outside_opening_hours(
        there.time(), hours.opens, hours.closes, working_day=calendar.is_working(there.date())
    )
    return LookReason.OUTSIDE_OPENING_HOURS if closed else ""


def _staff(session: Session, point_id: int, staff_id: int | None) -> int | None:
    """The official, if they serve or served at this point."""
    if staff_id is None:
        return None
    return session.scalar(
        select(StaffMember.id).where(StaffMember.id == staff_id, StaffMember.point_id == point_id)
    )


def _reference(origin: KioskDevice, series: str, seq: int) -> str:
    """The key of a rating: no two taps of any screen share it. At most 60 characters."""
    return f"{origin.id}:{series}:{seq}"


def _bounded(drift: timedelta) -> timedelta:
    limit = timedelta(seconds=FARTHEST)
    return min(max(drift, -limit), limit)


def _refuse_stranger(actor: Actor) -> None:
    if scope_of(actor, Action.MANAGE_DIRECTORY).nothing:
        raise NotFound("directory")


def _record(
    session: Session, keys: Keys, actor: Actor, now: datetime, device_id: int, act: str
) -> None:
    details: dict[str, object] = {"device": device_id, "act": act}
    append_entry(session, keys, actor, AuditAction.DIRECTORY_CHANGED, now=now, details=details)
