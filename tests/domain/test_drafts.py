"""A submission in the making: kept whole, and its gaps named."""

from __future__ import annotations

from datetime import date

import pytest

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.drafts import (
    QUESTION_OF,
    DraftContent,
    Named,
    Question,
    Standing,
    missing,
    must_be_answered,
    questions,
    with_place,
    words_for_seal,
)
from citizenfeedback.domain.vocabulary import CaseField, CaseKind

TODAY = date(2026, 11, 23)
CALENDAR = WorkCalendar()
FULL = DraftContent(
    kind=CaseKind.COMPLAINT,
    words="Chưa được bồi thường",
    wish="Bồi thường",
    field=CaseField.LAND,
    respondent="Quyết định số 118",
    respondent_unit_id=3,
    unit_id=2,
    name="Nguyễn Văn Hùng",
    id_no="022190001234",
    phone="0912345678",
    address="Khu 3",
    email="hung@example.vn",
)


def entries(content: DraftContent) -> set[str]:
    return {problem.entry for problem in missing(content, TODAY, CALENDAR)}


def test_does_a_draft_come_back_as_it_was_kept() -> None:
    kept = FULL.having({"wish": "Xin lỗi\nvà sửa"}, Question.WISH)
    assert DraftContent.from_text(kept.as_text()) == kept
    assert kept.passed == ("wish",)


def test_is_an_entry_of_another_release_dropped() -> None:
    text = '{"words":"a","colour":"red"}'
    assert DraftContent.from_text(text) == DraftContent(words="a")


def test_is_a_question_noted_once() -> None:
    twice = DraftContent().having({}, Question.WISH).having({}, Question.WISH)
    assert twice.passed == ("wish",)
    assert DraftContent().having({"words": "a"}).passed == ()


def test_is_the_kind_asked_before_anything_else() -> None:
    assert entries(DraftContent(words="a")) == {"kind"}


def test_is_a_full_draft_ready() -> None:
    assert entries(FULL) == set()


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        (CaseKind.COMPLAINT, {"words", "respondent", "name", "address", "id_no"}),
        (CaseKind.DENUNCIATION, {"words", "respondent"}),
        (CaseKind.PETITION, {"words", "name", "address"}),
        (CaseKind.REFLECTION, {"words"}),
    ],
)
def test_what_does_each_kind_need(kind: CaseKind, needed: set[str]) -> None:
    assert entries(DraftContent(kind=kind)) == needed
    assert {entry for entry in QUESTION_OF if must_be_answered(kind, entry)} == needed


def test_is_a_malformed_entry_named() -> None:
    wrong = FULL.having({"phone": "12", "email": "x", "words": "a" * 10_001})
    assert entries(wrong) == {"phone", "email", "words"}


def test_is_a_denouncer_told_news_only_after_the_warning() -> None:
    denounced = FULL.having({"kind": CaseKind.DENUNCIATION})
    assert denounced.mail_for_news == ""
    assert denounced.having({"news_despite_risk": True}).mail_for_news == "hung@example.vn"
    assert FULL.mail_for_news == "hung@example.vn"


def test_are_the_denounced_sealed_together_with_the_words() -> None:
    assert words_for_seal(FULL) == "Quyết định số 118\n\nChưa được bồi thường"
    assert words_for_seal(DraftContent(words="a")) == "a"


@pytest.mark.parametrize(
    ("kind", "field", "left_out"),
    [
        (CaseKind.COMPLAINT, CaseField.LAND, set()),
        (CaseKind.DENUNCIATION, CaseField.CORRUPTION, set()),
        (CaseKind.PETITION, CaseField.CONSTRUCTION, set()),
        (CaseKind.REFLECTION, None, {Question.RESPONDENT, Question.STANDING}),
        (CaseKind.REFLECTION, CaseField.CONSTRUCTION, {Question.RESPONDENT, Question.STANDING}),
        (CaseKind.REFLECTION, CaseField.CONDUCT, {Question.STANDING}),
    ],
)
def test_what_is_not_asked(
    kind: CaseKind, field: CaseField | None, left_out: set[Question]
) -> None:
    content = DraftContent(kind=kind, field=field)
    assert set(Question) - set(questions(content)) == left_out | {Question.PEOPLE}


def test_is_nothing_sent_that_is_not_asked_any_more() -> None:
    together = FULL.having({"standing": Standing.TOGETHER, "people": (Named("Lò Thị Măng"),)})
    assert together.as_asked() == together
    lamp = together.having({"kind": CaseKind.REFLECTION, "place": "Khe Cát"})
    asked = lamp.as_asked()
    assert (asked.respondent, asked.respondent_unit_id) == ("", None)
    assert (asked.standing, asked.people) == (Standing.ALONE, ())
    assert asked.place == "Khe Cát"
    conduct = lamp.having({"field": CaseField.CONDUCT}).as_asked()
    assert conduct.respondent == "Quyết định số 118"
    assert lamp.having({"kind": CaseKind.COMPLAINT}).as_asked().place == ""


def test_does_the_place_go_under_the_seal_with_the_words() -> None:
    assert with_place("Đèn hỏng", "Khe Cát") == "Đèn hỏng\n\nKhe Cát"
    assert with_place("Đèn hỏng", "") == "Đèn hỏng"
    assert with_place("", "Khe Cát") == "Khe Cát"
