"""What the reception book asks of an entry."""

from dataclasses import replace
from datetime import date

from citizenfeedback.domain.receptions import (
    BOOK_LIMITS,
    DUTIES,
    Paper,
    PapersEntry,
    ReceptionEntry,
    RefusalEntry,
    SittingEntry,
    book_number,
    book_problems,
    changed_columns,
    correction_problems,
    duty_of,
    duty_span,
    duty_standing,
    is_group,
    months_weeks,
    papers_problems,
    refusal_grounds,
    refusal_problems,
    representatives_most,
    serial_of,
    sitting_problems,
)
from citizenfeedback.domain.vocabulary import (
    CaseKind,
    ReceivedBy,
    ReceptionKind,
    SittingKind,
    UnitLevel,
)

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


REFUSAL = RefusalEntry(
    refused_on=TODAY,
    ground="TC9-2",
    summary="Chửi mắng cán bộ tiếp công dân",
    explanation="Đã giải thích nội quy và mời ra về",
)


def refused(**entry: object) -> set[tuple[str, str]]:
    changed = replace(REFUSAL, **entry)  # type: ignore[arg-type]
    return {(one.entry, one.code) for one in refusal_problems(changed, TODAY)}


def test_whoever_is_refused_by_word_of_mouth_need_not_be_known() -> None:
    assert refused() == set()


def test_a_written_notice_needs_to_know_to_whom_it_goes() -> None:
    assert refused(ground="TC9-3") == {("name", "required"), ("address", "required")}
    assert refused(ground="TC9-3", name="Lò Thị Măng", address="Khe Cát") == set()


def test_a_ground_is_one_of_the_list_and_in_force_on_the_day() -> None:
    assert refused(ground="KN11-1") == {("ground", "required")}
    assert refused(ground="nothing") == {("ground", "required")}
    before = date(2026, 6, 30)
    assert refused(ground="N154-a", refused_on=before) == {("ground", "ground_not_in_force")}
    assert [one.code for one in refusal_grounds(before)] == ["TC9-1", "TC9-2", "TC9-3"]


def test_what_is_wrong_with_a_refusal_is_said_at_once() -> None:
    assert refused(refused_on=None, summary="", explanation="x" * 2_001, id_no="1") == {
        ("refused_on", "required"),
        ("summary", "required"),
        ("explanation", "too_long"),
        ("id_no", "id_no_malformed"),
    }
    assert refused(refused_on=date(2026, 11, 24)) == {("refused_on", "visit_in_future")}


RECEIPT = PapersEntry(
    on=TODAY,
    time="8:30",
    place="Trụ sở tiếp công dân",
    name="Lò Thị Măng",
    address="Khe Cát",
    papers=(Paper("Đơn khiếu nại", 3),),
)


def received(*, sealed: bool = False, **entry: object) -> set[tuple[str, str]]:
    changed = replace(RECEIPT, **entry)  # type: ignore[arg-type]
    return {(one.entry, one.code) for one in papers_problems(changed, TODAY, sealed=sealed)}


def test_a_receipt_lists_papers_with_names_and_pages() -> None:
    assert received() == set()
    assert received(papers=()) == {("papers", "papers_out_of_range")}
    assert received(papers=(Paper("", 0, condition="x" * 101),)) == {
        ("papers", "paper_unnamed"),
        ("papers", "pages_out_of_range"),
        ("papers", "too_long"),
    }


def test_what_else_a_receipt_needs() -> None:
    assert received(on=None, time="25:00", place="", name="", id_no="1", copies=1) == {
        ("on", "required"),
        ("time", "time_malformed"),
        ("place", "required"),
        ("name", "required"),
        ("id_no", "id_no_malformed"),
        ("copies", "copies_out_of_range"),
    }
    assert received(on=date(2026, 11, 24), time="8h") == {
        ("on", "date_in_future"),
        ("time", "time_malformed"),
    }
    assert received(time="08:3", address="x" * 251) == {
        ("time", "time_malformed"),
        ("address", "too_long"),
    }
    assert received(name="", sealed=True) == set()


def corrected(**entry: object) -> set[tuple[str, str]]:
    kind = entry.pop("case", None)
    changed = replace(VISIT, **entry)  # type: ignore[arg-type]
    found = correction_problems(changed, TODAY, year=2026, sealed=True, kind=kind)  # type: ignore[arg-type]
    return {(one.entry, one.code) for one in found}


def test_a_correction_keeps_the_book_of_the_year_and_the_kind_of_the_case() -> None:
    assert corrected() == set()
    assert corrected(visited_on=date(2025, 12, 30)) == {("visited_on", "other_book_year")}
    assert corrected(case=CaseKind.DENUNCIATION) == {("kind", "kind_of_case_stays")}


def test_a_sealed_visitor_need_not_be_named_again() -> None:
    tc = ReceptionKind.DENUNCIATION
    assert corrected(kind=tc, name="", address="") == set()
    assert corrected(kind=tc, name="Lò Thị Măng", address="") == {("address", "required")}
    assert corrected(name="", address="") == {("name", "required"), ("address", "required")}


def test_only_what_said_something_else_is_kept() -> None:
    assert changed_columns({"people": 1, "notes": ""}, {"people": 2, "notes": ""}) == {"people": 1}


def test_a_plan_is_never_of_yesterday() -> None:
    day = SittingEntry(held_on=date(2026, 11, 22))
    assert [one.code for one in sitting_problems(day, TODAY, planned=True)] == ["plan_in_past"]
    assert sitting_problems(SittingEntry(date(2026, 12, 1)), TODAY, planned=True) == ()


def test_the_duty_of_a_commune_changed_from_weeks_to_two_days_a_month() -> None:
    before, since = date(2026, 6, 1), date(2026, 7, 1)
    held = [date(2026, 6, 2), date(2026, 6, 4), date(2026, 6, 9), date(2026, 7, 2)]
    old = duty_standing(UnitLevel.COMMUNE, before, held)
    new = duty_standing(UnitLevel.COMMUNE, since, held)
    assert old is not None
    assert new is not None
    assert (old.required, old.held, old.short) == (5, 3, 2)
    assert (new.required, new.held, new.short) == (2, 1, 1)
    assert "136/2025" in new.duty.law()


def test_a_week_belongs_to_the_month_of_its_monday() -> None:
    assert months_weeks(date(2026, 6, 15))[0] == date(2026, 6, 1)
    assert duty_span(date(2026, 6, 15)) == (date(2026, 6, 1), date(2026, 7, 5))
    sunday = duty_standing(UnitLevel.COMMUNE, date(2026, 6, 1), [date(2026, 7, 5)])
    assert sunday is not None
    assert sunday.held == 1


def test_who_has_a_duty_and_who_has_none() -> None:
    day = date(2026, 11, 1)
    assert duty_of(UnitLevel.DISTRICT, date(2025, 6, 1)) is not None
    assert duty_of(UnitLevel.DISTRICT, date(2025, 7, 1)) is None
    assert duty_standing(UnitLevel.TEAM, day, [day]) is None
    for level in UnitLevel:
        for month in range(1, 13):
            first = date(2026, month, 1)
            assert sum(one.holds_on(first) for one in DUTIES if one.level is level) <= 1
