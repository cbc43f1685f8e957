"""The page where a reader chooses large letters or high contrast."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from citizenfeedback.web.fields import ChoiceField, Form
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.i18n import remember
from citizenfeedback.web.shell.display import COOKIE, Display, cookie_value, current_display

blueprint = Blueprint("shell", __name__)


class DisplayForm(Form):
    """Letter size and contrast, two questions."""

    size = ChoiceField(
        _l("Cỡ chữ"),
        required=_l("Chọn cỡ chữ"),
        choices=[("usual", _l("Vừa")), ("large", _l("Lớn")), ("larger", _l("Rất lớn"))],
        default="usual",
    )
    contrast = ChoiceField(
        _l("Màu sắc"),
        required=_l("Chọn màu sắc"),
        choices=[
            ("usual", _l("Màu thường")),
            ("contrast", _l("Tương phản cao"), _l("Chữ trắng trên nền đen")),
        ],
        default="usual",
    )


def local_address(target: str) -> str:
    """An address on this site, or the front page: nobody is sent elsewhere from here."""
    parts = urlsplit(target.replace("\\", "/"))
    outside = parts.scheme or parts.netloc or not parts.path.startswith("/")
    if outside or parts.path.startswith("//") or any(ord(letter) < 32 for letter in target):
        return "/"
    return target


@blueprint.get("/display")
@anyone("everyone may choose how pages look to them")
def display() -> str:
    """Ask for letter size and contrast, as they are now."""
    now = current_display()
    form = DisplayForm(
        formdata=None,
        size="larger" if now.larger else "large" if now.large else "usual",
        contrast="contrast" if now.contrast else "usual",
    )
    back = local_address(request.args.get("next", ""))
    return render_template("shell/display.html", form=form, back=back)


@blueprint.post("/display")
@anyone("everyone may choose how pages look to them")
def choose_display() -> Response | str:
    """Remember the choice and go back to the page the reader came from.

    `toggle` is the one button of the kiosk: both choices on, or both off.
    """
    back = local_address(request.form.get("next", ""))
    if request.form.get("toggle"):
        plain = current_display() == Display()
        chosen = Display(large=plain, contrast=plain)
    else:
        form = DisplayForm()
        if not form.validate():
            return render_template("shell/display.html", form=form, back=back)
        chosen = Display(
            large=form.size.data == "large",
            larger=form.size.data == "larger",
            contrast=form.contrast.data == "contrast",
        )
    response = redirect(back, 303)
    remember(response, COOKIE, cookie_value(chosen))
    return response
