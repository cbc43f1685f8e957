"""Is a row of a file read exactly, or refused with the right code?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.records import (
    COLUMNS,
    KEYS,
    Heading,
    Problem,
    RecordKind,
    duplicate_problems,
    imported_state,
    number_cell,
    petition_look,
    rating_look,
    read_heading,
    read_row,
    row_problems,
    without_identity,
)
from citizenfeedback.domain.vocabulary import (
    CaseKind,
    CaseResult,
    Channel,
    Direction,
    LookReason,
    State,
)

TODAY = date(2026, 11, 23)
CALENDAR = WorkCalendar.from_rows([(date(2019, 4, 30), "holiday", "Ngày Chiến thắng")])
GOOD: dict[RecordKind, dict[str, str]] = {
    RecordKind.UNITS: {"code": "A", "name": "An", "level": "commune"},
    RecordKind.CALENDAR: {"date": "2019-01-01", "kind": "holiday", "name": "Tết"},
    RecordKind.POINTS: {"code": "P", "name": "Quầy", "unit": "A"},
    RecordKind.STAFF: {"code": "S", "name": "Bình", "unit": "A"},
    RecordKind.RECEPTIONS: {
        "book_no": "1",
        "date": "2019-01-02",
        "unit": "A",
        "sitting": "regular",
        "received_by": "officer",
    },
    RecordKind.SITTINGS: {
        "date": "2019-01-02",
        "unit": "A",
        "kind": "periodic",
        "received_by": "head",
    },
    RecordKind.PETITIONS: {
        "code": "1",
        "received_on": "2019-05-02",
        "channel": "post",
        "unit": "A",
        "kind": "complaint",
    },
    RecordKind.RATINGS: {
        "id": "1",
        "rated_at": "2019-01-02T07:31:10+07:00",
        "point": "P",
        "channel": "kiosk",
        "overall": "5",
    },
    RecordKind.DOSSIERS: {
        "month": "2019-01",
        "unit": "A",
        "procedure": "DD",
        "on_time": "1",
        "late": "0",
    },
}


def read(kind: RecordKind, /, **cells: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """One good row with some cells changed."""
    heading = read_heading(kind, "a.csv", list(COLUMNS[kind]))
    assert isinstance(heading, Heading)
    values = GOOD[kind] | cells
    problems: list[Problem] = []
    record = read_row(
        heading, "a.csv", 7, [values.get(name, "") for name in COLUMNS[kind]], problems
    )
    return (None if record is None else dict(record.values)), problems


def petition(**cells: str) -> dict[str, Any]:
    values, problems = read(RecordKind.PETITIONS, **cells)
    assert values is not None, problems
    return values


def wrong(kind: RecordKind, /, **cells: str) -> list[tuple[str, str]]:
    values, problems = read(kind, **cells)
    assert not problems
    assert values is not None
    return list(row_problems(kind, values, TODAY))


@pytest.mark.parametrize("kind", RecordKind)
def test_the_least_row_is_read(kind: RecordKind) -> None:
    """Does a row with only what is required pass, blanks meaning "not known"?"""
    values, problems = read(kind)
    assert problems == []
    assert values is not None
    assert list(values) == list(COLUMNS[kind])
    assert not list(row_problems(kind, values, TODAY))
    assert set(KEYS[kind]) <= set(values)


def test_headings_in_any_order_and_by_the_books() -> None:
    """Are contract names and the official headings taken, in any order and without marks?"""
    official = [column.heading.upper() for column in COLUMNS[RecordKind.UNITS].values()]
    heading = read_heading(RecordKind.UNITS, "a.csv", list(reversed(official)))
    assert isinstance(heading, Heading)
    assert [column.name for column in heading.columns] == list(reversed(COLUMNS[RecordKind.UNITS]))


def test_official_headings_differ_from_one_another() -> None:
    """Could a heading of one kind of file mean two columns?"""
    for columns in COLUMNS.values():
        headings = [column.heading for column in columns.values()]
        assert len(set(headings)) == len(headings)


def test_a_wrong_heading_is_refused_with_every_fault() -> None:
    """Are unknown, doubled and missing columns all named?"""
    problems = read_heading(RecordKind.CALENDAR, "a.csv", ["date", "date", "colour", "name", ""])
    assert isinstance(problems, list)
    assert [(one.column, one.code) for one in problems] == [
        ("date", "column_twice"),
        ("colour", "unknown_column"),
        ("kind", "missing_column"),
        ("basis", "missing_column"),
    ]
    assert {one.row for one in problems} == {1}


@pytest.mark.parametrize(
    ("kind", "column", "cell", "code"),
    [
        (RecordKind.PETITIONS, "code", "", "required"),
        (RecordKind.PETITIONS, "code", "\u200b", "required"),
        (RecordKind.PETITIONS, "code", "x" * 61, "too_long"),
        (RecordKind.PETITIONS, "summary", "a\x00b", "not_text"),
        (RecordKind.PETITIONS, "received_on", "02/05/2019", "not_a_date"),
        (RecordKind.PETITIONS, "received_on", "2019-02-30", "not_a_date"),
        (RecordKind.PETITIONS, "received_on", "2019-W05-1", "not_a_date"),
        (RecordKind.PETITIONS, "received_on", "0019-05-02", "not_a_date"),
        (RecordKind.PETITIONS, "received_on", "2019-05-02T00:00", "not_a_date"),
        (RecordKind.PETITIONS, "received_on", "٢٠١٩-٠٥-٠٢", "not_a_date"),
        (RecordKind.PETITIONS, "kind", "Complaint", "unknown_value"),
        (RecordKind.PETITIONS, "instance", "3", "out_of_range"),
        (RecordKind.PETITIONS, "signatories", "0", "out_of_range"),
        (RecordKind.PETITIONS, "signatories", "1.5", "not_a_whole_number"),
        (RecordKind.PETITIONS, "signatories", "-1", "not_a_whole_number"),
        (RecordKind.PETITIONS, "signatories", "²", "not_a_whole_number"),
        (RecordKind.PETITIONS, "eligible", "có", "not_yes_or_no"),
        (RecordKind.PETITIONS, "extensions", "3", "out_of_range"),
        (RecordKind.RATINGS, "overall", "6", "out_of_range"),
        (RecordKind.RATINGS, "ATT05", "4", "not_yes_or_no"),
        (RecordKind.RATINGS, "rated_at", "2019-01-02T07:31:10", "no_offset"),
        (RecordKind.RATINGS, "rated_at", "2019-01-02", "not_a_moment"),
        (RecordKind.RATINGS, "rated_at", "yesterday", "not_a_moment"),
        (RecordKind.POINTS, "opens", "7:30", "not_an_hour"),
        (RecordKind.POINTS, "opens", "25:00", "not_an_hour"),
        (RecordKind.DOSSIERS, "month", "2019-13", "not_a_month"),
        (RecordKind.DOSSIERS, "month", "2019-01-01", "not_a_month"),
        (RecordKind.UNITS, "level", "county", "unknown_value"),
    ],
)
def test_a_wrong_cell_is_refused(kind: RecordKind, column: str, cell: str, code: str) -> None:
    """Is each kind of wrong cell told by row, column and code?"""
    values, problems = read(kind, **{column: cell})
    assert values is None
    assert [(one.file, one.row, one.column, one.code) for one in problems] == [
        ("a.csv", 7, column, code)
    ]


def test_every_wrong_cell_of_a_row_is_told() -> None:
    """Are two faults in one row two problems?"""
    _, problems = read(RecordKind.PETITIONS, kind="x", unit="")
    assert [(one.column, one.code) for one in problems] == [
        ("unit", "required"),
        ("kind", "unknown_value"),
    ]


def test_a_row_needs_as_many_cells_as_columns() -> None:
    """Are a short row and a row with something beyond the last column refused?"""
    heading = read_heading(RecordKind.CALENDAR, "a.csv", list(COLUMNS[RecordKind.CALENDAR]))
    assert isinstance(heading, Heading)
    for cells, code in (
        (["2019-01-01", "holiday", "Tết"], "too_few_cells"),
        (["2019-01-01", "holiday", "Tết", "", "more"], "too_many_cells"),
    ):
        problems: list[Problem] = []
        assert read_row(heading, "a.csv", 2, cells, problems) is None
        assert problems[0].code == code
    problems = []
    assert read_row(heading, "a.csv", 2, ["2019-01-01", "holiday", "Tết", "", " "], problems)


def test_a_number_is_no_phone() -> None:
    """Is a spreadsheet's number taken for a count and refused for what starts with nought?"""
    values, problems = read(
        RecordKind.PETITIONS, signatories=number_cell("2"), phone=number_cell("912345678")
    )
    assert values is None
    assert [(one.column, one.code) for one in problems] == [("phone", "number_not_text")]
    assert petition(signatories=number_cell("2"))["signatories"] == 2


