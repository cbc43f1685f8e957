"""The texts letters start from: shipped ones, those an office put in their place, paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.text import sort_key
from citizenfeedback.domain.vocabulary import Action, CaseField, Letter
from citizenfeedback.models.accounts import User
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.letters import CannedParagraph, LetterTemplate


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    """One text an office put in place of a shipped one."""

    id: int
    based_on: str
    unit_id: int | None
    unit: str
    author: str
    at: datetime
    active: bool


@dataclass(frozen=True, slots=True)
class ParagraphLine:
    """A canned paragraph."""

    id: int
    title: str
    body: str
    field: CaseField | None
    letter: Letter | None
    unit_id: int | None
    unit: str
    active: bool


def own_template(based_on: str, unit_id: int) -> str | None:
    """The office's own text for a form: of the unit or the nearest above, else of the province.

    Of one place the newest counts; when that was put out of use, the shipped text does again.
    """
    path = db.session.scalar(select(Unit.path).where(Unit.id == unit_id)) or ""
    above = [int(part) for part in path.split("/") if part] or [unit_id]
    rows = db.session.execute(
        select(LetterTemplate.unit_id, LetterTemplate.body, LetterTemplate.active)
        .where(
            LetterTemplate.based_on == based_on,
            or_(LetterTemplate.unit_id.is_(None), LetterTemplate.unit_id.in_(above)),
        )
        .order_by(LetterTemplate.id)
    )
    newest = {row.unit_id: row for row in rows}
    for place in (*reversed(above), None):
        if place in newest and newest[place].active:
            return str(newest[place].body)
    return None


def template_versions(actor: Actor, based_on: str | None = None) -> tuple[TemplateVersion, ...]:
    """The history of all own texts, or of those of one form, newest first."""
    _administrators_only(actor)
    query = (
        select(
            LetterTemplate.id,
            LetterTemplate.based_on,
            LetterTemplate.unit_id,
            Unit.name,
            User.name,
            LetterTemplate.at,
            LetterTemplate.active,
        )
        .join(User, User.id == LetterTemplate.author_id)
        .outerjoin(Unit, Unit.id == LetterTemplate.unit_id)
        .order_by(LetterTemplate.id.desc())
    )
    if based_on is not None:
        query = query.where(LetterTemplate.based_on == based_on)
    return tuple(
        TemplateVersion(id_, key, unit_id, unit or "", author, at, active)
        for id_, key, unit_id, unit, author, at, active in db.session.execute(query)
    )


def template_body(actor: Actor, version: int) -> tuple[str, int | None, str]:
    """One own text: the form it follows, the unit it is for, what it says."""
    _administrators_only(actor)
    row = db.session.execute(
        select(LetterTemplate.based_on, LetterTemplate.unit_id, LetterTemplate.body).where(
            LetterTemplate.id == version
        )
    ).first()
    if row is None:
        raise NotFound("template")
    return row.based_on, row.unit_id, row.body


def paragraphs_for(unit_id: int, field: CaseField, letter: Letter) -> tuple[ParagraphLine, ...]:
    """The paragraphs in use that fit a letter of a case in this unit."""
    path = db.session.scalar(select(Unit.path).where(Unit.id == unit_id)) or ""
    above = [int(part) for part in path.split("/") if part] or [unit_id]
    return _paragraphs(
        CannedParagraph.active.is_(True),
        or_(CannedParagraph.unit_id.is_(None), CannedParagraph.unit_id.in_(above)),
        or_(CannedParagraph.field.is_(None), CannedParagraph.field == field),
        or_(CannedParagraph.letter.is_(None), CannedParagraph.letter == letter),
    )


def all_paragraphs(actor: Actor) -> tuple[ParagraphLine, ...]:
    """Every paragraph, for administrators."""
    _administrators_only(actor)
    return _paragraphs()


def one_paragraph(actor: Actor, paragraph: int) -> ParagraphLine:
    """One paragraph to be changed."""
    _administrators_only(actor)
    found = _paragraphs(CannedParagraph.id == paragraph)
    if not found:
        raise NotFound("paragraph")
    return found[0]


def _paragraphs(*conditions: ColumnElement[bool]) -> tuple[ParagraphLine, ...]:
    rows = db.session.execute(
        select(
            CannedParagraph.id,
            CannedParagraph.title,
            CannedParagraph.body,
            CannedParagraph.field,
            CannedParagraph.letter,
            CannedParagraph.unit_id,
            Unit.name,
            CannedParagraph.active,
        )
        .outerjoin(Unit, Unit.id == CannedParagraph.unit_id)
        .where(*conditions)
        .order_by(CannedParagraph.id)
    )
    found = [
        ParagraphLine(id_, title, body, field, letter, unit_id, unit or "", active)
        for id_, title, body, field, letter, unit_id, unit, active in rows
    ]
    return tuple(sorted(found, key=lambda one: sort_key(one.title)))


def _administrators_only(actor: Actor) -> None:
    if scope_of(actor, Action.MANAGE_TEMPLATES).nothing:
        raise NotFound("template")
