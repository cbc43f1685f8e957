"""How a row of an import file is read: columns, checks, and what is worth a look.

One bad row refuses the whole file, so everything wrong is collected with row, column and code and
nothing is guessed. Registers are kept by people: what is unusual but possible passes and is marked
(`LookReason`). Pure: the caller brings the cells as text and what the office already knows.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.deadlines import allowance_of, due_date
from citizenfeedback.domain.law.terms import term
from citizenfeedback.domain.ratings import CRITERIA, IMPORTED, Scale, outside_opening_hours
from citizenfeedback.domain.text import clean, clean_lines, fold
from citizenfeedback.domain.vocabulary import (
    CaseField,
    CaseKind,
    CaseResult,
    Channel,
    Complexity,
    DayKind,
    Direction,
    Instance,
    LookReason,
    RatingChannel,
    ReceivedBy,
    ReceptionKind,
    SittingKind,
    State,
    UnitLevel,
)
from citizenfeedback.domain.workflow import entry_state

MOST_ROWS = 200_000
MOST_PEOPLE = 100_000
MOST_COUNT = 10_000_000
FIRST_YEAR = 1900
HEADING_ROW = 1


class RecordKind(StrEnum):
    """What a file holds."""

    UNITS = "units"
    CALENDAR = "calendar"
    POINTS = "points"
    STAFF = "staff"
    RECEPTIONS = "receptions"
    SITTINGS = "sittings"
    PETITIONS = "petitions"
    RATINGS = "ratings"
    DOSSIERS = "dossiers"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: row and column as a spreadsheet counts and names them, and a code.

    `row` 0 speaks of the whole file. `values` are for the wording; never a cell of a person.
    """

    file: str
    row: int
    column: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


class Unreadable(Exception):
    """A cell cannot be read as what its column holds."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


Read = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the heading in the official books, and how a cell is read.

    `blank` is what an empty cell means; `required` refuses it. `digits` marks columns in which a
    spreadsheet's number has already lost its leading zeros.
    """

    name: str
    heading: str
    read: Read
    required: bool = False
    blank: Any = None
    digits: bool = False


# Reading one cell.


def _text(most: int, *, lines: bool = False) -> Read:
    tidy = clean_lines if lines else clean

    def read(cell: str) -> str:
        if "\x00" in cell:
            raise Unreadable("not_text")
        text = cell if cell.isascii() and cell.isprintable() else tidy(cell)
        if len(text) > most:
            raise Unreadable("too_long", most=most)
        return text

    return read


def _one_of(kind: type[StrEnum]) -> Read:
    known: dict[str, StrEnum] = {member.value: member for member in kind}

    def read(cell: str) -> StrEnum:
        member = known.get(cell)
        if member is None:
            raise Unreadable("unknown_value", known=", ".join(known))
        return member

    return read


def _whole(least: int, most: int) -> Read:
    def read(cell: str) -> int:
        if not (cell.isascii() and cell.isdigit()) or len(cell) > 9:
            raise Unreadable("not_a_whole_number")
        number = int(cell)
        if not least <= number <= most:
            raise Unreadable("out_of_range", least=least, most=most)
        return number

    return read


def _yes_no(cell: str) -> bool:
    if cell == "yes":
        return True
    if cell == "no":
        return False
    raise Unreadable("not_yes_or_no")


@lru_cache(maxsize=20_000)
def _day(cell: str) -> date:
    well_formed = len(cell) == 10 and cell[4] == cell[7] == "-"
    if not well_formed or not cell.replace("-", "").isdigit() or not cell.isascii():
        raise Unreadable("not_a_date")
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        raise Unreadable("not_a_date") from None
    if day.year < FIRST_YEAR:
        raise Unreadable("not_a_date")
    return day


@lru_cache(maxsize=2_000)
def _month(cell: str) -> date:
    if len(cell) != 7:
        raise Unreadable("not_a_month")
    try:
        return _day(f"{cell}-01")
    except Unreadable:
        raise Unreadable("not_a_month") from None


