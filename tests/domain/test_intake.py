"""What a submission must contain on arrival, and which kind the answers point to."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenfeedback.domain import intake
from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.intake import (
    KIND_QUESTIONS,
    LIMITS,
    KindQuestion,
    Problem,
    Submission,
    normalise_id_no,
    normalise_phone,
    opening_summary,
    problems,
    propose_kind,
    required_fields,
)
from citizenfeedback.domain.vocabulary import CaseKind, Channel

TODAY = date(2026, 11, 23)
CALENDAR = WorkCalendar()
WHOLE = Submission(
    kind=CaseKind.COMPLAINT,
    channel=Channel.IN_PERSON,
    name="Nguyễn Văn Hùng",
    address="Khu 3, phường Hồng Gai",
    id_no="022190001234",
    phone="0912 345 678",
    email="hung@example.vn",
    summary="Bồi thường đất",
    words="Tôi không đồng ý với quyết định.",
    respondent="UBND phường",
    received_on=TODAY,
)


def found(submission: Submission) -> set[tuple[str, str]]:
    return {(problem.entry, problem.code) for problem in problems(submission, TODAY, CALENDAR)}


@pytest.mark.parametrize("kind", CaseKind)
@pytest.mark.parametrize("channel", Channel)
def test_is_what_is_required_and_given_taken_in(kind: CaseKind, channel: Channel) -> None:
    whole = replace(WHOLE, kind=kind, channel=channel)
    kiosk = channel is Channel.KIOSK and kind is CaseKind.DENUNCIATION
    assert found(whole) == ({("kind", "kiosk_takes_no_denunciation")} if kiosk else set())
    bare = Submission(kind=kind, channel=channel)
    required = {(entry, "required") for entry in required_fields(kind, channel)}
    assert required <= found(bare)


def test_may_information_about_a_breach_come_without_a_name() -> None:
    online = Submission(CaseKind.DENUNCIATION, Channel.WEB, respondent="x", words="y")
    assert found(online) == set()


def test_does_a_text_of_signs_count_as_empty() -> None:
    assert ("name", "required") in found(replace(WHOLE, name="—"))


@pytest.mark.parametrize("entry", sorted(set(LIMITS) & set(Submission.__dataclass_fields__)))
def test_is_every_entry_limited(entry: str) -> None:
    assert (entry, "too_long") in found(replace(WHOLE, **{entry: "9" * (LIMITS[entry] + 1)}))


def test_what_is_malformed() -> None:
    wrong = replace(WHOLE, id_no="12345", phone="912", email="hung@", signatories=0)
    assert found(wrong) == {
        ("id_no", "id_no_malformed"),
        ("phone", "phone_malformed"),
        ("email", "email_malformed"),
        ("signatories", "signatories_out_of_range"),
    }
    assert ("email", "email_malformed") in found(replace(WHOLE, email="a@b.vn" + "n" * 300))


def test_when_may_a_paper_be_entered_later() -> None:
    assert found(replace(WHOLE, received_on=date(2026, 11, 24))) == {
        ("received_on", "received_in_future")
    }
    late = replace(WHOLE, received_on=date(2026, 11, 13))
    assert problems(late, TODAY, CALENDAR) == (Problem("late_reason", "late_reason_required", 5),)
    assert found(replace(late, late_reason="Bưu điện chuyển chậm")) == set()
    assert found(replace(late, received_on=date(2026, 11, 16))) == set()


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("022 190 001 234", "022190001234"),
        ("100123456", "100123456"),
        ("b1234567", "B1234567"),
        ("1234", None),
        ("٠٢٢١٩٠٠٠١٢٣٤", None),
    ],
)
def test_which_identity_numbers_are_understood(typed: str, number: str | None) -> None:
    assert normalise_id_no(typed) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0912.345.678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("+84 (0)912345678", "0912345678"),
        ("+49 30 1234567", "+49301234567"),
        ("113", None),
    ],
)
def test_which_telephone_numbers_are_understood(typed: str, number: str | None) -> None:
    assert normalise_phone(typed) == number


def test_do_the_words_of_a_denouncer_never_become_the_summary() -> None:
    assert opening_summary(CaseKind.DENUNCIATION, "Tôi là Hùng") == ""
    assert opening_summary(CaseKind.PETITION, "Đèn  hỏng") == "Đèn hỏng"
    assert len(opening_summary(CaseKind.PETITION, "từ " * 500)) <= LIMITS["summary"]


@pytest.mark.parametrize("question", KIND_QUESTIONS)
def test_does_each_question_lead_to_its_kind(question: KindQuestion) -> None:
    proposal = propose_kind({question.code: True})
    assert (proposal.kind, proposal.because) == (question.kind, question.code)


def test_does_the_first_yes_decide_and_no_yes_give_a_report() -> None:
    assert propose_kind({q.code: True for q in KIND_QUESTIONS}).kind is CaseKind.COMPLAINT
    assert propose_kind({}).kind is CaseKind.REFLECTION
    assert propose_kind({}).because == intake.NONE_OF_THESE
    assert {question.kind for question in KIND_QUESTIONS} == set(CaseKind)


@given(st.text(max_size=400))
def test_does_any_text_get_an_answer_from_every_check(text: str) -> None:
    problems(
        replace(WHOLE, name=text, id_no=text, phone=text, email=text, words=text), TODAY, CALENDAR
    )
