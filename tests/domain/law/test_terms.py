"""Is every row of the law's table of terms as the law has it?"""

from datetime import date

import pytest

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.law.sources import INSTRUMENTS, READ_IN, Mark
from citizenfeedback.domain.law.terms import (
    codes,
    extension_provision,
    extensions_allowed,
    moved_code,
    rows_of,
    settlement_code,
    term,
    terms,
)
from citizenfeedback.domain.vocabulary import Complexity, Instance

BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 1)

# code, days, unit, counted from, article, on which day of the law (None: any)
ROWS = [
    ("KN-01", 90, "calendar", "known", "Luật Khiếu nại 02/2011/QH13, điều 9", None),
    ("KN-02", 15, "calendar", "known", "Luật Khiếu nại 02/2011/QH13, điều 48", None),
    (
        "KN-02b",
        10,
        "calendar",
        "first_decision_received",
        "Luật Khiếu nại 02/2011/QH13, điều 48",
        None,
    ),
    ("KN-03a", 10, "calendar", "receipt", "Luật Khiếu nại 02/2011/QH13, điều 27", BEFORE),
    (
        "KN-03b",
        7,
        "working",
        "receipt",
        "Luật Khiếu nại 02/2011/QH13, điều 27; Luật 136/2025/QH15, điều 2 khoản 15 điểm b; "
        "Nghị định 155/2026/NĐ-CP, điều 10",
        AFTER,
    ),
    ("KN-03c", 10, "calendar", "receipt", "Luật Khiếu nại 02/2011/QH13, điều 50", BEFORE),
    (
        "KN-03c",
        7,
        "working",
        "receipt",
        "Luật Khiếu nại 02/2011/QH13, điều 50; Luật 136/2025/QH15, điều 2 khoản 15 điểm b",
        AFTER,
    ),
    ("KN-04", 30, "calendar", "acceptance", "Luật Khiếu nại 02/2011/QH13, điều 28", None),
    ("KN-05", 45, "calendar", "acceptance", "Luật Khiếu nại 02/2011/QH13, điều 28", None),
    ("KN-06", 45, "calendar", "acceptance", "Luật Khiếu nại 02/2011/QH13, điều 28", None),
    ("KN-07", 60, "calendar", "acceptance", "Luật Khiếu nại 02/2011/QH13, điều 28", None),
    ("KN-08", 3, "working", "decision", "Luật Khiếu nại 02/2011/QH13, điều 32", None),
    (
        "KN-09",
        30,
        "calendar",
        "term_end_or_decision",
        "Luật Khiếu nại 02/2011/QH13, điều 33",
        None,
    ),
    ("KN-10a", 10, "calendar", "receipt", "Luật Khiếu nại 02/2011/QH13, điều 36 khoản 1", BEFORE),
    (
        "KN-10a",
        7,
        "working",
        "receipt",
        "Luật Khiếu nại 02/2011/QH13, điều 36 khoản 1; Luật 136/2025/QH15, điều 2 khoản 15 điểm b",
        AFTER,
    ),
    ("KN-11", 45, "calendar", "acceptance", "Luật Khiếu nại 02/2011/QH13, điều 37", None),
    ("KN-12", 60, "calendar", "acceptance", "Luật Khiếu nại 02/2011/QH13, điều 37", None),
    ("KN-13", 60, "calendar", "acceptance", "Luật Khiếu nại 02/2011/QH13, điều 37", None),
    ("KN-14", 70, "calendar", "acceptance", "Luật Khiếu nại 02/2011/QH13, điều 37", None),
    ("KN-15", 7, "calendar", "decision", "Luật Khiếu nại 02/2011/QH13, điều 41", None),
    ("KN-16", 15, "calendar", "decision", "Nghị định 124/2020/NĐ-CP, điều 12", None),
    ("KN-17", 30, "calendar", "issue", "Luật Khiếu nại 02/2011/QH13, điều 44 khoản 1", None),
    ("KN-18", 30, "calendar", "issue", "Luật Khiếu nại 02/2011/QH13, điều 44 khoản 2", None),
    ("KN-19", 5, "calendar", "dialogue_day", "Nghị định 155/2026/NĐ-CP, điều 11", AFTER),
    ("KN-20", 3, "working", "issue", "Nghị định 155/2026/NĐ-CP, điều 12", AFTER),
    (
        "KN-21",
        None,
        None,
        "nothing",
        "Luật Khiếu nại 02/2011/QH13, điều 33 khoản 2, điều 44 khoản 3",
        None,
    ),
    ("TC-01", 7, "working", "receipt", "Luật Tố cáo 25/2018/QH14, điều 24 khoản 1", None),
    ("TC-02", 10, "working", "receipt", "Luật Tố cáo 25/2018/QH14, điều 24 khoản 1", None),
    ("TC-03", 5, "working", "receipt", "Luật Tố cáo 25/2018/QH14, điều 24 khoản 2", None),
    ("TC-04", None, None, "nothing", "Luật Tố cáo 25/2018/QH14, điều 24 khoản 3", None),
    (
        "TC-05",
        5,
        "working",
        "acceptance",
        "Luật Tố cáo 25/2018/QH14, điều 29 khoản 3; Nghị định 31/2019/NĐ-CP, điều 9",
        None,
    ),
    ("TC-06", 30, "calendar", "acceptance", "Luật Tố cáo 25/2018/QH14, điều 30 khoản 1", None),
    (
        "TC-07",
        30,
        "calendar",
        "previous_term_end",
        "Luật Tố cáo 25/2018/QH14, điều 30 khoản 2",
        None,
    ),
    (
        "TC-08",
        30,
        "calendar",
        "previous_term_end",
        "Luật Tố cáo 25/2018/QH14, điều 30 khoản 3",
        None,
    ),
    ("TC-09", 5, "working", "conclusion", "Luật Tố cáo 25/2018/QH14, điều 35 khoản 3", None),
    ("TC-10", 7, "working", "conclusion", "Luật Tố cáo 25/2018/QH14, điều 36 khoản 1", None),
    ("TC-11", 5, "working", "handling_result", "Luật Tố cáo 25/2018/QH14, điều 36 khoản 3", None),
    ("TC-12", 7, "working", "conclusion", "Luật Tố cáo 25/2018/QH14, điều 40", None),
    ("TC-13", 20, "calendar", "receipt", "Luật Tố cáo 25/2018/QH14, điều 26 khoản 2", None),
    ("TC-14", 20, "calendar", "receipt", "Luật Tố cáo 25/2018/QH14, điều 37 khoản 2", None),
    ("TC-15", 5, "working", "follow_up_receipt", "Luật Tố cáo 25/2018/QH14, điều 38 khoản 2", None),
    ("TC-16", 5, "working", "request_receipt", "Luật Tố cáo 25/2018/QH14, điều 38 khoản 3", None),
    ("TD-01", 10, "working", "receipt", "Luật Tiếp công dân 42/2013/QH13, điều 28 khoản 1", None),
    ("TD-02", 7, "working", "settled", "Luật Tiếp công dân 42/2013/QH13, điều 27 khoản 2", None),
    (
        "TD-03",
        5,
        "working",
        "notice_received",
        "Luật Tiếp công dân 42/2013/QH13, điều 28 khoản 2",
        None,
    ),
    (
        "TD-04",
        3,
        "working",
        "grounds_established",
        "Nghị định 154/2026/NĐ-CP, điều 4 khoản 3",
        AFTER,
    ),
    (
        "TD-05",
        5,
        "working",
        "reception_day",
        "Luật Tiếp công dân 42/2013/QH13, điều 24 khoản 4",
        None,
    ),
    ("TD-06", 5, "working", "reception_day", "Nghị định 154/2026/NĐ-CP, điều 23", AFTER),
    ("TD-07", 1, "working", "reception_day", "Nghị định 154/2026/NĐ-CP, điều 23", AFTER),
    ("TD-08", 45, "calendar", "receipt", "Nghị định 154/2026/NĐ-CP, điều 41 khoản 3 điểm b", AFTER),
    ("PA-01", 5, "working", "receipt", "Nghị định 20/2008/NĐ-CP", None),
    ("PA-02", None, None, "nothing", "Luật Tiếp công dân 42/2013/QH13, điều 26 khoản 2", None),
    ("PA-03", None, None, "nothing", "", None),
    ("DT-01", 10, "calendar", "entry", "", None),
    (
        "DL-01",
        2,
        "working",
        "data_request",
        "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, điều 4 khoản 5; Nghị định 356/2025/NĐ-CP",
        AFTER,
    ),
]


