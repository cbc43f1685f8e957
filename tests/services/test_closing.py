"""Does a closed window stay shut, and does verify tell late entries from rows changed in secret?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.indicators import INDICATORS
from citizenfeedback.domain.receptions import ReceptionEntry, SittingEntry
from citizenfeedback.domain.vocabulary import (
    Action,
    AuditAction,
    CaseKind,
    RatingChannel,
    RatingDoubt,
    ReceptionKind,
    Role,
)
from citizenfeedback.domain.windows import Window
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.accounts import User, UserRole
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import ServicePoint
from citizenfeedback.models.ratings import Rating
from citizenfeedback.models.receptions import Reception
from citizenfeedback.models.reporting import FrozenReport
from citizenfeedback.queries.closed import closed_months, closed_page, closed_windows, recounted
from citizenfeedback.services.closing import close_window
from citizenfeedback.services.correcting import (
    Correction,
    correct_reception,
    hold_sitting,
    plan_sitting,
)
from citizenfeedback.services.doubting import judge
from citizenfeedback.services.receiving import NewReception, record_reception
from citizenfeedback.services.transaction import transaction
from citizenfeedback.services.verifying import verify
from tests.conftest import NOON
from tests.services.desk import BUILDING, CHIEF, DUC, LAN, LAND, PROVINCE, Desk, open_desk

pytestmark = pytest.mark.both_databases

WINDOW = Window(date(2026, 11, 1), date(2026, 11, 22))
SUPERVISOR = 90
ENTRY = ReceptionEntry(
    visited_on=date(2026, 11, 20),
    kind=ReceptionKind.COMPLAINT,
    name="Lò Thị Măng",
    id_no="022190001234",
    address="Thôn Khe Cát",
    summary="Đề nghị xem lại giá đất",
    people=6,
)


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office, with somebody who answers for its figures."""
    made = open_desk(session, keys)
    with transaction() as writing:
        writing.execute(
            insert(User).values(
                id=SUPERVISOR, email="s@example.vn", name="Sa", unit_id=PROVINCE, created_at=NOON
            )
        )
        writing.execute(insert(UserRole).values(user_id=SUPERVISOR, role=Role.SUPERVISOR))
    return made


def close(desk: Desk, who: int = SUPERVISOR, code: str = "U1", window: Window = WINDOW) -> None:
    """Close a window."""
    close_window(desk.actor(who), code, window, keys=desk.keys, today=desk.today, now=desk.now)


def later(desk: Desk) -> Desk:
    """The same office two days later."""
    return desk.at(desk.now + timedelta(days=2))


def found(desk: Desk) -> list[str]:
    """What verify says of closed figures."""
    desk.session.expire_all()
    return [
        one.about.rsplit(" ", 1)[1]
        for one in verify(desk.keys, desk.files).mismatches
        if one.check == "closed_figures"
    ]


def page(desk: Desk, who: int = SUPERVISOR) -> Any:
    """The page of the closed window."""
    desk.session.expire_all()
    found = closed_windows(desk.actor(who), "U1", WINDOW)
    assert found.frozen is not None
    return closed_page(desk.actor(who), found.reach, found.frozen)


def test_closing_writes_figures_and_forms_down_for_good(desk: Desk) -> None:
    """Are the monthly figures and six forms there, once, unchangeable, and in the audit?"""
    desk.file()
    close(desk)
    names = set(desk.session.scalars(select(FrozenReport.name)))
    assert names == {"monthly", "01-TCD", "02-XLD", "03-GQKN", "04-GQTC", "05-KQTH", "06-QLKNTC"}
    with pytest.raises(RuleBroken, match="window_closed"):
        close(desk)
    assert desk.session.scalar(select(func.count()).select_from(FrozenReport)) == len(names)
    entry = desk.session.scalars(
        select(AuditEntry).where(AuditEntry.action == AuditAction.PERIOD_CLOSED)
    ).one()
    assert entry.details == {"unit": "U1", "from": "2026-11-01", "to": "2026-11-22"}
    for statement in ("UPDATE frozen_report SET name = 'x'", "DELETE FROM frozen_report"):
        with pytest.raises(DatabaseError, match="history only grows"), transaction() as writing:
            writing.execute(text(statement))