def test_text_is_made_whole() -> None:
    """Is decomposed Vietnamese composed, and are invisible marks gone?"""
    values = petition(citizen_name="Hoa\u0300 \u202eB", summary="mo\u0302t\r\nhai")
    assert values["citizen_name"] == "Hoà B"
    assert values["summary"] == "môt\nhai"


def test_the_day_of_a_rating_is_the_one_written() -> None:
    """Is the offset kept, so that half past midnight stays that day?"""
    values, _ = read(RecordKind.RATINGS, rated_at="2019-01-02T00:30:00+07:00")
    assert values is not None
    assert values["rated_at"].date() == date(2019, 1, 2)
    assert values["rated_at"].astimezone(UTC).date() == date(2019, 1, 1)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"processed_on": "2019-05-01"}, ("processed_on", "processed_before_received")),
        ({"accepted_on": "2019-05-01"}, ("accepted_on", "accepted_before_received")),
        (
            {"accepted_on": "2019-05-10", "closed_on": "2019-05-09"},
            ("closed_on", "closed_before_accepted"),
        ),
        ({"closed_on": "2019-05-01"}, ("closed_on", "closed_before_received")),
        ({"result": "upheld"}, ("closed_on", "result_without_closing")),
        ({"received_on": "2026-11-24"}, ("received_on", "in_future")),
        ({"duplicate_of": "1"}, ("duplicate_of", "duplicate_of_itself")),
        (
            {"duplicate_of": "2", "accepted_on": "2019-05-09"},
            ("accepted_on", "duplicate_has_no_case"),
        ),
    ],
)
def test_impossible_petitions(cells: dict[str, str], expected: tuple[str, str]) -> None:
    """Is what contradicts itself refused, and only that told?"""
    assert wrong(RecordKind.PETITIONS, **cells) == [expected]


