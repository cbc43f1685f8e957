"""Reflections that an official has shown to others: those that resemble what is being written, and one.

What the office answers to everybody is given out only once the case has ended: whoever sent the
reflection is answered first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select

from citizenfeedback.domain.keys import Finder
from citizenfeedback.domain.similar import common_words
from citizenfeedback.domain.vocabulary import CaseKind, State
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case, JoinedContact, PublicReflection
from citizenfeedback.models.directory import Unit

LOOK_BACK = timedelta(days=183)
MOST_COMPARED = 500
MOST_SHOWN = 3
TOKEN = "joined"
"""What the keyed hash of a link to a joined reflection is made for."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One public reflection: the office's words, where it stands, and how many it concerns.

    `answer` is what the office said to everybody; blank while the case is open or none was written.
    """

    case_id: int
    summary: str
    state: State
    unit: str
    unit_en: str
    shown_on: date
    joined: int
    answer: str = ""

    def unit_title(self, lang: str) -> str:
        """The unit that works on it, in the language asked for."""
        return self.unit_en if lang == "en" and self.unit_en else self.unit


@dataclass(frozen=True, slots=True)
class JoinedReflection:
    """What the link in a mail opens: the reflection, and whether its holder is told of the answer."""

    shown: Shown
    confirmed: bool


@dataclass(frozen=True, slots=True)
class PublicWords:
    """What an official wrote for others, as the form shows it again."""

    summary: str = ""
    answer: str = ""
    joined: int = 0


def answered() -> ColumnElement[bool]:
    """Whether there is something to tell those who joined: an end, and an answer for everybody."""
    return and_(
        Case.kind == CaseKind.REFLECTION, Case.is_open.is_(False), PublicReflection.answer != ""
    )


def similar_reflections(words: str, today: date) -> tuple[Shown, ...]:
    """Those of the last half year that speak of the same things, the likest first."""
    rows = db.session.execute(
        _shown()
        .where(PublicReflection.shown_on >= today - LOOK_BACK)
        .order_by(PublicReflection.shown_on.desc(), Case.id.desc())
        .limit(MOST_COMPARED)
    ).all()
    scored = [(common_words(words, row.summary), place) for place, row in enumerate(rows)]
    best = sorted((one for one in scored if one[0]), key=lambda one: (-one[0], one[1]))
    return tuple(_made(rows[place]) for _, place in best[:MOST_SHOWN])


def public_reflection(case_id: int) -> Shown | None:
    """The one that somebody wants to join; None where it is not shown."""
    row = db.session.execute(_shown().where(Case.id == case_id)).first()
    return None if row is None else _made(row)


def joined_reflection(keys: Finder, token: str) -> JoinedReflection | None:
    """What the link of somebody who joined opens; None once the address was erased."""
    row = db.session.execute(
        _shown()
        .add_columns(JoinedContact.confirmed_at)
        .join(JoinedContact, JoinedContact.case_id == Case.id)
        .where(JoinedContact.token_hash == keys.fingerprint(TOKEN, token))
    ).first()
    return None if row is None else JoinedReflection(_made(row), row.confirmed_at is not None)


def public_words(case_id: int) -> PublicWords:
    """What stands there now for others to read; nothing where it is not shown."""
    row = db.session.execute(
        select(PublicReflection.summary, PublicReflection.answer, PublicReflection.joined).where(
            PublicReflection.case_id == case_id
        )
    ).first()
    return PublicWords() if row is None else PublicWords(*row)


_COLUMNS: tuple[Any, ...] = (
    Case.id,
    Case.state,
    Case.is_open,
    PublicReflection.summary,
    PublicReflection.shown_on,
    PublicReflection.joined,
    PublicReflection.answer,
    Unit.name,
    Unit.name_en,
)


def _shown() -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join(PublicReflection, PublicReflection.case_id == Case.id)
        .join(Unit, Unit.id == Case.unit_id)
        .where(Case.kind == CaseKind.REFLECTION)
    )


def _made(row: Any) -> Shown:
    return Shown(
        row.id,
        row.summary,
        row.state,
        row.name,
        row.name_en,
        row.shown_on,
        row.joined,
        "" if row.is_open else row.answer,
    )
