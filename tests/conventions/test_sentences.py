"""Are citizens' pages written in short sentences, in both languages?"""

from __future__ import annotations

import re

import pytest

from citizenfeedback.documents.catalogue import translate
from tests.conventions.test_translations import PLACEHOLDER, said

CITIZENS = (
    "web/templates/public/",
    "web/templates/kiosk/",
    "web/templates/layouts/public",
    "web/templates/errors/",
    "web/public/",
    "web/kiosk/",
    "documents/citizen_words",
    "documents/kinds",
    "documents/receipt",
    "documents/rating_words",
    "domain/ratings",
)
MOST_WORDS = 20
SENTENCES = re.compile(r"(?<=[.!?:;])\s+")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_has_no_sentence_for_citizens_more_than_twenty_words(lang: str) -> None:
    long = [
        f"{place} ({len(sentence.split())}): {sentence}"
        for (context, text), place in said().items()
        if place.startswith(CITIZENS)
        for sentence in SENTENCES.split(PLACEHOLDER.sub("x", translate(text, lang, context)))
        if len(sentence.split()) > MOST_WORDS
    ]
    assert not long, "\n".join(long)
