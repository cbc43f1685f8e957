"""What the citizen is asked to put right reads as a whole, in the citizen's language."""

from datetime import date

import pytest

from citizenfeedback.documents.requests import reminder_text, request_text
from citizenfeedback.domain.vocabulary import CaseKind


def asked(kind: CaseKind = CaseKind.COMPLAINT, *lacking: str, signed: bool = True) -> str:
    return request_text(
        kind, lacking, signed=signed, number="26-4K7Q-2", unit="Sở Xây dựng", lang="vi"
    )


def test_does_an_unsigned_complaint_draw_the_invitation_to_sign() -> None:
    assert asked(signed=False).startswith("Đơn chưa có chữ ký. Mời ông/bà đến Sở Xây dựng để ký")
    assert asked(CaseKind.REFLECTION, signed=False) == ""


def test_is_everything_missing_listed() -> None:
    text = asked(CaseKind.COMPLAINT, "XLD-1", "XLD-3")
    assert "26-4K7Q-2" in text
    assert text.count("\n- ") == 2
    assert asked() == ""


def test_is_english_spoken_to_whom_filed_in_english() -> None:
    text = request_text(
        CaseKind.COMPLAINT, ("XLD-1",), signed=False, number="1", unit="the office", lang="en"
    )
    assert "not signed" in text
    assert "Not in Vietnamese" in text


@pytest.mark.parametrize(
    ("due", "said"),
    [(date(2026, 10, 15), "hết hạn ngày 15/10/2026"), (None, "chưa được xử lý")],
)
def test_is_a_unit_reminded_of_what_lies_late(due: date | None, said: str) -> None:
    text = reminder_text(
        number="26-4K7Q-2",
        unit="Sở Xây dựng",
        received_on=date(2026, 10, 1),
        due_on=due,
        today=date(2026, 11, 23),
        lang="vi",
    )
    assert text.startswith("Đơn số 26-4K7Q-2 nhận ngày 01/10/2026")
    assert said in text
    assert text.endswith("Yêu cầu Sở Xây dựng giải quyết và báo cáo kết quả.")


def test_is_a_report_on_an_unsettled_denunciation_demanded_by_its_article() -> None:
    text = reminder_text(
        number="26-4K7Q-2",
        unit="Sở Xây dựng",
        received_on=date(2026, 9, 1),
        due_on=date(2026, 10, 15),
        today=date(2026, 11, 23),
        lang="vi",
        unsettled=True,
    )
    assert "lý do chậm và trách nhiệm (Luật Tố cáo, Điều 38)" in text