def _hour(cell: str) -> time:
    parts = cell.split(":")
    well_formed = len(parts) in {2, 3} and all(
        len(part) == 2 and part.isascii() and part.isdigit() for part in parts
    )
    try:
        if well_formed:
            return time.fromisoformat(cell)
    except ValueError:
        pass  # hours over 23 and minutes over 59 are worded like any other wrong hour
    raise Unreadable("not_an_hour")


def _moment(cell: str) -> datetime:
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        raise Unreadable("not_a_moment") from None
    if "T" not in cell and " " not in cell:
        raise Unreadable("not_a_moment")
    if moment.tzinfo is None:
        raise Unreadable("no_offset")
    if moment.year < FIRST_YEAR:
        raise Unreadable("not_a_moment")
    return moment


def _answer(code: str) -> Read:
    return _yes_no if CRITERIA[code].scale is Scale.YES_NO else _whole(1, 5)


_CODE, _NAME, _LONG = _text(40), _text(200), _text(60)
_REQUIRED: dict[str, bool] = {"required": True}


def _columns(*columns: Column) -> Mapping[str, Column]:
    return {column.name: column for column in columns}


COLUMNS: Mapping[RecordKind, Mapping[str, Column]] = {
    RecordKind.UNITS: _columns(
        Column("code", "Mã đơn vị", _CODE, **_REQUIRED),
        Column("name", "Tên đơn vị", _NAME, **_REQUIRED),
        Column("name_en", "Tên tiếng Anh", _NAME, blank=""),
        Column("level", "Cấp", _one_of(UnitLevel), **_REQUIRED),
        Column("parent", "Đơn vị cấp trên", _CODE, blank=""),
        Column("remote", "Vùng sâu, vùng xa", _yes_no, blank=False),
        Column("valid_from", "Có hiệu lực từ ngày", _day),
        Column("valid_to", "Có hiệu lực đến ngày", _day),
    ),
    RecordKind.CALENDAR: _columns(
        Column("date", "Ngày", _day, **_REQUIRED),
        Column("kind", "Loại ngày", _one_of(DayKind), **_REQUIRED),
        Column("name", "Tên ngày", _text(120), **_REQUIRED),
        Column("basis", "Căn cứ", _text(250), blank=""),
    ),
    RecordKind.POINTS: _columns(
        Column("code", "Mã điểm phục vụ", _CODE, **_REQUIRED),
        Column("name", "Tên điểm phục vụ", _NAME, **_REQUIRED),
        Column("unit", "Đơn vị", _CODE, **_REQUIRED),
        Column("opens", "Giờ mở cửa", _hour),
        Column("closes", "Giờ đóng cửa", _hour),
    ),
    RecordKind.STAFF: _columns(
        Column("code", "Mã cán bộ", _CODE, **_REQUIRED),
        Column("name", "Họ và tên", _text(120), **_REQUIRED),
        Column("position", "Chức vụ", _text(120), blank=""),
        Column("unit", "Đơn vị", _CODE, **_REQUIRED),
        Column("point", "Điểm phục vụ", _CODE, blank=""),
        Column("active", "Đang công tác", _yes_no, blank=True),
    ),
    RecordKind.RECEPTIONS: _columns(
        Column("book_no", "Số thứ tự", _LONG, **_REQUIRED),
        Column("date", "Ngày tiếp", _day, **_REQUIRED),
        Column("unit", "Cơ quan tiếp", _CODE, **_REQUIRED),
        Column("sitting", "Hình thức tiếp", _one_of(SittingKind), **_REQUIRED),
        Column("received_by", "Người tiếp", _one_of(ReceivedBy), **_REQUIRED),
        Column("people", "Số người", _whole(1, MOST_PEOPLE), blank=1),
        Column("citizen_name", "Họ tên người đến", _text(120), blank=""),
        Column("id_no", "Số giấy tờ tùy thân", _text(40), blank="", digits=True),
        Column("address", "Địa chỉ", _text(250), blank=""),
        Column("summary", "Nội dung vụ việc", _text(2000, lines=True), blank=""),
        Column("kind", "Phân loại đơn", _one_of(ReceptionKind), blank=ReceptionKind.NONE),
        Column("matter", "Mã vụ việc", _LONG, blank=""),
        Column("settled_by", "Cơ quan đã giải quyết", _text(200), blank=""),
        Column("competent", "Thuộc thẩm quyền", _yes_no),
        Column("guided_to", "Hướng dẫn đến", _text(200), blank=""),
        Column("accepted_by", "Người thụ lý", _text(200), blank=""),
        Column("follow_up", "Theo dõi kết quả", _text(500, lines=True), blank=""),
        Column("notes", "Ghi chú", _text(500, lines=True), blank=""),
    ),
    RecordKind.SITTINGS: _columns(
        Column("date", "Ngày tiếp", _day, **_REQUIRED),
        Column("unit", "Cơ quan tiếp", _CODE, **_REQUIRED),
        Column("kind", "Hình thức tiếp", _one_of(SittingKind), **_REQUIRED),
        Column("received_by", "Người tiếp", _one_of(ReceivedBy), **_REQUIRED),
        Column("announced", "Đã thông báo", _yes_no, blank=False),
        Column("visitors", "Số lượt người đến", _whole(0, MOST_PEOPLE), blank=0),
    ),
    RecordKind.PETITIONS: _columns(
        Column("code", "Số đăng ký", _LONG, **_REQUIRED),
        Column("received_on", "Ngày nhận đơn", _day, **_REQUIRED),
        Column("channel", "Nguồn đơn", _one_of(Channel), **_REQUIRED),
        Column("unit", "Cơ quan nhận", _CODE, **_REQUIRED),
        Column("kind", "Loại đơn", _one_of(CaseKind), **_REQUIRED),
        Column("instance", "Lần", _whole(1, 2), blank=1),
        Column("field", "Lĩnh vực", _one_of(CaseField), blank=CaseField.OTHER),
        Column("citizen_name", "Họ tên người viết đơn", _text(120), blank=""),
        Column("id_no", "Số giấy tờ tùy thân", _text(40), blank="", digits=True),
        Column("phone", "Số điện thoại", _text(80), blank="", digits=True),
        Column("address", "Địa chỉ", _text(250), blank=""),
        Column("signatories", "Số người ký", _whole(1, MOST_PEOPLE), blank=1),
        Column("summary", "Nội dung đơn", _text(2000, lines=True), blank=""),
        Column("respondent", "Đối tượng bị khiếu nại, tố cáo", _text(300), blank=""),
        Column("duplicate_of", "Trùng với đơn", _LONG, blank=""),
        Column("processed_on", "Ngày xử lý", _day),
        Column("eligible", "Đủ điều kiện", _yes_no),
        Column("competent", "Thuộc thẩm quyền", _yes_no),
        Column("direction", "Hướng xử lý", _one_of(Direction)),
        Column("forwarded_to", "Nơi chuyển đến", _text(300), blank=""),
        Column("accepted_on", "Ngày thụ lý", _day),
        Column("complexity", "Tính chất", _one_of(Complexity), blank=Complexity.NORMAL),
        Column("remote", "Vùng sâu, vùng xa", _yes_no, blank=False),
        Column("extensions", "Số lần gia hạn", _whole(0, 2), blank=0),
        Column("closed_on", "Ngày kết thúc", _day),
        Column("result", "Kết quả", _one_of(CaseResult)),
        Column("decision_no", "Số quyết định", _text(80), blank=""),
    ),
    RecordKind.RATINGS: _columns(
        Column("id", "Mã lượt đánh giá", _LONG, **_REQUIRED),
        Column("rated_at", "Thời điểm đánh giá", _moment, **_REQUIRED),
        Column("point", "Điểm phục vụ", _CODE, **_REQUIRED),
        Column("staff", "Mã cán bộ", _CODE, blank=""),
        Column("channel", "Kênh đánh giá", _one_of(RatingChannel), **_REQUIRED),
        Column("dossier", "Mã hồ sơ", _LONG, blank=""),
        Column("overall", "Đánh giá chung", _whole(1, 5), **_REQUIRED),
        *(Column(code, f"Tiêu chí {code}", _answer(code)) for code in IMPORTED),
        Column("comment", "Ý kiến khác", _text(2000, lines=True), blank=""),
    ),
    RecordKind.DOSSIERS: _columns(
        Column("month", "Tháng", _month, **_REQUIRED),
        Column("unit", "Đơn vị", _CODE, **_REQUIRED),
        Column("procedure", "Thủ tục", _CODE, **_REQUIRED),
        Column("on_time", "Đúng hạn", _whole(0, MOST_COUNT), **_REQUIRED),
        Column("late", "Quá hạn", _whole(0, MOST_COUNT), **_REQUIRED),
        Column("pending_in_time", "Đang giải quyết trong hạn", _whole(0, MOST_COUNT), blank=0),
        Column("pending_overdue", "Đang giải quyết quá hạn", _whole(0, MOST_COUNT), blank=0),
    ),
}
"""The columns of every kind of file, in the order of the contract."""

