"""Screens in offices: how each stands, and what one shows."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import func, select

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.devices import DeviceFacts, DeviceState, device_state, open_now
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.text import SortKey, sort_key
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.models.base import db
from citizenfeedback.models.devices import KioskDevice
from citizenfeedback.models.directory import ServicePoint, Unit

MOST_LISTED = 1000


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A screen as administrators see it."""

    id: int
    name: str
    point: str
    unit: str
    languages: tuple[str, ...]
    state: DeviceState
    last_seen_at: datetime | None
    version: str
    waiting: int
    refused: int
    drift_seconds: int
    next_seq: int
    opens: time | None
    closes: time | None


@dataclass(frozen=True, slots=True)
class Screen:
    """An enrolled screen, as it proves itself by its key."""

    id: int
    public_id: str
    point_code: str
    languages: tuple[str, ...]
    opens: time | None
    closes: time | None


_DEVICES = (
    select(
        KioskDevice.id,
        KioskDevice.public_id,
        KioskDevice.name,
        KioskDevice.languages,
        KioskDevice.code_expires_at,
        KioskDevice.enrolled_at,
        KioskDevice.revoked_at,
        KioskDevice.last_seen_at,
        KioskDevice.version,
        KioskDevice.waiting,
        KioskDevice.refused,
        KioskDevice.drift_seconds,
        KioskDevice.next_seq,
        ServicePoint.name.label("point"),
        ServicePoint.code.label("point_code"),
        func.coalesce(KioskDevice.opens, ServicePoint.opens).label("opens"),
        func.coalesce(KioskDevice.closes, ServicePoint.closes).label("closes"),
        KioskDevice.opens.label("own_opens"),
        KioskDevice.closes.label("own_closes"),
        Unit.name.label("unit"),
    )
    .join(ServicePoint, ServicePoint.id == KioskDevice.point_id)
    .join(Unit, Unit.id == ServicePoint.unit_id)
)


def devices(
    actor: Actor, now: datetime, *, at: time, working_day: bool, only: int | None = None
) -> tuple[DeviceLine, ...]:
    """All screens, or one only; those out of service last. `at` is the time of day in the province."""
    if scope_of(actor, Action.MANAGE_DIRECTORY).nothing:
        raise NotFound("directory")
    asked = _DEVICES.order_by(
        KioskDevice.revoked_at.is_not(None), Unit.name, ServicePoint.name, KioskDevice.id
    ).limit(MOST_LISTED)
    if only is not None:
        asked = asked.where(KioskDevice.id == only)
    found = []
    for row in sorted(db.session.execute(asked), key=_place):
        facts = DeviceFacts(row.code_expires_at, row.enrolled_at, row.revoked_at, row.last_seen_at)
        is_open = open_now(at, row.opens, row.closes, working_day=working_day)
        found.append(
            DeviceLine(
                id=row.id,
                name=row.name,
                point=row.point,
                unit=row.unit,
                languages=tuple(row.languages.split()),
                state=device_state(facts, now, is_open=is_open),
                last_seen_at=row.last_seen_at,
                version=row.version,
                waiting=row.waiting,
                refused=row.refused,
                drift_seconds=row.drift_seconds,
                next_seq=row.next_seq,
                opens=row.own_opens,
                closes=row.own_closes,
            )
        )
    return tuple(found)


def _place(row: Any) -> tuple[bool, SortKey, SortKey, int]:
    """By the names of office and point; what is out of service comes last."""
    return (row.revoked_at is not None, sort_key(row.unit), sort_key(row.point), row.id)


def device(
    actor: Actor, device_id: int, now: datetime, *, at: time, working_day: bool
) -> DeviceLine:
    """One screen."""
    found = devices(actor, now, at=at, working_day=working_day, only=device_id)
    if not found:
        raise NotFound("device")
    return found[0]


def screen_of(public_id: str, key_hash: str) -> Screen | None:
    """The screen with this id and the keyed hash of this key, unless it was revoked."""
    row = db.session.execute(
        _DEVICES.where(
            KioskDevice.public_id == public_id,
            KioskDevice.key_hash == key_hash,
            KioskDevice.revoked_at.is_(None),
        )
    ).first()
    if row is None:
        return None
    languages = tuple(row.languages.split())
    return Screen(row.id, row.public_id, row.point_code, languages, row.opens, row.closes)