def test_other_impossible_rows() -> None:
    """Are the other kinds held to sense as well?"""
    assert wrong(RecordKind.UNITS, parent="A") == [("parent", "own_parent")]
    assert wrong(RecordKind.UNITS, valid_from="2020-01-02", valid_to="2020-01-01") == [
        ("valid_to", "ends_before_it_begins")
    ]
    assert wrong(RecordKind.POINTS, opens="08:00", closes="08:00") == [
        ("closes", "closes_before_it_opens")
    ]
    assert wrong(RecordKind.RECEPTIONS, date="2026-11-24") == [("date", "in_future")]
    assert wrong(RecordKind.RATINGS, rated_at="2026-11-26T00:00:00+07:00") == [
        ("rated_at", "in_future")
    ]


def test_a_duplicate_against_its_first() -> None:
    """Must the first exist, be no duplicate itself, and have been found the same?"""
    first = petition(eligible="yes", competent="no", direction="forward")
    same = petition(duplicate_of="1", eligible="yes", competent="no", direction="forward")
    assert not list(duplicate_problems(same, first))
    assert not list(duplicate_problems(petition(duplicate_of="1"), first))
    assert list(duplicate_problems(same, None)) == [("duplicate_of", "unknown_case")]
    other = petition(duplicate_of="1", direction="guide")
    assert list(duplicate_problems(other, first)) == [("direction", "differs_from_first")]
    second = {**first, "duplicate_of": "0"}
    assert list(duplicate_problems(same, second)) == [("duplicate_of", "duplicate_of_duplicate")]


def looks(*, commune: bool = False, **cells: str) -> set[LookReason]:
    values = petition(**{"respondent": "x", "id_no": "1", **cells})
    return set(petition_look(values, commune=commune, calendar=CALENDAR))


