"""Correcting a visit or a leader's day, and recording that a planned day was held."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for

from citizenfeedback.documents.deadline_text import explain, term_line
from citizenfeedback.documents.formats import format_date
from citizenfeedback.documents.labels import label
from citizenfeedback.domain.access import can_at
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.receptions import VISITORS_MOST
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries.receptions import (
    ReceptionDetail,
    SittingDetail,
    reception,
    sitting,
)
from citizenfeedback.services.correcting import (
    Correction,
    correct_reception,
    correct_sitting,
    hold_sitting,
)
from citizenfeedback.web.context import actor, gateways, today
from citizenfeedback.web.desk import office, show_refusal
from citizenfeedback.web.fields import Form, NumberField, TickField
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.receptions.forms import (
    CorrectVisitForm,
    SittingForm,
    correct_sitting_form,
    correct_visit_form,
    entry_of,
    sitting_entry_of,
)
from citizenfeedback.web.receptions.room import REFUSED, WRONG, Answer, blueprint
from citizenfeedback.web.receptions.wording import change_lines


class HeldForm(Form):
    """What became of a planned day."""

    visitors = NumberField(
        _l("Số lượt người đến"),
        _l("Ghi 0 nếu không có ai đến. Ngày tiếp vẫn được tính."),
        minimum=0,
        maximum=VISITORS_MOST,
        required=_l("Nhập số lượt, ghi 0 nếu không có ai đến"),
    )
    announced = TickField(_l("Lịch tiếp đã được công bố trước"))


@blueprint.get("/<int(max=2147483647):reception_id>/correct")
@requires(Action.REGISTER_RECEPTION)
def ask_correction(reception_id: int) -> Answer:
    """The line of the book as it stands, to be put right."""
    found = _visit(reception_id)
    return _visit_form(found, correct_visit_form(found))


@blueprint.post("/<int(max=2147483647):reception_id>/correct")
@requires(Action.REGISTER_RECEPTION)
def correct_visit(reception_id: int) -> Answer:
    """Put the line right; what it said before is kept."""
    found = _visit(reception_id)
    form = correct_visit_form(None)
    if form.validate():
        competent = {"yes": True, "no": False}.get(form.competent.data)
        correction = Correction(entry_of(form), competent, form.reason.data or "")
        try:
            correct_reception(actor(), reception_id, correction, office=office())
        except NotFound:
            raise
        except RuleBroken as refused:
            show_refusal(form, refused, {})
        else:
            flash(gettext("Đã sửa lượt tiếp. Nội dung cũ được lưu lại."), "success")
            return redirect(url_for("receptions.visit", reception_id=reception_id), 303)
    return _visit_form(found, form), WRONG


@blueprint.get("/sittings/<int(max=2147483647):sitting_id>")
@requires(Action.SEE_RECEPTIONS)
def one_sitting(sitting_id: int) -> Answer:
    """One leader's day with its posting term and its corrections."""
    return _sitting_page(sitting(actor(), sitting_id, gateways().keys), HeldForm(formdata=None))


@blueprint.post("/sittings/<int(max=2147483647):sitting_id>/held")
@requires(Action.REGISTER_RECEPTION)
def record_held(sitting_id: int) -> Answer:
    """Record that the planned day was held."""
    form = HeldForm()
    found = sitting(actor(), sitting_id, gateways().keys)
    if form.validate():
        try:
            hold_sitting(
                actor(),
                sitting_id,
                visitors=form.visitors.data or 0,
                announced=bool(form.announced.data),
                office=office(),
            )
        except NotFound:
            raise
        except RuleBroken as refused:
            show_refusal(form, refused, {})
            return _sitting_page(found, form), REFUSED
        flash(gettext("Đã ghi ngày lãnh đạo tiếp."), "success")
        return redirect(url_for("receptions.one_sitting", sitting_id=sitting_id), 303)
    return _sitting_page(found, form), WRONG


@blueprint.get("/sittings/<int(max=2147483647):sitting_id>/correct")
@requires(Action.REGISTER_RECEPTION)
def ask_sitting_correction(sitting_id: int) -> Answer:
    """The leader's day as it stands, to be put right."""
    found = _sitting(sitting_id)
    return _sitting_form(found, correct_sitting_form(found.line))


@blueprint.post("/sittings/<int(max=2147483647):sitting_id>/correct")
@requires(Action.REGISTER_RECEPTION)
def correct_day(sitting_id: int) -> Answer:
    """Put the day right; what it said before is kept."""
    found = _sitting(sitting_id)
    form = correct_sitting_form(None)
    if form.validate():
        try:
            correct_sitting(
                actor(),
                sitting_id,
                sitting_entry_of(form),
                reason=form.reason.data or "",
                office=office(),
            )
        except NotFound:
            raise
        except RuleBroken as refused:
            show_refusal(form, refused, {"sitting_there_already": "held_on"})
        else:
            flash(gettext("Đã sửa ngày tiếp. Nội dung cũ được lưu lại."), "success")
            return redirect(url_for("receptions.one_sitting", sitting_id=sitting_id), 303)
    return _sitting_form(found, form), WRONG


def _visit(reception_id: int) -> ReceptionDetail:
    found = reception(actor(), reception_id)
    if not can_at(actor(), Action.REGISTER_RECEPTION, found.unit_id):
        raise NotFound("reception")
    return found


def _sitting(sitting_id: int) -> SittingDetail:
    found = sitting(actor(), sitting_id, gateways().keys)
    if not can_at(actor(), Action.REGISTER_RECEPTION, found.line.unit_id):
        raise NotFound("sitting")
    return found


def _visit_form(found: ReceptionDetail, form: CorrectVisitForm) -> str:
    return render_template("receptions/correct_visit.html", visit=found, form=form)


def _sitting_form(found: SittingDetail, form: SittingForm) -> str:
    return render_template("receptions/correct_sitting.html", line=found.line, form=form)


def _sitting_page(found: SittingDetail, form: Form) -> str:
    lang = current_language()
    steps: list[Any] = [(format_date(on, lang), text) for on, text in explain(found.post_by, lang)]
    return render_template(
        "receptions/sitting.html",
        line=found.line,
        form=form,
        kind=label(found.line.kind, lang),
        received_by=label(found.line.received_by, lang),
        post_by=found.post_by.due,
        term=term_line(found.post_by, lang),
        steps=steps,
        changes=change_lines(found.changes),
        today=today(),
        writes=can_at(actor(), Action.REGISTER_RECEPTION, found.line.unit_id),
    )
