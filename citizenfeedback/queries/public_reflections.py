"""Reflections that an official has shown to others, as far as they resemble what is being written."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from citizenfeedback.domain.similar import common_words
from citizenfeedback.domain.vocabulary import CaseKind, State
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case, PublicReflection
from citizenfeedback.models.directory import Unit

LOOK_BACK = timedelta(days=183)
MOST_COMPARED = 500
MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """One public reflection: the office's words, where it stands, and how many it concerns."""

    case_id: int
    summary: str
    state: State
    unit: str
    unit_en: str
    shown_on: date
    joined: int

    def unit_title(self, lang: str) -> str:
        """The unit that works on it, in the language asked for."""
        return self.unit_en if lang == "en" and self.unit_en else self.unit


def similar_reflections(words: str, today: date) -> tuple[Shown, ...]:
    """Those of the last half year that speak of the same things, the likest first."""
    rows = db.session.execute(
        select(
            Case.id,
            PublicReflection.summary,
            Case.state,
            Unit.name,
            Unit.name_en,
            PublicReflection.shown_on,
            PublicReflection.joined,
        )
        .join(Case, Case.id == PublicReflection.case_id)
        .join(Unit, Unit.id == Case.unit_id)
        .where(
            Case.kind == CaseKind.REFLECTION,
            PublicReflection.shown_on >= today - LOOK_BACK,
        )
        .order_by(PublicReflection.shown_on.desc(), Case.id.desc())
        .limit(MOST_COMPARED)
    ).all()
    scored = [(common_words(words, row.summary), place) for place, row in enumerate(rows)]
    best = sorted((one for one in scored if one[0]), key=lambda one: (-one[0], one[1]))
    return tuple(Shown(*rows[place]) for _, place in best[:MOST_SHOWN])