def test_the_unusual_is_marked_and_not_refused() -> None:
    """Does each unusual row get its own mark?"""
    assert looks() == set()
    assert looks(received_on="2019-04-30") == {LookReason.RECEIVED_ON_DAY_OFF}
    assert looks(accepted_on="2019-05-10", closed_on="2019-05-11") == {LookReason.CLOSED_ON_DAY_OFF}
    assert looks(respondent="") == {LookReason.NO_RESPONDENT}
    assert looks(respondent="", kind="petition") == set()
    assert looks(id_no="") == {LookReason.NO_IDENTITY}
    assert looks(accepted_on="2019-05-13") == set()  # ten days end on a Sunday
    assert looks(accepted_on="2019-05-14") == {LookReason.LATE_ACCEPTANCE}
    assert looks(kind="denunciation", accepted_on="2019-05-14") == {LookReason.LATE_ACCEPTANCE}
    assert looks(kind="petition", accepted_on="2019-06-14") == set()
    assert looks(instance="2", commune=True) == {LookReason.SECOND_AT_COMMUNE}
    assert looks(instance="2", commune=False) == set()


def test_ratings_outside_opening_hours_are_marked() -> None:
    """Is the hour of the rating's own offset held against the point's hours?"""
    here = timezone(timedelta(hours=7))
    late = datetime(2019, 5, 2, 17, 1, tzinfo=here)
    opens, closes = time(7, 30), time(17)
    marked = (LookReason.OUTSIDE_OPENING_HOURS,)
    assert rating_look(late, opens, closes, CALENDAR) == marked
    assert rating_look(late.replace(hour=16), opens, closes, CALENDAR) == ()
    assert rating_look(late.replace(hour=9, month=4, day=30), opens, closes, CALENDAR) == marked


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({}, State.REGISTERED),
        ({"kind": "denunciation"}, State.REGISTERED),
        ({"processed_on": "2019-05-03"}, State.EXAMINING),
        ({"processed_on": "2019-05-03", "direction": "guide"}, State.GUIDED),
        ({"processed_on": "2019-05-03", "direction": "forward"}, State.FORWARDED),
        ({"processed_on": "2019-05-03", "direction": "file"}, State.FILED),
        ({"processed_on": "2019-05-03", "direction": "return"}, State.RETURNED),
        ({"processed_on": "2019-05-03", "direction": "refuse"}, State.REFUSED),
        ({"processed_on": "2019-05-03", "direction": "accept"}, State.EXAMINING),
        ({"accepted_on": "2019-05-03"}, State.ACCEPTED),
        ({"accepted_on": "2019-05-03", "closed_on": "2019-05-04"}, State.DONE),
        ({"closed_on": "2019-05-04", "result": "withdrawn"}, State.WITHDRAWN),
        ({"closed_on": "2019-05-04", "result": "terminated"}, State.TERMINATED),
        ({"duplicate_of": "2"}, State.ATTACHED),
    ],
)
def test_the_state_follows_from_the_dates(cells: dict[str, str], state: State) -> None:
    """Does each row land where its dates say?"""
    assert imported_state(petition(**cells), formal=True) is state


def test_a_denunciation_by_web_waits_for_its_form() -> None:
    """Is what was not filed in form information only?"""
    assert imported_state(petition(kind="denunciation"), formal=False) is State.INFORMATION


def test_every_direction_and_result_has_a_state() -> None:
    """Is no direction and no result left without a place?"""
    for direction in Direction:
        imported_state(petition(processed_on="2019-05-03", direction=direction), formal=True)
    for result in CaseResult:
        imported_state(petition(closed_on="2019-05-03", result=result), formal=True)
    assert set(CaseKind) == {petition(kind=kind)["kind"] for kind in CaseKind}
    assert set(Channel) == {petition(channel=channel)["channel"] for channel in Channel}


def test_the_sender_is_taken_out_of_the_summary() -> None:
    """Do name and number vanish however they are written, and nothing else?"""
    text = without_identity(
        "Bà TRẦN THỊ MÍT (034) tố cáo; trần thị mít ký.", ("Trần Thị Mít", "034", "")
    )
    assert text == "Bà (được giữ kín) ((được giữ kín)) tố cáo; (được giữ kín) ký."


@given(st.sampled_from(RecordKind), st.data())
def test_any_cells_are_read_or_refused(kind: RecordKind, data: st.DataObject) -> None:
    """Can no text whatsoever make reading fail otherwise than with a problem?"""
    cells = data.draw(st.fixed_dictionaries({name: st.text(max_size=30) for name in COLUMNS[kind]}))
    values, problems = read(kind, **cells)
    assert (values is None) is bool(problems)