def test_only_who_answers_for_figures_closes_and_only_what_is_over(desk: Desk) -> None:
    """Is a leader refused, a unit that is not there, and a window that still runs?"""
    for who, code in ((DUC, "U2"), (CHIEF, "U1"), (SUPERVISOR, "U9")):
        with pytest.raises(NotFound):
            close(desk, who, code)
    with pytest.raises(RuleBroken, match="window_not_over"):
        close(desk, window=Window(WINDOW.first, desk.today))
    close(desk, code="U2")
    close(desk)
    listed = closed_windows(desk.actor(SUPERVISOR), "U2", WINDOW)
    assert listed.reach.chosen.code == "U2"
    assert [(one.window, one.frozen_by) for one in listed.lines] == [(WINDOW, "Sa")]
    other = closed_windows(desk.actor(SUPERVISOR), "U3", WINDOW)
    assert (other.lines, other.frozen) == ((), None)


def test_a_late_entry_is_told_beside_the_frozen_figures_and_changes_nothing(desk: Desk) -> None:
    """Does a case entered late differ from today by one, and verify stay silent?"""
    desk.file()
    close(desk)
    assert found(desk) == []
    after = later(desk)
    late = after.file(received_on=date(2026, 11, 18))
    seen = page(after)
    assert seen.figures["petitions.received"].value == 1
    assert seen.today["petitions.received"].value == 2
    assert (seen.late_cases, seen.late_visits) == (1, 0)
    assert {(one.number, one.new) for one in seen.entries} == {(late.number, True)}
    assert found(after) == []


def test_an_act_dated_into_the_window_is_a_correction(desk: Desk) -> None:
    """Is a case taken up late for a day of the window told of, and one for a later day not?"""
    case, other = desk.file(), desk.file()
    for one in (case, other):
        desk.act(DUC, one, Action.EXAMINE, eligible=True, competent=True)
    close(desk)
    after = later(desk)
    after.act(DUC, case, Action.ACCEPT, on=date(2026, 11, 20))
    after.act(DUC, other, Action.ACCEPT, on=after.today)
    seen = page(after)
    assert seen.figures["cases.accepted"].value == 0
    assert seen.today["cases.accepted"].value == 1
    assert {one.number for one in seen.entries} == {case.number}
    assert found(after) == []


def test_a_row_changed_in_secret_is_found(desk: Desk) -> None:
    """Does verify name the figures when a row says something else without any history of it?"""
    case = desk.file()
    close(desk)
    desk.put(case, kind=CaseKind.PETITION)
    assert set(found(desk)) == {"petitions.received.complaint", "petitions.received.petition"}
    with transaction() as writing:
        writing.execute(update(Case).values(kind=CaseKind.COMPLAINT, received_on=date(2026, 12, 1)))
    assert set(found(desk)) == {"petitions.received", "petitions.received.complaint"}


def test_visits_and_leaders_days_are_held_to_their_corrections(desk: Desk) -> None:
    """Is a corrected visit explained, and one whose number was changed in secret not?"""
    visit = record_reception(desk.actor(LAN), NewReception(BUILDING, ENTRY), office=desk.office).id
    day = SittingEntry(held_on=date(2026, 11, 24))
    planned = plan_sitting(desk.actor(LAN), BUILDING, day, office=desk.office)
    close(desk)
    after = later(desk)
    hold_sitting(desk.actor(LAN), planned, visitors=1, announced=True, office=after.office)
    correct_reception(
        after.actor(LAN),
        visit,
        Correction(replace(ENTRY, people=70), None, "Ghi nhầm"),
        office=after.office,
    )
    assert page(after).late_visits == 1
    assert found(after) == []
    second = record_reception(
        after.actor(LAN), NewReception(BUILDING, ENTRY), office=after.office
    ).id
    assert second
    assert found(after) == []