KEYS: Mapping[RecordKind, tuple[str, ...]] = {
    RecordKind.UNITS: ("code",),
    RecordKind.CALENDAR: ("date",),
    RecordKind.POINTS: ("code",),
    RecordKind.STAFF: ("code",),
    RecordKind.RECEPTIONS: ("book_no",),
    RecordKind.SITTINGS: ("date", "unit", "kind", "received_by"),
    RecordKind.PETITIONS: ("code",),
    RecordKind.RATINGS: ("id",),
    RecordKind.DOSSIERS: ("month", "unit", "procedure"),
}
"""The columns by which a row is the same row as one that is stored."""

_NUMBER_CELL = "\ue000"
"""Put before a cell that a spreadsheet holds as a number, so that lost zeros can be told."""


def number_cell(text: str) -> str:
    """A cell that a spreadsheet holds as a number, marked as such for `read_row`."""
    return _NUMBER_CELL + text


@dataclass(frozen=True, slots=True)
class Record:
    """One row as read: where it stands, and its values by column."""

    file: str
    row: int
    values: Mapping[str, Any]

    def key(self, kind: RecordKind) -> tuple[Any, ...]:
        """By which this row is told from others."""
        return tuple(self.values[name] for name in KEYS[kind])


@dataclass(frozen=True, slots=True)
class Heading:
    """Which column stands where in one file."""

    columns: tuple[Column, ...]

    def key_cell(self, kind: RecordKind, cells: Sequence[str]) -> str:
        """The first cell of the key of a row, as it stands."""
        names = [column.name for column in self.columns]
        place = names.index(KEYS[kind][0])
        return clean(cells[place]) if place < len(cells) else ""


