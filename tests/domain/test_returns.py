"""Do the columns of the statutory forms count what their words say?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from citizenfeedback.domain.indicators import SubmissionRow
from citizenfeedback.domain.law.statistics import FORMS, Check, Column, FormCode
from citizenfeedback.domain.outcomes import Outcome, Progress
from citizenfeedback.domain.oversight import Conclusion, FollowUp
from citizenfeedback.domain.returns import (
    ActRow,
    DayRow,
    RegisterRow,
    UnitRows,
    VisitRow,
    added,
    checked,
    completed,
    evaluate,
    holds,
)
from citizenfeedback.domain.vocabulary import (
    CaseField,
    CaseKind,
    CaseResult,
    Direction,
    FirstDecision,
    Instance,
    OversightKind,
    ReceivedBy,
)
from citizenfeedback.domain.windows import Window

MARCH = Window(date(2026, 3, 1), date(2026, 3, 31))
TAKEN = SubmissionRow(
    CaseKind.COMPLAINT,
    date(2026, 3, 2),
    processed_on=date(2026, 3, 5),
    eligible=True,
    competent=True,
    direction=Direction.ACCEPT,
    accepted_on=date(2026, 3, 5),
    field=CaseField.LAND,
)
DECIDED = replace(TAKEN, closed_on=date(2026, 3, 20))


def columns(code: FormCode, *rows: RegisterRow, window: Window = MARCH) -> dict[int, object]:
    """The columns that are not nought."""
    found = evaluate(FORMS[code], UnitRows(register=rows), window)
    return {number: value for number, value in found.items() if value}


def test_a_complaint_within_competence_stands_in_every_column_it_belongs_to() -> None:
    """Is it counted as at hand, processed, eligible, competent, of its instance and field?"""
    assert columns(FormCode.XLD, RegisterRow(TAKEN)) == dict.fromkeys((1, 2, 3, 4, 5, 6, 7, 9), 1)
    again = RegisterRow(replace(TAKEN, duplicate=True), Instance.SECOND)
    assert columns(FormCode.XLD, again) == dict.fromkeys((1, 2, 3, 4, 6, 8, 9), 1)


@pytest.mark.parametrize(
    ("kind", "field", "column"),
    [
        (CaseKind.COMPLAINT, CaseField.POLICY, 10),
        (CaseKind.COMPLAINT, CaseField.CONDUCT, 11),
        (CaseKind.DENUNCIATION, CaseField.CONDUCT, 15),
        (CaseKind.DENUNCIATION, CaseField.LAND, 15),
        (CaseKind.DENUNCIATION, CaseField.CORRUPTION, 16),
        (CaseKind.DENUNCIATION, CaseField.JUDICIAL, 17),
        (CaseKind.DENUNCIATION, CaseField.ORDER, 18),
        (CaseKind.PETITION, CaseField.POLICY, 20),
        (CaseKind.REFLECTION, CaseField.LAND, 21),
        (CaseKind.REFLECTION, CaseField.OTHER, 22),
    ],
)
def test_fields_stand_where_the_form_has_them(
    kind: CaseKind, field: CaseField, column: int
) -> None:
    """Does each kind sort its fields its own way?"""
    found = columns(FormCode.XLD, RegisterRow(replace(TAKEN, kind=kind, field=field)))
    of_fields = {9, 10, 11, 15, 16, 17, 18, 20, 21, 22}
    assert set(found) & of_fields == {column}


def test_what_is_passed_on_is_outside_and_not_within_competence() -> None:
    """Are guided and forwarded submissions counted only where they are not the office's own?"""
    guided = replace(TAKEN, competent=False, direction=Direction.GUIDE, accepted_on=None)
    forwarded = replace(guided, competent=None, direction=Direction.FORWARD)
    assert columns(FormCode.XLD, RegisterRow(guided)) == dict.fromkeys((1, 2, 3, 23, 24), 1)
    assert columns(FormCode.XLD, RegisterRow(forwarded)) == dict.fromkeys((1, 2, 3, 23, 25), 1)
    own = RegisterRow(replace(guided, competent=True))
    assert 23 not in columns(FormCode.XLD, own)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (RegisterRow(replace(TAKEN, accepted_on=None)), 3),
        (RegisterRow(replace(TAKEN, accepted_on=date(2026, 4, 1))), 3),
        (RegisterRow(TAKEN), 4),
        (RegisterRow(DECIDED, result=CaseResult.REJECTED), 4),
        (RegisterRow(replace(TAKEN, accepted_on=None, direction=Direction.REFUSE)), 5),
        (RegisterRow(DECIDED, result=CaseResult.WITHDRAWN), 6),
        (RegisterRow(DECIDED, result=CaseResult.TERMINATED), 6),
        (RegisterRow(replace(TAKEN, closed_on=date(2026, 4, 2)), result=CaseResult.WITHDRAWN), 4),
    ],
)
def test_a_case_stands_in_one_of_four_places_at_the_end(row: RegisterRow, column: int) -> None:
    """Is it examined, taken up, refused or ended, as of the window's last day?"""
    found = columns(FormCode.GQKN, row)
    assert set(found) & {3, 4, 5, 6} == {column}
    assert found[2] == 1


