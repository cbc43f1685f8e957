"""What citizens read covers every state, and stays short."""

import pytest

from citizenfeedback.documents import citizen_words
from citizenfeedback.documents.catalogue import translate
from citizenfeedback.domain.intake import KIND_QUESTIONS, NONE_OF_THESE
from citizenfeedback.domain.vocabulary import CaseKind, State


def test_has_every_state_its_sentence() -> None:
    assert set(citizen_words.STANDING) == set(State)
    assert set(citizen_words.MEANINGS) == set(CaseKind)


def test_have_the_questions_about_the_kind_words_and_reasons() -> None:
    codes = {question.code for question in KIND_QUESTIONS} | {NONE_OF_THESE}
    assert set(citizen_words.KIND_QUESTIONS) == codes
    assert set(citizen_words.KIND_REASONS) == codes


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_no_sentence_longer_than_twenty_words(lang: str) -> None:
    for table in (
        citizen_words.STANDING,
        citizen_words.KIND_QUESTIONS,
        citizen_words.KIND_REASONS,
        citizen_words.MEANINGS,
    ):
        for text in table.values():
            for one in translate(text, lang).split(". "):
                assert len(one.split()) <= 20, one
