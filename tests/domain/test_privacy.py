"""What of a person is shown, and how long records are kept."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain.law.sources import INSTRUMENTS
from citizenfeedback.domain.privacy import (
    CONTACT,
    GROUND_SOURCES,
    HIDDEN,
    REFUSING,
    RETENTION,
    Span,
    Way,
    kept_until,
    mask_email,
    mask_id_no,
    mask_initials,
    mask_name,
    mask_phone,
    read_spans,
    retention,
    right_to,
    sees_persons,
)
from citizenfeedback.domain.vocabulary import CaseKind, DataGround, DataPart, DataWish, Kept, Role


def test_how_is_a_person_masked() -> None:
    assert mask_name("Nguyễn Văn Hùng") == "N. V. Hùng"
    assert mask_name("Hùng") == "Hùng"
    assert mask_initials("nguyễn Văn Hùng") == "N. V. H."
    assert mask_phone("0912 345 678") == HIDDEN + "678"
    assert mask_id_no("022190001234") == HIDDEN + "234"
    assert mask_email("hung@example.vn") == f"h{HIDDEN}@example.vn"


@pytest.mark.parametrize("mask", [mask_name, mask_initials, mask_phone, mask_id_no, mask_email])
def test_does_nothing_stay_nothing(mask: Callable[[str], str]) -> None:
    assert mask("") == ""


@pytest.mark.parametrize("mask", [mask_phone, mask_id_no, mask_email])
def test_is_a_short_one_hidden_whole(mask: Callable[[str], str]) -> None:
    assert mask("113") == HIDDEN


def test_who_sees_the_person() -> None:
    assert sees_persons(frozenset({Role.HANDLER}), CaseKind.COMPLAINT)
    assert not sees_persons(frozenset({Role.SUPERVISOR}), CaseKind.COMPLAINT)
    assert not sees_persons(frozenset({Role.UNIT_LEADER}), CaseKind.DENUNCIATION)


def test_has_every_kind_of_record_one_term() -> None:
    assert [rule.kept for rule in RETENTION] == list(Kept)
    for rule in RETENTION:
        assert {one.instrument for one in rule.provisions} <= set(INSTRUMENTS)
        assert rule.span is None or rule.span.at_least >= rule.least.at_least
        assert rule.span is not None or rule.provisions, "kept for good only where a law says so"


@given(
    began=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    span=st.one_of(
        st.builds(Span, months=st.integers(0, 130)), st.builds(Span, days=st.integers(0, 4000))
    ),
    later=st.integers(-40, 40),
)
def test_goes_nothing_a_day_early_and_little_late(began: date, span: Span, later: int) -> None:
    month = began.year * 12 + began.month - 1 + span.months
    year, month = divmod(month, 12)
    ends = date(year, month + 1, min(began.day, monthrange(year, month + 1)[1]))
    ends += timedelta(days=span.days)
    today = ends + timedelta(days=later)
    goes = began < span.before(today)
    assert not goes or later > 0
    assert goes or later <= 3
    assert goes is (today > span.last_day(began))


def test_are_the_offices_own_terms_read() -> None:
    chosen = read_spans("rating_comment=12m, outgoing_mail=30d,case_file=240m")
    rules = {rule.kept: rule.span for rule in retention(chosen)}
    assert rules[Kept.RATING_COMMENT] == Span(months=12)
    assert rules[Kept.OUTGOING_MAIL] == Span(days=30)
    assert rules[Kept.CASE_FILE] == Span(months=240)
    assert rules[Kept.VERDICT_WORDS] == Span(months=24)
    assert retention() == RETENTION


@pytest.mark.parametrize(
    "text",
    [
        "rating_comment",
        "rating_comment=1y",
        "nothing=3m",
        "history=3m",
        "draft=2d",
        "ineligible_submission=11m",
        "case_file=60m",
        "kiosk_tap=30d",
        "rating_comment=0d",
        "",
    ],
)
def test_is_a_term_refused_that_cannot_be(text: str) -> None:
    with pytest.raises(ValueError, match=r"must look like|no term to set|at least"):
        read_spans(text)


@pytest.mark.parametrize("kind", CaseKind)
@pytest.mark.parametrize("part", DataPart)
@pytest.mark.parametrize("wish", DataWish)
def test_is_what_stays_always_said_with_its_ground(
    wish: DataWish, part: DataPart, kind: CaseKind
) -> None:
    right = right_to(wish, part, kind)
    assert (right.way is Way.KEPT) is (right.ground is not None)
    if wish is DataWish.CORRECTION:
        assert (right.way is Way.AT_ONCE) is (part in CONTACT)


@pytest.mark.parametrize(
    ("part", "kind", "way"),
    [
        (DataPart.PHONE, CaseKind.COMPLAINT, Way.AT_ONCE),
        (DataPart.NAME, CaseKind.COMPLAINT, Way.KEPT),
        (DataPart.ADDRESS, CaseKind.PETITION, Way.KEPT),
        (DataPart.NAME, CaseKind.REFLECTION, Way.ON_REQUEST),
        (DataPart.ADDRESS, CaseKind.REFLECTION, Way.AT_ONCE),
        (DataPart.WORDS, CaseKind.REFLECTION, Way.KEPT),
        (DataPart.PAPERS, CaseKind.DENUNCIATION, Way.ON_REQUEST),
        (DataPart.HISTORY, CaseKind.PETITION, Way.KEPT),
    ],
)
def test_what_goes_when_somebody_asks(part: DataPart, kind: CaseKind, way: Way) -> None:
    assert right_to(DataWish.ERASURE, part, kind).way is way


def test_has_every_ground_its_source() -> None:
    assert set(GROUND_SOURCES) == set(DataGround)
    assert set(REFUSING) < set(DataGround)
    for provisions in GROUND_SOURCES.values():
        assert provisions
        assert {one.instrument for one in provisions} <= set(INSTRUMENTS)


def test_until_when_is_a_closed_case_kept() -> None:
    asked = {
        "entered_on": date(2026, 2, 1),
        "processed_on": date(2026, 1, 10),
        "ended_on": date(2026, 3, 1),
    }
    assert kept_until(RETENTION, ineligible=False, **asked) is None
    assert kept_until(RETENTION, ineligible=True, **asked) == date(2027, 2, 1)
    chosen = retention([(Kept.CASE_FILE, Span(months=120))])
    assert kept_until(chosen, ineligible=False, **asked) == date(2036, 3, 1)
