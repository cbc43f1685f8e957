"""Numbers given by hand: the series goes on without gap or double, whoever comes first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.config import Settings
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.law.forms import DocumentKind
from citizenfeedback.domain.vocabulary import (
    Action,
    AuditAction,
    CaseKind,
    Channel,
    Letter,
    RegisterState,
)
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.base import db
from citizenfeedback.models.letters import DocumentNumber
from citizenfeedback.queries.register import (
    Narrowing,
    RegisterLine,
    next_numbers,
    register_book,
    register_page,
)
from citizenfeedback.services.paper_numbers import Paper, cancel_paper, enter_paper
from citizenfeedback.services.registering import Registered
from citizenfeedback.services.verifying import verify
from tests.conftest import build_app, make_tables
from tests.services.desk import BUILDING, DUC, HOA, LAN, MINH, Desk, open_desk
from tests.services.letters import approve, draft, issue
from tests.services.test_issuing import examined

BOTH = pytest.mark.both_databases


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office."""
    return open_desk(session, keys)


def paper(desk: Desk, number: int, **more: Any) -> Paper:
    made = Paper(BUILDING, DocumentKind.NOTICE, number, desk.today, "Mời họp tổ dân phố")
    return replace(made, **more)


def enter(desk: Desk, number: int, who: int = LAN, **more: Any) -> str:
    return enter_paper(desk.actor(who), paper(desk, number, **more), office=desk.office)


def issued(desk: Desk) -> str:
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    approve(desk, case, letter)
    return issue(desk, case, letter)


def refused(desk: Desk, number: int, **more: Any) -> tuple[str, Any]:
    with pytest.raises(RuleBroken) as caught:
        enter(desk, number, **more)
    return caught.value.code, caught.value.values.get("next")


def lines(desk: Desk, who: int = DUC, **wanted: Any) -> tuple[RegisterLine, ...]:
    return register_page(desk.actor(who), Narrowing(**wanted), desk.keys).lines


@BOTH
def test_a_number_given_by_hand_goes_on_where_the_series_stands(desk: Desk) -> None:
    assert issued(desk) == "01/TB-SXD"
    assert refused(desk, 1) == ("number_taken", 2)
    assert refused(desk, 4) == ("number_leaves_gap", 2)
    assert enter(desk, 2, recipients="Ủy ban nhân dân phường", signer="Trần Văn Đức") == "02/TB-SXD"
    assert refused(desk, 2) == ("number_taken", 3)
    assert issued(desk) == "03/TB-SXD"
    assert [(one.told_no, one.by_hand) for one in lines(desk)] == [
        ("03/TB-SXD", False),
        ("02/TB-SXD", True),
        ("01/TB-SXD", False),
    ]
    told = lines(desk)[1]
    assert (told.summary, told.recipients, told.signer) == (
        "Mời họp tổ dân phố",
        "Ủy ban nhân dân phường",
        "Trần Văn Đức",
    )
    assert (told.issued_on, told.state) == (desk.today, RegisterState.ISSUED)
    entry = desk.session.execute(
        select(AuditEntry.details).where(AuditEntry.action == AuditAction.NUMBER_ENTERED)
    ).scalar_one()
    assert entry["document_no"] == "02/TB-SXD"
    assert verify(desk.keys, desk.files).whole


@BOTH
def test_a_register_not_begun_goes_on_from_the_book_on_paper(desk: Desk) -> None:
    before = {one.symbol: one.number for one in next_numbers(desk.actor(LAN), BUILDING, 2026)}
    assert set(before.values()) == {1}
    assert enter(desk, 152) == "152/TB-SXD"
    assert issued(desk) == "153/TB-SXD"
    after = {one.symbol: one.number for one in next_numbers(desk.actor(LAN), BUILDING, 2026)}
    assert after == before | {"TB-SXD": 154}
    assert verify(desk.keys, desk.files).whole


@BOTH
def test_each_kind_and_year_is_a_series_of_its_own(desk: Desk) -> None:
    last_year = date(desk.today.year - 1, 12, 30)
    assert enter(desk, 7, document=DocumentKind.DECISION) == "07/QĐ-SXD"
    assert enter(desk, 40, dated=last_year) == "40/TB-SXD"
    assert enter(desk, 1) == "01/TB-SXD"
    assert enter(desk, 3, document=DocumentKind.OFFICIAL_LETTER) == "03/SXD"
    assert [one.year for one in lines(desk, symbol="TB-SXD")] == [2026, 2025]
    assert [one.told_no for one in lines(desk, year=2025)] == ["40/TB-SXD"]


