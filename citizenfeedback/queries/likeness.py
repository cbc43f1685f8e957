"""Earlier submissions that may be the same one: proposed to a person, never attached by a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select, true
from sqlalchemy.orm import aliased

from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.privacy import sees_persons
from citizenfeedback.domain.similar import (
    LikenessReason,
    Print,
    candidates,
    print_of,
    same_content,
)
from citizenfeedback.domain.vocabulary import Action, CaseKind, State
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case, CasePerson, CaseText
from citizenfeedback.queries.case_head import CaseHead
from citizenfeedback.queries.case_page import CasePage
from citizenfeedback.queries.visibility import at_units, visible

LOOK_BACK = timedelta(days=183)
MOST_COMPARED = 200
MOST_SHOWN = 5
FIRST_LETTERS = 800
"""As much of what somebody wrote is compared: a duplicate repeats itself from its beginning."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A case that may be about the same matter, and what both have in common."""

    number: str
    state: State
    received_on: date
    summary: str
    score: int
    same_matter: bool
    reasons: tuple[LikenessReason, ...]


@dataclass(frozen=True, slots=True)
class _Own:
    """What of a case on the screen is compared with others."""

    name: str
    address: str
    id_no: str
    respondent: str
    summary: str
    words: str


def alike_at_first_sight(actor: Actor, page: CasePage) -> tuple[Alike, ...]:
    """Those that share sender or respondent word for word, while the case could be attached.

    Few rows are compared, so that the page of a case can ask each time it is opened.
    """
    head, filer = page.head, page.people[0] if page.people else None
    named = page.persons_whole and not head.sealed and filer is not None
    same = [(Case.respondent, head.respondent)]
    if named and filer is not None:
        same += [(CasePerson.id_no, filer.id_no), (CasePerson.name, filer.name)]
    shared = [column == value for column, value in same if value]
    if Action.ATTACH not in head.actions or not shared:
        return ()
    own = _Own(
        filer.name if filer else "",
        filer.address if filer else "",
        filer.id_no if filer else "",
        head.respondent,
        head.summary,
        page.words[:FIRST_LETTERS],
    )
    return _compared(own, _others(actor, head, or_(*shared)), named=named)


def alike_to(actor: Actor, head: CaseHead) -> tuple[Alike, ...]:
    """Open first cases of the same kind in this unit or those around it, the likeliest first.

    Compared are what the actor may see: in a denunciation only summary and respondent.
    """
    named = sees_persons(actor.roles, head.kind) and not head.sealed
    own = db.session.execute(_columns().where(Case.id == head.id)).first()
    return () if own is None else _compared(own, _others(actor, head, true()), named=named)


@dataclass(frozen=True, slots=True)
class SentOn:
    """When and where to a denunciation of the same content was forwarded before."""

    on: date
    body: str


def forwarded_before(case_id: int) -> SentOn | None:
    """The newest denunciation of the same content that this unit forwarded; None of other kinds.

    Compared are respondent and summary: names and words are sealed, and it matters not who wrote.
    """
    found = db.session.execute(
        select(Case.unit_id, Case.respondent, Case.summary).where(
            Case.id == case_id, Case.kind == CaseKind.DENUNCIATION
        )
    ).first()
    if found is None:
        return None
    own = _content(found.respondent, found.summary)
    sent = db.session.execute(
        select(Case.respondent, Case.summary, Case.processed_on, Case.forwarded_to)
        .where(
            Case.id != case_id,
            Case.kind == CaseKind.DENUNCIATION,
            Case.unit_id == found.unit_id,
            Case.state == State.FORWARDED,
            Case.processed_on.is_not(None),
        )
        .order_by(Case.id.desc())
        .limit(MOST_COMPARED)
    )
    return next(
        (
            SentOn(row.processed_on, row.forwarded_to)
            for row in sent
            if same_content(own, _content(row.respondent, row.summary))
        ),
        None,
    )


def _content(respondent: str, summary: str) -> Print:
    return print_of(name="", address="", respondent=respondent, text=summary)


def _others(actor: Actor, head: CaseHead, shared: ColumnElement[bool]) -> Sequence[Row[Any]]:
    units = actor.subtree | ({head.unit_id} if head.unit_id else set())
    return db.session.execute(
        _columns()
        .where(
            shared,
            Case.id != head.id,
            Case.kind == head.kind,
            Case.is_open,
            Case.duplicate_of_id.is_(None),
            Case.received_on >= head.received_on - LOOK_BACK,
            Case.received_on <= head.received_on + LOOK_BACK,
            at_units(frozenset(units)),
            visible(actor, Action.SEE_CASE),
        )
        .order_by(Case.id.desc())
        .limit(MOST_COMPARED)
    ).all()


def _compared(own: Row[Any] | _Own, rows: Sequence[Row[Any]], *, named: bool) -> tuple[Alike, ...]:
    by_id = {row.id: row for row in rows}
    found = candidates(
        _print(own, named=named), ((row.id, _print(row, named=named), True) for row in rows)
    )
    return tuple(
        Alike(
            number=by_id[one.key].number,
            state=by_id[one.key].state,
            received_on=by_id[one.key].received_on,
            summary=by_id[one.key].summary,
            score=one.likeness.score,
            same_matter=one.likeness.same_matter,
            reasons=one.likeness.reasons,
        )
        for one in found[:MOST_SHOWN]
    )


def _columns() -> Any:
    """What is compared; who filed is the first person of a case."""
    one = aliased(CasePerson)
    filer = select(func.min(one.id)).where(one.case_id == Case.id).scalar_subquery()
    return (
        select(
            Case.id,
            Case.number,
            Case.state,
            Case.received_on,
            Case.summary,
            Case.respondent,
            CasePerson.name,
            CasePerson.address,
            CasePerson.id_no,
            func.substr(CaseText.words, 1, FIRST_LETTERS).label("words"),
        )
        .select_from(Case)
        .outerjoin(CasePerson, CasePerson.id == filer)
        .outerjoin(CaseText, CaseText.case_id == Case.id)
    )


def _print(row: Row[Any] | _Own, *, named: bool) -> Print:
    return print_of(
        name=(row.name or "") if named else "",
        address=(row.address or "") if named else "",
        respondent=row.respondent,
        text=f"{row.summary} {row.words or ''}" if named else row.summary,
        proof=(row.id_no or "") if named else "",
    )