def test_a_visit_changed_in_secret_is_found(desk: Desk) -> None:
    """Does verify see people that were added to a visit nobody corrected?"""
    record_reception(desk.actor(LAN), NewReception(BUILDING, ENTRY), office=desk.office)
    close(desk)
    with transaction() as writing:
        writing.execute(update(Reception).values(people=7))
    assert set(found(desk)) == {"receptions.people", "receptions.people_in_groups"}


def test_ratings_that_come_late_are_left_out_and_a_lost_one_is_found(desk: Desk) -> None:
    """Do taps delivered after the closing change nothing, and is a removed one missed?"""
    with transaction() as writing:
        writing.execute(insert(ServicePoint).values(id=1, code="Q1", name="Quầy", unit_id=BUILDING))
    _rate(1)
    close(desk)
    _rate(2)
    assert found(desk) == []
    with transaction() as writing:
        writing.execute(delete(Rating).where(Rating.id == 1))
    assert "ratings.count" in found(desk)


def test_marks_made_after_a_closing_change_nothing_in_it(desk: Desk) -> None:
    """Is a rating left out or in as it stood then, whatever somebody decides about it since?"""
    with transaction() as writing:
        writing.execute(insert(ServicePoint).values(id=1, code="Q1", name="Quầy", unit_id=BUILDING))
    for number in (1, 2, 3):
        _rate(number)
    watching = desk.actor(SUPERVISOR)
    judge(watching, 1, RatingDoubt.BURST, "Bấm liền nhau", now=desk.now)
    close(desk)
    seen = page(desk).figures["ratings.count"]
    assert (seen.value, seen.apart) == (2, 1)
    after = later(desk)
    judge(watching, 1, None, "Đã hỏi lại", now=after.now)
    judge(watching, 2, RatingDoubt.OWN_BUTTON, "Cán bộ tự bấm", now=after.now)
    judge(watching, 3, RatingDoubt.BURST, "Bấm liền nhau", now=after.now)
    assert found(after) == []
    moved = page(after)
    assert (moved.figures["ratings.count"].value, moved.today["ratings.count"].value) == (2, 1)


def test_what_was_closed_when_every_rating_counted_is_held_to_that(desk: Desk) -> None:
    """Does a document that knows of none left out agree with all ratings, doubtful ones too?"""
    with transaction() as writing:
        writing.execute(insert(ServicePoint).values(id=1, code="Q1", name="Quầy", unit_id=BUILDING))
    _rate(1)
    judge(desk.actor(SUPERVISOR), 1, RatingDoubt.BURST, "Bấm liền nhau", now=desk.now)
    close(desk)
    ((scope, frozen),) = closed_months()
    older = {name: part for name, part in frozen.document.items() if name != "apart"}
    for document, count in ((frozen.document, 0), (older, 1)):
        figures, _ = recounted(scope, replace(frozen, document=document))
        assert figures["ratings.count"]["value"] == count


def _rate(number: int) -> None:
    with transaction() as writing:
        writing.execute(
            insert(Rating).values(
                id=number,
                reference=str(number),
                rated_at=NOON,
                rated_on=date(2026, 11, 20),
                point_id=1,
                unit_id=BUILDING,
                channel=RatingChannel.KIOSK,
                overall=5,
            )
        )


def test_the_wall_holds_in_frozen_figures_too(desk: Desk) -> None:
    """Is a denunciation about the reader's own unit out of both sides, and no difference left?"""
    desk.file(CaseKind.DENUNCIATION, unit_id=LAND, respondent_unit_id=PROVINCE)
    desk.file()
    close(desk)
    seen = page(desk)
    assert seen.frozen.figures["petitions.received"]["value"] == 2
    for key in INDICATORS:
        assert seen.figures[key] == seen.today[key], key
    assert seen.figures["petitions.received"].value == 1
    assert seen.late_cases == 0
