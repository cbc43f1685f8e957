"""The reception book as it is read: who sees what, pages by key, totals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.receptions import ReceptionEntry, SittingEntry
from citizenfeedback.domain.vocabulary import Action, CaseKind, ReceivedBy, ReceptionKind
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.queries.receptions import (
    PAGE,
    Cursor,
    Filters,
    book_page,
    reception,
    sittings_page,
    units_for,
)
from citizenfeedback.services.receiving import (
    NewReception,
    link_to_case,
    record_reception,
    record_sitting,
)
from tests.services.desk import (
    BUILDING,
    CHIEF,
    DUC,
    HOA,
    LAN,
    LAND,
    MINH,
    TEAM,
    TRA,
    Desk,
    open_desk,
)

TODAY = date(2026, 11, 23)


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office."""
    return open_desk(session, keys)


def visit(desk: Desk, unit_id: int = BUILDING, **entry: Any) -> int:
    """A visit in the book of a unit."""
    values = {
        "visited_on": TODAY,
        "kind": ReceptionKind.PETITION,
        "name": "Nguyễn Văn Hùng",
        "id_no": "022190001234",
        "address": "Khu 3",
        "summary": "Hỏi về đường thôn",
    } | entry
    new = NewReception(unit_id, ReceptionEntry(**values))
    return record_reception(desk.actor(CHIEF), new, office=desk.office).id


def listed(desk: Desk, who: int, **filters: Any) -> list[int]:
    """The ids of the first page."""
    page = book_page(desk.actor(who), Filters(**filters), None, group_size=5)
    return [line.id for line in page.lines]


@pytest.mark.both_databases
def test_the_book_shows_what_is_within_reach(desk: Desk) -> None:
    here, below, there = visit(desk), visit(desk, TEAM), visit(desk, LAND)
    assert listed(desk, LAN) == [here]
    assert listed(desk, HOA) == [here]
    assert listed(desk, DUC) == [below, here]
    assert listed(desk, MINH) == [there]
    assert listed(desk, CHIEF) == [there, below, here]
    assert listed(desk, CHIEF, unit_id=BUILDING) == [below, here]
    assert listed(desk, LAN, unit_id=LAND) == []
    with pytest.raises(NotFound):
        reception(desk.actor(LAN), there)
    assert [unit.id for unit in units_for(desk.actor(LAN), Action.REGISTER_RECEPTION)] == [BUILDING]


@pytest.mark.both_databases
def test_filters_narrow_and_totals_count_what_is_listed(desk: Desk) -> None:
    one = visit(desk)
    group = visit(desk, people=12, kind=ReceptionKind.COMPLAINT)
    old = visit(desk, visited_on=TODAY - timedelta(days=40))
    assert listed(desk, CHIEF, groups=True) == [group]
    assert listed(desk, CHIEF, kinds=frozenset({ReceptionKind.PETITION})) == [one, old]
    assert listed(desk, CHIEF, first=TODAY) == [group, one]
    assert listed(desk, CHIEF, last=TODAY - timedelta(days=1)) == [old]
    totals = book_page(desk.actor(CHIEF), Filters(first=TODAY), None, group_size=5).totals
    assert (totals.turns, totals.people, totals.groups) == (2, 13, 1)
    assert Filters(groups=True, first=TODAY, last=TODAY, unit_id=1).active == 3


