"""Are ratings read honestly: the items, the intervals, the doubts?"""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain.ratings import (
    CRITERIA,
    IMPORTED,
    SCORES,
    TOO_FAST,
    WEB_LIMIT_A_MINUTE,
    Band,
    Consequence,
    Scale,
    acceptable_answer,
    band,
    consequence,
    doubt,
    may_name,
    mean_interval,
    outside_opening_hours,
    reliable,
    share_interval,
)
from citizenfeedback.domain.vocabulary import RatingDoubt

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def test_answers_stay_within_their_scale() -> None:
    """Is a score outside its scale, or an item that does not exist, refused?"""
    assert acceptable_answer("ATT02", 5)
    assert not acceptable_answer("ATT02", 0)
    assert acceptable_answer("ATT05", 0)
    assert not acceptable_answer("ATT05", 2)
    assert acceptable_answer("CMP03", 3)
    assert not acceptable_answer("XXX01", 1)
    assert set(IMPORTED) < set(CRITERIA)


def test_the_gravest_answer_decides() -> None:
    """Does a demand for money stand above harassment, and a good answer bring nothing?"""
    assert consequence({"ATT05": 0, "ETH03": 0}) is Consequence.POSSIBLE_DENUNCIATION
    assert consequence({"ATT05": 0, "ETH03": 1}) is Consequence.ALERT
    assert consequence({"DRS01": 0, "ATT02": 1}) is Consequence.NOTHING


@pytest.mark.parametrize(
    ("mean", "name"),
    [
        (5, Band.EXCELLENT),
        (4.2, Band.EXCELLENT),
        (4, Band.GOOD),
        (3, Band.FAIR),
        (2, Band.AVERAGE),
        (1, Band.WEAK),
    ],
)
def test_bands(mean: float, name: Band) -> None:
    """Does a mean fall into the band of its points out of a hundred?"""
    assert band(mean) is name


def test_few_are_neither_named_nor_reliable() -> None:
    """Are the borders five for a name and thirty for a plain figure?"""
    assert [may_name(number) for number in (4, 5)] == [False, True]
    assert [reliable(number) for number in (29, 30)] == [False, True]


def test_known_intervals() -> None:
    """Do the intervals agree with values worked out elsewhere?"""
    wilson = share_interval(8, 10)
    assert wilson is not None
    assert (round(wilson.low, 4), round(wilson.high, 4)) == (0.4902, 0.9433)
    student = mean_interval(5, 20, 84)
    assert student is not None
    assert (round(student.low, 3), round(student.high, 3)) == (2.759, 5.0)
    assert share_interval(0, 0) is None
    assert mean_interval(1, 5, 25) is None


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_lies_in_its_interval(part: int, whole: int) -> None:
    """Does the interval hold the share and stay between nothing and all?"""
    part = min(part, whole)
    interval = share_interval(part, whole)
    assert interval is not None
    assert 0 <= interval.low <= part / whole + 1e-12
    assert part / whole - 1e-12 <= interval.high <= 1


@given(st.lists(st.sampled_from(SCORES), min_size=2, max_size=80))
def test_a_mean_lies_in_its_interval(scores: list[int]) -> None:
    """Does the interval hold the mean and stay on the scale?"""
    interval = mean_interval(len(scores), sum(scores), sum(score**2 for score in scores))
    assert interval is not None
    mean = sum(scores) / len(scores)
    assert 1 <= interval.low <= mean + 1e-9
    assert mean - 1e-9 <= interval.high <= 5


def test_what_is_doubted() -> None:
    """Are two taps in a row and a flood of web ratings marked, and nothing else?"""
    assert doubt(NOW, NOW - TOO_FAST / 2, 0, verified=True) is RatingDoubt.TOO_FAST
    assert doubt(NOW, NOW - TOO_FAST, 0, verified=True) is None
    limit = WEB_LIMIT_A_MINUTE
    assert doubt(NOW, None, limit, verified=False) is RatingDoubt.LIMIT_REACHED
    assert doubt(NOW, None, limit, verified=True) is None
    assert doubt(NOW, None, limit - 1, verified=False) is None
    assert doubt(NOW, NOW - timedelta(days=1), 0, verified=False) is None


def test_opening_hours() -> None:
    """Are the edges of the day inside, and a day off wholly outside?"""
    opens, closes = time(7, 30), time(17)
    for hour, outside in ((time(7, 29), True), (opens, False), (closes, False), (time(20), True)):
        assert outside_opening_hours(hour, opens, closes, working_day=True) is outside
    assert outside_opening_hours(time(9), opens, closes, working_day=False)
    assert not outside_opening_hours(time(3), None, None, working_day=True)


def test_every_item_has_a_scale() -> None:
    """Is each item of the questionnaire answered in a known way?"""
    assert {item.scale for item in CRITERIA.values()} == set(Scale)
