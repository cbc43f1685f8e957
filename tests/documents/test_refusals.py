"""Sentences of refusal say one thing and end well."""

import pytest

from citizenfeedback.documents.catalogue import translate
from citizenfeedback.documents.refusals import REFUSALS, REQUIRED


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_every_refusal_a_short_whole_sentence(lang: str) -> None:
    for code, text in {**REFUSALS, **REQUIRED}.items():
        told = translate(text, lang)
        assert told[-1] in ".?", code
        assert all(len(one.split()) <= 20 for one in told.split(". ")), code
        assert told[0].isupper() or told[0] in "“{", code


def test_is_no_citizen_called_a_user() -> None:
    assert not [code for code, text in REFUSALS.items() if "người dùng" in text]