def read_heading(kind: RecordKind, file: str, cells: Sequence[str]) -> Heading | list[Problem]:
    """The columns of a file by its first row, or everything wrong with it.

    Names stand exactly as in the contract, or as in the official books; in any order, each once.
    """
    known = COLUMNS[kind]
    by_heading = {fold(column.heading): column for column in known.values()}
    columns: list[Column] = []
    problems: list[Problem] = []
    cells = list(cells)
    while cells and not cells[-1].strip():
        cells.pop()
    for cell in cells:
        name = clean(cell)
        column = known.get(name) or by_heading.get(fold(name))
        if column is None:
            problems.append(Problem(file, HEADING_ROW, name[:60], "unknown_column"))
        elif column in columns:
            problems.append(Problem(file, HEADING_ROW, column.name, "column_twice"))
        else:
            columns.append(column)
    problems += [
        Problem(file, HEADING_ROW, column.name, "missing_column")
        for column in known.values()
        if column not in columns
    ]
    return problems or Heading(tuple(columns))


def read_row(
    heading: Heading, file: str, row: int, cells: Sequence[str], problems: list[Problem]
) -> Record | None:
    """One row of a file, or None with what is wrong added to `problems`."""
    columns = heading.columns
    if len(cells) != len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        problems.append(Problem(file, row, "", "too_many_cells", {"columns": len(columns)}))
        return None
    if len(cells) < len(columns):
        problems.append(Problem(file, row, "", "too_few_cells", {"columns": len(columns)}))
        return None
    found = len(problems)
    values: dict[str, Any] = {}
    for column, raw in zip(columns, cells, strict=False):
        cell = raw
        if cell[:1] == _NUMBER_CELL:
            cell = cell[1:]
            if column.digits:
                problems.append(Problem(file, row, column.name, "number_not_text"))
                continue
        cell = cell.strip()
        if not cell:
            if column.required:
                problems.append(Problem(file, row, column.name, "required"))
            values[column.name] = column.blank
            continue
        try:
            value = column.read(cell)
        except Unreadable as wrong:
            problems.append(Problem(file, row, column.name, wrong.code, wrong.values))
            continue
        if value == "" and column.required:
            problems.append(Problem(file, row, column.name, "required"))
        values[column.name] = value
    return Record(file, row, values) if len(problems) == found else None


