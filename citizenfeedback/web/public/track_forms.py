"""The forms of following a submission: shape only, the rules are elsewhere."""

from __future__ import annotations

from typing import Any

from wtforms.validators import ValidationError

from citizenfeedback.documents.labels import label
from citizenfeedback.domain.intake import LIMITS, normalise_phone
from citizenfeedback.domain.vocabulary import Verdict
from citizenfeedback.web.fields import (
    ChoiceField,
    EmailField,
    FilesField,
    Form,
    LongTextField,
    PhoneField,
    TextField,
    TickField,
)
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l

WHOLE, PART = "whole", "part"


def _access_code() -> TextField:
    """The access code, asked for in the same words when a case is opened and once more later."""
    return TextField(
        _l("Mã tra cứu"),
        _l("Mã có 16 ký tự, in trên giấy biên nhận. Ví dụ: ABCD-1234-EFGH-5678."),
        max_length=60,
        width=20,
        autocomplete="off",
        spellcheck=False,
        required=_l("Nhập mã tra cứu trên giấy biên nhận"),
    )


def _proof_code() -> TextField:
    """The second proof, asked for in the same words the first time and once more later."""
    return TextField(
        _l("Mã xác nhận"),
        _l("Mã có 6 chữ số, vừa gửi cho ông/bà."),
        max_length=20,
        width=8,
        inputmode="numeric",
        autocomplete="one-time-code",
        required=_l("Nhập mã gồm 6 chữ số"),
    )


class PlainForm(Form):
    """A form of one button: only that it was sent from our page."""


class AccessForm(Form):
    """The access code, in any spelling a hand or a phone gives it."""

    code = _access_code()


class AgainForm(Form):
    """The access code once more, for what was written before the case closed by itself."""

    again_code = _access_code()


class ProofAgainForm(Form):
    """The second proof once more, for what was written before the case closed by itself."""

    again_digits = _proof_code()


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
        accept="image/jpeg,image/png,image/webp,application/pdf,.docx,.xlsx,audio/*,.mp3,.m4a,.ogg,.opus,.webm,.amr,.3gp",
        multiple=False,
    )


class WithdrawalForm(Form):
    """The wish to withdraw, with or without a reason; in part where the law knows that."""

    scope = ChoiceField(_l("Ông/bà muốn rút gì?"), required=_l("Chọn rút toàn bộ hay một phần"))
    part = LongTextField(
        _l("Phần muốn rút"),
        _l("Chỉ ghi khi rút một phần. Các yêu cầu khác vẫn được giải quyết."),
        max_length=LIMITS["wish"],
        rows=3,
    )
    body = LongTextField(
        _l("Lý do rút đơn"),
        _l("Ông/bà không phải nêu lý do."),
        max_length=LIMITS["wish"],
        rows=3,
    )

    def __init__(self, *args: Any, in_part: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if in_part:
            self.scope.choices = [
                (WHOLE, gettext("Rút toàn bộ đơn")),
                (PART, gettext("Rút một phần đơn")),
            ]
        else:
            del self.scope
            del self.part

    @property
    def partly(self) -> bool:
        """Whether only a part is to be withdrawn."""
        return "scope" in self and self.scope.data == PART

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a part that is not named."""
        right = bool(super().validate(extra_validators))
        if self.partly and not (self.part.data or "").strip():
            self.add_errors({"part": gettext("Ghi phần muốn rút")})
            return False
        return right

    def text(self) -> str:
        """What is written to the office: the part with the reason, or the reason."""
        parts = [self.part.data if self.partly else "", self.body.data]
        return "\n\n".join(part for part in parts if part)


class NewsForm(Form):
    """The address for news; a denouncer agrees to the risk first."""

    email = EmailField(
        _l("Địa chỉ email để nhận tin"),
        _l("Thư chỉ báo có tin mới, không ghi nội dung đơn hay mã tra cứu."),
        max_length=LIMITS["email"],
        required=_l("Nhập địa chỉ email"),
    )
    risk = TickField(_l("Tôi vẫn muốn nhận tin qua email"))

    def __init__(self, *args: Any, sealed: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sealed = sealed
        if not sealed:
            del self.risk

    def validate_email(self, _field: EmailField) -> None:
        """Refuse a denouncer's address without the tick."""
        if self.sealed and not self.risk.data:
            raise ValidationError(gettext("Đánh dấu đồng ý bên dưới, hoặc xóa địa chỉ email"))


class NumberForm(Form):
    """The telephone number for news by text message; a denouncer agrees to the risk first."""

    phone = TextField(
        _l("Số điện thoại để nhận tin"),
        _l("Tin nhắn chỉ báo có tin mới, không ghi số đơn hay nội dung."),
        max_length=LIMITS["phone"],
        width=20,
        inputmode="tel",
        autocomplete="tel",
        required=_l("Nhập số điện thoại"),
    )
    sms_risk = TickField(_l("Tôi vẫn muốn nhận tin nhắn"))

    def __init__(self, *args: Any, sealed: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sealed = sealed
        if not sealed:
            del self.sms_risk

    def validate_phone(self, field: TextField) -> None:
        """A number of this country; a denouncer's only with the tick."""
        number = normalise_phone(field.data or "")
        if number is None:
            raise ValidationError(gettext("Nhập số điện thoại 10 chữ số, ví dụ 0912 345 678"))
        if self.sealed and not self.sms_risk.data:
            raise ValidationError(gettext("Đánh dấu đồng ý bên dưới, hoặc xóa số điện thoại"))
        field.data = number


class VerdictForm(Form):
    """What the citizen says of the result."""

    verdict = ChoiceField(
        _l("Việc của ông/bà đã được giải quyết chưa?"),
        required=_l("Chọn một câu trả lời"),
    )
    body = LongTextField(
        _l("Ông/bà muốn nói thêm gì?"),
        _l("Ví dụ: điều gì còn chưa được giải quyết."),
        max_length=LIMITS["wish"],
        rows=3,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        lang = current_language()
        self.verdict.choices = [(one.value, label(one, lang)) for one in Verdict]


class ContactForm(Form):
    """How the office reaches the sender; blank is not at all."""

    phone = PhoneField(_l("Số điện thoại"), _l("Để trống nếu không muốn cơ quan gọi."))
    email = EmailField(
        _l("Thư điện tử"),
        _l("Chỉ để cơ quan liên hệ. Nơi nhận báo tin được đổi ở trang báo tin."),
        max_length=LIMITS["email"],
    )
    address = TextField(
        _l("Địa chỉ"),
        _l("Văn bản gửi ông/bà được gửi tới đây."),
        max_length=LIMITS["address"],
        autocomplete="street-address",
    )


class DataCorrectionForm(Form):
    """What the office should put right, in the sender's words."""

    words = LongTextField(
        _l("Viết lại cho đúng"),
        _l("Có giấy tờ cho thấy điều đó thì nói là giấy gì."),
        max_length=LIMITS["wish"],
        rows=4,
        required=_l("Viết nội dung đúng để cơ quan sửa"),
    )


class DataErasureForm(Form):
    """What the office should erase, in the sender's words."""

    words = LongTextField(
        _l("Ông/bà muốn xóa gì?"),
        _l("Ví dụ: ảnh gửi nhầm, giấy tờ của người khác."),
        max_length=LIMITS["wish"],
        rows=4,
    )


class ProofForm(Form):
    """The code that was sent to an address or a number."""

    code = _proof_code()
