"""The demonstration's books in the form of import files."""

from __future__ import annotations

import random

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.records import RecordKind
from citizenfeedback.gateways.clock import local_date
from citizenfeedback.services import demonstrating_books as books
from tests.conftest import NOON
from tests.services.test_demonstrating_stories import PLACES

TODAY = local_date(NOON).isoformat()
CALENDAR = WorkCalendar(())


def made(kind: RecordKind) -> list[books.Row]:
    """The rows of a book."""
    chance = random.Random(5)
    counters = books.points(PLACES)
    people = books.staff(chance, counters)
    return {
        RecordKind.POINTS: lambda: counters,
        RecordKind.STAFF: lambda: people,
        RecordKind.RATINGS: lambda: books.ratings(chance, people, CALENDAR, count=400, now=NOON),
        RecordKind.RECEPTIONS: lambda: books.receptions(
            chance, PLACES, CALENDAR, count=300, now=NOON
        ),
        RecordKind.SITTINGS: lambda: books.sittings(chance, PLACES, CALENDAR, now=NOON),
        RecordKind.DOSSIERS: lambda: books.dossiers(chance, PLACES, now=NOON),
    }[kind]()


def test_every_book_has_rows_and_keys_do_not_repeat() -> None:
    for kind, key in (
        (RecordKind.POINTS, ("code",)),
        (RecordKind.STAFF, ("code",)),
        (RecordKind.RATINGS, ("id",)),
        (RecordKind.RECEPTIONS, ("book_no",)),
        (RecordKind.SITTINGS, ("date", "unit", "kind", "received_by")),
        (RecordKind.DOSSIERS, ("month", "unit", "procedure")),
    ):
        rows = made(kind)
        keys = [tuple(row[name] for name in key) for row in rows]
        assert rows
        assert len(set(keys)) == len(keys), kind
        assert {frozenset(row) for row in rows} == {frozenset(rows[0])}


def test_nothing_is_dated_today_or_later() -> None:
    assert max(row["rated_at"] for row in made(RecordKind.RATINGS)) < TODAY
    assert max(row["date"] for row in made(RecordKind.RECEPTIONS)) < TODAY
    assert max(row["date"] for row in made(RecordKind.SITTINGS)) < TODAY


def test_visits_come_again_and_in_groups() -> None:
    rows = made(RecordKind.RECEPTIONS)
    assert len({row["matter"] for row in rows}) < len(rows)
    assert any(int(row["people"]) >= 5 for row in rows)
    assert {row["sitting"] for row in rows} >= {"regular", "periodic"}


def test_leaders_receive_on_leaders_days_only() -> None:
    for row in made(RecordKind.RECEPTIONS):
        assert (row["sitting"] == "regular") == (row["received_by"] == "officer")
