"""Every term is said with its length, its beginning and its source, in both languages."""

import pytest

from citizenfeedback.documents.retention_words import source_words, span_words, term_words
from citizenfeedback.domain.privacy import RETENTION, Retention, Span
from citizenfeedback.domain.vocabulary import Kept

RULES = {rule.kept: rule for rule in RETENTION}


@pytest.mark.parametrize("rule", RETENTION, ids=lambda rule: rule.kept)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_every_row_said(rule: Retention, lang: str) -> None:
    assert term_words(rule, lang).strip(" ,")
    assert source_words(rule, lang)
    assert "{" not in term_words(rule, lang)


def test_how_is_a_term_said() -> None:
    ineligible = RULES[Kept.INELIGIBLE_SUBMISSION]
    assert term_words(ineligible) == "12 tháng, kể từ ngày xử lý đơn"
    assert term_words(ineligible, "en") == "12 months, from the day it was processed"
    assert source_words(ineligible) == "Thông tư 07/2014/TT-TTCP, điều 28"
    assert source_words(RULES[Kept.RATING_COMMENT], "en") == "set by the office"
    assert term_words(RULES[Kept.CASE_FILE]) == "theo luật về lưu trữ"
    assert span_words(Span(days=1), "en") == "1 day"
