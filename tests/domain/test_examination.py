"""The checklist of an examination, and the grounds each act may name."""

from datetime import date

import pytest

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.examination import (
    CLOSED_LISTS,
    check_ground,
    conditions,
    ground_text,
    grounds_for,
    seen_lacking,
)
from citizenfeedback.domain.vocabulary import Action, CaseKind

DAY = date(2026, 11, 23)
C, D = CaseKind.COMPLAINT, CaseKind.DENUNCIATION


def codes(kind: CaseKind, action: Action, day: date = DAY) -> list[str]:
    return [row.code for row in grounds_for(kind, action, day)]


def test_is_a_complaint_refused_on_the_nine_grounds_of_article_11() -> None:
    assert codes(C, Action.REFUSE) == [f"KN11-{number}" for number in range(1, 10)]


def test_are_nameless_untraceable_and_impersonated_denouncers_filed_by_article_25() -> None:
    assert {"TC25-1", "TC25-2", "TC25-3", "TC24-3"} <= set(codes(D, Action.FILE))
    assert "TC29-1b" not in codes(D, Action.FILE)
    assert "LD-4" not in codes(C, Action.FILE)


def test_has_a_referral_four_doors() -> None:
    assert codes(D, Action.REFER) == ["CUA-KHAN", "CUA-DT", "CUA-DANG", "CUA-TTR"]


def test_has_a_withdrawn_denunciation_three_grounds_to_be_settled_on() -> None:
    assert codes(D, Action.KEEP_SETTLING) == ["TC33-1", "TC33-2", "TC33-3"]


@pytest.mark.parametrize("kind", list(CaseKind))
@pytest.mark.parametrize("action", [Action.REFUSE, Action.FILE])
def test_has_every_kind_grounds_in_both_languages(kind: CaseKind, action: Action) -> None:
    rows = grounds_for(kind, action, DAY)
    assert len({row.code for row in rows}) == len(rows) > 0
    assert all(row.label("vi") != row.label("en") for row in rows)
    assert all(ground_text(row.code, "en") == row.label("en") for row in rows)


def test_is_no_other_ground_taken_and_no_closed_list_passed_over() -> None:
    for code, wanted in (("", "required"), ("TC29-1a", "unknown_ground"), ("x", "unknown_ground")):
        with pytest.raises(RuleBroken) as caught:
            check_ground(C, Action.REFUSE, code, DAY)
        assert caught.value.code == wanted
    assert check_ground(C, Action.REFUSE, "KN11-6", DAY) == "KN11-6"
    assert check_ground(CaseKind.PETITION, Action.REFUSE, "", DAY) == ""
    assert {kind for kind, _ in CLOSED_LISTS} == {C, D}


def test_is_an_unknown_code_shown_as_it_is() -> None:
    assert ground_text("OLD-1") == "OLD-1"


@pytest.mark.parametrize(
    ("kind", "signed", "about", "found"),
    [
        (C, False, True, ("XLD-2",)),
        (C, True, False, ("XLD-3",)),
        (D, False, False, ("XLD-2", "XLD-3")),
        (CaseKind.PETITION, False, False, ()),
        (CaseKind.REFLECTION, True, True, ()),
    ],
)
def test_does_the_record_show_what_is_missing(
    kind: CaseKind, signed: bool, about: bool, found: tuple[str, ...]
) -> None:
    shown = seen_lacking(kind, signed=signed, named=True, about=about, stated=True)
    assert shown == found
    assert set(shown) <= {row.code for row in conditions(kind, DAY)}
    nothing = seen_lacking(kind, signed=True, named=False, about=True, stated=False)
    assert nothing == ("XLD-2", "XLD-3")


@pytest.mark.parametrize("kind", CaseKind)
def test_is_a_content_forwarded_before_a_reason_for_denunciations_only(kind: CaseKind) -> None:
    seen = {"signed": True, "named": True, "about": True, "stated": True}
    shown = seen_lacking(kind, **seen, forwarded=True)
    filed = {row.code for row in grounds_for(kind, Action.FILE, DAY)}
    known = {row.code for row in conditions(kind, DAY)}
    denunciation = kind is CaseKind.DENUNCIATION
    assert ("XLD-8" in shown, "XLD-8" in known, "LD-6" in filed) == (denunciation,) * 3
    assert "XLD-8" not in filed