@pytest.mark.parametrize(
    ("instance", "result", "said", "column"),
    [
        (Instance.FIRST, CaseResult.UPHELD, None, 8),
        (Instance.FIRST, CaseResult.REJECTED, None, 9),
        (Instance.FIRST, CaseResult.PARTLY_UPHELD, None, 10),
        (Instance.SECOND, CaseResult.REJECTED, None, 11),
        (Instance.SECOND, CaseResult.UPHELD, None, 12),
        (Instance.SECOND, CaseResult.UPHELD, FirstDecision.CONFIRMED, 11),
        (Instance.SECOND, CaseResult.REJECTED, FirstDecision.CHANGED, 12),
    ],
)
def test_a_decision_stands_by_instance_and_result(
    instance: Instance, result: CaseResult, said: FirstDecision | None, column: int
) -> None:
    """Does a second decision stand by what it does with the first, or else by its result?"""
    outcome = None if said is None else Outcome(first_decision=said)
    found = columns(FormCode.GQKN, RegisterRow(DECIDED, instance, result, outcome))
    assert set(found) & set(range(8, 13)) == {column}
    assert found[7] == 1


def test_amounts_are_in_millions_and_square_metres() -> None:
    """Are đồng and tenths printed as the form has them, exactly?"""
    outcome = Outcome(money_to_state=1_234_567, land_to_state=25, people_restored=3)
    found = columns(FormCode.GQKN, RegisterRow(DECIDED, result=CaseResult.UPHELD, outcome=outcome))
    assert found[13] == Decimal("1.234567")
    assert found[14] == Decimal("2.5")
    assert found[18] == 3


def test_a_decision_is_carried_over_until_it_is_carried_out() -> None:
    """Is what is still owed carried on, what was done counted once, and the end counted?"""
    row = RegisterRow(
        DECIDED,
        result=CaseResult.UPHELD,
        outcome=Outcome(money_to_state=3_000_000, people_disciplined=1),
        finished_on=date(2026, 5, 10),
        entries=(
            Progress(date(2026, 3, 25), money_collected=1_000_000),
            Progress(date(2026, 5, 10), money_collected=2_000_000, people_handled=1),
        ),
    )
    april, may = (
        Window(date(2026, 4, 1), date(2026, 4, 30)),
        Window(date(2026, 5, 1), date(2026, 5, 31)),
    )
    june = Window(date(2026, 6, 1), date(2026, 6, 30))
    assert columns(FormCode.KQTH, row) == {1: 1, 3: 3, 5: 1}
    assert columns(FormCode.KQTH, row, window=april) == {1: 1, 3: 2}
    assert columns(FormCode.KQTH, row, window=may) == {1: 1, 2: 1, 3: 2, 5: 2, 11: 1}
    assert columns(FormCode.KQTH, row, window=june) == {}
    unrecorded = RegisterRow(DECIDED, result=CaseResult.UPHELD)
    assert columns(FormCode.KQTH, unrecorded) == {1: 1}
    assert columns(FormCode.KQTH, unrecorded, window=april) == {}
    assert columns(FormCode.KQTH, RegisterRow(TAKEN), window=april) == {}


