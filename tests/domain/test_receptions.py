"""What the reception book asks of an entry."""

from dataclasses import replace
from datetime import date

from citizenfeedback.domain.receptions import (
    BOOK_LIMITS,
    ReceptionEntry,
    SittingEntry,
    book_number,
    book_problems,
    is_group,
    representatives_most,
    serial_of,
    sitting_problems,
)
from citizenfeedback.domain.vocabulary import ReceivedBy, SittingKind

TODAY = date(2026, 11, 23)
VISIT = ReceptionEntry(
    visited_on=TODAY,
    name="Tằng Thị Hạnh",
    address="Khu phố Vĩnh Hòa",
    summary="Góp ý về lịch tiếp công dân",
    id_no="031395079039",
)


def found(entry: ReceptionEntry) -> set[tuple[str, str]]:
    return {(problem.entry, problem.code) for problem in book_problems(entry, TODAY)}


def test_is_a_whole_entry_taken() -> None:
    assert found(VISIT) == set()
    head = replace(VISIT, sitting=SittingKind.PERIODIC, received_by=ReceivedBy.HEAD)
    assert found(head) == set()


def test_what_is_missing_or_wrong_in_an_entry() -> None:
    assert found(ReceptionEntry(visited_on=None, people=0, id_no="1")) == {
        ("visited_on", "required"),
        ("name", "required"),
        ("address", "required"),
        ("summary", "required"),
        ("people", "people_out_of_range"),
        ("id_no", "id_no_malformed"),
    }
    assert found(replace(VISIT, visited_on=date(2026, 11, 24))) == {
        ("visited_on", "visit_in_future")
    }
    assert found(replace(VISIT, received_by=ReceivedBy.HEAD)) == {
        ("received_by", "regular_is_officer")
    }
    too_long = replace(VISIT, notes="x" * (BOOK_LIMITS["notes"] + 1))
    assert found(too_long) == {("notes", "too_long")}


def test_from_how_many_people_on_is_it_a_large_group() -> None:
    assert not is_group(4)
    assert is_group(5)
    assert is_group(4, threshold=4)


def test_how_many_may_speak_for_a_group() -> None:
    assert [representatives_most(people) for people in (3, 5, 10, 11)] == [3, 2, 2, 5]


def test_what_is_asked_of_a_leaders_day() -> None:
    assert sitting_problems(SittingEntry(held_on=TODAY), TODAY) == ()
    wrong = SittingEntry(date(2026, 11, 24), SittingKind.REGULAR, ReceivedBy.OFFICER, visitors=-1)
    assert {(problem.entry, problem.code) for problem in sitting_problems(wrong, TODAY)} == {
        ("held_on", "visit_in_future"),
        ("kind", "leaders_day_only"),
        ("received_by", "leaders_day_only"),
        ("visitors", "visitors_out_of_range"),
    }
    undated = sitting_problems(SittingEntry(held_on=None), TODAY)
    assert [problem.code for problem in undated] == ["required"]


def test_numbers_of_the_book_are_written_and_read() -> None:
    assert book_number("QN-BTCD", 2026, 7) == "QN-BTCD-2026-0007"
    assert serial_of("QN-BTCD-2026-12345", "QN-BTCD-2026-") == 12345
    assert serial_of("QN-BTCD-2026-00a", "QN-BTCD-2026-") == 0
