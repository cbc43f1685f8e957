"""Visits in the book: numbers, seals, matters; and leaders' days."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from citizenfeedback.config import Settings
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.receptions import ReceptionEntry, SittingEntry
from citizenfeedback.domain.vocabulary import (
    AuditAction,
    CaseKind,
    ReceivedBy,
    ReceptionKind,
    SittingKind,
    UnitLevel,
)
from citizenfeedback.gateways.keys import Keys, random_keys
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.receptions import Reception, Sitting
from citizenfeedback.services.casework import Office
from citizenfeedback.services.receiving import (
    Incomplete,
    NewReception,
    link_to_case,
    record_reception,
    record_sitting,
)
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON, build_app, make_tables
from tests.services.desk import BUILDING, CHIEF, HOA, LAN, LAND, Desk, open_desk

TODAY = date(2026, 11, 23)
NAME, ID_NO = "Lò Thị Măng", "022190001234"
ENTRY = ReceptionEntry(
    visited_on=TODAY,
    kind=ReceptionKind.COMPLAINT,
    name=NAME,
    id_no="022 190 001 234",
    address="Thôn Khe Cát",
    summary="Đề nghị xem lại giá đất bồi thường",
)
VISIT = NewReception(BUILDING, ENTRY)
THREADS, TIMES = 6, 10


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office."""
    return open_desk(session, keys)


def row(desk: Desk, reception_id: int) -> Reception:
    """A visit as it lies in the table."""
    desk.session.expire_all()
    return desk.session.execute(select(Reception).where(Reception.id == reception_id)).scalar_one()


def record(desk: Desk, who: int = LAN, new: NewReception = VISIT, **entry: Any) -> Any:
    """Write a visit down."""
    wanted = replace(new, entry=replace(new.entry, **entry))
    return record_reception(desk.actor(who), wanted, office=desk.office)


@pytest.mark.both_databases
def test_visits_are_numbered_by_unit_and_year_without_gaps(desk: Desk) -> None:
    first = record(desk)
    with pytest.raises(Incomplete):
        record(desk, name="")
    second = record(desk, visited_on=TODAY - timedelta(days=3))
    last_year = record(desk, visited_on=date(2025, 12, 30))
    other = record(desk, CHIEF, replace(VISIT, unit_id=LAND))
    assert [one.book_no for one in (first, second, last_year, other)] == [
        "U2-2026-0001",
        "U2-2026-0002",
        "U2-2025-0001",
        "U3-2026-0001",
    ]
    stored = row(desk, first.id)
    assert (stored.citizen_name, stored.id_no, stored.matter) == (NAME, ID_NO, "U2-2026-0001")
    noted = desk.session.scalars(
        select(AuditEntry.details).where(AuditEntry.action == AuditAction.RECEPTION_RECORDED)
    ).all()
    assert [one["book_no"] for one in noted] == [
        one.book_no for one in (first, second, last_year, other)
    ]


@pytest.mark.both_databases
def test_numbers_go_on_after_those_of_an_imported_book(desk: Desk) -> None:
    record(desk)
    with transaction() as session:
        for number in (2, 3, 7):
            session.add(
                Reception(
                    book_no=f"U2-2026-{number:04d}",
                    date=TODAY,
                    unit_id=BUILDING,
                    sitting=SittingKind.REGULAR,
                    received_by=ReceivedBy.OFFICER,
                    people=1,
                    kind=ReceptionKind.NONE,
                    recorded_at=NOON,
                    imported=True,
                )
            )
    assert record(desk).book_no == "U2-2026-0008"


def test_a_visit_is_never_of_tomorrow_and_everything_wanting_is_said_at_once(desk: Desk) -> None:
    with pytest.raises(Incomplete) as refused:
        record(desk, visited_on=TODAY + timedelta(days=1), address="", people=0)
    assert {(one.entry, one.code) for one in refused.value.problems} == {
        ("visited_on", "visit_in_future"),
        ("address", "required"),
        ("people", "people_out_of_range"),
    }


def test_nobody_writes_into_the_book_of_another_office(desk: Desk) -> None:
    for who, unit in ((LAN, LAND), (HOA, BUILDING)):
        with pytest.raises(RuleBroken, match="not_granted"):
            record(desk, who, replace(VISIT, unit_id=unit))


@pytest.mark.both_databases
def test_who_comes_about_a_denunciation_is_sealed_everywhere(desk: Desk) -> None:
    made = record(
        desk,
        kind=ReceptionKind.DENUNCIATION,
        summary=f"Bà {NAME.upper()} tố cáo việc nhận tiền",
        notes=f"CCCD {ID_NO}",
    )
    stored = row(desk, made.id)
    assert (stored.citizen_name, stored.id_no, stored.address) == ("", "", "")
    everything = " ".join(
        str(value)
        for line in desk.session.execute(text("SELECT * FROM reception"))
        for value in line
    )
    assert NAME.lower() not in everything.lower()
    assert ID_NO not in everything
    assert stored.sealed is not None
    assert NAME in desk.keys.unseal(stored.sealed)