@pytest.mark.parametrize(("code", "days", "unit", "event", "law", "on"), ROWS)
def test_is_the_row_as_the_law_has_it(
    code: str, days: int | None, unit: str | None, event: str, law: str, on: date | None
) -> None:
    row = term(code, on or date(2019, 5, 2))
    assert (row.code, row.days, row.unit, row.counts_from) == (code, days, unit, event)
    assert row.law() == law
    assert bool(row.law("en")) == bool(law)


def test_are_all_rows_known_to_this_test() -> None:
    assert [row.code for row in terms()] == [row[0] for row in ROWS]


@pytest.mark.parametrize("code", ["KN-19", "TD-05", "TD-06", "TD-07"])
def test_is_the_term_counted_back_from_its_event(code: str) -> None:
    assert term(code, AFTER).backward
    assert sum(row.backward for row in terms()) == 4


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("KN-03", ("KN-03a", 10), ("KN-03b", 7)),
        ("KN-03c", ("KN-03c", 10), ("KN-03c", 7)),
        ("KN-10", ("KN-10a", 10), ("KN-10a", 7)),
        ("kn-10a", ("KN-10a", 10), ("KN-10a", 7)),
    ],
)
def test_does_the_day_of_the_event_pick_the_variant(
    code: str, before: tuple[str, int], after: tuple[str, int]
) -> None:
    old, new = term(code, BEFORE), term(code, AFTER)
    assert ((old.code, old.days), old.unit) == (before, "calendar")
    assert ((new.code, new.days), new.unit) == (after, "working")
    assert (old.doubt, new.doubt) == ("D7", "D7")


