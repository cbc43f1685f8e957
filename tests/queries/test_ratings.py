"""Are ratings broken down without naming anybody too early?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from citizenfeedback.domain.ratings import Interval, Scale
from citizenfeedback.domain.records import RecordKind
from citizenfeedback.domain.vocabulary import RatingDoubt
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.base import db
from citizenfeedback.models.ratings import Rating
from citizenfeedback.queries.figures import monthly
from citizenfeedback.queries.ratings import rating_document, rating_report
from citizenfeedback.services.transaction import transaction
from tests.conftest import counted_queries
from tests.records import POINTS, STAFF, UNITS, rating, write
from tests.year import import_file

FIRST, LAST = date(2019, 1, 1), date(2019, 12, 31)


@pytest.mark.both_databases
def test_a_person_with_few_ratings_is_not_named(
    session: Session, tmp_path: Path, keys: Keys
) -> None:
    """Do five ratings give a name, four none, and doubtful ones no mean?"""
    second = {**STAFF[0], "code": "CB2", "name": "Lê Bình"}
    for kind, rows in (
        (RecordKind.UNITS, UNITS),
        (RecordKind.POINTS, POINTS),
        (RecordKind.STAFF, [*STAFF, second]),
        (
            RecordKind.RATINGS,
            [
                *(rating(f"A{n}", overall=score, ATT05="yes") for n, score in enumerate("55433")),
                *(rating(f"B{n}", staff="CB2", ATT02="2") for n in range(4)),
                rating("Z", overall="1"),
            ],
        ),
    ):
        assert import_file(kind, write(tmp_path, kind, list(rows)), keys=keys).accepted
    with transaction() as writing:
        writing.execute(
            update(Rating).where(Rating.reference == "Z").values(doubt=RatingDoubt.TOO_FAST)
        )
    report = rating_report("TOP", FIRST, LAST)
    assert [person.code for person in report.staff] == ["CB1"]
    assert (report.unnamed_staff, report.unnamed_count) == (1, 4)
    named = report.staff[0].standing
    assert (named.count, named.mean, named.mean_interval) == (5, 4.0, Interval(2.76, 5.0))
    assert named.satisfied_rate == 60
    assert report.doubtful == 1
    assert report.overall.count == 9
    assert report.scores == {5: 6, 4: 1, 3: 2, 2: 0, 1: 0}
    assert [
        (one.code, one.scale, one.count, one.mean, one.proper_rate) for one in report.criteria
    ] == [
        ("ATT02", Scale.FIVE, 4, 2.0, None),
        ("ATT05", Scale.YES_NO, 5, None, 100.0),
    ]
    text = str(rating_document(report))
    assert "Lê Bình" not in text
    assert "CB2" not in text
    assert rating_report("TOP", FIRST, LAST, least_named=4).unnamed_staff == 0
    empty = rating_report("TOP", date(2018, 1, 1), date(2018, 1, 2))
    assert (empty.overall.mean, empty.overall.band, empty.points) == (None, None, ())


@pytest.mark.slow
@pytest.mark.both_databases
def test_the_year_by_point_and_person(year: Flask) -> None:
    """Do the points sum to the whole year, in a handful of statements?"""
    with year.app_context():
        with counted_queries(db.engine) as queries:
            report = rating_report(None, FIRST, LAST)
        assert len(queries) <= 6
        figures = monthly(None, FIRST, LAST)["figures"]
        assert report.overall.count == figures["ratings.count"]["value"]
        assert report.overall.mean == figures["ratings.mean"]["value"]
        assert sum(point.standing.count for point in report.points) == report.overall.count
        assert len(report.points) == 51
        assert len(report.staff) == 102
        assert all(one.standing.count >= 5 for one in report.staff)
