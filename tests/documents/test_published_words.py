"""Are published figures said in plain words, in both languages?"""

from __future__ import annotations

import pytest

from citizenfeedback.documents.published_words import meaning, name, sides, value
from citizenfeedback.domain.publishing import PUBLISHED, PublishedFigure


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("key", PUBLISHED)
def test_a_figure_has_a_name_and_a_meaning(key: str, lang: str) -> None:
    """Does each say what it counts, as a sentence?"""
    assert name(key, lang)
    assert meaning(key, lang).endswith(".")


def test_the_two_sides_are_said_and_a_masked_one_has_none() -> None:
    """Is a rate's numerator beside its denominator, and nothing of a masked one?"""
    rate = PublishedFigure("cases.resolution_rate", 91.32, 421, 461)
    assert (value(rate), sides(rate)) == ("91,32\u00a0%", "421 trên 461 vụ")
    assert (value(rate, "en"), sides(rate, "en")) == ("91.32%", "421 of 461 cases")
    masked = PublishedFigure("cases.resolution_rate", masked=True)
    assert (value(masked), sides(masked)) == ("ít, không nêu", "")
    nothing = PublishedFigure("cases.resolution_rate", None, 0, 0)
    assert (value(nothing), sides(nothing)) == ("không có", "")
    assert sides(PublishedFigure("receptions.turns", 7)) == ""
