"""Do the figures come out exactly, by the fast way and by the slow one?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import false, insert
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.indicators import (
    INDICATORS,
    DossierRow,
    Over,
    RatingRow,
    ReceptionRow,
    SubmissionRow,
    evaluate,
)
from citizenfeedback.domain.vocabulary import (
    CaseField,
    CaseKind,
    Channel,
    Complexity,
    Direction,
    Phase,
    RatingChannel,
    RatingDoubt,
    ReceivedBy,
    ReceptionKind,
    SittingKind,
    State,
    UnitLevel,
)
from citizenfeedback.domain.windows import Window, previous_window
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import ServicePoint, Unit
from citizenfeedback.models.ratings import Rating
from citizenfeedback.models.receptions import Reception
from citizenfeedback.models.reporting import DossierCount
from citizenfeedback.queries.figures import (
    By,
    Part,
    figure_conditions,
    figures_by,
    listed_cases,
    monthly,
    unit_scope,
    window_figures,
)
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON, counted_queries
from tests.year import expected, unpacked

YEAR = Window(date(2019, 1, 1), date(2019, 12, 31))
MAY = Window(date(2019, 5, 1), date(2019, 5, 31))


@pytest.fixture
def books(year: Flask) -> Iterator[Flask]:
    """The year, ready to be asked."""
    with year.app_context():
        yield year


@pytest.mark.slow
@pytest.mark.both_databases
def test_the_year_gives_exactly_the_known_figures(books: Flask, scratch: Path) -> None:
    """Does every key of every known report come out to the last digit, and fast?"""
    reports = expected(unpacked(scratch))
    assert len(reports) == 3
    for report in reports:
        period = report["period"]
        first, last = date.fromisoformat(period["from"]), date.fromisoformat(period["to"])
        with counted_queries(db.engine) as queries:
            found = monthly(report["unit"], first, last)
        assert found == report
        assert set(found["figures"]) == set(INDICATORS)
        assert len(queries) <= 5
        assert min(_seconds(report["unit"], first, last) for _ in range(3)) < 1


def _seconds(unit: str, first: date, last: date) -> float:
    started = time.perf_counter()
    monthly(unit, first, last)
    return time.perf_counter() - started


@pytest.mark.slow
@pytest.mark.both_databases
def test_the_parts_add_up_to_the_whole(books: Flask) -> None:
    """Do the figures by unit, by kind and by field sum to those of the province?"""
    scope = unit_scope()
    (whole,) = window_figures(scope, (YEAR,))
    for by in By:
        parts = figures_by(by, scope, YEAR)
        for key in ("petitions.received", "cases.opening", "cases.resolved", "cases.closing"):
            assert sum(part[key].value or 0 for part in parts.values()) == whole[key].value
    units = figures_by(By.UNIT, scope, YEAR)
    for key in ("receptions.turns", "ratings.count"):
        assert sum(part[key].value or 0 for part in units.values()) == whole[key].value
    kinds = figures_by(By.KIND, scope, YEAR)
    assert kinds["complaint"]["cases.accepted"] == whole["cases.accepted.complaint"]


@pytest.mark.slow
def test_several_windows_are_counted_at_once(books: Flask) -> None:
    """Does a report beside the window before it cost no more statements?"""
    scope = unit_scope("QN-H193")
    before = previous_window(MAY)
    with counted_queries(db.engine) as queries:
        both = window_figures(scope, (MAY, before))
    assert len(queries) == 4
    assert both == (*window_figures(scope, (MAY,)), *window_figures(scope, (before,)))


@pytest.mark.slow
@pytest.mark.both_databases
def test_every_figure_over_cases_opens_as_many_cases_as_it_counts(books: Flask) -> None:
    """Is the list behind a figure the figure, page by page?"""
    scope = unit_scope()
    (figures,) = window_figures(scope, (MAY,))
    for key, indicator in INDICATORS.items():
        if indicator.over is not Over.CASES:
            continue
        one = figures[key]
        count = one.value if one.numerator is None else one.numerator
        seen = list(_pages(key, Part.NUMERATOR))
        assert len(seen) == len(set(seen)) == count, key
        if one.denominator is not None:
            assert len(list(_pages(key, Part.DENOMINATOR))) == one.denominator, key
    assert not listed_cases([*figure_conditions("petitions.received", scope, MAY), false()])


def _pages(key: str, part: Part) -> Iterator[int]:
    after = None
    while True:
        page = listed_cases(figure_conditions(key, unit_scope(), MAY, part), after=after, limit=400)
        yield from (case.id for case in page)
        if len(page) < 400:
            return
        after = (page[-1].received_on, page[-1].id)


def test_what_is_not_there_is_refused(session: Session) -> None:
    """Are an unknown unit, an unknown figure and a figure without cases refused?"""
    _tree()
    with pytest.raises(NotFound):
        monthly("NOWHERE", MAY.first, MAY.last)
    for key in ("cases.nothing", "receptions.turns", "ratings.mean"):
        with pytest.raises(NotFound):
            figure_conditions(key, unit_scope("TOP"), MAY)


@pytest.mark.both_databases
def test_nothing_gives_null_and_not_an_error(session: Session) -> None:
    """Is every key there in an empty office, with null where nothing is divided?"""
    _tree()
    figures = monthly("TOP", MAY.first, MAY.last)["figures"]
    assert set(figures) == set(INDICATORS)
    assert figures["cases.resolution_rate"] == {"value": None, "numerator": 0, "denominator": 0}
    assert figures["ratings.mean"] == {"value": None}
    assert figures["receptions.turns"] == {"value": 0}


# The fast way and the slow way.

DAYS = st.integers(0, 40).map(lambda days: date(2020, 1, 1) + timedelta(days))
SOME_DAY = st.none() | DAYS
SUBMISSIONS = st.lists(
    st.builds(
        SubmissionRow,
        kind=st.sampled_from(CaseKind),
        received_on=DAYS,
        processed_on=SOME_DAY,
        eligible=st.none() | st.booleans(),
        competent=st.none() | st.booleans(),
        direction=st.none() | st.sampled_from(Direction),
        accepted_on=SOME_DAY,
        closed_on=SOME_DAY,
        settle_by=SOME_DAY,
        duplicate=st.booleans(),
    ),
    max_size=12,
)
RECEPTIONS = st.lists(
    st.builds(
        ReceptionRow,
        date=DAYS,
        people=st.integers(1, 9),
        received_by=st.sampled_from(ReceivedBy),
        matter=st.sampled_from(("", "A", "B")),
    ),
    max_size=6,
)
RATINGS = st.lists(
    st.builds(RatingRow, rated_on=DAYS, overall=st.integers(1, 5), doubtful=st.booleans()),
    max_size=6,
)
DOSSIERS = st.lists(
    st.builds(
        DossierRow,
        month=st.sampled_from((date(2019, 12, 1), date(2020, 1, 1), date(2020, 2, 1))),
        on_time=st.integers(0, 9),
        late=st.integers(0, 9),
    ),
    max_size=4,
)
WINDOWS = st.tuples(DAYS, DAYS).map(lambda days: Window(min(days), max(days)))


@pytest.mark.both_databases
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    submissions=SUBMISSIONS,
    receptions=RECEPTIONS,
    ratings=RATINGS,
    dossiers=DOSSIERS,
    window=WINDOWS,
)
def test_the_database_counts_what_the_words_say(
    session: Session,
    submissions: list[SubmissionRow],
    receptions: list[ReceptionRow],
    ratings: list[RatingRow],
    dossiers: list[DossierRow],
    window: Window,
) -> None:
    """Does SQL give for any rows and any window what the predicates give row by row?"""
    _tree()
    _fill(submissions, receptions, ratings, dossiers)
    rows: dict[Over, list[Any]] = {
        Over.CASES: submissions,
        Over.RECEPTIONS: receptions,
        Over.RATINGS: ratings,
        Over.DOSSIERS: dossiers,
    }
    (found,) = window_figures(unit_scope("TOP"), (window,))
    for key, indicator in INDICATORS.items():
        assert found[key] == evaluate(indicator, rows[indicator.over], window), key


def _tree() -> None:
    """A root, a unit and a point below it, a unit beside; empty again each time."""
    with transaction() as session:
        for model in (Case, Reception, Rating, DossierCount, ServicePoint, Unit):
            session.execute(model.__table__.delete())
        for number, code, path in ((1, "TOP", "/1/"), (2, "LEAF", "/1/2/"), (3, "APART", "/3/")):
            session.execute(
                insert(Unit).values(
                    id=number,
                    code=code,
                    name=code,
                    level=UnitLevel.COMMUNE,
                    parent_id=1 if number == 2 else None,
                    path=path,
                )
            )
        for number, unit in ((1, 2), (2, 3)):
            session.execute(
                insert(ServicePoint).values(id=number, code=f"P{number}", name="", unit_id=unit)
            )


def _fill(
    submissions: list[SubmissionRow],
    receptions: list[ReceptionRow],
    ratings: list[RatingRow],
    dossiers: list[DossierRow],
) -> None:
    """The rows at the lower unit, and each once more at the unit that must not count."""
    with transaction() as session:
        first = _case(0, 3, SubmissionRow(CaseKind.PETITION, date(1990, 1, 1)), None)
        session.execute(insert(Case), [first])
        for unit in (2, 3):
            cases = [
                _case(unit * 100 + place, unit, row, 1) for place, row in enumerate(submissions)
            ]
            visits = [
                {
                    "book_no": f"{unit}-{place}",
                    "date": row.date,
                    "unit_id": unit,
                    "sitting": SittingKind.REGULAR,
                    "received_by": row.received_by,
                    "people": row.people,
                    "kind": ReceptionKind.NONE,
                    "matter": row.matter,
                    "recorded_at": NOON,
                }
                for place, row in enumerate(receptions)
            ]
            taps = [
                {
                    "reference": f"{unit}-{place}",
                    "rated_at": NOON,
                    "rated_on": row.rated_on,
                    "point_id": unit - 1,
                    "unit_id": unit,
                    "channel": RatingChannel.KIOSK,
                    "overall": row.overall,
                    "doubt": RatingDoubt.BURST if row.doubtful else None,
                }
                for place, row in enumerate(ratings)
            ]
            months = [
                {
                    "month": row.month,
                    "unit_id": unit,
                    "procedure": f"{place}",
                    "on_time": row.on_time,
                    "late": row.late,
                    "pending_in_time": 0,
                    "pending_overdue": 0,
                }
                for place, row in enumerate(dossiers)
            ]
            for model, rows in (
                (Case, cases),
                (Reception, visits),
                (Rating, taps),
                (DossierCount, months),
            ):
                if rows:
                    session.execute(insert(model), rows)


def _case(place: int, unit: int, row: SubmissionRow, first: int | None) -> dict[str, Any]:
    return {
        "id": place + 1,
        "number": f"20-{place}",
        "kind": row.kind,
        "field": CaseField.OTHER,
        "channel": Channel.POST,
        "state": State.REGISTERED,
        "phase": Phase.RECEIVED,
        "unit_id": unit,
        "received_on": row.received_on,
        "registered_at": NOON,
        "processed_on": row.processed_on,
        "eligible": row.eligible,
        "competent": row.competent,
        "direction": row.direction,
        "accepted_on": row.accepted_on,
        "complexity": Complexity.NORMAL,
        "closed_on": row.closed_on,
        "settle_by": row.settle_by,
        "due_on": date.max,
        "duplicate_of_id": first if row.duplicate else None,
    }
