"""Which taps on a screen look dishonest: bursts, and staff who press their own button.

Nothing is deleted: a tap is marked with the reason and counted apart, and a person may count it
again. The rules look at time, score and whom a tap is about, never at who might have pressed. What
they find and what they find wrongly is measured on made-up days (`tests/domain/test_honesty.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.vocabulary import RatingDoubt, Role

BURST, BURST_WITHIN = 6, timedelta(minutes=1)
"""A queue that taps one after another is slower than this."""
PRAISE, PRAISE_WITHIN = 5, timedelta(minutes=4)
"""So many good scores in a row for one person, faster than anybody can be served."""
PRAISE_AT_EDGE = 2
"""So many good scores for one person just before opening or just after closing."""
EDGE = timedelta(minutes=15)
"""How long before opening and after closing a tap may still be a visitor's."""
GOOD = 4
JUDGES = frozenset({Role.SUPERVISOR, Role.INSPECTOR})
"""Who may count a rating again: those who watch, never the leaders of those who were rated."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A tap as the rules see it; `at` is the time at the counter. Taps with a ticket are not asked."""

    id: int
    at: datetime
    score: int
    staff_id: int | None


def within_reach(at: time, opens: time | None, closes: time | None, *, working_day: bool) -> bool:
    """Whether a visitor could have tapped: the point was open, or nearly."""
    if not working_day:
        return False
    return not (
        (opens is not None and _minutes(at) < _minutes(opens) - EDGE // timedelta(minutes=1))
        or (closes is not None and _minutes(at) > _minutes(closes) + EDGE // timedelta(minutes=1))
    )


def suspects(
    taps: Sequence[Seen], opens: time | None, closes: time | None
) -> dict[int, RatingDoubt]:
    """The taps of one screen on one day that look dishonest, each with its reason."""
    ordered = sorted(taps, key=lambda one: (one.at, one.id))
    found: dict[int, RatingDoubt] = {}
    for window in _runs(ordered, BURST, BURST_WITHIN):
        found.update((one.id, RatingDoubt.BURST) for one in window)
    for staff_id in {one.staff_id for one in ordered if one.staff_id is not None}:
        theirs = [one for one in ordered if one.staff_id == staff_id]
        for window in _runs(theirs, PRAISE, PRAISE_WITHIN):
            if all(one.score >= GOOD for one in window):
                found.update((one.id, RatingDoubt.OWN_BUTTON) for one in window)
        for part in (
            [one for one in theirs if opens is not None and one.at.time() < opens],
            [one for one in theirs if closes is not None and one.at.time() > closes],
        ):
            good = [one for one in part if one.score >= GOOD]
            if len(good) >= PRAISE_AT_EDGE:
                found.update((one.id, RatingDoubt.OWN_BUTTON) for one in good)
    return found


def may_judge(actor: Actor) -> bool:
    """Whether this person may count ratings again, or apart, where they see them."""
    return not JUDGES.isdisjoint(actor.roles)


def _runs(taps: Sequence[Seen], least: int, within: timedelta) -> list[Sequence[Seen]]:
    """Every stretch of `least` taps that fits into `within`."""
    stretches = (taps[place : place + least] for place in range(len(taps) - least + 1))
    return [stretch for stretch in stretches if stretch[-1].at - stretch[0].at <= within]


def _minutes(at: time) -> float:
    return at.hour * 60 + at.minute + at.second / 60
