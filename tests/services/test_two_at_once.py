"""Two people press at the same moment, on real databases with real threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, func, select, text

from citizenfeedback.config import Settings
from citizenfeedback.domain.calendar import CalendarDay
from citizenfeedback.domain.errors import ChangedMeanwhile, RuleBroken
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.letterheads import Entered
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseField,
    CaseKind,
    Channel,
    DayKind,
    Role,
    UnitLevel,
)
from citizenfeedback.domain.windows import Window
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.accounts import User
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case, CaseClock
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.letters import CannedParagraph, UnitLetterhead
from citizenfeedback.models.reporting import FrozenReport
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.services import accounts, calendar, directory, templating
from citizenfeedback.services.calendar import change_calendar
from citizenfeedback.services.casework import Seen
from citizenfeedback.services.closing import close_window
from citizenfeedback.services.recounting import DayChange
from citizenfeedback.services.registering import NewCase, register
from citizenfeedback.services.transaction import transaction
from citizenfeedback.services.verifying import verify
from tests.conftest import NOON, build_app, make_tables
from tests.services.desk import BUILDING, DUC, HOA, LAN, Desk, open_desk

ROUNDS = 4
PATIENCE = 20
SHORTLY = 1
LAST = Window(date(2026, 11, 1), date(2026, 11, 22))


@pytest.fixture(params=["sqlite", "postgresql"])
def office(
    tmp_path: Path, keys: Keys, request: pytest.FixtureRequest
) -> Iterator[tuple[Flask, Desk]]:
    """The office of the tests on a database of its own, where everybody has a connection."""
    url = ""
    if request.param == "postgresql":
        make: Callable[[str], str] = request.getfixturevalue("new_pg_database")
        url = make(f"at_once_{tmp_path.name}")
    settings = Settings.from_env(
        {"DATABASE_URL": url, "INSTANCE_PATH": str(tmp_path), "MAIL_SENDER": "so@example.vn"}
    )
    app = build_app(settings, keys)
    with app.app_context():
        make_tables()
        desk = open_desk(db.session(), keys)
    yield app, desk
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


FOUND = {"eligible": True, "competent": True}
Acts = tuple[tuple[int, Action, dict[str, Any]], ...]


@pytest.mark.parametrize(
    "acts",
    [
        ((DUC, Action.EXAMINE, FOUND), (LAN, Action.EXAMINE, FOUND)),
        ((DUC, Action.ASSIGN, {"assignee": HOA}), (LAN, Action.EXAMINE, FOUND)),
        (
            (DUC, Action.RECLASSIFY, {"kind": CaseKind.PETITION, "reason": "Xin mở đường"}),
            (LAN, Action.SUMMARISE, {"summary": "Khiếu nại việc thu hồi đất"}),
        ),
    ],
    ids=["the same act", "two acts", "two acts, one of which changes the kind"],
)
def test_of_two_at_once_one_is_told(office: tuple[Flask, Desk], acts: Acts) -> None:
    """Both saw the same version: one act is done, the other told, and the history has one entry."""
    app, desk = office
    with app.app_context():
        cases = [desk.file() for _ in range(ROUNDS)]
    outcomes: list[str] = []
    for case in cases:
        together = threading.Barrier(2)
        threads = [
            threading.Thread(target=_press, args=(app, desk, together, case.number, outcomes, act))
            for act in acts
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(outcomes) == ["done"] * ROUNDS + ["told"] * ROUNDS
    with app.app_context():
        for case in cases:
            seqs = db.session.scalars(
                select(CaseEvent.seq).where(CaseEvent.case_id == case.id).order_by(CaseEvent.seq)
            ).all()
            assert seqs == [1, 2]


def _press(
    app: Flask,
    desk: Desk,
    together: threading.Barrier,
    number: str,
    outcomes: list[str],
    act: tuple[int, Action, dict[str, Any]],
) -> None:
    person, action, inputs = act
    with app.app_context():
        mine = Desk(db.session(), desk.keys, desk.now, desk.files)
        together.wait()
        try:
            mine.act(person, number, action, seen=Seen(number, 1), **inputs)
        except ChangedMeanwhile:
            outcomes.append("told")
        else:
            outcomes.append("done")


DAY_OFF = NOON.date() + timedelta(days=1)


def change(app: Flask, desk: Desk) -> None:
    """Make tomorrow a day off, which moves every term that runs."""
    day = CalendarDay(DAY_OFF, DayKind.HOLIDAY, "Ngày nghỉ thêm", "", "CV 12/2026")
    with app.app_context():
        changes = [DayChange(DAY_OFF, day)]
        change_calendar(SYSTEM, changes, keys=desk.keys, policy=Policy(), now=NOON)


def file(app: Flask, desk: Desk, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Enter a petition; `meanwhile` happens when it is written but not signed yet."""
    with app.app_context():
        new = NewCase(
            kind=CaseKind.PETITION,
            field=CaseField.LAND,
            channel=Channel.POST,
            unit_id=BUILDING,
            received_on=NOON.date(),
        )
        old = work_calendar()
        with transaction() as session:
            register(session, desk.keys, old, Policy(), SYSTEM, new, now=NOON)
            meanwhile()


def started(what: Callable[..., None], *words: object) -> threading.Thread:
    thread = threading.Thread(target=what, args=words)
    thread.start()
    return thread


def term(app: Flask) -> date:
    """The due date of all cases, which were received alike and must be counted alike."""
    with app.app_context():
        clocks = db.session.execute(select(CaseClock.clock, CaseClock.due_on).distinct()).all()
        assert len(clocks) == len({row.clock for row in clocks})
        (due,) = db.session.scalars(select(Case.due_on).distinct())
        db.session.remove()
    return due


