"""Are the statutory forms whole: every number once, every formula about columns that are there?"""

from __future__ import annotations

import pytest

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.law.statistics import CURRENT, FORMS, Check, FormCode, Unit

LAST_COLUMN = {
    FormCode.TCD: 21,
    FormCode.XLD: 25,
    FormCode.GQKN: 23,
    FormCode.GQTC: 25,
    FormCode.KQTH: 31,
    FormCode.QLKNTC: 17,
}
PRINTED_RULES = {
    FormCode.TCD: {"1 = 5+11+17", "2 = 6+12+18", "3 = 7+13+19", "4 = 8+14+20"},
    FormCode.XLD: {
        *("3 = 4+23", "4 = 6+12+19", "6 = 7+8", "6 = 9+10+11", "12 = 13+14", "12 = 15+16+17+18"),
        *("19 = 20+21+22", "23 = 24+25", "5 <= 4", "4 <= 3", "3 <= 2", "2 <= 1"),
        *("03-GQKN.1 = 6", "04-GQTC.1 = 12"),
    },
    FormCode.GQKN: {
        *("2 = 3+4+5+6", "7 = 8+9+10+11+12", "2 <= 1", "20 <= 19", "23 <= 22"),
        *("1 = 02-XLD.6", "7 <= 05-KQTH.1"),
    },
    FormCode.GQTC: {
        *("2 = 3+4+5+6", "7 = 8+9+10+11+12+13", "2 <= 1", "22 <= 21", "25 <= 24"),
        *("1 = 02-XLD.12", "7 <= 05-KQTH.16"),
    },
    FormCode.KQTH: {
        *("2 <= 1", "12 <= 11", "15 <= 14", "17 <= 16", "28 <= 27", "31 <= 30"),
        *("03-GQKN.7 <= 1", "04-GQTC.7 <= 16"),
    },
    FormCode.QLKNTC: {"8 <= 6"},
}


@pytest.mark.parametrize("code", FORMS)
def test_a_form_has_every_number_once_and_in_order(code: FormCode) -> None:
    """Do the columns run from 1 to the last, with the notes line after them?"""
    form = FORMS[code]
    assert [column.number for column in form.columns] == list(range(1, LAST_COLUMN[code] + 1))
    assert form.notes == LAST_COLUMN[code] + 1
    assert form.printed.replace("/", "-") == code
    assert form.column(1) is form.columns[0]
    with pytest.raises(NotFound):
        form.column(form.notes)


@pytest.mark.parametrize("code", FORMS)
def test_a_form_is_held_to_what_the_circular_says(code: FormCode) -> None:
    """Is the list of checks the circular's?"""
    rules = {check.rule(code) for check in CURRENT.checks_of(code)}
    assert rules >= PRINTED_RULES[code]
    added = {"9 <= 6", "15 <= 12", "21 <= 18"} if code is FormCode.TCD else set()
    assert rules == PRINTED_RULES[code] | added


def test_every_check_is_about_columns_that_are_there() -> None:
    """Does every side of every check name a column?"""
    for check in CURRENT.checks:
        for form, number in (check.left, *check.right):
            assert FORMS[form].column(number)


def test_only_money_and_land_have_units() -> None:
    """Are amounts of money in millions and of land in square metres, and nothing else?"""
    for form in FORMS.values():
        for column in form.columns:
            measured = {"Tiền (Trđ)": Unit.MILLIONS, "Đất (m²)": Unit.SQUARE_METRES}
            assert column.unit is measured.get(column.heading, Unit.NUMBER)


def test_a_rule_is_said_from_the_form_it_is_printed_under() -> None:
    """Are columns of other forms named with their form?"""
    check = Check((FormCode.GQKN, 1), ((FormCode.XLD, 6),))
    assert check.rule(FormCode.GQKN) == "1 = 02-XLD.6"
    assert check.rule(FormCode.XLD) == "03-GQKN.1 = 6"
