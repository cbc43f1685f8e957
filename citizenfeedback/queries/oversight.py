"""The register of state management: the list, and one act with its follow-ups and history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select, tuple_

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.oversight import (
    CONCLUSION_COUNTS,
    FOLLOW_UP_COUNTS,
    Conclusion,
    FollowUp,
    OversightEntry,
)
from citizenfeedback.domain.vocabulary import Action, OversightKind
from citizenfeedback.models.accounts import User
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.oversight import OversightAct, OversightChange, OversightFollowUp
from citizenfeedback.queries.receptions import Cursor, at_reached_units
from citizenfeedback.queries.reporting import reach_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class OversightFilters:
    """What narrows the list: a unit with all below it, a kind, days."""

    unit: str = ""
    kind: OversightKind | None = None
    first: date | None = None
    last: date | None = None

    @property
    def active(self) -> int:
        """How many of them narrow it."""
        dated = self.first is not None or self.last is not None
        return bool(self.unit) + (self.kind is not None) + dated


@dataclass(frozen=True, slots=True)
class OversightLine:
    """One act in the list."""

    id: int
    on: date
    unit_id: int
    unit: str
    unit_en: str
    kind: OversightKind
    title: str
    number: str
    classes: int
    people: int
    units: int
    concluded_on: date | None
    finished_on: date | None
    struck: bool


@dataclass(frozen=True, slots=True)
class OversightPage:
    """One page of the list, how many acts there are in all (without those struck out)."""

    lines: tuple[OversightLine, ...]
    total: int
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One entry of what was done of a conclusion."""

    id: int
    follow_up: FollowUp
    struck: bool


@dataclass(frozen=True, slots=True)
class OversightChangeLine:
    """One change of an act: who, when, why, and what stood there before."""

    at: datetime
    by: str
    reason: str
    before: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OversightDetail:
    """One act with everything that is recorded of it."""

    line: OversightLine
    entry: OversightEntry
    recorded_at: datetime
    recorded_by: str
    follow_ups: tuple[FollowUpLine, ...]
    changes: tuple[OversightChangeLine, ...]


_LINE: tuple[Any, ...] = (
    OversightAct.id,
    OversightAct.on,
    OversightAct.unit_id,
    Unit.name.label("unit"),
    Unit.name_en.label("unit_en"),
    OversightAct.kind,
    OversightAct.title,
    OversightAct.number,
    OversightAct.classes,
    OversightAct.people,
    OversightAct.units,
    OversightAct.concluded_on,
    OversightAct.finished_on,
    OversightAct.struck,
)


def oversight_page(
    actor: Actor, filters: OversightFilters, cursor: Cursor | None = None
) -> OversightPage:
    """One page of acts within reach, the newest first."""
    conditions = [at_reached_units(actor, Action.SEE_OVERSIGHT, OversightAct.unit_id)]
    if filters.unit:
        chosen = reach_of(actor, filters.unit, action=Action.SEE_OVERSIGHT).below
        conditions.append(OversightAct.unit_id.in_([unit.id for unit in chosen]))
    if filters.kind is not None:
        conditions.append(OversightAct.kind == filters.kind)
    if filters.first is not None:
        conditions.append(OversightAct.on >= filters.first)
    if filters.last is not None:
        conditions.append(OversightAct.on <= filters.last)
    inside = and_(*conditions)
    total = db.session.scalar(
        select(func.count()).select_from(OversightAct).where(inside, ~OversightAct.struck)
    )
    query = (
        select(*_LINE)
        .join(Unit, Unit.id == OversightAct.unit_id)
        .where(inside)
        .order_by(OversightAct.on.desc(), OversightAct.id.desc())
        .limit(PAGE + 1)
    )
    if cursor is not None:
        key = tuple_(OversightAct.on, OversightAct.id)
        query = query.where(key < tuple_(cursor.on, cursor.id))
    lines = [OversightLine(*row) for row in db.session.execute(query)]
    end = lines[PAGE - 1] if len(lines) > PAGE else None
    return OversightPage(
        tuple(lines[:PAGE]), int(total or 0), Cursor(end.on, end.id, 1) if end else None
    )


def oversight_act(actor: Actor, act_id: int) -> OversightDetail:
    """One act; `NotFound` for one out of reach as for one that is not there."""
    counts = [getattr(OversightAct, name) for name in ("conclusion_no", *CONCLUSION_COUNTS)]
    row = db.session.execute(
        select(*_LINE, *counts, OversightAct.recorded_at, User.name.label("recorded_by"))
        .join(Unit, Unit.id == OversightAct.unit_id)
        .outerjoin(User, User.id == OversightAct.recorded_by_id)
        .where(
            OversightAct.id == act_id,
            at_reached_units(actor, Action.SEE_OVERSIGHT, OversightAct.unit_id),
        )
    ).first()
    if row is None:
        raise NotFound("act")
    line = OversightLine(*row[: len(_LINE)])
    conclusion = None
    if line.concluded_on is not None:
        conclusion = Conclusion(
            line.concluded_on,
            row.conclusion_no,
            **{name: getattr(row, name) for name in CONCLUSION_COUNTS},
        )
    entry = OversightEntry(
        line.on,
        line.kind,
        line.title,
        line.number,
        line.classes,
        line.people,
        line.units,
        conclusion,
    )
    return OversightDetail(
        line,
        entry,
        row.recorded_at,
        row.recorded_by or "",
        _follow_ups(act_id),
        _changes(act_id),
    )


def _follow_ups(act_id: int) -> tuple[FollowUpLine, ...]:
    names = ("on", *FOLLOW_UP_COUNTS, "finished")
    rows = db.session.execute(
        select(
            OversightFollowUp.id,
            OversightFollowUp.struck,
            *(getattr(OversightFollowUp, name) for name in names),
        )
        .where(OversightFollowUp.act_id == act_id)
        .order_by(OversightFollowUp.on, OversightFollowUp.id)
    )
    return tuple(FollowUpLine(row.id, FollowUp(*row[2:]), row.struck) for row in rows)


def _changes(act_id: int) -> tuple[OversightChangeLine, ...]:
    rows = db.session.execute(
        select(OversightChange.at, User.name, OversightChange.reason, OversightChange.before)
        .outerjoin(User, User.id == OversightChange.user_id)
        .where(OversightChange.act_id == act_id)
        .order_by(OversightChange.id.desc())
    )
    return tuple(OversightChangeLine(at, name or "", why, was) for at, name, why, was in rows)
