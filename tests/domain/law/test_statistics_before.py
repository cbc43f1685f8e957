"""Are the forms of earlier circulars whole, and what is not known of them said?"""

from __future__ import annotations

import pytest

from citizenfeedback.domain.law.statistics import FormCode, FormSet, Unit
from citizenfeedback.domain.law.statistics_before import CIRCULAR_01, CIRCULAR_02

# The last column before the line of notes, as the sources number them.
LAST_2024 = {"01-TCD": 29, "01-XLD": 22, "02-XLD": 26, "03-XLD": 27, "04-XLD": 20}
LAST_2024 |= {"01-KQGQ": 26, "02-KQGQ": 19}
LAST_2021 = {"01-TCD": 29, "02-TCD": 16, "01-XLD": 26, "02-XLD": 30, "03-XLD": 33, "04-XLD": 24}
LAST_2021 |= {"01-KQGQ": 26, "02-KQGQ": 19, "03-KQGQ": 31, "04-KQGQ": 24}
SETS = ((CIRCULAR_01, LAST_2024), (CIRCULAR_02, LAST_2021))


@pytest.mark.parametrize(("forms", "last"), SETS)
def test_every_form_has_every_number_once_and_in_order(
    forms: FormSet, last: dict[str, int]
) -> None:
    """Do the columns run from 1 to the last, and do the formulas name columns that are there?"""
    assert {str(code): len(form.columns) for code, form in forms.forms.items()} == last
    for form in forms.forms.values():
        assert [one.number for one in form.columns] == list(range(1, len(form.columns) + 1))
        for check in forms.checks_of(form.code):
            for code, number in (check.left, *check.right):
                assert forms.forms[code].column(number)
        for column in form.columns:
            measured = {"Tiền (Trđ)": Unit.MILLIONS, "Đất (m²)": Unit.SQUARE_METRES}
            if column.counts is not None:
                assert column.unit is measured.get(column.heading, Unit.NUMBER)


@pytest.mark.parametrize(
    ("forms", "code", "rules"),
    [
        (CIRCULAR_01, FormCode.XLD_ALL, {"1 = 2+3", "1 = 4+5", "6 = 14+18", "18 = 19+20+21"}),
        (CIRCULAR_01, FormCode.XLD, {"8 = 16+17+18+19", "8 = 20+23", "23 = 24+25"}),
        (CIRCULAR_01, FormCode.XLD_DENUNCIATIONS, {"9 = 10+11+12+13", "24 = 25+26"}),
        (CIRCULAR_01, FormCode.XLD_PETITIONS, {"8 = 15+16", "16 = 17+18"}),
        (CIRCULAR_01, FormCode.TCD, {"1 = 4+13+22", "8 <= 4", "20 <= 16", "29 <= 25"}),
        (CIRCULAR_01, FormCode.KQGQ_COMPLAINTS, {"1 = 2+3", "5 = 20+21+22+23+24"}),
        (CIRCULAR_02, FormCode.XLD_ALL, {"1 = 2+3+4+5+6+7", "9 = 18+22", "18 = 19+20+21"}),
        (CIRCULAR_02, FormCode.XLD, {"1 = 2+3+4+5", "6 = 7+8", "10 = 23+26", "26 = 27+28+29"}),
        (CIRCULAR_02, FormCode.XLD_DENUNCIATIONS, {"8 = 9+10", "12 = 26+29", "29 = 30+31+32"}),
        (CIRCULAR_02, FormCode.XLD_PETITIONS, {"12 = 20+21", "21 = 22+23"}),
        (CIRCULAR_02, FormCode.TCD_SUBMISSIONS, {"1 = 3+5+7", "12 = 13+14+15"}),
        (CIRCULAR_02, FormCode.KQGQ_DENUNCIATIONS, {"1 = 2+3", "6 = 7+8+9+10"}),
    ],
)
def test_a_form_is_held_to_the_formulas_of_its_columns(
    forms: FormSet, code: FormCode, rules: set[str]
) -> None:
    """Are the printed formulas among the checks?"""
    assert rules <= {check.rule(code) for check in forms.checks_of(code)}


def test_what_the_source_leaves_open_is_said_and_stays_blank() -> None:
    """Is a column without a rule of counting blank, with the doubt beside it?"""
    form = CIRCULAR_01.forms[FormCode.TCD]
    assert form.column(6).counts is None
    assert form.column(6).doubt
    assert form.column(4).counts is not None
    assert CIRCULAR_01.in_force is None
    assert CIRCULAR_02.issued_on is None
