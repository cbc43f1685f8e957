"""Does every published number mean what its words say?"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain.indicators import (
    INDICATORS,
    DossierRow,
    Figure,
    Measure,
    RatingRow,
    ReceptionRow,
    SubmissionRow,
    evaluate,
    exact_mean,
    exact_rate,
)
from citizenfeedback.domain.vocabulary import CaseKind, Direction, ReceivedBy
from citizenfeedback.domain.windows import Window

MAY = Window(date(2019, 5, 1), date(2019, 5, 31))
IN, BEFORE, AFTER = date(2019, 5, 10), date(2019, 4, 30), date(2019, 6, 1)


def value(key: str, *rows: object) -> object:
    return evaluate(INDICATORS[key], rows, MAY).value


def case(**values: object) -> SubmissionRow:
    known: dict[str, object] = {"kind": CaseKind.COMPLAINT, "received_on": BEFORE, **values}
    return SubmissionRow(**known)  # type: ignore[arg-type]


def test_each_number_says_what_it_asks() -> None:
    """Has every key a question, a definition and what its measure needs?"""
    for key, indicator in INDICATORS.items():
        assert indicator.key == key
        assert indicator.question.endswith("?")
        assert indicator.definition.endswith(".")
        assert (indicator.out_of is None) is (indicator.measure is Measure.COUNT)


def test_a_submission_is_carried_over_until_something_is_decided() -> None:
    """Does the day of the decision, not that of the entry, end the carrying over?"""
    assert value("petitions.carried_over", case()) == 1
    assert value("petitions.carried_over", case(processed_on=IN)) == 1
    assert value("petitions.carried_over", case(processed_on=MAY.first)) == 1
    assert value("petitions.carried_over", case(processed_on=BEFORE)) == 0
    assert value("petitions.carried_over", case(received_on=MAY.first)) == 0


def test_a_blank_finding_is_neither() -> None:
    """Is a submission whose eligibility is not known left out of both counts?"""
    blank = case(processed_on=IN)
    assert value("petitions.processed", blank) == 1
    assert value("petitions.eligible", blank) == value("petitions.ineligible", blank) == 0


def test_among_the_eligible() -> None:
    """Do competence, guiding and forwarding count only what met the conditions?"""
    ours = case(processed_on=IN, eligible=True, competent=True, direction=Direction.REFUSE)
    assert value("petitions.competent", ours) == 1
    guided = case(processed_on=IN, eligible=True, direction=Direction.GUIDE)
    assert value("petitions.guided", guided) == 1
    sent = case(processed_on=IN, eligible=False, direction=Direction.FORWARD)
    assert value("petitions.forwarded", sent) == 0


def test_a_duplicate_is_a_submission_and_no_case() -> None:
    """Is a duplicate counted as received and never as accepted?"""
    duplicate = case(received_on=IN, accepted_on=IN, duplicate=True)
    assert value("petitions.received", duplicate) == value("petitions.duplicates", duplicate) == 1
    assert value("cases.accepted", duplicate) == 0


def test_opening_and_accepted_and_closing() -> None:
    """Is closing opening plus accepted minus resolved, at the edges too?"""
    rows = (
        case(accepted_on=BEFORE),
        case(accepted_on=BEFORE, closed_on=MAY.first),
        case(accepted_on=BEFORE, closed_on=BEFORE),
        case(accepted_on=MAY.last),
        case(accepted_on=IN, closed_on=AFTER),
    )
    assert value("cases.opening", *rows) == 2
    assert value("cases.accepted", *rows) == 2
    assert value("cases.resolved", *rows) == 1
    assert value("cases.closing", *rows) == 3
    assert value("cases.closing.complaint", *rows) == 3
    assert value("cases.closing.petition", *rows) == 0


def test_on_time_and_overdue_turn_on_the_due_day() -> None:
    """Is the due day itself in time, and overdue only when it is over while open?"""
    assert value("cases.on_time_rate", case(accepted_on=BEFORE, closed_on=IN, settle_by=IN)) == 100
    late = case(accepted_on=BEFORE, closed_on=IN, settle_by=BEFORE)
    assert value("cases.on_time_rate", late) == 0
    assert value("cases.overdue_at_end", case(accepted_on=IN, settle_by=MAY.last)) == 1
    assert value("cases.overdue_at_end", case(accepted_on=IN, settle_by=AFTER)) == 0
    assert value("cases.overdue_at_end", case(accepted_on=AFTER, settle_by=IN)) == 0
    ended = case(accepted_on=IN, closed_on=MAY.last, settle_by=IN)
    assert value("cases.overdue_at_end", ended) == 0


def test_visits() -> None:
    """Are matters counted once, blank ones never, and groups from five people?"""
    rows = (
        ReceptionRow(IN, 1, ReceivedBy.OFFICER, "A"),
        ReceptionRow(IN, 4, ReceivedBy.HEAD, "A"),
        ReceptionRow(IN, 5, ReceivedBy.DELEGATED),
        ReceptionRow(AFTER, 9, ReceivedBy.HEAD, "B"),
    )
    assert value("receptions.turns", *rows) == 3
    assert value("receptions.people", *rows) == 10
    assert value("receptions.matters", *rows) == 1
    assert value("receptions.groups", *rows) == 1
    assert value("receptions.people_in_groups", *rows) == 5
    assert value("receptions.turns.head", *rows) == 1


def test_only_whole_months_of_files_count() -> None:
    """Is a month that the window cuts left out?"""
    rows = [DossierRow(date(2019, month, 1), 9, 1) for month in (4, 5, 6)]
    cut = Window(date(2019, 4, 2), date(2019, 6, 29))
    indicator = INDICATORS["dossiers.on_time_rate"]
    assert evaluate(indicator, rows, cut) == Figure(Decimal("90.00"), 9, 10)


def test_ratings() -> None:
    """Are mean and share computed from the same ratings?"""
    rows = [RatingRow(IN, score) for score in (5, 4, 3)] + [RatingRow(AFTER, 1)]
    assert value("ratings.count", *rows) == 3
    assert value("ratings.mean", *rows) == 4
    assert value("ratings.satisfied_rate", *rows) == Decimal("66.67")


def test_doubtful_ratings_are_counted_apart() -> None:
    """Do they enter neither side of any figure, and is their number beside it?"""
    rows = [RatingRow(IN, score) for score in (5, 4, 3)]
    rows += [RatingRow(IN, 1, doubtful=True), RatingRow(AFTER, 1, doubtful=True)]
    for key in ("ratings.count", "ratings.mean", "ratings.satisfied_rate"):
        found = evaluate(INDICATORS[key], rows, MAY)
        assert found.apart == 1
        assert found.document() == evaluate(INDICATORS[key], rows[:3], MAY).document()
    assert evaluate(INDICATORS["receptions.turns"], [], MAY).apart is None


def test_nothing_divided_is_null() -> None:
    """Is a rate without a denominator null rather than nought?"""
    assert evaluate(INDICATORS["cases.resolution_rate"], [], MAY).document() == {
        "value": None,
        "numerator": 0,
        "denominator": 0,
    }
    assert evaluate(INDICATORS["ratings.mean"], [], MAY).document() == {"value": None}


def test_halves_go_up() -> None:
    """Is 62.5 hundredths rounded up, where a floating number would hesitate?"""
    assert exact_rate(1, 16) == Decimal("6.25")
    assert exact_rate(1, 1600) == Decimal("0.06")
    assert exact_rate(5, 800) == Decimal("0.63")
    assert exact_mean(867, 200) == Decimal("4.34")


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_rate_is_the_exact_quotient_rounded(above: int, below: int) -> None:
    """Is the rounded rate never more than half a hundredth away from the exact one?"""
    rate = exact_rate(above, below)
    assert rate is not None
    distance = Fraction(rate) - Fraction(above * 100, below)
    assert -Fraction(1, 200) < distance <= Fraction(1, 200)