@pytest.mark.both_databases
def test_pages_lead_forward_and_back_without_repeating(desk: Desk) -> None:
    ids = [visit(desk, visited_on=TODAY - timedelta(days=n // 7)) for n in range(PAGE + 7)]
    order = [one for _, one in sorted(((n // 7, -i), i) for n, i in enumerate(ids))]
    first = book_page(desk.actor(CHIEF), Filters(), None, group_size=5)
    assert [line.id for line in first.lines] == order[:PAGE]
    assert first.previous is None
    cursor = Cursor.read(str(first.next))
    second = book_page(desk.actor(CHIEF), Filters(), cursor, group_size=5)
    assert [line.id for line in second.lines] == order[PAGE:]
    assert (second.first, second.next) == (PAGE + 1, None)
    back = book_page(desk.actor(CHIEF), Filters(), second.previous, group_size=5)
    assert [line.id for line in back.lines] == order[:PAGE]
    assert (back.first, back.previous) == (1, None)


@pytest.mark.parametrize("text", ["", "a.1.2", "x.20261123.1.1", "a.20261399.1.1", "a.٢٠.1.1"])
def test_a_cursor_that_makes_no_sense_is_the_first_page(text: str) -> None:
    assert Cursor.read(text) is None


@pytest.mark.both_databases
def test_a_denouncer_is_shown_to_nobody_and_others_only_to_those_who_work(desk: Desk) -> None:
    sealed = visit(desk, kind=ReceptionKind.DENUNCIATION)
    plain = visit(desk)
    for who in (LAN, DUC, TRA):
        found = reception(desk.actor(who), sealed)
        assert (found.sealed, found.name, found.id_no, found.address) == (True, "", "", "")
    assert reception(desk.actor(LAN), plain).name == "Nguyễn Văn Hùng"
    masked = reception(desk.actor(TRA), plain)
    assert (masked.name, masked.id_no, masked.address) == ("N. V. H.", "•••234", "")
    names = {
        line.id: line.name
        for line in book_page(desk.actor(TRA), Filters(), None, group_size=5).lines
    }
    assert names == {sealed: "", plain: "N. V. H."}


@pytest.mark.both_databases
def test_a_visit_about_a_denunciation_of_oneself_does_not_exist(desk: Desk) -> None:
    case = desk.file(CaseKind.DENUNCIATION, respondent_unit_id=BUILDING)
    made = visit(desk)
    assert listed(desk, LAN) == [made]
    link_to_case(desk.actor(CHIEF), made, case.number, office=desk.office)
    for who in (LAN, HOA, DUC):
        assert listed(desk, who) == []
        with pytest.raises(NotFound):
            reception(desk.actor(who), made)
    assert reception(desk.actor(CHIEF), made).case_number == case.number


def test_a_second_visit_on_one_matter_says_so(desk: Desk) -> None:
    first = visit(desk)
    again = replace(
        NewReception(BUILDING, ReceptionEntry(TODAY, name="A", address="B", summary="C")),
        matter=reception(desk.actor(LAN), first).book_no,
    )
    second = record_reception(desk.actor(LAN), again, office=desk.office)
    assert reception(desk.actor(LAN), first).turns_before == 0
    assert reception(desk.actor(LAN), second.id).turns_before == 1


@pytest.mark.both_databases
def test_leaders_days_are_listed_and_counted(desk: Desk) -> None:
    chief = desk.actor(CHIEF)
    for unit, days in ((BUILDING, 0), (LAND, 2), (BUILDING, 40)):
        entry = SittingEntry(
            TODAY - timedelta(days=days), received_by=ReceivedBy.HEAD, visitors=days
        )
        record_sitting(chief, unit, entry, office=desk.office)
    page = sittings_page(chief, None)
    assert ([line.visitors for line in page.lines], page.total, page.visitors) == (
        [0, 2, 40],
        3,
        42,
    )
    assert [line.visitors for line in sittings_page(desk.actor(LAN), None).lines] == [0, 40]
    recent = sittings_page(
        chief, None, unit_id=BUILDING, first=TODAY - timedelta(days=7), last=TODAY
    )
    assert [line.visitors for line in recent.lines] == [0]
    after = sittings_page(chief, Cursor(TODAY, page.lines[0].id, 1))
    assert [line.visitors for line in after.lines] == [2, 40]


def test_a_page_of_the_book_asks_little(desk: Desk, count_queries: Callable[[], Any]) -> None:
    for _ in range(5):
        visit(desk)
    actor = desk.actor(CHIEF)
    with count_queries() as seen:
        book_page(actor, Filters(), None, group_size=5)
    assert len(seen) <= 3
