"""The demonstration's texts: enough of them, and fit for the register."""

from __future__ import annotations

import random

import pytest

from citizenfeedback.domain.intake import LIMITS, normalise_id_no, normalise_phone
from citizenfeedback.domain.vocabulary import CaseField, CaseKind
from citizenfeedback.services.demonstrating_texts import (
    REASONS,
    identity,
    matter,
    name,
    note_on,
    one_of,
    own_words,
    reply,
    templates,
)

CHANCE = random.Random(7)


@pytest.mark.parametrize("kind", CaseKind)
def test_there_are_forty_different_matters_of_each_kind(kind: CaseKind) -> None:
    assert len({one.summary for one in templates(kind)}) >= 40
    assert len({one.field for one in templates(kind)}) >= 5


@pytest.mark.parametrize("kind", CaseKind)
def test_every_matter_is_filled_in_and_fits_the_register(kind: CaseKind) -> None:
    for template in templates(kind):
        what = matter(CHANCE, template, "phường Bãi Cháy")
        words = own_words(CHANCE, kind, what, "Nguyễn Văn A")
        answer = reply(CHANCE, kind, what, "upheld")
        for text, limit in (
            (what.summary, LIMITS["summary"]),
            (what.wish, LIMITS["wish"]),
            (what.respondent, LIMITS["respondent"]),
            (words, LIMITS["words"]),
            (answer, LIMITS["text"]),
        ):
            assert "{" not in text
            assert len(text) <= limit
        assert what.summary
        assert what.respondent or kind in (CaseKind.PETITION, CaseKind.REFLECTION)


def test_people_are_invented_but_well_formed() -> None:
    id_no, phone = identity(CHANCE)
    assert normalise_id_no(id_no) == id_no
    assert normalise_phone(phone) == phone
    assert len(name(CHANCE).split()) == 3
    assert one_of(CHANCE, "note") in REASONS["note"]


@pytest.mark.parametrize("field", CaseField)
def test_is_a_survey_noted_only_where_a_plot_is_at_stake(field: CaseField) -> None:
    notes = " ".join({note_on(CHANCE, field) for _ in range(200)})
    assert ("Hộ liền kề" in notes) is (field is CaseField.LAND)
    assert ("Địa chính" in notes) is (field is CaseField.LAND)
