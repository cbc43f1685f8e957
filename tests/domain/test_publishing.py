"""Is only what tells of nobody shown to everybody?"""

from __future__ import annotations

from typing import Any

from citizenfeedback.documents.published_words import WORDS
from citizenfeedback.domain.indicators import INDICATORS, Measure
from citizenfeedback.domain.publishing import (
    MADE_PUBLIC,
    ON_THE_FRONT,
    PUBLISHED,
    MadePublic,
    published,
)
from citizenfeedback.domain.vocabulary import Action, CaseKind
from citizenfeedback.domain.workflow import TRANSITIONS


def figures(count: int, part: int, whole: int) -> dict[str, dict[str, Any]]:
    """Every figure, with the given numbers."""
    return {
        key: {"value": 50.0, "numerator": part, "denominator": whole}
        if one.measure is Measure.RATE
        else {"value": count}
        for key, one in INDICATORS.items()
    }


def test_is_what_is_made_public_what_the_steps_of_each_kind_allow() -> None:
    """Does the table tell of every act by which something of a case is shown to everybody?"""
    by_act = {
        MadePublic.NOTHING: set(),
        MadePublic.SUMMARY: {Action.SHOW_PUBLIC},
        MadePublic.DECISION: {Action.PUBLISH},
        MadePublic.CONCLUSION: {Action.PUBLISH},
    }
    showing = {Action.SHOW_PUBLIC, Action.PUBLISH}
    for kind in CaseKind:
        known = {one.action for one in TRANSITIONS if kind in one.kinds and one.action in showing}
        assert known == by_act[MADE_PUBLIC[kind]], kind


def test_no_kind_is_published_by_itself() -> None:
    """Is no figure of denunciations, nor any from which one follows, among them?"""
    assert all(INDICATORS[key].kind is None for key in PUBLISHED)
    assert set(ON_THE_FRONT) <= set(PUBLISHED)
    assert set(WORDS) == set(PUBLISHED)


def test_small_counts_are_masked_and_nought_is_not() -> None:
    """Are one to four hidden, and nothing and five shown?"""
    shown = [published(figures(n, 50, 100))["receptions.turns"] for n in (0, 1, 4, 5)]
    assert [one.masked for one in shown] == [False, True, True, False]
    assert [one.value for one in shown] == [0, None, None, 5]
    assert published(figures(6, 50, 100), 7)["receptions.turns"].masked


def test_what_was_left_out_is_said_unless_it_is_a_handful() -> None:
    """Is the number of doubtful ratings beside their figures alone, and only from five on?"""
    for apart, said in ((0, None), (4, None), (5, 5)):
        shown = published(figures(9, 50, 100), apart={"ratings": apart})
        assert {key for key, one in shown.items() if one.apart is not None} == (
            {"ratings.count", "ratings.satisfied_rate"} if said else set()
        )
        assert shown["ratings.satisfied_rate"].apart == said


def test_a_rate_is_masked_where_either_side_is_small() -> None:
    """Is a rate hidden when its part, its remainder or its whole is a handful?"""
    cases = {(50, 100): False, (3, 100): True, (97, 100): True, (0, 4): True, (0, 100): False}
    for (part, whole), masked in cases.items():
        one = published(figures(9, part, whole))["cases.on_time_rate"]
        assert (one.masked, one.rate) == (masked, True)
        assert one.known is not masked
    nothing = published(
        {key: {"value": None, "numerator": 0, "denominator": 0} for key in PUBLISHED}
    )
    assert not any(one.known or one.masked for one in nothing.values())