@pytest.mark.parametrize("code", ["KN-19", "KN-20", "TD-04", "TD-06", "TD-07", "TD-08", "KN-03b"])
def test_is_a_rule_of_2026_refused_before_it_holds(code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        term(code, BEFORE)
    assert refusal.value.code == "not_in_force"
    assert term(code, AFTER).effective_from == AFTER


@pytest.mark.parametrize("code", ["KN-99", "", "KN", "TC-0", "KN-03d"])
def test_is_an_unknown_rule_refused(code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        rows_of(code)
    assert refusal.value.code == "unknown_rule"


def test_are_no_two_rows_of_a_code_in_force_on_the_same_day() -> None:
    for code in codes():
        for day in (date(2015, 1, 1), BEFORE, AFTER, date(2030, 1, 1)):
            assert sum(row.holds_on(day) for row in rows_of(code)) <= 1, code


def test_does_each_row_say_where_it_was_read() -> None:
    for row in terms():
        assert set(row.read_in) <= set(READ_IN)
        assert row.read_in or row.mark is Mark.MEMORY
        assert all(provision.instrument in INSTRUMENTS for provision in row.provisions)


@pytest.mark.parametrize(
    ("instance", "is_complex", "remote", "code"),
    [
        (1, False, False, "KN-04"),
        (1, True, False, "KN-05"),
        (1, False, True, "KN-06"),
        (1, True, True, "KN-07"),
        (2, False, False, "KN-11"),
        (2, True, False, "KN-12"),
        (2, False, True, "KN-13"),
        (2, True, True, "KN-14"),
    ],
)
def test_do_complexity_and_remoteness_choose_the_settlement_row(
    instance: int, is_complex: bool, remote: bool, code: str
) -> None:
    first = settlement_code(Instance(instance), is_complex=False, remote=False)
    assert settlement_code(Instance(instance), is_complex=is_complex, remote=remote) == code
    assert moved_code(first, is_complex=is_complex, remote=remote) == code
    assert moved_code(code, is_complex=False, remote=False) == code


def test_do_flags_leave_other_rules_where_they_are() -> None:
    assert moved_code("KN-08", is_complex=True, remote=True) is None


def test_how_often_may_a_denunciation_be_extended() -> None:
    assert [extensions_allowed(complexity) for complexity in Complexity] == [0, 1, 2]
    assert extension_provision(Complexity.NORMAL) is None
    clauses = [extension_provision(c) for c in (Complexity.COMPLEX, Complexity.SPECIAL)]
    assert [clause and clause.clause for clause in clauses] == ["2", "3"]