# What contradicts itself within a row.

Wrong = tuple[str, str]
"""Column and code of something wrong."""


def row_problems(kind: RecordKind, values: Mapping[str, Any], today: date) -> Iterator[Wrong]:
    """What is impossible within one row that was read."""
    check = _CHECKS.get(kind)
    if check is not None:
        yield from check(values, today)


def _unit_problems(values: Mapping[str, Any], _today: date) -> Iterator[Wrong]:
    begins, ends = values["valid_from"], values["valid_to"]
    if begins and ends and ends < begins:
        yield "valid_to", "ends_before_it_begins"
    if values["parent"] == values["code"]:
        yield "parent", "own_parent"


def _point_problems(values: Mapping[str, Any], _today: date) -> Iterator[Wrong]:
    opens, closes = values["opens"], values["closes"]
    if opens and closes and closes <= opens:
        yield "closes", "closes_before_it_opens"


def _dated(*columns: str) -> Callable[[Mapping[str, Any], date], Iterator[Wrong]]:
    def check(values: Mapping[str, Any], today: date) -> Iterator[Wrong]:
        for column in columns:
            if values[column] is not None and values[column] > today:
                yield column, "in_future"

    return check


def _rating_problems(values: Mapping[str, Any], today: date) -> Iterator[Wrong]:
    # A clock may run ahead and an offset may lie east of ours: a day's grace, no more.
    if values["rated_at"].date() > today + timedelta(days=1):
        yield "rated_at", "in_future"


def _petition_problems(values: Mapping[str, Any], today: date) -> Iterator[Wrong]:
    received, processed = values["received_on"], values["processed_on"]
    accepted, closed = values["accepted_on"], values["closed_on"]
    yield from _dated("received_on", "processed_on", "accepted_on", "closed_on")(values, today)
    if processed and processed < received:
        yield "processed_on", "processed_before_received"
    if accepted and accepted < received:
        yield "accepted_on", "accepted_before_received"
    if closed and accepted and closed < accepted:
        yield "closed_on", "closed_before_accepted"
    elif closed and closed < received:
        yield "closed_on", "closed_before_received"
    if values["result"] is not None and closed is None:
        yield "closed_on", "result_without_closing"
    if values["duplicate_of"]:
        if values["duplicate_of"] == values["code"]:
            yield "duplicate_of", "duplicate_of_itself"
        for column in ("accepted_on", "closed_on"):
            if values[column] is not None:
                yield column, "duplicate_has_no_case"


_CHECKS: Mapping[RecordKind, Callable[[Mapping[str, Any], date], Iterator[Wrong]]] = {
    RecordKind.UNITS: _unit_problems,
    RecordKind.POINTS: _point_problems,
    RecordKind.RECEPTIONS: _dated("date"),
    RecordKind.PETITIONS: _petition_problems,
    RecordKind.RATINGS: _rating_problems,
}

EXAMINATION = ("eligible", "competent", "direction")


def duplicate_problems(
    duplicate: Mapping[str, Any], first: Mapping[str, Any] | None
) -> Iterator[Wrong]:
    """What is wrong between a duplicate and its first, by what both were found to be.

    A duplicate carries its first's examination; what the register leaves blank is not known.
    """
    if first is None:
        yield "duplicate_of", "unknown_case"
        return
    if first["duplicate_of"]:
        yield "duplicate_of", "duplicate_of_duplicate"
    for column in EXAMINATION:
        if duplicate[column] is not None and duplicate[column] != first[column]:
            yield column, "differs_from_first"


