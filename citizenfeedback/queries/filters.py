"""The filters that an official keeps for the inbox."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.text import sort_key
from citizenfeedback.models.accounts import SavedFilter
from citizenfeedback.models.base import db


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """One filter; `narrowing` is what the list's address says of it."""

    id: int
    name: str
    narrowing: str


def kept_filters(actor: Actor) -> list[KeptFilter]:
    """A person's own filters by name; nobody sees another's."""
    rows = db.session.execute(
        select(SavedFilter.id, SavedFilter.name, SavedFilter.narrowing)
        .where(SavedFilter.user_id == actor.user_id)
        .order_by(SavedFilter.id)
    )
    return sorted((KeptFilter(*row) for row in rows), key=lambda one: sort_key(one.name))
