"""Finding cases by number, name and summary: accents and letter case do not matter.

What is searched is one folded text a case (`models/search.py`), in which nothing sealed stands.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, column, false, func, literal, or_, select, table, text

from citizenfeedback.domain.text import fold
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.search import CaseSearch

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