@pytest.mark.both_databases
def test_visits_about_one_case_share_its_matter(desk: Desk) -> None:
    case = desk.file()
    first, second = record(desk), record(desk)
    link_to_case(desk.actor(LAN), first.id, case.number.lower(), office=desk.office)
    link_to_case(desk.actor(LAN), second.id, case.number, office=desk.office)
    third = record(desk, new=replace(VISIT, matter=first.book_no))
    fourth = record(desk, new=replace(VISIT, matter=case.number))
    rows = [row(desk, one.id) for one in (first, second, third, fourth)]
    assert {one.case_id for one in rows} == {case.id}
    assert {one.matter for one in rows} == {case.number}


def test_an_unknown_or_hidden_case_is_no_matter(desk: Desk) -> None:
    made = record(desk)
    elsewhere = desk.file(unit_id=LAND)
    for number in ("26-9999-9", elsewhere.number, made.book_no):
        with pytest.raises(RuleBroken, match="unknown_matter"):
            link_to_case(desk.actor(LAN), made.id, number, office=desk.office)
    with pytest.raises(RuleBroken, match="unknown_matter"):
        record(desk, new=replace(VISIT, matter="không có"))
    with pytest.raises(NotFound):
        link_to_case(desk.actor(LAN), 999, desk.file().number, office=desk.office)


@pytest.mark.both_databases
def test_a_visit_linked_to_a_denunciation_is_sealed_too(desk: Desk) -> None:
    case = desk.file(CaseKind.DENUNCIATION, respondent_unit_id=LAND)
    before, after = record(desk), record(desk, new=replace(VISIT, matter=case.number))
    link_to_case(desk.actor(LAN), before.id, case.number, office=desk.office)
    for made in (before, after):
        stored = row(desk, made.id)
        assert stored.kind is ReceptionKind.DENUNCIATION
        assert (stored.citizen_name, stored.id_no, stored.address) == ("", "", "")
        assert NAME in desk.keys.unseal(stored.sealed or b"")


@pytest.mark.both_databases
def test_a_leaders_day_is_written_down_once(desk: Desk) -> None:
    day = SittingEntry(held_on=TODAY, announced=True, visitors=0)
    made = record_sitting(desk.actor(LAN), BUILDING, day, office=desk.office)
    stored = desk.session.get(Sitting, made)
    assert stored is not None
    assert (stored.date, stored.received_by, stored.visitors) == (TODAY, ReceivedBy.HEAD, 0)
    with pytest.raises(RuleBroken, match="sitting_there_already"):
        record_sitting(desk.actor(LAN), BUILDING, replace(day, visitors=3), office=desk.office)
    with pytest.raises(Incomplete):
        record_sitting(desk.actor(LAN), BUILDING, replace(day, visitors=-1), office=desk.office)
    with pytest.raises(RuleBroken, match="not_granted"):
        record_sitting(desk.actor(LAN), LAND, day, office=desk.office)


def _numbers_taken_at_once(app: Flask, keys: Keys) -> list[str]:
    failed: list[BaseException] = []

    def run() -> None:
        try:
            for _ in range(TIMES):
                with app.app_context():
                    record_reception(
                        SYSTEM,
                        replace(VISIT, unit_id=1),
                        office=Office(keys, Policy(), NOON),
                    )
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    with app.app_context():
        make_tables()
        with transaction() as session:
            session.add(
                Unit(
                    id=1,
                    code="U1",
                    name="Sở",
                    level=UnitLevel.DEPARTMENT,
                    path="/1/",
                )
            )
    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with app.app_context():
        taken = sorted(db.session.scalars(select(Reception.book_no)))
        db.session.remove()
        db.engine.dispose()
    return taken


EVERY_NUMBER = [f"U1-2026-{number:04d}" for number in range(1, THREADS * TIMES + 1)]


def test_officers_at_once_leave_no_gap_and_no_double(tmp_path: Path) -> None:
    keys = random_keys()
    app = build_app(Settings.from_env({"INSTANCE_PATH": str(tmp_path)}), keys)
    assert _numbers_taken_at_once(app, keys) == EVERY_NUMBER


def test_officers_at_once_on_postgresql(
    tmp_path: Path, new_pg_database: Callable[[str], str]
) -> None:
    keys = random_keys()
    settings = {"INSTANCE_PATH": str(tmp_path), "DATABASE_URL": new_pg_database("receiving")}
    app = build_app(Settings.from_env(settings), keys)
    assert _numbers_taken_at_once(app, keys) == EVERY_NUMBER
