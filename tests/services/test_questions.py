"""A point asks items in periods: never twice at a time, never too many."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import NOBODY, SYSTEM
from citizenfeedback.domain.ratings import ASKABLE, MOST_ASKED
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.queries.points import questions_of
from citizenfeedback.services.questions import Period, ask_question, end_question
from tests.conftest import NOON
from tests.places import Counter, make_counter

pytestmark = pytest.mark.both_databases

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture
def counter(session: Session) -> Counter:
    return make_counter()


def ask(counter: Counter, keys: Keys, criterion: str, first: date, last: date | None = None) -> int:
    return ask_question(
        SYSTEM, counter.point_id, criterion, Period(first, last), keys=keys, now=NOON
    )


def test_is_an_item_asked_in_its_period_and_ended(counter: Counter, keys: Keys) -> None:
    running = ask(counter, keys, "ATT02", TODAY)
    coming = ask(counter, keys, "DRS01", TODAY + DAY, TODAY + 30 * DAY)
    ask(counter, keys, "ATT03", TODAY - 9 * DAY, TODAY - DAY)
    assert [one.criterion for one in questions_of(counter.point_id, since=TODAY)] == [
        "ATT02",
        "DRS01",
    ]
    for question in (running, coming):
        end_question(SYSTEM, question, today=TODAY, keys=keys, now=NOON)
    left = questions_of(counter.point_id, since=TODAY)
    assert [(one.criterion, one.last_day) for one in left] == [("ATT02", TODAY)]
    ask(counter, keys, "ATT02", TODAY + DAY)


def test_is_what_has_no_sense_refused(counter: Counter, keys: Keys) -> None:
    ask(counter, keys, "ATT02", TODAY, TODAY + 5 * DAY)
    for criterion, first, last, code in (
        ("ATT01", TODAY, None, "question_unknown"),
        ("XXX", TODAY, None, "question_unknown"),
        ("ATT03", TODAY, TODAY - DAY, "ends_before_start"),
        ("ATT02", TODAY + 5 * DAY, None, "question_asked_already"),
    ):
        with pytest.raises(RuleBroken, match=code):
            ask(counter, keys, criterion, first, last)
    for criterion in [one for one in ASKABLE if one != "ATT02"][: MOST_ASKED - 1]:
        ask(counter, keys, criterion, TODAY)
    with pytest.raises(RuleBroken, match="too_many_questions"):
        ask(counter, keys, ASKABLE[-1], TODAY)
    ask(counter, keys, "OUT01", TODAY - 9 * DAY, TODAY - DAY)


def test_is_a_stranger_and_an_unknown_point_refused(counter: Counter, keys: Keys) -> None:
    with pytest.raises(NotFound):
        ask_question(NOBODY, counter.point_id, "ATT02", Period(TODAY, None), keys=keys, now=NOON)
    with pytest.raises(NotFound):
        ask_question(SYSTEM, 999_999, "ATT02", Period(TODAY, None), keys=keys, now=NOON)
    with pytest.raises(NotFound):
        end_question(SYSTEM, 999_999, today=TODAY, keys=keys, now=NOON)
