"""The receipt: when, where, what next and by when, and what is still to be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from citizenfeedback.documents.receipt import receipt
from citizenfeedback.domain.deadlines import case_deadline, deadline
from citizenfeedback.domain.drafts import ReceiptFacts
from citizenfeedback.domain.law.days import shipped_calendar
from citizenfeedback.domain.vocabulary import CaseKind, ClockKind, Complexity, Instance

CALENDAR = shipped_calendar()
TODAY = date(2026, 11, 23)
COMPLAINT = ReceiptFacts(
    number="26-4K7Q-2",
    access_code="JPPC-43YR-3XA2-NJHZ",
    kind=CaseKind.COMPLAINT,
    formal=True,
    signed=False,
    registered_at=datetime(2026, 11, 23, 5, 0, tzinfo=UTC),
    unit_code="SXD",
    unit_name="Sở Xây dựng",
    unit_name_en="Department of Construction",
    unit_address="Đường 25/4",
    unit_hours="Thứ Hai đến thứ Sáu",
    clock=ClockKind.ACCEPTANCE,
    explanation=deadline("KN-03", TODAY, CALENDAR),
)
DENUNCIATION = replace(
    COMPLAINT, kind=CaseKind.DENUNCIATION, formal=False, clock=None, explanation=None
)
PETITION = replace(
    COMPLAINT,
    kind=CaseKind.PETITION,
    signed=True,
    explanation=case_deadline(
        CaseKind.PETITION, Instance.FIRST, Complexity.NORMAL, False, TODAY, None, 0, CALENDAR
    ),
)


def test_does_a_complaint_say_by_when_and_how_to_sign() -> None:
    told = receipt(COMPLAINT, "vi")
    assert told.filed == "23/11/2026 12:00"
    assert told.term is not None
    assert told.term.due == "Thứ Tư 02/12/2026"
    assert "điều 27" in told.term.basis.lower()
    assert told.next_steps[1][0] == "Chậm nhất 02/12/2026"
    assert told.completion is not None
    assert told.completion.title == "Ông/bà cần ký đơn"
    assert len(told.completion.ways) == 3
    assert "Đường 25/4" in told.completion.ways[0]
    assert "26-4K7Q-2" in told.completion.ways[1]


def test_is_every_day_that_was_skipped_named() -> None:
    told = receipt(COMPLAINT, "vi")
    assert told.term is not None
    days = {day for day, _ in told.term.steps}
    assert {TODAY, date(2026, 11, 24), date(2026, 11, 28), date(2026, 12, 2)} <= days


def test_does_an_online_denunciation_say_it_is_information() -> None:
    told = receipt(DENUNCIATION, "vi")
    assert told.term is None
    assert told.completion is not None
    assert "chưa phải đơn tố cáo" in told.completion.title
    then = told.next_steps[1][1]
    assert "7 ngày làm việc" in then
    assert "chưa có thời hạn giải quyết tố cáo" in then
    assert "xem xét thông tin này trong 45 ngày (Nghị định 154/2026, điều 41)" in then
    assert "within 45 days" in receipt(DENUNCIATION, "en").next_steps[1][1]


def test_does_a_petition_rest_on_the_standard_of_the_office() -> None:
    told = receipt(PETITION, "vi")
    assert told.completion is None
    assert told.term is not None
    assert "tiêu chuẩn phục vụ" in told.term.basis


def test_is_the_office_named_in_the_language_asked_for() -> None:
    assert receipt(COMPLAINT, "en").office == "Department of Construction"
    bare = replace(COMPLAINT, unit_name_en="", unit_address="")
    assert receipt(bare, "en").office == "Sở Xây dựng"


@pytest.mark.parametrize("facts", [COMPLAINT, DENUNCIATION, PETITION])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_is_no_sentence_longer_than_twenty_words(facts: ReceiptFacts, lang: str) -> None:
    told = receipt(facts, lang)
    texts = [text for _, text in told.next_steps]
    if told.completion:
        texts += [*told.completion.why, *told.completion.ways]
    for text in texts:
        for sentence in text.split(". "):
            assert len(sentence.split()) <= 20, sentence
