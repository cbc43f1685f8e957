"""Do the reports' readings agree with the figures, month by month and unit by unit?"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import NOBODY, SYSTEM
from citizenfeedback.domain.indicators import INDICATORS
from citizenfeedback.domain.windows import Window
from citizenfeedback.models.base import db
from citizenfeedback.queries.figures import Part, monthly
from citizenfeedback.queries.reporting import (
    Asked,
    comments,
    doubts,
    figure_rows,
    monthly_book,
    overview,
    rating_book,
    reach_of,
)
from tests.conftest import counted_queries
from tests.year import expected, unpacked

YEAR = Window(date(2019, 1, 1), date(2019, 12, 31))
ODD = Window(date(2019, 3, 10), date(2019, 5, 20))


@pytest.fixture
def books(year: Flask) -> Iterator[Flask]:
    """The year, ready to be asked."""
    with year.app_context():
        yield year


@pytest.mark.slow
@pytest.mark.both_databases
def test_the_book_gives_the_known_figures_of_every_unit(books: Flask, scratch: Path) -> None:
    """Does each unit's line give what the report of that unit gives?"""
    for report in expected(unpacked(scratch)):
        period = report["period"]
        window = Window(date.fromisoformat(period["from"]), date.fromisoformat(period["to"]))
        book = monthly_book(SYSTEM, report["unit"], window)
        assert {name: book[name] for name in report} == report
        assert book["units"][0]["figures"] == report["figures"]
    units = {unit["code"]: unit for unit in monthly_book(SYSTEM, "", YEAR)["units"]}
    for code in ("QN-H193", "QN-BTCD"):
        assert units[code]["figures"] == monthly(code, YEAR.first, YEAR.last)["figures"]


@pytest.mark.slow
@pytest.mark.both_databases
def test_the_months_carry_over_from_one_to_the_next(books: Flask) -> None:
    """Does a month open with what the one before left, as its own report says?"""
    for window in (YEAR, ODD):
        with counted_queries(db.engine) as queries:
            page = overview(SYSTEM, "", window)
        assert len(queries) <= 9
        for month in page.months:
            own = monthly(None, month.window.first, month.window.last)["figures"]
            assert (month.opening, month.closing) == tuple(
                own[f"cases.{name}"]["value"] for name in ("opening", "closing")
            )
            assert month.turns == own["receptions.turns"]["value"]
            assert month.satisfied == own["ratings.satisfied_rate"]["numerator"]
        total = sum(int(line.figures["cases.accepted"].value or 0) for line in page.by_unit)
        assert total == page.figures["cases.accepted"].value


@pytest.mark.slow
@pytest.mark.both_databases
def test_every_figure_opens_its_rows(books: Flask) -> None:
    """Is there a list behind each figure, as long as the figure, page after page?"""
    figures = overview(SYSTEM, "", ODD).figures
    for key in INDICATORS:
        rows = figure_rows(SYSTEM, "", ODD, Asked(key))
        assert rows.unseen == 0
        assert len(rows.rows) == min(rows.total, 50)
        if key.startswith(("cases.", "petitions.")):
            one = figures[key]
            assert rows.total == (one.value if one.numerator is None else one.numerator), key
    for key in ("cases.accepted", "receptions.turns", "ratings.count"):
        first = figure_rows(SYSTEM, "", ODD, Asked(key))
        second = figure_rows(SYSTEM, "", ODD, Asked(key, Part.NUMERATOR, after=first.next))
        assert not {row.id for row in first.rows} & {row.id for row in second.rows}


@pytest.mark.slow
def test_ratings_are_told_with_their_words(books: Flask) -> None:
    """Are comments there, and doubtful ratings by their reason?"""
    scope = reach_of(SYSTEM).chosen.scope
    assert len(comments(scope, YEAR)) == 30
    assert doubts(scope, YEAR) == {}
    assert rating_book(SYSTEM, "QN-H193", YEAR)["name"]["en"]


def test_nothing_is_within_reach_of_a_stranger(session: Session) -> None:
    """Is an empty office, a stranger or an unknown unit answered as not there?"""
    for actor in (NOBODY, SYSTEM):
        with pytest.raises(NotFound):
            reach_of(actor)


@pytest.mark.slow
def test_the_reach_reads_as_a_tree_and_is_searched_without_accents(books: Flask) -> None:
    """Does the top come first, each unit below its parent, and a name without accents find?"""
    reach = reach_of(SYSTEM)
    assert reach.top.code == "QN"
    assert reach.top.depth == 0
    depths = [unit.depth for unit in reach.units]
    assert all(after <= before + 1 for before, after in itertools.pairwise(depths))
    assert [unit.code for unit in reach.matching("bo ha long")] or reach.matching("ha long")
    assert reach.matching("không có") == ()
    below = reach_of(SYSTEM, "QN-H193")
    assert below.line == (below.top,)
    assert below.below[0] is below.chosen
    with pytest.raises(NotFound):
        reach_of(SYSTEM, "NOWHERE")
