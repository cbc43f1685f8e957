"""The forms of following a submission: shape only, the rules are elsewhere."""

from __future__ import annotations

from typing import Any

from citizenfeedback.documents.labels import label
from citizenfeedback.domain.intake import LIMITS
from citizenfeedback.domain.vocabulary import Verdict
from citizenfeedback.web.fields import ChoiceField, FilesField, Form, LongTextField, TextField
from citizenfeedback.web.i18n import current_language
from citizenfeedback.web.i18n import lazy_gettext as _l


class PlainForm(Form):
    """A form of one button: only that it was sent from our page."""


class AccessForm(Form):
    """The access code, in any spelling a hand or a phone gives it."""

    code = TextField(
        _l("Mã tra cứu"),
        _l("Mã có 16 ký tự, in trên giấy biên nhận. Ví dụ: ABCD-1234-EFGH-5678."),
        max_length=60,
        width=20,
        autocomplete="off",
        spellcheck=False,
        required=_l("Nhập mã tra cứu trên giấy biên nhận"),
    )


class MessageForm(Form):
    """A message to the office."""

    body = LongTextField(
        _l("Viết cho cơ quan"),
        _l("Ví dụ: hỏi thêm, trả lời câu cơ quan hỏi."),
        max_length=LIMITS["wish"],
        rows=4,
        required=_l("Viết nội dung tin nhắn"),
    )


class PaperForm(Form):
    """One paper or picture to add."""

    files = FilesField(
        _l("Thêm tài liệu hoặc ảnh"),
        _l("Ảnh, PDF, Word, Excel hoặc ghi âm. Vị trí chụp trong ảnh sẽ được xóa."),
        accept="image/jpeg,image/png,image/webp,application/pdf,.docx,.xlsx,.mp3,.m4a",
        multiple=False,
    )


class WithdrawalForm(Form):
    """The wish to withdraw, with or without a reason."""

    body = LongTextField(
        _l("Lý do rút đơn"),
        _l("Ông/bà không phải nêu lý do."),
        max_length=LIMITS["wish"],
        rows=3,
    )


class VerdictForm(Form):
    """What the citizen says of the result."""

    verdict = ChoiceField(
        _l("Việc của ông/bà đã được giải quyết chưa?"),
        required=_l("Chọn một câu trả lời"),
    )
    body = LongTextField(
        _l("Ông/bà muốn nói thêm gì?"),
        _l("Không bắt buộc. Ví dụ: điều gì còn chưa được giải quyết."),
        max_length=LIMITS["wish"],
        rows=3,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        lang = current_language()
        self.verdict.choices = [(one.value, label(one, lang)) for one in Verdict]


class ProofForm(Form):
    """The code that was sent to the confirmed address."""

    code = TextField(
        _l("Mã xác nhận"),
        _l("Mã có 6 chữ số, vừa gửi tới địa chỉ thư ông/bà đã xác nhận."),
        max_length=20,
        width=8,
        inputmode="numeric",
        autocomplete="one-time-code",
        required=_l("Nhập mã gồm 6 chữ số"),
    )