@BOTH
def test_what_was_entered_wrongly_is_cancelled_and_stays(desk: Desk) -> None:
    enter(desk, 5)
    (line,) = lines(desk)
    for who, reason, error in (
        (MINH, "nhầm", NotFound),
        (HOA, "nhầm", NotFound),
        (LAN, " ", RuleBroken),
    ):
        with pytest.raises(error):
            cancel_paper(desk.actor(who), line.id, reason, office=desk.office)
    cancel_paper(desk.actor(LAN), line.id, "Ghi nhầm sổ", office=desk.office)
    with pytest.raises(RuleBroken):
        cancel_paper(desk.actor(LAN), line.id, "Lần nữa", office=desk.office)
    (line,) = lines(desk)
    assert (line.state, line.reason) == (RegisterState.CANCELLED, "Ghi nhầm sổ")
    assert refused(desk, 5) == ("number_taken", 6)
    assert issued(desk) == "06/TB-SXD"
    (letter, _) = lines(desk)
    with pytest.raises(NotFound):
        cancel_paper(desk.actor(LAN), letter.id, "Không phải văn bản giấy", office=desk.office)


@BOTH
def test_wrong_entries_are_refused_and_take_no_number(desk: Desk) -> None:
    assert refused(desk, 0)[0] == "number_out_of_range"
    assert refused(desk, 100_000)[0] == "number_out_of_range"
    assert refused(desk, 1, summary=" ")[0] == "required"
    assert refused(desk, 1, dated=desk.today + timedelta(1))[0] == "date_in_future"
    assert refused(desk, 1, case_number="26-XXXX-1")[0] == "unknown_case_number"
    for who in (HOA, MINH):
        with pytest.raises(NotFound):
            enter(desk, 1, who)
    assert lines(desk) == ()


@BOTH
def test_a_paper_about_a_denunciation_tells_nothing_of_who_denounced(desk: Desk) -> None:
    case = examined(desk, CaseKind.DENUNCIATION)
    told = {"case_number": case.number.lower(), "who": DUC}
    code, _ = refused(desk, 1, summary="Về việc bà LO THI MANG tố cáo", **told)
    assert code == "identity_in_register"
    assert refused(desk, 1, recipients="Bà Lò Thị\u00a0Măng", **told)[0] == "identity_in_register"
    assert lines(desk) == ()
    enter(desk, 1, summary="Về việc xác minh nội dung tố cáo", **told)
    assert [one.case_number for one in lines(desk)] == [case.number]


@BOTH
def test_a_paper_about_a_case_behind_the_wall_is_only_a_used_number(desk: Desk) -> None:
    case = desk.file(CaseKind.DENUNCIATION, respondent_user_id=HOA)
    enter(desk, 1, DUC, case_number=case.number, signer="Trần Văn Đức")
    (line,) = lines(desk, HOA)
    assert (line.number, line.known, line.case_number) == (1, False, "")
    assert (line.summary, line.signer, line.reason) == ("", "", "")
    (line,) = lines(desk, DUC)
    assert (line.known, line.case_number) == (True, case.number)


@BOTH
def test_the_register_is_searched_by_number_case_and_words(desk: Desk) -> None:
    assert issued(desk) == "01/TB-SXD"
    enter(desk, 2, summary="Mời họp tổ dân phố số 5")
    (second, first) = lines(desk)
    assert [one.id for one in lines(desk, q="2")] == [second.id]
    assert [one.id for one in lines(desk, q="02/TB")] == [second.id]
    assert [one.id for one in lines(desk, q="hop to dan pho")] == [second.id]
    assert [one.id for one in lines(desk, q=first.case_number)] == [first.id]
    assert lines(desk, q="100%") == ()
    assert lines(desk, q="'; DROP TABLE unit; --") == ()
    assert lines(desk, MINH, q="2") == ()


@BOTH
def test_the_pages_follow_one_another(desk: Desk) -> None:
    for number in range(1, 6):
        enter(desk, number)
    seen: list[int] = []
    before = None
    while True:
        page = register_page(desk.actor(DUC), Narrowing(), desk.keys, before=before, most=2)
        seen += [line.number for line in page.lines]
        before = page.next_before
        if before is None:
            break
    assert seen == [5, 4, 3, 2, 1]


