"""Lists and their counts: each list holds what its count says, page after page."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseField,
    CaseKind,
    DataOutcome,
    DataPart,
    DataWish,
    Letter,
    Phase,
    Standing,
    State,
)
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.privacy import DataRequest
from citizenfeedback.queries import inbox
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.case_page import case_page, case_panel
from citizenfeedback.queries.inbox import Cursor, Filters, InboxPage, View, inbox_page
from citizenfeedback.queries.search import similar
from citizenfeedback.services import lettering
from citizenfeedback.services.transaction import transaction
from tests.services.desk import (
    BUILDING,
    CHIEF,
    DUC,
    HOA,
    LAN,
    MINH,
    QUAN,
    TEAM,
    TRA,
    Desk,
    open_desk,
)
from tests.services.letters import draft, seen

pytestmark = pytest.mark.both_databases

PEOPLE = (HOA, DUC, LAN, CHIEF, MINH, TRA)


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office of the tests."""
    return open_desk(session, keys)


def fill(desk: Desk, number: int, seed: int = 1) -> None:
    """Cases of all kinds in many states, some late."""
    rng = random.Random(seed)
    for _ in range(number):
        kind = rng.choice(list(CaseKind))
        case = desk.file(
            kind,
            unit_id=rng.choice([BUILDING, BUILDING, TEAM]),
            field=rng.choice(list(CaseField)),
            received_on=desk.today - timedelta(days=rng.randint(0, 30)),
            respondent_unit_id=rng.choice([None, None, TEAM]),
        )
        desk.put(
            case,
            state=rng.choice(list(State)),
            assignee_id=rng.choice([None, HOA, QUAN]),
            citizen_wrote=rng.random() < 0.3,
        )
        if rng.random() < 0.3:
            asked = {"wish": DataWish.ERASURE, "part": DataPart.PHONE, "asked_on": desk.today}
            asked |= {"due_on": desk.today, "outcome": rng.choice([None, None, DataOutcome.DONE])}
            with transaction() as session:
                session.execute(insert(DataRequest).values(case_id=case.id, **asked))


def pages(desk: Desk, actor: Actor, view: View, filters: Filters) -> list[InboxPage]:
    """All pages of a list, walked forwards."""
    walked = []
    cursor: Cursor | None = None
    while True:
        page = inbox_page(actor, view, filters, cursor, desk.today)
        walked.append(page)
        if page.next is None:
            return walked
        cursor = Cursor.read(str(page.next))


def test_every_count_is_the_length_of_its_list(desk: Desk) -> None:
    """For each person and each list, filtered and not."""
    fill(desk, 60)
    seen = 0
    for person in PEOPLE:
        actor = desk.actor(person)
        for view in inbox.views_of(actor):
            walked = pages(desk, actor, view, Filters())
            rows = [row for page in walked for row in page.rows]
            assert walked[0].counts[view].value == len(rows)
            # An ended case shows the day it had to be settled by, which orders nothing any more.
            running = [row for row in rows if row.phase is not Phase.CLOSED]
            assert [(r.due_on or inbox.NO_TERM, r.id) for r in running] == sorted(
                (r.due_on or inbox.NO_TERM, r.id) for r in running
            )
            if view is View.WRITTEN:
                assert all(row.citizen_wrote for row in rows)
            seen += len(rows)
            for filters in (
                Filters(kinds=frozenset({CaseKind.COMPLAINT})),
                Filters(
                    kinds=frozenset({CaseKind.DENUNCIATION}), phases=frozenset({Phase.WORKING})
                ),
                Filters(standings=frozenset({Standing.OVERDUE, Standing.DUE_SOON})),
                Filters(fields=frozenset({CaseField.LAND}), unit_id=BUILDING),
                Filters(phases=frozenset({Phase.CLOSED})),
                Filters(received_from=desk.today - timedelta(days=9), received_to=desk.today),
            ):
                narrowed = pages(desk, actor, view, filters)
                found = [row for page in narrowed for row in page.rows]
                assert narrowed[0].total.value == len(found)
                assert {row.kind for row in found} <= (filters.kinds or set(CaseKind))
    assert seen > 100


