"""The forms at the door."""

from __future__ import annotations

from citizenfeedback.web.fields import ChoiceField, EmailField, Form, PasswordField
from citizenfeedback.web.i18n import lazy_gettext as _l

MOST = 200


class SignInForm(Form):
    """Address and password."""

    email = EmailField(
        _l("Địa chỉ thư điện tử"),
        required=_l("Nhập địa chỉ thư điện tử"),
        autocomplete="username",
    )
    password = PasswordField(_l("Mật khẩu"), required=_l("Nhập mật khẩu"), max_length=MOST)


class ForgottenForm(Form):
    """The address to which a link shall go."""

    email = EmailField(_l("Địa chỉ thư điện tử"), required=_l("Nhập địa chỉ thư điện tử"))


class NewPasswordForm(Form):
    """A new password, once: what one cannot see one can type again from the link."""

    password = PasswordField(
        _l("Mật khẩu mới"),
        _l("Ít nhất 10 ký tự. Một câu ngắn dễ nhớ là tốt nhất."),
        required=_l("Nhập mật khẩu mới"),
        max_length=MOST,
        autocomplete="new-password",
    )
    again = PasswordField(
        _l("Nhập lại mật khẩu mới"),
        required=_l("Nhập lại mật khẩu mới"),
        max_length=MOST,
        autocomplete="new-password",
    )

    @property
    def same(self) -> bool:
        """Whether both entries are the same."""
        return bool(self.password.data == self.again.data)


class ChangePasswordForm(NewPasswordForm):
    """The same, with the password in use."""

    before = PasswordField(
        _l("Mật khẩu hiện tại"), required=_l("Nhập mật khẩu hiện tại"), max_length=MOST
    )


class LanguageForm(Form):
    """The language of pages and mail."""

    language = ChoiceField(
        _l("Ngôn ngữ"),
        choices=[("vi", "Tiếng Việt"), ("en", "English")],
        required=_l("Chọn ngôn ngữ"),
        inline=True,
    )
