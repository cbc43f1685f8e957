"""Are the closed lists of the law whole, and do they hold when they should?"""

from datetime import date

import pytest

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.law.grounds import (
    GroundList,
    complexity_of,
    ground,
    grounds,
    matter_complexity,
)
from citizenfeedback.domain.law.sources import READ_IN, Mark

BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("group", "before", "after"),
    [
        (GroundList.COMPLAINT_NOT_ACCEPTED, 9, 9),
        (GroundList.DENUNCIATION_NOT_ACCEPTED, 9, 9),
        (GroundList.VISITOR_NOT_RECEIVED, 3, 13),
        (GroundList.SUBMISSION_NOT_ELIGIBLE, 8, 8),
        (GroundList.COMPLAINT_SUSPENDED, 0, 2),
        (GroundList.COMPLAINT_TERMINATED, 0, 4),
        (GroundList.DENUNCIATION_SUSPENDED, 3, 3),
        (GroundList.DENUNCIATION_TERMINATED, 3, 3),
        (GroundList.WITHDRAWN_YET_SETTLED, 3, 3),
        (GroundList.SUBMISSION_FILED, 6, 6),
        (GroundList.COMPLEX_MATTER, 7, 7),
    ],
)
def test_how_many_grounds_hold_before_and_after_the_law_of_2026(
    group: GroundList, before: int, after: int
) -> None:
    assert len(grounds(group, BEFORE)) == before
    assert len(grounds(group, AFTER)) == len(grounds(group)) == after


def test_does_each_ground_have_code_words_and_article() -> None:
    every = [row for group in GroundList for row in grounds(group)]
    assert len({row.code for row in every}) == len(every)
    for row in every:
        assert row.code.isascii()
        assert row.label("vi") != row.label("en")
        assert "điều" in row.law("vi")
        assert "article" in row.law("en")
        assert set(row.read_in) <= set(READ_IN)
        assert ground(row.code) is row


def test_which_refusals_to_receive_need_a_letter() -> None:
    written = [row.code for row in grounds(GroundList.VISITOR_NOT_RECEIVED) if row.written_notice]
    assert written == ["TC9-3", "N154-h"]


def test_is_an_unknown_ground_refused() -> None:
    with pytest.raises(RuleBroken) as refusal:
        ground("KN11-10")
    assert refusal.value.code == "unknown_ground"


@pytest.mark.parametrize(
    ("kind", "codes", "complexity"),
    [
        ("complaint", [], "normal"),
        ("complaint", ["PT-a"], "complex"),
        ("complaint", ["PT-a", "PT-dd"], "complex"),
        ("denunciation", [], "normal"),
        ("denunciation", ["PT-g"], "complex"),
        ("denunciation", ["PT-g", "PT-g"], "complex"),
        ("denunciation", ["PT-g", "PT-b"], "special"),
        ("denunciation", ["KN11-1"], "normal"),
    ],
)
def test_how_complex_do_the_recorded_criteria_make_a_case(
    kind: str, codes: list[str], complexity: str
) -> None:
    assert matter_complexity(kind, codes) == complexity


def test_are_the_unread_grounds_marked_as_such() -> None:
    unread = {row.code for group in GroundList for row in grounds(group) if not row.read_in}
    from_memory = {
        row.code for group in GroundList for row in grounds(group) if row.mark is Mark.MEMORY
    }
    assert unread == from_memory == {f"TC34-{c}-{n}" for c in (1, 3) for n in (1, 2, 3)}


@pytest.mark.parametrize(
    ("criteria", "kind", "day", "reason", "complexity"),
    [
        ([], "complaint", BEFORE, "", "normal"),
        ([], "complaint", BEFORE, "Hồ sơ nhiều đời chủ đất", "complex"),
        ([], "complaint", BEFORE, "  ", "normal"),
        ([], "complaint", AFTER, "Hồ sơ nhiều đời chủ đất", "normal"),
        (["PT-d"], "complaint", AFTER, "", "complex"),
        (["PT-d", "PT-e"], "complaint", BEFORE, "", "complex"),
        ([], "denunciation", BEFORE, "Hồ sơ nhiều đời chủ đất", "normal"),
        (["PT-d"], "denunciation", BEFORE, "", "complex"),
        (["PT-d", "PT-e"], "denunciation", AFTER, "", "special"),
    ],
)
def test_when_is_a_free_reason_enough_to_call_a_matter_complex(
    criteria: list[str], kind: str, day: date, reason: str, complexity: str
) -> None:
    assert complexity_of(criteria, kind, day, reason=reason) == complexity