def test_a_matter_that_several_received_counts_once_and_with_the_highest() -> None:
    """Does the head's part take it, then the delegate's, then the regular reception's?"""
    day = date(2026, 3, 3)
    visits = (
        VisitRow(day, 2, ReceivedBy.OFFICER, "A"),
        VisitRow(day, 6, ReceivedBy.HEAD, "A"),
        VisitRow(day, 1, ReceivedBy.DELEGATED, "B"),
        VisitRow(day, 1, ReceivedBy.OFFICER, "B"),
        VisitRow(day, 1, ReceivedBy.OFFICER, "C"),
        VisitRow(day, 1, ReceivedBy.OFFICER),
        VisitRow(date(2026, 4, 1), 9, ReceivedBy.HEAD, "D"),
    )
    days = (
        DayRow(day, ReceivedBy.HEAD),
        DayRow(date(2026, 3, 10), ReceivedBy.HEAD, announced=False),
        DayRow(date(2026, 3, 17), ReceivedBy.HEAD, held=False),
        DayRow(date(2026, 4, 1), ReceivedBy.HEAD),
    )
    found = evaluate(FORMS[FormCode.TCD], UnitRows(visits=visits, days=days), MARCH)
    assert [found[number] for number in (1, 2, 3, 4)] == [6, 12, 3, 1]
    assert [found[number] for number in (5, 6, 7, 8, 9)] == [4, 5, 1, 0, 0]
    assert [found[number] for number in range(10, 16)] == [1, 1, 6, 1, 1, 6]
    assert [found[number] for number in range(16, 22)] == [0, 1, 1, 1, 0, 0]


def test_what_nothing_records_stays_blank() -> None:
    """Is a column without records None, and its total with it?"""
    form = replace(FORMS[FormCode.QLKNTC], columns=(Column(1, "A"), Column(2, "B")))
    row = evaluate(form, UnitRows(), MARCH)
    assert row == {1: None, 2: None}
    assert added(form, [row, row]) == row
    assert completed(form, {2: 4})[2] == 4


def test_an_inspection_is_counted_until_it_is_concluded_and_its_conclusion_until_it_is_done() -> (
    None
):
    """Does 06 carry over what has no conclusion, and the conclusion that is not carried out?"""
    conclusion = Conclusion(date(2026, 4, 10), "1/KL", 1, 3, 0, 2)
    done = (FollowUp(date(2026, 5, 4), 1, 2), FollowUp(date(2026, 6, 8), 0, 1, 1, 2, finished=True))
    acts = (
        ActRow(date(2026, 3, 2), OversightKind.DOCUMENT_ISSUED),
        ActRow(date(2026, 3, 9), OversightKind.TRAINING, classes=2, people=80),
        ActRow(
            date(2026, 3, 20),
            OversightKind.INSPECTION,
            units=4,
            conclusion=conclusion,
            finished_on=date(2026, 6, 8),
            follow_ups=done,
        ),
    )
    form = FORMS[FormCode.QLKNTC]

    def counted(month: int) -> dict[int, object]:
        window = Window(date(2026, month, 1), date(2026, month, 28))
        row = evaluate(form, UnitRows(acts=acts), window)
        return {number: value for number, value in row.items() if value}

    assert counted(3) == {1: 1, 4: 2, 5: 80, 6: 1, 7: 4}
    assert counted(4) == {6: 1, 7: 4, 8: 1, 9: 1, 10: 3, 12: 2, 13: 1}
    assert counted(5) == {13: 1, 14: 1, 15: 2}
    assert counted(6) == {13: 1, 15: 1, 16: 1, 17: 2}
    assert counted(7) == {}


def test_a_check_says_where_it_fails_and_when_it_cannot_be_made() -> None:
    """Are the failing lines named, and is a blank neither right nor wrong?"""
    twenty, nineteen = (FormCode.GQKN, 20), (FormCode.GQKN, 19)
    check = Check(twenty, (nineteen,), at_most=True)
    assert holds(check, {twenty: 2, nineteen: 2})
    assert holds(check, {twenty: 3, nineteen: 2}) is False
    assert holds(check, {nineteen: 2}) is None
    assert holds(check, {twenty: 2}) is None
    assert holds(Check(twenty, (nineteen,)), {twenty: Decimal("2.0"), nineteen: 2})
    form = FORMS[FormCode.GQKN]
    well = {(FormCode.GQKN, column.number): 0 for column in form.columns}
    well |= {(FormCode.XLD, 6): 0, (FormCode.KQTH, 1): 0}
    found = {one.rule: one for one in checked(FormCode.GQKN, {"A": well | {twenty: 1}, None: well})}
    assert found["20 <= 19"].failing == ("A",)
    assert found["20 <= 19"].holds is False
    assert found["1 = 02-XLD.6"].holds
    blank = {one.holds for one in checked(FormCode.QLKNTC, {None: {}})}
    assert blank == {None}
