"""Every face, reason and question has its words in both languages."""

from __future__ import annotations

from citizenfeedback.documents.rating_words import (
    FACES,
    REASONS,
    counter_name,
    criterion_words,
    face_words,
    reason_words,
)
from citizenfeedback.domain.ratings import CRITERIA, SCORES


def test_is_a_counter_with_only_a_number_named_in_the_language_of_the_page() -> None:
    assert counter_name("Quầy số 12", "vi") == "Quầy số 12"
    assert counter_name("Quầy số 12", "en") == counter_name("Quầy 12", "en") == "Counter 12"
    for name in ("Quầy Hộ tịch", "Quầy số 12 Hộ tịch"):
        assert counter_name(name, "en") == name


def test_has_each_face_a_word_of_its_own_in_both_languages() -> None:
    assert set(FACES) == set(SCORES)
    for lang in ("vi", "en"):
        assert len(set(face_words(lang).values())) == len(FACES)
    assert face_words("en")[5] == "Very good"


def test_is_each_reason_an_item_of_the_questionnaire() -> None:
    assert set(REASONS) <= set(CRITERIA)
    for lang in ("vi", "en"):
        assert len(set(reason_words(lang).values())) == len(REASONS)


def test_is_each_item_of_the_questionnaire_worded_in_english() -> None:
    for code in CRITERIA:
        assert criterion_words(code, "en") != criterion_words(code, "vi")