def test_pages_follow_one_another_both_ways(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forwards each case once, backwards the same pages, with the right place numbers."""
    monkeypatch.setattr(inbox, "PAGE", 7)
    fill(desk, 40, seed=2)
    actor = desk.actor(DUC)
    for filters in (Filters(), Filters(phases=frozenset({Phase.CLOSED}))):
        forwards = pages(desk, actor, View.REACH, filters)
        ids = [row.id for page in forwards for row in page.rows]
        assert len(ids) == len(set(ids)) == forwards[0].total.value
        firsts = [page.first for page in forwards]
        assert firsts == [1 + 7 * place for place in range(len(forwards))]
        cursor = forwards[-1].previous
        for expected in reversed(forwards[:-1]):
            page = inbox_page(actor, View.REACH, filters, cursor, desk.today)
            assert [row.id for row in page.rows] == [row.id for row in expected.rows]
            assert page.first == expected.first
            cursor = page.previous
        assert cursor is None


def test_standing_is_of_todays_calendar(desk: Desk) -> None:
    """Late, soon, in time and without a term: the filter and the tag say the same."""
    fill(desk, 60, seed=3)
    actor = desk.actor(DUC)
    for wanted in (Standing.OVERDUE, Standing.DUE_SOON, Standing.IN_TIME, Standing.NO_TERM):
        walked = pages(desk, actor, View.REACH, Filters(standings=frozenset({wanted})))
        rows = [row for page in walked for row in page.rows]
        assert {row.standing for row in rows} <= {wanted}
        facets = walked[0].facets
        assert facets is not None
        assert facets.standings.get(wanted, 0) == len(rows)


def test_the_search_needs_no_accents_and_shows_the_newest_first(desk: Desk) -> None:
    """Words, names, numbers, half-typed; nothing of the query language of a database."""
    first = desk.file(summary="Đèn đường thôn Khe Cát hỏng")
    desk.put(first, state=State.DONE)
    second = desk.file(summary="Đường ngập sau mưa")
    hidden = desk.file(CaseKind.DENUNCIATION, summary="Nhận tiền")

    def found(q: str, person: int = DUC) -> list[str]:
        page = inbox_page(desk.actor(person), View.REACH, Filters(q=q), None, desk.today)
        assert page.total.value == len(page.rows)
        return [row.number for row in page.rows]

    assert found("duong") == [second.number, first.number]
    assert found("ĐÈN khe c") == [first.number]
    assert found(first.number.lower()) == [first.number]
    assert found("lo thi mang") == [second.number, first.number]
    assert found("nhan tien") == [hidden.number]
    assert found("nhan tien", MINH) == []
    for odd in ('"', "' OR 1=1 --", "a AND NOT b*", "-", "(:*", "x" * 500):
        found(odd)


def test_similar_cases_of_a_person(desk: Desk) -> None:
    """By name and by number of identity; a denunciation is never among them."""
    case = desk.file()
    desk.file(CaseKind.DENUNCIATION)
    actor = desk.actor(LAN)
    assert [one.number for one in similar(actor, "Lò Thị Măng", "")] == [case.number]
    assert [one.number for one in similar(actor, "", "022190001234")] == [case.number]
    assert similar(actor, "Măng", "") == ()
    assert similar(desk.actor(MINH), "Lò Thị Măng", "") == ()


def test_a_case_page_knows_who_may_see_whom(desk: Desk) -> None:
    """Whole for those who work on it, masked for the inspector, nothing in a denunciation."""
    case = desk.file(field=CaseField.CONDUCT)
    desk.act(DUC, case, Action.ASSIGN, assignee=HOA, note="Làm trong tuần")
    page = case_page(desk.actor(HOA), case.number, desk.today, desk.keys)
    assert page.people[0].name == "Lò Thị Măng"
    assert page.words
    assert page.events[0].details["assignee"] == "Nguyễn Thị Hoa"
    assert page.events[0].note == "Làm trong tuần"
    assert page.running is not None
    assert page.running.due_on == page.head.due_on
    inspected = case_page(desk.actor(TRA), case.number, desk.today, desk.keys)
    assert inspected.people[0].name == "L. T. M."
    assert not inspected.words
    sealed = desk.file(CaseKind.DENUNCIATION)
    closed = case_page(desk.actor(DUC), sealed.number, desk.today, desk.keys)
    assert (closed.people, closed.words, closed.head.sealed) == ((), "", True)
    assert closed.head.may_unseal
    assert (
        case_panel(desk.actor(DUC), sealed.number, desk.today, work_calendar()).head.number
        == sealed.number
    )
    with pytest.raises(NotFound):
        case_page(desk.actor(TRA), sealed.number, desk.today, desk.keys)


def test_linked_cases_are_named_where_they_may_be_seen(desk: Desk) -> None:
    """A duplicate and its first point to each other."""
    first, second = desk.file(), desk.file()
    desk.act(HOA, second, Action.ATTACH, case_number=first.number)
    page = case_page(desk.actor(DUC), first.number, desk.today, desk.keys)
    assert [one.number for one in page.duplicates] == [second.number]
    other = case_page(desk.actor(DUC), second.number, desk.today, desk.keys)
    assert other.head.first_number == first.number


def test_a_submitted_letter_brings_its_case_before_the_leader(desk: Desk) -> None:
    """In the list and its count until the leader has approved it; a draft does not wait."""
    case = desk.file(CaseKind.COMPLAINT)
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
    desk.act(DUC, case, Action.ASSIGN, assignee=HOA)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)

    def waiting(person: int) -> tuple[list[str], int]:
        page = inbox_page(desk.actor(person), View.APPROVAL, Filters(), None, desk.today)
        return [row.number for row in page.rows], page.counts[View.APPROVAL].value

    assert waiting(DUC) == ([], 0)
    lettering.submit_letter(desk.actor(HOA), seen(desk, case, letter), office=desk.office)
    assert waiting(DUC) == ([case.number], 1)
    lettering.approve_letter(desk.actor(DUC), seen(desk, case, letter), office=desk.office)
    assert waiting(DUC) == ([], 0)


def test_a_submitted_letter_opens_no_wall(desk: Desk) -> None:
    """The leader whom a denunciation is about learns of no letter of it."""
    case = desk.file(CaseKind.DENUNCIATION)
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
    letter = draft(desk, case, Letter.DENUNCIATION_ACCEPTED, Action.ACCEPT, user=DUC)
    lettering.submit_letter(desk.actor(DUC), seen(desk, case, letter), office=desk.office)

    def waiting() -> int:
        page = inbox_page(desk.actor(DUC), View.APPROVAL, Filters(), None, desk.today)
        assert page.counts[View.APPROVAL].value == len(page.rows)
        return len(page.rows)

    assert waiting() == 1
    desk.put(case, respondent_user_id=DUC)
    assert waiting() == 0


@pytest.mark.parametrize("text", ["", "a", "a.1.2", "a.20261301.1.1", "c.20261101.1.1", "a.x.y.z"])
def test_a_senseless_place_is_the_first_page(text: str) -> None:
    """An address somebody changed by hand never fails."""
    assert Cursor.read(text) is None
