"""Keeping a narrowed list of the inbox under a name, and dropping it again.

A filter is its owner's alone and holds no words of a search: those may name a person.
"""

from __future__ import annotations

from sqlalchemy import delete, func, insert, select, update

from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.text import clean
from citizenfeedback.models.accounts import SavedFilter, User
from citizenfeedback.services.transaction import transaction

MOST_FILTERS = 20
LONGEST_NAME = 60


def keep_filter(actor: Actor, name: str, narrowing: str) -> None:
    """Keep what the list is narrowed to; a name that is there takes the new narrowing.

    Raises `RuleBroken("filter_unnamed")`, or `("too_many_filters")` with the most one may keep.
    """
    name = clean(name)[:LONGEST_NAME].strip()
    if not name:
        raise RuleBroken("filter_unnamed")
    mine = SavedFilter.user_id == actor.user_id
    with transaction() as session:
        # One press at a time for each person, so that a double press makes one filter.
        session.execute(select(User.id).where(User.id == actor.user_id).with_for_update())
        changed = session.execute(
            update(SavedFilter)
            .where(mine, SavedFilter.name == name)
            .values(narrowing=narrowing)
            .returning(SavedFilter.id)
        ).first()
        if changed:
            return
        number = session.scalar(select(func.count()).select_from(SavedFilter).where(mine)) or 0
        if number >= MOST_FILTERS:
            raise RuleBroken("too_many_filters", most=MOST_FILTERS)
        session.execute(
            insert(SavedFilter).values(user_id=actor.user_id, name=name, narrowing=narrowing)
        )


def drop_filter(actor: Actor, filter_id: int) -> None:
    """Keep a filter no longer. Raises `NotFound` for one that is not the actor's."""
    with transaction() as session:
        gone = session.execute(
            delete(SavedFilter)
            .where(SavedFilter.id == filter_id, SavedFilter.user_id == actor.user_id)
            .returning(SavedFilter.id)
        ).first()
        if gone is None:
            raise NotFound("filter")
