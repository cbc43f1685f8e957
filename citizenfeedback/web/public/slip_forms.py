"""The form of the page that checks a slip: shape only."""

from __future__ import annotations

from typing import Any

from citizenfeedback.web.fields import FilesField, Form, LongTextField
from citizenfeedback.web.i18n import gettext
from citizenfeedback.web.i18n import lazy_gettext as _l

LONGEST_TEXT = 2000
LONGEST_FILE = 200_000
"""A slip is a small file, and a copy holds no more than a submission's words."""


class SlipForm(Form):
    """A slip, pasted or as a file; and the copy it speaks of, where that is asked."""

    code = LongTextField(
        _l("Mã của giấy xác nhận"),
        _l("Soi mã QR thì ô này tự điền. Hoặc dán dòng chữ dưới mã QR vào đây."),
        max_length=LONGEST_TEXT,
        rows=4,
        count=False,
        autocomplete="off",
        spellcheck=False,
    )
    slip = FilesField(
        _l("Hoặc chọn tệp giấy xác nhận"),
        _l("Tệp giay-xac-nhan.txt đã lưu khi gửi đơn."),
        accept=".txt,text/plain",
        multiple=False,
    )
    copy = FilesField(
        _l("Bản sao đơn, nếu muốn kiểm tra cả nội dung"),
        _l("Tệp ban-sao-don.txt. Chúng tôi chỉ so sánh, không giữ lại."),
        accept=".txt,text/plain",
        multiple=False,
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the two ways is needed."""
        if not super().validate(extra_validators):
            return False
        if self.code.data or self.slip.data:
            return True
        self.add_errors({"code": gettext("Dán mã hoặc chọn tệp giấy xác nhận")})
        return False
