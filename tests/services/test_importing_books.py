"""Do directory, calendar, book, ratings and counts go in as they stand?"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.records import RecordKind
from citizenfeedback.domain.text import fold
from citizenfeedback.domain.vocabulary import DayKind, DayOrigin, LookReason
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.calendar import CalendarDay
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.ratings import Rating, RatingAnswer, RatingComment
from citizenfeedback.models.receptions import Reception, Sitting
from citizenfeedback.models.reporting import DossierCount
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.services.transaction import transaction
from tests.records import POINTS, STAFF, UNITS, Row, rating, reception, write
from tests.year import import_file

K = RecordKind


@pytest.fixture
def directory(session: Session, tmp_path: Path, keys: Keys) -> Path:
    """Units, points and staff; the folder for more files."""
    for kind, rows in ((K.UNITS, UNITS), (K.POINTS, POINTS), (K.STAFF, STAFF)):
        assert import_file(kind, write(tmp_path, kind, rows), keys=keys).accepted
    return tmp_path


@pytest.mark.both_databases
def test_units_form_a_tree_in_any_order(session: Session, tmp_path: Path, keys: Keys) -> None:
    """Does every unit know its place, even when it stands before the one above it?"""
    import_file(K.UNITS, write(tmp_path, K.UNITS, UNITS[::-1]), keys=keys)
    team = {"code": "T", "name": "Tổ một cửa", "level": "team", "parent": "X1"}
    import_file(K.UNITS, write(tmp_path, K.UNITS, [team, *UNITS]), keys=keys)
    units = {unit.code: unit for unit in session.scalars(select(Unit))}
    top, commune, team_ = units["TOP"], units["X1"], units["T"]
    assert top.path == f"/{top.id}/"
    assert team_.path == f"/{top.id}/{commune.id}/{team_.id}/"
    assert team_.parent_id == commune.id
    assert fold("Hồng Gai") in commune.folded


def test_a_tree_must_be_one(session: Session, tmp_path: Path, keys: Keys) -> None:
    """Are a parent that is not there and a ring of units refused?"""
    rows: list[Row] = [
        {"code": "A", "name": "A", "level": "team", "parent": "B"},
        {"code": "B", "name": "B", "level": "team", "parent": "A"},
        {"code": "C", "name": "C", "level": "team", "parent": "Z"},
    ]
    result = import_file(K.UNITS, write(tmp_path, K.UNITS, rows), keys=keys)
    assert [(one.row, one.column, one.code) for one in result.problems] == [
        (2, "parent", "goes_round"),
        (3, "parent", "goes_round"),
        (4, "parent", "unknown_unit"),
    ]


def test_points_and_staff_need_what_they_point_to(
    directory: Path, session: Session, keys: Keys
) -> None:
    """Are an unknown unit and an unknown point both told, in one row too?"""
    points = import_file(
        K.POINTS, write(directory, K.POINTS, [{**POINTS[0], "code": "Q2", "unit": "N"}]), keys=keys
    )
    assert [(one.column, one.code) for one in points.problems] == [("unit", "unknown_unit")]
    staff = import_file(
        K.STAFF,
        write(directory, K.STAFF, [{**STAFF[0], "code": "N", "unit": "N", "point": "N"}]),
        keys=keys,
    )
    assert [one.code for one in staff.problems] == ["unknown_unit", "unknown_point"]


@pytest.mark.both_databases
def test_an_imported_day_replaces_a_shipped_one_only(
    session: Session, tmp_path: Path, keys: Keys
) -> None:
    """Does a shipped day give way, and one that an administrator set stand?"""
    shipped, set_ = date(2019, 1, 1), date(2019, 1, 2)
    with transaction() as writing:
        for day, origin in ((shipped, DayOrigin.SHIPPED), (set_, DayOrigin.SET)):
            writing.add(
                CalendarDay(date=day, kind=DayKind.HOLIDAY, name="Cũ", name_en="Old", origin=origin)
            )
    days = [{"date": "2019-01-01", "kind": "compensatory_off", "name": "Mới"}]
    file = write(
        tmp_path, K.CALENDAR, [*days, {"date": "2019-01-03", "kind": "holiday", "name": "Ba"}]
    )
    before = work_calendar()
    result = import_file(K.CALENDAR, file, keys=keys)
    assert (result.added, result.replaced) == (1, 1)
    row = session.get_one(CalendarDay, shipped)
    assert (row.kind, row.name, row.name_en, row.origin) == (
        DayKind.COMPENSATORY_OFF,
        "Mới",
        "",
        DayOrigin.IMPORTED,
    )
    assert before.is_working(date(2019, 1, 3))
    assert not work_calendar().is_working(date(2019, 1, 3))
    assert import_file(K.CALENDAR, file, keys=keys).skipped == 2
    other = write(tmp_path, K.CALENDAR, [{"date": "2019-01-02", "kind": "holiday", "name": "Khác"}])
    assert [one.code for one in import_file(K.CALENDAR, other, keys=keys).problems] == ["conflict"]


@pytest.mark.both_databases
def test_the_book_seals_who_denounces(directory: Path, session: Session, keys: Keys) -> None:
    """Is a visitor kept in the open for a complaint and sealed for a denunciation?"""
    rows = [
        reception("1"),
        reception("2", kind="denunciation", summary="Ông trần thị mít tố cáo."),
        reception("3", kind="denunciation", citizen_name="", id_no=""),
    ]
    file = write(directory, K.RECEPTIONS, rows)
    assert import_file(K.RECEPTIONS, file, keys=keys).added == 3
    open_, sealed, unknown = session.scalars(select(Reception).order_by(Reception.book_no))
    assert (open_.citizen_name, open_.sealed) == ("Trần Thị Mít", None)
    assert (sealed.citizen_name, sealed.id_no) == ("", "")
    assert sealed.summary == "Ông (được giữ kín) tố cáo."
    assert sealed.sealed is not None
    assert json.loads(keys.unseal(sealed.sealed))[0]["name"] == "Trần Thị Mít"
    assert unknown.sealed is None
    assert import_file(K.RECEPTIONS, file, keys=keys).skipped == 3
    for change in ({"citizen_name": "Khác"}, {"people": "3"}):
        again = write(directory, K.RECEPTIONS, [rows[1] | change])
        assert import_file(K.RECEPTIONS, again, keys=keys).problems[0].code == "conflict"
    nowhere = write(directory, K.RECEPTIONS, [reception("4", unit="N")])
    assert import_file(K.RECEPTIONS, nowhere, keys=keys).problems[0].code == "unknown_unit"


@pytest.mark.both_databases
def test_ratings_keep_day_answers_and_words(directory: Path, session: Session, keys: Keys) -> None:
    """Is a rating counted on its own day, and its answers kept apart from it?"""
    rows = [
        rating("R1", rated_at="2019-05-02T00:30:00+07:00", ATT02="4", ATT05="no", comment="Tốt"),
        rating("R2", channel="web", staff=""),
    ]
    file = write(directory, K.RATINGS, rows)
    result = import_file(K.RATINGS, file, keys=keys)
    assert (result.added, result.marked) == (2, 1)
    early, plain = session.scalars(select(Rating).order_by(Rating.reference))
    assert early.rated_on == date(2019, 5, 2)
    assert early.rated_at.isoformat() == "2019-05-01T17:30:00+00:00"
    assert (early.look, early.verified) == (LookReason.OUTSIDE_OPENING_HOURS, True)
    assert (plain.look, plain.verified, plain.staff_id) == ("", False, None)
    answers = session.execute(select(RatingAnswer.criterion, RatingAnswer.value)).all()
    assert sorted(map(tuple, answers)) == [("ATT02", 4), ("ATT05", 0)]
    assert session.scalars(select(RatingComment.body)).all() == ["Tốt"]
    assert import_file(K.RATINGS, file, keys=keys).skipped == 2
    for change in ({"ATT02": "5"}, {"comment": ""}, {"overall": "1"}):
        changed = write(directory, K.RATINGS, [rows[0] | change])
        assert import_file(K.RATINGS, changed, keys=keys).problems[0].code == "conflict"
    lost = write(directory, K.RATINGS, [rating("R3", point="N", staff="N")])
    assert [one.code for one in import_file(K.RATINGS, lost, keys=keys).problems] == [
        "unknown_point",
        "unknown_staff",
    ]


@pytest.mark.both_databases
def test_sittings_and_monthly_counts(directory: Path, session: Session, keys: Keys) -> None:
    """Are they told by their whole key, skipped when the same and refused when not?"""
    sitting = {"date": "2019-01-02", "unit": "X1", "kind": "periodic", "received_by": "head"}
    month = {"month": "2019-01", "unit": "X1", "procedure": "DD", "on_time": "9", "late": "1"}
    for kind, row, second, changed in (
        (K.SITTINGS, sitting, {"received_by": "delegated"}, {"visitors": "3"}),
        (K.DOSSIERS, month, {"month": "2019-02"}, {"late": "2"}),
    ):
        both = write(directory, kind, [row, row | second])
        assert import_file(kind, both, keys=keys).added == 2
        assert import_file(kind, both, keys=keys).skipped == 2
        other = write(directory, kind, [row | changed])
        assert import_file(kind, other, keys=keys).problems[0].code == "conflict"
        nowhere = write(directory, kind, [row | {"unit": "N"}])
        assert import_file(kind, nowhere, keys=keys).problems[0].code == "unknown_unit"
    assert len(session.scalars(select(Sitting)).all()) == 2
    assert {one.month for one in session.scalars(select(DossierCount))} == {
        date(2019, 1, 1),
        date(2019, 2, 1),
    }
