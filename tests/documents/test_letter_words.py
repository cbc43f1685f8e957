"""Has everything of a letter a name in both languages, and every field a value for the preview?"""

from datetime import date

from citizenfeedback.documents import letter_words
from citizenfeedback.documents.catalogue import entries, translate
from citizenfeedback.domain.law.forms import (
    DERIVED_FIELDS,
    FIELDS,
    Addressee,
    DocumentKind,
    FieldKind,
)
from citizenfeedback.domain.letters import SECTIONS, Authority, LetterStep


def test_is_everything_named() -> None:
    assert set(letter_words.FIELD_LABELS) == set(FIELDS)
    assert set(letter_words.SECTION_LABELS) == set(SECTIONS)
    assert set(letter_words.DOCUMENT_LABELS) == set(DocumentKind)
    assert set(letter_words.ADDRESSEE_LABELS) == set(Addressee)
    assert set(letter_words.AUTHORITY_LABELS) == set(Authority)
    assert set(letter_words.STEP_LABELS) == set(LetterStep)


def test_are_names_told_apart_and_translated() -> None:
    for table in (
        letter_words.FIELD_LABELS,
        letter_words.SECTION_LABELS,
        letter_words.DOCUMENT_LABELS,
        letter_words.ADDRESSEE_LABELS,
        letter_words.AUTHORITY_LABELS,
        letter_words.STEP_LABELS,
        letter_words.PROBLEMS,
    ):
        english = [translate(text, "en") for text in table.values()]
        assert len(set(table.values())) == len(table)
        assert len(set(english)) == len(table)
        assert not set(english) & set(table.values())


def test_has_every_field_a_value_of_its_kind() -> None:
    kinds = {FieldKind.DAY: date, FieldKind.NUMBER: int}
    for name, kind in FIELDS.items():
        if name not in DERIVED_FIELDS:
            assert isinstance(letter_words.SAMPLES[name], kinds.get(kind, str)), name


def test_is_the_catalogue_of_letters_complete() -> None:
    found = [entry for entry in entries("en") if entry.area == "letters"]
    assert found
    assert all(all(entry.forms) for entry in found)