@BOTH
def test_a_book_is_whole_and_of_one_unit_and_year(desk: Desk) -> None:
    issued(desk)
    enter(desk, 2)
    enter(desk, 9, document=DocumentKind.DECISION)
    with pytest.raises(RuleBroken):
        register_book(desk.actor(DUC), Narrowing(BUILDING), desk.keys)
    for who, unit in ((DUC, 99), (MINH, BUILDING)):
        with pytest.raises(NotFound):
            register_book(desk.actor(who), Narrowing(unit, year=2026), desk.keys)
    books = register_book(desk.actor(DUC), Narrowing(BUILDING, year=2026), desk.keys)
    assert {book.symbol: [line.number for line in of] for book, of in books} == {
        "QĐ-SXD": [9],
        "TB-SXD": [1, 2],
    }
    (only,) = register_book(desk.actor(DUC), Narrowing(BUILDING, "QĐ-SXD", 2026), desk.keys)
    assert only[0].symbol == "QĐ-SXD"


def test_what_a_letter_says_stands_in_the_register_of_a_denunciation_nowhere(desk: Desk) -> None:
    case = examined(desk, CaseKind.DENUNCIATION)
    desk.act(DUC, case, Action.ACCEPT, on=desk.today, document_no="7/QĐ")
    letter = draft(desk, case, Letter.DENUNCIATION_ACCEPTANCE_NOTICE)
    approve(desk, case, letter)
    issue(desk, case, letter)
    (notice, decision) = lines(desk)
    for line in (notice, decision):
        assert (line.sealed, line.summary, line.recipients) == (True, "", "")
        assert line.addressees
    assert (notice.letter, decision.letter) == (
        Letter.DENUNCIATION_ACCEPTANCE_NOTICE,
        Letter.DENUNCIATION_ACCEPTED,
    )


def accepted(desk: Desk, document_no: str, day: date | None = None) -> Registered:
    """A complaint accepted by a paper that bears this number."""
    case = examined(desk)
    desk.act(DUC, case, Action.ACCEPT, on=day or desk.today, document_no=document_no)
    return case


def taken_before(desk: Desk, document_no: str, day: date | None = None) -> Any:
    with pytest.raises(RuleBroken) as caught:
        accepted(desk, document_no, day)
    assert caught.value.code == "number_taken"
    assert caught.value.values["entry"] == "document_no"
    return caught.value.values["next"]


