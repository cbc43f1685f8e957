"""The blueprint of administration and what its views share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from citizenfeedback.documents.labels import error_text
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.web.fields import Form
from citizenfeedback.web.i18n import current_language, gettext

blueprint = Blueprint("admin", __name__)

Answer = Response | str | tuple[str, int]
WRONG = 422

FIELD_OF = {
    "email_invalid": "email",
    "email_taken": "email",
    "name_missing": "name",
    "roles_missing": "roles",
    "last_administrator": "roles",
    "unit_unknown": "unit",
    "point_unknown": "point",
    "languages_missing": "languages",
    "unit_below_itself": "parent",
    "code_invalid": "code",
    "code_taken": "code",
    "ends_before_start": "valid_to",
    "question_unknown": "criterion",
    "question_asked_already": "criterion",
    "closes_before_opening": "closes",
    "point_of_other_unit": "point",
}
"""At which field of a form a refusal is shown."""


def show_refusal(form: Form, error: RuleBroken) -> None:
    """Put what a rule refused beside its field, or above the form; what was typed stays."""
    if error.code == "changed_meanwhile":
        text = gettext(
            "Người khác vừa sửa mục này. Nội dung anh/chị nhập vẫn còn đây: xem lại rồi lưu lần nữa."
        )
    else:
        text = error_text(error.code, error.values, current_language())
    field = FIELD_OF.get(error.code, "")
    form.add_errors({field if field in form else "": text})


def kept(
    form: Form, keep: Callable[[], object], said: str, *, back: str, of: str = ""
) -> Response | None:
    """Keep what a form brought, say so and go to `back`; None where it must be shown again.

    `of` names the part of that address which `keep` gives back: the page of what was made.
    """
    if not form.validate():
        return None
    try:
        made = keep()
    except RuleBroken as error:
        show_refusal(form, error)
        return None
    flash(said)
    values: dict[str, Any] = {of: made} if of else {}
    return redirect(url_for(back, **values), 303)