# What is unusual but possible.


def petition_look(
    values: Mapping[str, Any], *, commune: bool, calendar: WorkCalendar
) -> tuple[LookReason, ...]:
    """Why a row of the petition register is worth a look."""
    kind = values["kind"]
    of_two = kind in (CaseKind.COMPLAINT, CaseKind.DENUNCIATION)
    closed = values["closed_on"]
    return tuple(
        reason
        for reason, holds in (
            (
                LookReason.RECEIVED_ON_DAY_OFF,
                not calendar.is_working(values["received_on"]),
            ),
            (
                LookReason.CLOSED_ON_DAY_OFF,
                closed is not None and not calendar.is_working(closed),
            ),
            (LookReason.NO_RESPONDENT, of_two and not values["respondent"]),
            (LookReason.NO_IDENTITY, not values["id_no"]),
            (LookReason.LATE_ACCEPTANCE, of_two and _accepted_late(values, calendar)),
            (
                LookReason.SECOND_AT_COMMUNE,
                commune and kind is CaseKind.COMPLAINT and values["instance"] == Instance.SECOND,
            ),
        )
        if holds
    )


def _accepted_late(values: Mapping[str, Any], calendar: WorkCalendar) -> bool:
    accepted = values["accepted_on"]
    return accepted is not None and accepted > _acceptance_due(
        values["kind"], values["instance"], values["received_on"], calendar
    )


def _acceptance_due(
    kind: CaseKind, instance: int, received_on: date, calendar: WorkCalendar
) -> date:
    if kind is CaseKind.DENUNCIATION:
        rule = "TC-01"
    else:
        rule = "KN-10" if instance == Instance.SECOND else "KN-03"
    return due_date(received_on, allowance_of(term(rule, received_on)), calendar)


def rating_look(
    rated_at: datetime, opens: time | None, closes: time | None, calendar: WorkCalendar
) -> tuple[LookReason, ...]:
    """Why a rating is worth a look; day and hour as written in its offset."""
    outside = outside_opening_hours(
        rated_at.time().replace(second=0, microsecond=0),
        opens,
        closes,
        working_day=calendar.is_working(rated_at.date()),
    )
    return (LookReason.OUTSIDE_OPENING_HOURS,) if outside else ()


SEALED = "(được giữ kín)"
"""What stands in a text where something of the sender's was taken out."""


def without_identity(text: str, identity: Sequence[str]) -> str:
    """The text with every name and number of the sender taken out, however it is cased."""
    for part in sorted((part for part in identity if len(part) > 1), key=len, reverse=True):
        text = re.sub(re.escape(part), SEALED, text, flags=re.IGNORECASE)
    return text


# Where a case of the register stands.

_BY_DIRECTION: Mapping[Direction | None, State] = {
    None: State.EXAMINING,
    Direction.ACCEPT: State.EXAMINING,
    Direction.GUIDE: State.GUIDED,
    Direction.FORWARD: State.FORWARDED,
    Direction.FILE: State.FILED,
    Direction.RETURN: State.RETURNED,
    Direction.REFUSE: State.REFUSED,
}
_BY_RESULT: Mapping[CaseResult | None, State] = {
    CaseResult.WITHDRAWN: State.WITHDRAWN,
    CaseResult.TERMINATED: State.TERMINATED,
}


def imported_state(values: Mapping[str, Any], *, formal: bool) -> State:
    """The state that follows from the dates of a row; a duplicate rests with its first."""
    if values["duplicate_of"]:
        return State.ATTACHED
    if values["closed_on"] is not None:
        return _BY_RESULT.get(values["result"], State.DONE)
    if values["accepted_on"] is not None:
        return State.ACCEPTED
    if values["processed_on"] is not None:
        return _BY_DIRECTION[values["direction"]]
    return entry_state(values["kind"], formal=formal)
