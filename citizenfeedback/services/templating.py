"""What an office changes in its letters: own texts in place of shipped ones, paragraphs, heads.

Nothing is overwritten: a new text is a new row, and going back to the shipped one is a row too.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from citizenfeedback.documents.letters import check_template, fill_paragraph
from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Linker
from citizenfeedback.domain.law.forms import FIELDS, form_of_template, forms
from citizenfeedback.domain.letterheads import Entered
from citizenfeedback.domain.text import clean, clean_lines
from citizenfeedback.domain.vocabulary import Action, AuditAction, CaseField, Letter
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.letters import CannedParagraph, LetterTemplate, UnitLetterhead
from citizenfeedback.services.chronicle import append_entry, hold_audit
from citizenfeedback.services.transaction import transaction

LONGEST_TEMPLATE = 40_000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A canned paragraph as an administrator wants it."""

    title: str
    body: str
    field: CaseField | None = None
    letter: Letter | None = None
    unit_id: int | None = None
    active: bool = True


def mark_of(stored: Paragraph | Entered) -> str:
    """A short mark of what stands, by which one sees that somebody changed it meanwhile."""
    told = json.dumps(asdict(stored), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _refuse_changed(stored: Paragraph | Entered, wanted: object, seen: str | None) -> None:
    """Refuse to write over what another saved; the same again is no change."""
    if seen is not None and seen != mark_of(stored) and stored != wanted:
        raise ChangedMeanwhile


def replace_template(
    actor: Actor, based_on: str, body: str, *, unit_id: int | None, keys: Linker, now: datetime
) -> int:
    """Put an office's own text in place of a shipped one, for a unit and below or for all.

    Raises `RuleBroken("template_has_problems")` unless `check_template` finds nothing.
    """
    _administrators_only(actor)
    form = form_of_template(based_on)
    body = body.replace("\r\n", "\n").strip() + "\n"
    if len(body) > LONGEST_TEMPLATE:
        raise RuleBroken("too_long", limit=LONGEST_TEMPLATE, entry="body")
    if check_template(form, body):
        raise RuleBroken("template_has_problems", entry="body")
    with transaction() as session:
        _known_unit(session, unit_id)
        version = session.scalar(
            insert(LetterTemplate)
            .values(
                letter=form.letter,
                unit_id=unit_id,
                based_on=based_on,
                body=body,
                author_id=actor.user_id,
                at=now,
                active=True,
            )
            .returning(LetterTemplate.id)
        )
        _log(session, keys, actor, now, template=based_on, unit=unit_id, version=version)
        return int(version or 0)


def restore_shipped(
    actor: Actor, based_on: str, *, unit_id: int | None, keys: Linker, now: datetime
) -> None:
    """Use the shipped text again, for a unit or for all; the own texts stay in the history."""
    _administrators_only(actor)
    form = form_of_template(based_on)
    with transaction() as session:
        _known_unit(session, unit_id)
        session.execute(
            insert(LetterTemplate).values(
                letter=form.letter,
                unit_id=unit_id,
                based_on=based_on,
                body="",
                author_id=actor.user_id,
                at=now,
                active=False,
            )
        )
        _log(session, keys, actor, now, template=based_on, unit=unit_id, shipped=True)


def save_paragraph(
    actor: Actor,
    wanted: Paragraph,
    *,
    paragraph: int | None = None,
    seen: str | None = None,
    keys: Linker,
    now: datetime,
) -> int:
    """Add a canned paragraph or change one; its variables must fit the letter it is for.

    One that is there already, word for word, is not added again: somebody pressed twice.
    `seen` is the mark of what stood when the page was shown. Raises `ChangedMeanwhile` when that
    is no longer so, `RuleBroken("required")`, or `("paragraph_does_not_fit")` with what is wrong.
    """
    _administrators_only(actor)
    title, body = clean(wanted.title)[:120], clean_lines(wanted.body)
    for entry, text in (("title", title), ("body", body)):
        if not text:
            raise RuleBroken("required", entry=entry)
    if fill_paragraph(body, {}, allowed_in(wanted.letter)).problems:
        raise RuleBroken("paragraph_does_not_fit", entry="body")
    put = replace(wanted, title=title, body=body)
    columns = asdict(put)
    with transaction() as session:
        hold_audit(session)
        _known_unit(session, wanted.unit_id)
        if paragraph is None:
            there = session.scalar(select(CannedParagraph.id).filter_by(**columns).limit(1))
            if there is not None:
                return there
            paragraph = session.execute(
                insert(CannedParagraph).values(**columns).returning(CannedParagraph.id)
            ).scalar_one()
        else:
            row = session.get(CannedParagraph, paragraph, populate_existing=True)
            if row is None:
                raise NotFound("paragraph")
            stored = Paragraph(**{name: getattr(row, name) for name in columns})
            _refuse_changed(stored, put, seen)
            session.execute(
                update(CannedParagraph).where(CannedParagraph.id == paragraph).values(**columns)
            )
        _log(session, keys, actor, now, paragraph=paragraph)
        return paragraph


def set_letterhead(
    actor: Actor,
    unit_id: int,
    entered: Entered,
    *,
    seen: str | None = None,
    keys: Linker,
    now: datetime,
) -> None:
    """Say what stands at the head and foot of a unit's letters; empty goes by its name again.

    `seen` is the mark of what stood when the page was shown; `ChangedMeanwhile` when it does not.
    """
    _administrators_only(actor)
    columns = {name: clean(value) for name, value in asdict(entered).items()}
    with transaction() as session:
        hold_audit(session)
        _known_unit(session, unit_id)
        row = session.get(UnitLetterhead, unit_id, populate_existing=True)
        stored = Entered(**{name: getattr(row, name) for name in columns}) if row else Entered()
        _refuse_changed(stored, Entered(**columns), seen)
        if row is None:
            session.execute(insert(UnitLetterhead).values(unit_id=unit_id, **columns))
        else:
            session.execute(
                update(UnitLetterhead).where(UnitLetterhead.unit_id == unit_id).values(**columns)
            )
        _log(session, keys, actor, now, letterhead=unit_id)


def allowed_in(letter: Letter | None) -> frozenset[str]:
    """The variables a paragraph may use: those every form of its letter has, else all."""
    found = [row.fields for row in forms(letter)] if letter is not None else []
    return frozenset.intersection(*found) if found else frozenset(FIELDS)


def _known_unit(session: Session, unit_id: int | None) -> None:
    if unit_id is None:
        return
    if session.scalar(select(Unit.id).where(Unit.id == unit_id)) is None:
        raise RuleBroken("unknown_unit", entry="unit")


def _administrators_only(actor: Actor) -> None:
    if scope_of(actor, Action.MANAGE_TEMPLATES).nothing:
        raise NotFound("template")


def _log(session: Session, keys: Linker, actor: Actor, now: datetime, **details: object) -> None:
    kept = {name: value for name, value in details.items() if value is not None}
    append_entry(session, keys, actor, AuditAction.TEMPLATE_CHANGED, now=now, details=kept)
