"""What an entry of the register of state management must contain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from citizenfeedback.domain.oversight import (
    COUNT_MOST,
    Conclusion,
    FollowUp,
    OversightEntry,
    conclusion_problems,
    follow_up_problems,
    oversight_problems,
)
from citizenfeedback.domain.vocabulary import OversightKind

TODAY = date(2026, 11, 23)
DOCUMENT = OversightEntry(TODAY, OversightKind.DOCUMENT_ISSUED, "Kế hoạch", "1/KH")
TRAINING = OversightEntry(TODAY, OversightKind.TRAINING, "Đối thoại", classes=1)
INSPECTION = OversightEntry(TODAY, OversightKind.INSPECTION, "Trách nhiệm", units=1)
CONCLUSION = Conclusion(TODAY, "1/KL")


@pytest.mark.parametrize("entry", [DOCUMENT, TRAINING, INSPECTION])
def test_an_entry_with_all_it_needs_has_no_problem(entry: OversightEntry) -> None:
    assert oversight_problems(entry, TODAY) == ()


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (replace(DOCUMENT, on=None), ("on", "required")),
        (replace(DOCUMENT, on=date(2026, 11, 24)), ("on", "date_in_future")),
        (replace(DOCUMENT, title=" "), ("title", "required")),
        (replace(DOCUMENT, number=""), ("number", "required")),
        (replace(DOCUMENT, title="a" * 301), ("title", "too_long")),
        (replace(DOCUMENT, number="a" * 81), ("number", "too_long")),
        (replace(TRAINING, classes=0), ("classes", "count_from_one")),
        (replace(TRAINING, people=-1), ("people", "count_out_of_range")),
        (replace(TRAINING, people=COUNT_MOST + 1), ("people", "count_out_of_range")),
        (replace(INSPECTION, units=0), ("units", "count_from_one")),
        (
            replace(INSPECTION, conclusion=replace(CONCLUSION, on=date(2026, 11, 22))),
            ("concluded_on", "before_inspection"),
        ),
    ],
)
def test_what_is_wanting_is_said_where_it_is_wanting(
    entry: OversightEntry, problem: tuple[str, str]
) -> None:
    assert [(one.entry, one.code) for one in oversight_problems(entry, TODAY)] == [problem]


@pytest.mark.parametrize(
    ("conclusion", "problem"),
    [
        (replace(CONCLUSION, on=None), ("concluded_on", "required")),
        (replace(CONCLUSION, number=""), ("conclusion_no", "required")),
        (replace(CONCLUSION, number="a" * 81), ("conclusion_no", "too_long")),
        (replace(CONCLUSION, people_referred=-1), ("people_referred", "count_out_of_range")),
    ],
)
def test_a_conclusion_says_when_and_by_which_number(
    conclusion: Conclusion, problem: tuple[str, str]
) -> None:
    found = conclusion_problems(conclusion, TODAY, TODAY)
    assert [(one.entry, one.code) for one in found] == [problem]


def test_something_must_have_been_done_and_after_the_conclusion() -> None:
    assert follow_up_problems(FollowUp(TODAY, people_handled=1), TODAY, TODAY) == ()
    assert follow_up_problems(FollowUp(TODAY, finished=True), TODAY, TODAY) == ()
    (nothing,) = follow_up_problems(FollowUp(TODAY), TODAY, TODAY)
    assert (nothing.entry, nothing.code) == ("finished", "nothing_done")
    early = FollowUp(date(2026, 11, 22), finished=True)
    (before,) = follow_up_problems(early, TODAY, TODAY)
    assert before.code == "before_conclusion"
