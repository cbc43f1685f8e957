"""What the rules about dishonest taps find, and what they find wrongly."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain.honesty import BURST, EDGE, PRAISE, Seen, suspects, within_reach
from citizenfeedback.domain.vocabulary import RatingDoubt

OPENS, CLOSES = time(7, 30), time(17)
DAY = datetime.combine(date(2026, 11, 23), time())
MORNING = datetime.combine(date(2026, 11, 23), time(9))


def seen(*moments: datetime, score: int = 5, staff: int | None = 7) -> list[Seen]:
    return [Seen(number, at, score, staff) for number, at in enumerate(moments)]


def after(start: datetime, step: int, count: int) -> list[datetime]:
    return [start + timedelta(seconds=step * number) for number in range(count)]


def reasons(taps: list[Seen]) -> list[RatingDoubt | None]:
    found = suspects(taps, OPENS, CLOSES)
    return [found.get(one.id) for one in taps]


def test_is_a_burst_marked_whole_and_a_queue_not() -> None:
    assert set(reasons(seen(*after(MORNING, 12, BURST), staff=None))) == {RatingDoubt.BURST}
    assert set(reasons(seen(*after(MORNING, 13, BURST), staff=None))) == {None}
    assert set(reasons(seen(*after(MORNING, 1, BURST - 1), staff=None))) == {None}


def test_is_praise_faster_than_service_marked() -> None:
    fast = after(MORNING, 55, PRAISE)
    assert set(reasons(seen(*fast))) == {RatingDoubt.OWN_BUTTON}
    assert set(reasons(seen(*fast, score=3))) == {None}, "only praise is one's own"
    assert set(reasons(seen(*fast, staff=None))) == {None}, "of nobody in particular"
    assert set(reasons(seen(*after(MORNING, 61, PRAISE)))) == {None}
    mixed = seen(*fast)
    mixed[2] = Seen(2, mixed[2].at, 2, 7)
    assert set(reasons(mixed)) == {None}, "a bad score between is not one's own doing"


@pytest.mark.parametrize("start", [time(7, 20), time(17, 3)])
def test_is_praise_before_opening_or_after_closing_marked(start: time) -> None:
    at = datetime.combine(DAY, start)
    assert set(reasons(seen(*after(at, 120, 2)))) == {RatingDoubt.OWN_BUTTON}
    assert reasons(seen(at)) == [None]
    assert suspects(seen(*after(at, 120, 2)), None, None) == {}


def test_may_a_visitor_be_there_a_little_before_and_after() -> None:
    assert within_reach(time(7, 15), OPENS, CLOSES, working_day=True)
    assert within_reach(time(17, 15), OPENS, CLOSES, working_day=True)
    assert not within_reach(time(7, 14), OPENS, CLOSES, working_day=True)
    assert not within_reach(time(17, 16), OPENS, CLOSES, working_day=True)
    assert not within_reach(time(9), OPENS, CLOSES, working_day=False)
    assert within_reach(time(3), None, None, working_day=True)


MOMENTS = st.integers(0, 24 * 3600 - 1).map(lambda second: DAY + timedelta(seconds=second))


@given(st.lists(st.tuples(MOMENTS, st.integers(1, 5), st.sampled_from([None, 1, 2])), max_size=40))
def test_do_the_counted_and_each_reason_add_up(
    made: list[tuple[datetime, int, int | None]],
) -> None:
    """Is every tap either counted or apart for one reason, whatever the order they come in?"""
    taps = [Seen(number, *one) for number, one in enumerate(made)]
    found = suspects(taps, OPENS, CLOSES)
    assert found == suspects(taps[::-1], OPENS, CLOSES)
    apart = {reason: sum(one is reason for one in found.values()) for reason in RatingDoubt}
    counted = [one for one in taps if one.id not in found]
    assert len(taps) == len(counted) + sum(apart.values())
    assert set(found) <= {one.id for one in taps}


def honest_day(random: Random, start: int) -> list[Seen]:
    """Visitors of one counter: served for 90 s and more, six in ten tap, some come as a couple."""
    at = datetime.combine(DAY, OPENS) + timedelta(seconds=random.uniform(60, 900))
    taps: list[Seen] = []
    while at.time() < CLOSES:
        at += timedelta(seconds=90 + random.expovariate(1 / 180))
        if random.random() < 0.6:
            for _ in range(2 if random.random() < 0.1 else 1):
                score = random.choices((5, 4, 3, 2, 1), (55, 25, 10, 6, 4))[0]
                at += timedelta(seconds=random.uniform(6, 20))
                taps.append(Seen(start + len(taps), at, score, 7))
    return taps


def pressing(random: Random, start: int) -> list[Seen]:
    """Somebody alone at the counter pressing for themselves: in a quiet minute, or at the edges."""
    edge = random.random() < 0.4
    count = random.randint(3, 6) if edge else random.randint(6, 14)
    opening = datetime.combine(DAY, OPENS) - EDGE + timedelta(seconds=random.uniform(0, 300))
    at = opening if edge else MORNING + timedelta(hours=random.uniform(0, 6))
    taps = []
    for number in range(count):
        at += timedelta(seconds=random.uniform(6, 60))
        taps.append(Seen(start + number, at, 5 if random.random() < 0.9 else 4, 7))
    return taps


def test_is_most_of_it_found_and_hardly_anything_wrongly() -> None:
    """The stated figures: at least 95 in 100 found, at most 5 in 1,000 honest taps set apart."""
    random = Random(20261123)
    honest = wrong = pressed = found = 0
    for _ in range(300):
        day, own = honest_day(random, 0), pressing(random, 10_000)
        honest += len(day)
        wrong += len(suspects(day, OPENS, CLOSES))
        pressed += len(own)
        marked = suspects(day + own, OPENS, CLOSES)
        found += sum(one.id in marked for one in own)
    assert found / pressed >= 0.95
    assert wrong / honest <= 0.005