def test_a_case_that_is_being_filed_does_not_escape_a_change_of_the_calendar(
    office: tuple[Flask, Desk],
) -> None:
    """Counted on the old calendar and not signed yet, when the change has read what runs."""
    app, desk = office
    file(app, desk)
    before = term(app)
    changing: list[threading.Thread] = []

    def meanwhile() -> None:
        changing.append(started(change, app, desk))
        changing[0].join(0.5)
        assert changing[0].is_alive(), "the change did not wait for the case"

    file(app, desk, meanwhile)
    changing[0].join()
    file(app, desk)
    assert term(app) > before


def test_a_case_filed_while_the_calendar_is_being_changed_is_counted_on_the_new_one(
    office: tuple[Flask, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change has written what it found and is not signed yet, when the case comes."""
    app, desk = office
    file(app, desk)
    before = term(app)
    filing: list[threading.Thread] = []
    write = calendar.write

    def write_slowly(*words: Any, **named: Any) -> None:
        write(*words, **named)
        filing.append(started(file, app, desk))
        filing[0].join(0.5)
        assert filing[0].is_alive(), "the case did not wait for the change"

    monkeypatch.setattr(calendar, "write", write_slowly)
    change(app, desk)
    filing[0].join()
    file(app, desk)
    assert term(app) > before


def test_a_window_is_closed_once_whoever_presses(office: tuple[Flask, Desk]) -> None:
    """Of two who close at once one is told, a case filed meanwhile is kept, and seven rows stand."""
    app, desk = office
    outcomes: list[str] = []
    threads = [started(_close, app, desk, outcomes) for _ in range(2)]
    with app.app_context():
        filed = desk.file()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["closed", "window_closed"]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(FrozenReport)) == 7
        assert db.session.scalar(select(Case.id).where(Case.id == filed.id)) is not None
        found = verify(desk.keys, desk.files).mismatches
        assert [one for one in found if one.check == "closed_figures"] == []


def invite(desk: Desk) -> None:
    wanted = accounts.NewAccount(
        email="lan@qn.vn", name="Lê Lan", unit_id=BUILDING, roles=frozenset({Role.HANDLER})
    )
    accounts.create_account(SYSTEM, wanted, keys=desk.keys, now=desk.now)


def found_unit(desk: Desk) -> None:
    wanted = directory.UnitWanted(
        name="UBND xã Ba Chẽ",
        name_en="",
        level=UnitLevel.COMMUNE,
        parent_id=None,
        remote=False,
        valid_from=None,
        valid_to=None,
        receives=True,
        address="",
        phone="",
        hours="",
    )
    directory.create_unit(SYSTEM, "XBC", wanted, keys=desk.keys, now=desk.now)


def head_letters(desk: Desk) -> None:
    entered = Entered(place="Ba Chẽ")
    templating.set_letterhead(SYSTEM, BUILDING, entered, keys=desk.keys, now=desk.now)


def keep_paragraph(desk: Desk) -> None:
    wanted = templating.Paragraph("Lời chào", "Kính gửi ông/bà")
    templating.save_paragraph(SYSTEM, wanted, keys=desk.keys, now=desk.now)


@pytest.mark.parametrize(
    ("room", "act", "made", "second"),
    [
        (accounts, invite, User.email == "lan@qn.vn", "email_taken"),
        (directory, found_unit, Unit.code == "XBC", "code_taken"),
        (templating, head_letters, UnitLetterhead.unit_id == BUILDING, "done"),
        (templating, keep_paragraph, CannedParagraph.title == "Lời chào", "done"),
    ],
    ids=["account", "unit", "letterhead", "paragraph"],
)
def test_what_an_administrator_makes_by_a_double_click_is_there_once(
    office: tuple[Flask, Desk],
    monkeypatch: pytest.MonkeyPatch,
    room: Any,
    act: Callable[[Desk], None],
    made: ColumnElement[bool],
    second: str,
) -> None:
    """The second comes while the first is written and not signed: it waits, and is told or done."""
    app, desk = office
    with app.app_context():
        number_after_the_desk()
    written, go = threading.Event(), threading.Event()
    note = room.append_entry

    def slowly(*words: Any, **more: Any) -> None:
        note(*words, **more)
        if not written.is_set():
            written.set()
            assert go.wait(PATIENCE)

    monkeypatch.setattr(room, "append_entry", slowly)
    outcomes: list[str] = []
    first = started(_click, app, desk, act, outcomes)
    assert written.wait(PATIENCE), outcomes
    other = started(_click, app, desk, act, outcomes)
    other.join(SHORTLY)
    assert other.is_alive()
    go.set()
    for thread in (first, other):
        thread.join()
    assert outcomes == ["done", second]
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(made)) == 1
        assert verify(desk.keys, desk.files).mismatches == ()


def number_after_the_desk() -> None:
    """The people and units of the desk came with ids of their own, of which PostgreSQL knows nothing."""
    if db.engine.dialect.name == "postgresql":
        with transaction() as session:
            for table in ("unit", "user_account"):
                session.execute(text(f"SELECT setval('{table}_id_seq', 1000)"))


def _click(app: Flask, desk: Desk, act: Callable[[Desk], None], outcomes: list[str]) -> None:
    with app.app_context():
        try:
            act(desk)
        except RuleBroken as refused:
            outcomes.append(refused.code)
        except Exception as failure:  # noqa: BLE001 - a failure in a thread is told by its name
            outcomes.append(type(failure).__name__)
        else:
            outcomes.append("done")


def _close(app: Flask, desk: Desk, outcomes: list[str]) -> None:
    with app.app_context():
        try:
            close_window(SYSTEM, "U1", LAST, keys=desk.keys, today=desk.today, now=NOON)
            outcomes.append("closed")
        except RuleBroken as told:
            outcomes.append(told.code)
