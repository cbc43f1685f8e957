"""Finding cases by number, name and summary: accents and letter case do not matter.

What is searched is one folded text a case (`models/search.py`), in which nothing sealed stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    column,
    false,
    func,
    literal,
    or_,
    select,
    table,
    text,
)

from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.text import fold
from citizenfeedback.domain.vocabulary import Action, CaseKind, State
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case, CasePerson
from citizenfeedback.models.search import CaseSearch
from citizenfeedback.queries.visibility import visible

MOST_SIMILAR = 5
MOST_WORDS = 12
MOST_LETTERS = 100

_WORDS = table("case_fts", column("rowid"))


def matching(q: str) -> ColumnElement[bool]:
    """The condition over `Case` that every word of `q` is found; the last may be half typed."""
    words = _words(q)
    if not words:
        return false()
    found = _sqlite(words) if db.session.get_bind().dialect.name == "sqlite" else _postgresql(words)
    number = q.strip().upper()
    return or_(found, Case.number == number) if len(number) <= 16 else found


@dataclass(frozen=True, slots=True)
class Similar:
    """A case of somebody who may be the same person."""

    number: str
    kind: CaseKind
    state: State
    received_on: date
    summary: str


def similar(actor: Actor, name: str, id_no: str) -> tuple[Similar, ...]:
    """The newest visible cases of a person of this name or identity number.

    Denunciations are never among them: nobody is named there.
    """
    same: list[ColumnElement[bool]] = []
    if len(name.split()) > 1:
        same.append(and_(matching(name), Case.id.in_(_named(name))))
    if id_no.strip():
        same.append(
            Case.id.in_(select(CasePerson.case_id).where(CasePerson.id_no == id_no.strip()))
        )
    if not same:
        return ()
    rows = db.session.execute(
        select(Case.number, Case.kind, Case.state, Case.received_on, Case.summary)
        .where(
            or_(*same),
            Case.kind != CaseKind.DENUNCIATION,
            visible(actor, Action.SEE_CASE),
        )
        .order_by(Case.id.desc())
        .limit(MOST_SIMILAR)
    )
    return tuple(Similar(*row) for row in rows)


def _named(name: str) -> Select[int]:
    # The words may stand anywhere in the text that is searched; the person must bear the name.
    return select(CasePerson.case_id).where(CasePerson.name == name.strip())


def _words(q: str) -> list[str]:
    """Letters and digits only: nothing of the databases' own query language is let through."""
    folded = fold(q[:MOST_LETTERS])
    plain = "".join(letter if letter.isalnum() else " " for letter in folded)
    return plain.split()[:MOST_WORDS]


def _sqlite(words: list[str]) -> ColumnElement[bool]:
    query = " AND ".join(f'"{word}"' for word in words) + "*"
    matched = text("case_fts MATCH :case_fts_query").bindparams(case_fts_query=query)
    return Case.id.in_(select(_WORDS.c.rowid).where(matched))


def _postgresql(words: list[str]) -> ColumnElement[bool]:
    query = " & ".join(f"'{word}'" for word in words) + ":*"
    vector = func.to_tsvector(text("'simple'"), CaseSearch.folded)
    matched = vector.op("@@")(func.to_tsquery(text("'simple'"), literal(query)))
    return Case.id.in_(select(CaseSearch.case_id).where(matched))