@BOTH
def test_a_number_typed_at_a_step_stands_in_the_register(desk: Desk) -> None:
    case = accepted(desk, "4/TB-SXD")
    (line,) = lines(desk)
    assert (line.told_no, line.case_number, line.by_hand) == ("04/TB-SXD", case.number, True)
    assert (line.letter, line.action) == (Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    assert (line.issued_on, line.state) == (desk.today, RegisterState.ISSUED)
    assert [one.id for one in lines(desk, q="04/TB")] == [line.id]
    assert verify(desk.keys, desk.files).whole


@BOTH
def test_the_series_passes_over_what_was_given_elsewhere(desk: Desk) -> None:
    assert issued(desk) == "01/TB-SXD"
    for number in ("3/TB-SXD", "Số: 09/2026/TB-SXD"):
        accepted(desk, number)
    assert {one.symbol: one.number for one in next_numbers(desk.actor(LAN), BUILDING, 2026)}[
        "TB-SXD"
    ] == 2
    assert issued(desk) == "02/TB-SXD"
    assert issued(desk) == "04/TB-SXD"
    assert refused(desk, 3) == ("number_taken", 5)
    assert refused(desk, 9) == ("number_taken", 5)
    assert enter(desk, 5) == "05/TB-SXD"
    assert verify(desk.keys, desk.files).whole


@BOTH
def test_a_series_begins_after_what_was_given_elsewhere(desk: Desk) -> None:
    accepted(desk, "40")
    assert issued(desk) == "41/TB-SXD"
    accepted(desk, "12/TB")
    assert issued(desk) == "42/TB-SXD"
    assert verify(desk.keys, desk.files).whole


@BOTH
def test_a_number_of_another_paper_is_refused_with_its_step(desk: Desk) -> None:
    assert issued(desk) == "01/TB-SXD"
    assert taken_before(desk, "1/TB-SXD") == 2
    yesterday = desk.today - timedelta(1)
    accepted(desk, "5/TB-SXD", yesterday)
    assert taken_before(desk, "05/TB-SXD") == 2
    accepted(desk, "5/TB-SXD", yesterday)
    enter(desk, 2)
    accepted(desk, "2/TB-SXD")
    (line,) = lines(desk, q="5")
    cancel_paper(desk.actor(LAN), line.id, "Ghi nhầm", office=desk.office)
    assert taken_before(desk, "5/TB-SXD", yesterday) == 3


@BOTH
def test_the_number_of_a_letter_is_not_entered_a_second_time(desk: Desk) -> None:
    case = examined(desk)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    approve(desk, case, letter)
    assert issue(desk, case, letter) == "01/TB-SXD"
    desk.act(DUC, case, Action.RECORD_NOTICE, on=desk.today, way="post", document_no="1/TB-SXD")
    assert [one.told_no for one in lines(desk)] == ["01/TB-SXD"]


@BOTH
def test_what_others_numbered_is_not_in_the_register(desk: Desk) -> None:
    accepted(desk, "8/QĐ-UBND")
    accepted(desk, "theo biên bản")
    case = desk.file(CaseKind.COMPLAINT, signed=False, channel=Channel.WEB)
    desk.act(DUC, case, Action.RECORD_FORM, on=desk.today, document_no="3/TB-SXD")
    assert lines(desk) == ()


AT_ONCE = 6


def by_hand(desk: Desk) -> None:
    """Enter a paper under the next number one sees, until it is through."""
    number, through = 1, False
    while not through:
        try:
            enter(desk, number, DUC)
            through = True
        except RuleBroken as told:
            number = told.values["next"]


def by_step(case: Registered, number: int) -> Callable[[Desk], None]:
    """Accept a case by a paper with this number, unless it is another's by then."""

    def accept(desk: Desk) -> None:
        with suppress(RuleBroken):
            desk.act(DUC, case, Action.ACCEPT, on=desk.today, document_no=f"{number}/TB-SXD")

    return accept


def by_issue(case: Registered, letter: int) -> Callable[[Desk], None]:
    """Issue a letter."""
    return lambda desk: issue(desk, case, letter) and None


def at_once(app: Flask, desk: Desk, jobs: list[Callable[[Desk], None]]) -> None:
    """Do all of it at the same moment, each with a session of its own."""
    together = threading.Barrier(len(jobs))

    def one(job: Callable[[Desk], None]) -> None:
        with app.app_context():
            together.wait()
            job(Desk(db.session(), desk.keys, desk.now, desk.files))
            db.session.remove()

    with ThreadPoolExecutor(len(jobs)) as pool:
        list(pool.map(one, jobs))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_numbers_by_hand_by_step_and_by_issue_at_once_have_no_gap_and_no_double(
    kind: str, tmp_path: Path, keys: Keys, request: pytest.FixtureRequest
) -> None:
    """Each hand tries the next number it sees until it is through, while others issue and type."""
    url = ""
    if kind == "postgresql":
        make: Callable[[str], str] = request.getfixturevalue("new_pg_database")
        url = make("numbers_at_once")
    settings = Settings.from_env(
        {"DATABASE_URL": url, "INSTANCE_PATH": str(tmp_path), "MAIL_SENDER": "so@example.vn"}
    )
    app = build_app(settings, keys)
    jobs = [by_hand] * AT_ONCE
    with app.app_context():
        make_tables()
        desk = open_desk(db.session(), keys)
        issued(desk)
        for _ in range(2):
            case = examined(desk)
            letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
            approve(desk, case, letter)
            jobs.append(by_issue(case, letter))
        jobs += [by_step(examined(desk), number) for number in (3, 5, 30)]
        db.session.remove()
    at_once(app, desk, jobs)
    with app.app_context():
        kept = list(
            db.session.scalars(select(DocumentNumber.number).order_by(DocumentNumber.number))
        )
        assert kept == [*range(1, len(kept)), 30]
        assert len(kept) >= 1 + AT_ONCE + 2 + 1
        assert verify(desk.keys, desk.files).whole
        db.session.remove()
        db.engine.dispose()
