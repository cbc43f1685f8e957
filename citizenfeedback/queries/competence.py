"""Who must decide a case, as the table of competence proposes it for the units of the province."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import select

from citizenfeedback.domain.law.competence import (
    Proposal,
    RespondentKind,
    RespondentRank,
    RightDoor,
    competent_body,
    respondent_of,
    right_door,
    settling_unit,
)
from citizenfeedback.domain.vocabulary import CaseKind, Instance, UnitLevel
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit
from citizenfeedback.queries.case_head import CaseHead

Units: TypeAlias = Mapping[int, Any]


@dataclass(frozen=True, slots=True)
class Competence:
    """Who must decide, why, and the way there when it is not this office.

    Without a `respondent` nothing is proposed yet. `ours` is None where the unit is not found; a
    person decides in any case.
    """

    respondent: RespondentKind | None
    proposal: Proposal | None = None
    unit: str = ""
    unit_en: str = ""
    ours: bool | None = None
    doors: tuple[RightDoor, ...] = ()

    def unit_title(self, lang: str) -> str:
        """The unit whose head decides, in the language asked for."""
        return self.unit_en if lang == "en" and self.unit_en else self.unit


def competence_of(head: CaseHead, asked: str = "") -> Competence:
    """What the table proposes for a case, for the respondent asked about, recorded or derived."""
    units: Units = {
        row.id: row
        for row in db.session.execute(
            select(
                Unit.id,
                Unit.level,
                Unit.parent_id,
                Unit.valid_from,
                Unit.valid_to,
                Unit.name,
                Unit.name_en,
            )
        )
    }
    about = units.get(head.respondent_unit_id or head.unit_id)
    level = about.level if about is not None else UnitLevel.DEPARTMENT
    respondent = _respondent(head, asked, about, units)
    if respondent is None or about is None:
        return Competence(None)
    day, instance = head.received_on, Instance(head.instance)
    proposal = competent_body(day, head.kind, respondent, level, instance)
    seat = settling_unit(proposal.settler, about.id, units.values(), day)
    found = units.get(seat.unit_id) if seat.unit_id is not None else None
    ours = None if found is None else found.id == _office(head.unit_id, units)
    return Competence(
        respondent=respondent,
        proposal=proposal,
        unit=found.name if found is not None else "",
        unit_en=found.name_en if found is not None else "",
        ours=ours,
        doors=right_door(day, head.kind, respondent, level, instance),
    )


def _respondent(head: CaseHead, asked: str, about: Any, units: Units) -> RespondentKind | None:
    for known in (asked, head.respondent_kind):
        if known in set(RespondentKind):
            return RespondentKind(known)
    if head.kind in (CaseKind.PETITION, CaseKind.REFLECTION):
        return RespondentKind.OTHER_UNDER_PROVINCE
    if head.respondent_unit_id is None or about is None:
        return None
    above = units.get(about.parent_id)
    return respondent_of(about.level, RespondentRank.HEAD, above.level if above else None).kind


def _office(unit_id: int, units: Units) -> int:
    """The office a unit belongs to: a team is part of what stands above it."""
    at = units[unit_id]
    while at.level is UnitLevel.TEAM and at.parent_id in units:
        at = units[at.parent_id]
    return int(at.id)


def superior_unit(unit_id: int, kind: CaseKind, on: date) -> int | None:
    """The unit that settles next after a first decision of this unit; None where it is not here.

    For a complaint by the rules of competence, else the one above.
    """
    units = tuple(
        db.session.execute(
            select(Unit.id, Unit.level, Unit.parent_id, Unit.valid_from, Unit.valid_to)
        )
    )
    by_id = {unit.id: unit for unit in units}
    first = by_id[unit_id]
    above = by_id.get(first.parent_id)
    while above is not None and above.valid_to is not None and above.valid_to < on:
        above = by_id.get(above.parent_id)
    if above is None:
        return None
    if kind is CaseKind.COMPLAINT:
        respondent = respondent_of(first.level, RespondentRank.HEAD, above.level)
        proposal = competent_body(
            on, CaseKind.COMPLAINT, respondent.kind, respondent.level, Instance.SECOND
        )
        found = settling_unit(proposal.settler, first.id, units, on).unit_id
        if found is not None and found != first.id:
            return found
    return int(above.id)


def deciding_office(
    kind: CaseKind, unit_id: int, on: date
) -> tuple[int, tuple[Proposal, ...]] | None:
    """Who decides a first submission about this unit, with the rows that say so; None: not here.

    Nobody has said who of the unit is meant. The office is that for its head, so that a
    denunciation never goes to the office it is about; the rows are those for its head and, where
    the law has another for them, for those under the head.
    """
    units: Units = {
        row.id: row
        for row in db.session.execute(
            select(Unit.id, Unit.level, Unit.parent_id, Unit.valid_from, Unit.valid_to)
        )
    }
    about = units.get(unit_id)
    if about is None:
        return None
    above = units.get(about.parent_id)
    proposals: dict[str, Proposal] = {}
    for rank in (RespondentRank.HEAD, RespondentRank.OFFICIAL):
        respondent = respondent_of(about.level, rank, above.level if above else None)
        proposal = competent_body(on, kind, respondent.kind, respondent.level)
        proposals.setdefault(proposal.row.code, proposal)
    rows = tuple(proposals.values())
    found = settling_unit(rows[0].settler, unit_id, units.values(), on).unit_id
    return None if found is None else (found, rows)
