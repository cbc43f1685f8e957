"""Striking out a visit that never was: the line stays in the book, with who did it and why."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for

from citizenfeedback.domain.access import can_at
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.receptions import REASON_MOST
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries.receptions import ReceptionDetail, reception
from citizenfeedback.services.correcting import strike_reception
from citizenfeedback.web.context import actor
from citizenfeedback.web.desk import office, show_refusal
from citizenfeedback.web.fields import Form, TextField
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import gettext
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.receptions.room import WRONG, Answer, blueprint


class StrikeForm(Form):
    """Why the line is struck out, or stands again."""

    reason = TextField(_l("Lý do"), required=_l("Ghi lý do."), max_length=REASON_MOST)


@blueprint.get("/<int(max=2147483647):reception_id>/strike")
@requires(Action.REGISTER_RECEPTION)
def ask_strike(reception_id: int) -> Answer:
    """Ask for the reason, and say what becomes of the line."""
    return _page(_visit(reception_id), StrikeForm(formdata=None))


@blueprint.post("/<int(max=2147483647):reception_id>/strike")
@requires(Action.REGISTER_RECEPTION)
def strike_visit(reception_id: int) -> Answer:
    """Strike the line out; one that was struck out stands again."""
    found, form = _visit(reception_id), StrikeForm()
    if not form.validate():
        return _page(found, form), WRONG
    reason = form.reason.data or ""
    try:
        strike_reception(
            actor(), reception_id, struck=not found.struck, reason=reason, office=office()
        )
    except NotFound:
        raise
    except RuleBroken as refused:
        show_refusal(form, refused, {})
        return _page(found, form), WRONG
    done = (
        gettext("Lượt tiếp được khôi phục.") if found.struck else gettext("Đã gạch bỏ lượt tiếp.")
    )
    flash(done, "success")
    return redirect(url_for("receptions.visit", reception_id=reception_id), 303)


def _visit(reception_id: int) -> ReceptionDetail:
    found = reception(actor(), reception_id)
    if not can_at(actor(), Action.REGISTER_RECEPTION, found.unit_id):
        raise NotFound("reception")
    return found


def _page(found: ReceptionDetail, form: StrikeForm) -> str:
    return render_template("receptions/strike.html", visit=found, form=form)
