"""Every term of the law on complaints, denunciations, reception and petitions, as rows.

One row says how many days of which unit run from which event, under which article, between which
dates, and how surely that was read. The wording of the steps is in `documents/lawbook.py`; how
days are counted is in `domain/deadlines.py`. A row without days is a rule that sets no term.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.law.regimes import START_OF_LAW_136, in_force
from citizenfeedback.domain.law.sources import Mark, Provision, cite
from citizenfeedback.domain.vocabulary import Complexity, Instance


class DayUnit(StrEnum):
    """`ngày` are calendar days, `ngày làm việc` working days; the statutes use both on purpose."""

    CALENDAR = "calendar"
    WORKING = "working"


class CountsFrom(StrEnum):
    """The event whose day is day zero."""

    KNOWN = "known"
    RECEIPT = "receipt"
    FIRST_DECISION_RECEIVED = "first_decision_received"
    TERM_END_OR_DECISION = "term_end_or_decision"
    ACCEPTANCE = "acceptance"
    DECISION = "decision"
    ISSUE = "issue"
    PREVIOUS_TERM_END = "previous_term_end"
    CONCLUSION = "conclusion"
    HANDLING_RESULT = "handling_result"
    FOLLOW_UP_RECEIPT = "follow_up_receipt"
    REQUEST_RECEIPT = "request_receipt"
    SETTLED = "settled"
    NOTICE_RECEIVED = "notice_received"
    GROUNDS_ESTABLISHED = "grounds_established"
    ENTRY = "entry"
    DATA_REQUEST = "data_request"
    DIALOGUE_DAY = "dialogue_day"
    RECEPTION_DAY = "reception_day"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the law's table of terms.

    `backward` terms end before the event: the last day on which the duty can still be met is
    counted back from it. `longer` gives other numbers of days for a condition (`remote`,
    `dismissal`). `doubt` is the key of an open question about the row.
    """

    code: str
    days: int | None
    unit: DayUnit | None
    counts_from: CountsFrom
    provisions: tuple[Provision, ...]
    backward: bool = False
    effective_from: date | None = None
    effective_to: date | None = None
    longer: tuple[tuple[str, int], ...] = ()
    mark: Mark = Mark.READ
    read_in: tuple[str, ...] = ("S1",)
    doubt: str = ""

    def law(self, lang: str = "vi") -> str:
        """The articles behind the row, ready to print; empty where no law sets it."""
        return cite(self.provisions, lang)

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on a day."""
        return in_force(self.effective_from, self.effective_to, day)


_LAST_DAY_BEFORE_LAW_136 = START_OF_LAW_136 - timedelta(days=1)
_CALENDAR, _WORKING = DayUnit.CALENDAR, DayUnit.WORKING
_REMOTE_45 = (("remote", 45),)


def _law(instrument: str, article: str, clause: str = "", point: str = "") -> Provision:
    return Provision(instrument, article, clause, point)


_LAW_136_ACCEPTANCE = _law("L136", "2", "15", "b")

_COMPLAINTS: tuple[Term, ...] = (
    Term("KN-01", 90, _CALENDAR, CountsFrom.KNOWN, (_law("KN", "9"),)),
    Term("KN-02", 15, _CALENDAR, CountsFrom.KNOWN, (_law("KN", "48"),)),
    Term(
        "KN-02b",
        10,
        _CALENDAR,
        CountsFrom.FIRST_DECISION_RECEIVED,
        (_law("KN", "48"),),
        longer=(("dismissal", 30),),
    ),
    Term(
        "KN-03a",
        10,
        _CALENDAR,
        CountsFrom.RECEIPT,
        (_law("KN", "27"),),
        effective_to=_LAST_DAY_BEFORE_LAW_136,
        doubt="D7",
    ),
    Term(
        "KN-03b",
        7,
        _WORKING,
        CountsFrom.RECEIPT,
        (_law("KN", "27"), _LAW_136_ACCEPTANCE, _law("ND155", "10")),
        effective_from=START_OF_LAW_136,
        read_in=("S90", "S6"),
        doubt="D7",
    ),
    Term(
        "KN-03c",
        10,
        _CALENDAR,
        CountsFrom.RECEIPT,
        (_law("KN", "50"),),
        effective_to=_LAST_DAY_BEFORE_LAW_136,
        read_in=("S90",),
        doubt="D7",
    ),
    Term(
        "KN-03c",
        7,
        _WORKING,
        CountsFrom.RECEIPT,
        (_law("KN", "50"), _LAW_136_ACCEPTANCE),
        effective_from=START_OF_LAW_136,
        read_in=("S90",),
        doubt="D7",
    ),
    Term("KN-04", 30, _CALENDAR, CountsFrom.ACCEPTANCE, (_law("KN", "28"),)),
    Term("KN-05", 45, _CALENDAR, CountsFrom.ACCEPTANCE, (_law("KN", "28"),)),
    Term("KN-06", 45, _CALENDAR, CountsFrom.ACCEPTANCE, (_law("KN", "28"),)),
    Term("KN-07", 60, _CALENDAR, CountsFrom.ACCEPTANCE, (_law("KN", "28"),)),
    Term("KN-08", 3, _WORKING, CountsFrom.DECISION, (_law("KN", "32"),)),
    Term(
        "KN-09",
        30,
        _CALENDAR,
        CountsFrom.TERM_END_OR_DECISION,
        (_law("KN", "33"),),
        longer=_REMOTE_45,
    ),
    Term(
        "KN-10a",
        10,
        _CALENDAR,
        CountsFrom.RECEIPT,
        (_law("KN", "36", "1"),),
        effective_to=_LAST_DAY_BEFORE_LAW_136,
        read_in=("S1", "S90"),
        doubt="D7",
    ),
    Term(
        "KN-10a",
        7,
        _WORKING,
        CountsFrom.RECEIPT,
        (_law("KN", "36", "1"), _LAW_136_ACCEPTANCE),
        effective_from=START_OF_LAW_136,
        read_in=("S1", "S90"),
        doubt="D7",
    ),
    Term("KN-11", 45, _CALENDAR, CountsFrom.ACCEPTANCE, (_law("KN", "37"),)),
    Term("KN-12", 60, _CALENDAR, CountsFrom.ACCEPTANCE, (_law("KN", "37"),)),
    Term("KN-13", 60, _CALENDAR, CountsFrom.ACCEPTANCE, (_law("KN", "37"),)),
    Term("KN-14", 70, _CALENDAR, CountsFrom.ACCEPTANCE, (_law("KN", "37"),)),
    Term("KN-15", 7, _CALENDAR, CountsFrom.DECISION, (_law("KN", "41"),)),
    Term(
        "KN-16",
        15,
        _CALENDAR,
        CountsFrom.DECISION,
        (_law("ND124", "12"),),
        mark=Mark.INDIRECT,
        read_in=("S17",),
    ),
    Term(
        "KN-17",
        30,
        _CALENDAR,
        CountsFrom.ISSUE,
        (_law("KN", "44", "1"),),
        longer=_REMOTE_45,
    ),
    Term(
        "KN-18",
        30,
        _CALENDAR,
        CountsFrom.ISSUE,
        (_law("KN", "44", "2"),),
        longer=_REMOTE_45,
    ),
    Term(
        "KN-19",
        5,
        _CALENDAR,
        CountsFrom.DIALOGUE_DAY,
        (_law("ND155", "11"),),
        backward=True,
        effective_from=START_OF_LAW_136,
        read_in=("S6",),
    ),
    Term(
        "KN-20",
        3,
        _WORKING,
        CountsFrom.ISSUE,
        (_law("ND155", "12"),),
        effective_from=START_OF_LAW_136,
        read_in=("S6",),
    ),
    Term("KN-21", None, None, CountsFrom.NOTHING, (_law("KN", "33", "2"), _law("KN", "44", "3"))),
)

_DENUNCIATIONS: tuple[Term, ...] = (
    Term("TC-01", 7, _WORKING, CountsFrom.RECEIPT, (_law("TC", "24", "1"),)),
    Term("TC-02", 10, _WORKING, CountsFrom.RECEIPT, (_law("TC", "24", "1"),)),
    Term("TC-03", 5, _WORKING, CountsFrom.RECEIPT, (_law("TC", "24", "2"),)),
    Term("TC-04", None, None, CountsFrom.NOTHING, (_law("TC", "24", "3"),)),
    Term(
        "TC-05",
        5,
        _WORKING,
        CountsFrom.ACCEPTANCE,
        (_law("TC", "29", "3"), _law("ND31", "9")),
    ),
    Term("TC-06", 30, _CALENDAR, CountsFrom.ACCEPTANCE, (_law("TC", "30", "1"),)),
    Term("TC-07", 30, _CALENDAR, CountsFrom.PREVIOUS_TERM_END, (_law("TC", "30", "2"),)),
    Term("TC-08", 30, _CALENDAR, CountsFrom.PREVIOUS_TERM_END, (_law("TC", "30", "3"),)),
    Term("TC-09", 5, _WORKING, CountsFrom.CONCLUSION, (_law("TC", "35", "3"),)),
    Term("TC-10", 7, _WORKING, CountsFrom.CONCLUSION, (_law("TC", "36", "1"),)),
    Term("TC-11", 5, _WORKING, CountsFrom.HANDLING_RESULT, (_law("TC", "36", "3"),)),
    Term("TC-12", 7, _WORKING, CountsFrom.CONCLUSION, (_law("TC", "40"),)),
    Term("TC-13", 20, _CALENDAR, CountsFrom.RECEIPT, (_law("TC", "26", "2"),)),
    Term("TC-14", 20, _CALENDAR, CountsFrom.RECEIPT, (_law("TC", "37", "2"),)),
    Term("TC-15", 5, _WORKING, CountsFrom.FOLLOW_UP_RECEIPT, (_law("TC", "38", "2"),)),
    Term("TC-16", 5, _WORKING, CountsFrom.REQUEST_RECEIPT, (_law("TC", "38", "3"),)),
)

_RECEPTION_AND_PETITIONS: tuple[Term, ...] = (
    Term("TD-01", 10, _WORKING, CountsFrom.RECEIPT, (_law("TCD", "28", "1"),)),
    Term("TD-02", 7, _WORKING, CountsFrom.SETTLED, (_law("TCD", "27", "2"),)),
    Term("TD-03", 5, _WORKING, CountsFrom.NOTICE_RECEIVED, (_law("TCD", "28", "2"),)),
    Term(
        "TD-04",
        3,
        _WORKING,
        CountsFrom.GROUNDS_ESTABLISHED,
        (_law("ND154", "4", "3"),),
        effective_from=START_OF_LAW_136,
        read_in=("S5",),
    ),
    Term(
        "TD-05",
        5,
        _WORKING,
        CountsFrom.RECEPTION_DAY,
        (_law("TCD", "24", "4"),),
        backward=True,
    ),
    Term(
        "TD-06",
        5,
        _WORKING,
        CountsFrom.RECEPTION_DAY,
        (_law("ND154", "23"),),
        backward=True,
        effective_from=START_OF_LAW_136,
        read_in=("S5",),
    ),
    Term(
        "TD-07",
        1,
        _WORKING,
        CountsFrom.RECEPTION_DAY,
        (_law("ND154", "23"),),
        backward=True,
        effective_from=START_OF_LAW_136,
        read_in=("S5",),
    ),
    Term(
        "TD-08",
        45,
        _CALENDAR,
        CountsFrom.RECEIPT,
        (_law("ND154", "41", "3", "b"),),
        effective_from=START_OF_LAW_136,
        read_in=("S5",),
    ),
    Term("PA-01", 5, _WORKING, CountsFrom.RECEIPT, (_law("ND20", ""),)),
    Term("PA-02", None, None, CountsFrom.NOTHING, (_law("TCD", "26", "2"),)),
    Term("PA-03", None, None, CountsFrom.NOTHING, (), mark=Mark.MEMORY, read_in=()),
    Term(
        "DT-01",
        10,
        _CALENDAR,
        CountsFrom.ENTRY,
        (),
        mark=Mark.INDIRECT,
        read_in=("S18",),
    ),
)

_PERSONAL_DATA: tuple[Term, ...] = (
    # The decree's own article was not read, only what it says (and that it details this clause).
    Term(
        "DL-01",
        2,
        _WORKING,
        CountsFrom.DATA_REQUEST,
        (_law("L91", "4", "5"), _law("ND356", "")),
        effective_from=date(2026, 1, 1),
        mark=Mark.INDIRECT,
        read_in=("S46", "S49"),
    ),
)

_TERMS: tuple[Term, ...] = (
    *_COMPLAINTS,
    *_DENUNCIATIONS,
    *_RECEPTION_AND_PETITIONS,
    *_PERSONAL_DATA,
)

_BY_CODE: Mapping[str, tuple[Term, ...]] = {
    row.code.casefold(): tuple(other for other in _TERMS if other.code == row.code)
    for row in _TERMS
}

# The code without its letter picks by date among these rows.
_PICKED_BY_DATE: Mapping[str, tuple[str, ...]] = {
    "kn-03": ("kn-03a", "kn-03b"),
    "kn-10": ("kn-10a",),
}

# The settlement of a complaint by (instance, complex, remote): what the flags move among.
_SETTLEMENT: Mapping[tuple[Instance, bool, bool], str] = {
    (Instance.FIRST, False, False): "KN-04",
    (Instance.FIRST, True, False): "KN-05",
    (Instance.FIRST, False, True): "KN-06",
    (Instance.FIRST, True, True): "KN-07",
    (Instance.SECOND, False, False): "KN-11",
    (Instance.SECOND, True, False): "KN-12",
    (Instance.SECOND, False, True): "KN-13",
    (Instance.SECOND, True, True): "KN-14",
}
_PLACE_OF = {code: place for place, code in _SETTLEMENT.items()}

DENUNCIATION_SETTLEMENT = "TC-06"
EXTENSION_DAYS = 30
_EXTENSIONS: Mapping[Complexity, tuple[int, Provision | None]] = {
    Complexity.NORMAL: (0, None),
    Complexity.COMPLEX: (1, _law("TC", "30", "2")),
    Complexity.SPECIAL: (2, _law("TC", "30", "3")),
}


def terms() -> tuple[Term, ...]:
    """All rows, in the order of the table."""
    return _TERMS


def codes() -> tuple[str, ...]:
    """All codes a term can be asked by, those that pick by date included."""
    return tuple(dict.fromkeys([*(row.code for row in _TERMS), "KN-03", "KN-10"]))


def rows_of(code: str) -> tuple[Term, ...]:
    """The rows behind a code (any case), oldest first; refuses a code the law does not have."""
    key = code.strip().casefold()
    rows = tuple(row for name in _PICKED_BY_DATE.get(key, (key,)) for row in _BY_CODE.get(name, ()))
    if not rows:
        raise RuleBroken("unknown_rule", rule=code)
    return rows


def term(code: str, on_date: date) -> Term:
    """The row that holds on the day of the triggering event."""
    for row in rows_of(code):
        if row.holds_on(on_date):
            return row
    raise RuleBroken("not_in_force", rule=code, on=on_date)


def settlement_code(instance: Instance, *, is_complex: bool, remote: bool) -> str:
    """The row for settling a complaint: KN-04 to KN-07, or KN-11 to KN-14."""
    return _SETTLEMENT[instance, is_complex, remote]


def moved_code(code: str, *, is_complex: bool, remote: bool) -> str | None:
    """Where the flags move a settlement row within its family; None outside the families.

    A row that is itself complex or remote stays so.
    """
    place = _PLACE_OF.get(code)
    if place is None:
        return None
    instance, was_complex, was_remote = place
    return _SETTLEMENT[instance, was_complex or is_complex, was_remote or remote]


def extensions_allowed(complexity: Complexity) -> int:
    """How many times settling a denunciation may be extended (Luật Tố cáo, article 30)."""
    return _EXTENSIONS[complexity][0]


def extension_provision(complexity: Complexity) -> Provision | None:
    """The clause an extension rests on; None where none is allowed."""
    return _EXTENSIONS[complexity][1]
