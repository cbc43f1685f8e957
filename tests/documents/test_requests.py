"""What the citizen is asked to put right reads as a whole, in the citizen's language."""

from citizenfeedback.documents.requests import request_text
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
