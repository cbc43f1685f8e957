"""Who was not received: the list with the notices due, one refusal, and its written notice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from citizenfeedback.documents.deadline_text import explain, term_line
from citizenfeedback.documents.formats import format_date
from citizenfeedback.documents.labels import label
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.letters import LetterStep
from citizenfeedback.domain.vocabulary import Action, LetterState
from citizenfeedback.queries.receptions import Cursor, units_below, units_for
from citizenfeedback.queries.refusals import RefusalDetail, refusal, refusals_page
from citizenfeedback.services.refusing import (
    SeenNotice,
    approve_notice,
    cancel_notice,
    draft_notice,
    edit_notice,
    issue_notice,
    notice_paper,
    record_refusal,
    send_notice,
    send_notice_back,
    submit_notice,
)
from citizenfeedback.web.context import actor, gateways, today
from citizenfeedback.web.desk import office, show_refusal
from citizenfeedback.web.fields import Form
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.receptions.refusal_forms import (
    SECTION_FIELDS,
    ReasonForm,
    notice_form,
    refusal_form,
    refusal_of,
    sending_form,
    sending_of,
)
from citizenfeedback.web.receptions.room import (
    REFUSED,
    WRONG,
    Answer,
    asked,
    blueprint,
    further,
    may,
    number,
    tabs,
)
from citizenfeedback.web.signing import signing_of

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@blueprint.get("/refusals")
@requires(Action.SEE_RECEPTIONS)
def refusals() -> str:
    """One page of refusals; before it the notices that are due or overdue."""
    wanted = asked()
    page = refusals_page(
        actor(),
        Cursor.read(request.args.get("at", "")),
        unit_ids=None if wanted.unit_id is None else units_below(actor(), wanted.unit_id),
        first=wanted.first,
        last=wanted.last,
    )
    return render_template(
        "receptions/refusals.html",
        page=page,
        asked=wanted,
        units=units_for(actor(), Action.SEE_RECEPTIONS),
        tabs=tabs("refusals"),
        number=number,
        today=today(),
        states=_states(),
        next=further("receptions.refusals", page.next),
        registers=may(Action.REGISTER_RECEPTION),
    )


@blueprint.get("/refusals/new")
@requires(Action.REGISTER_RECEPTION)
def new_refusal() -> Answer:
    """Ask who was not received, and on which ground."""
    return render_template("receptions/new_refusal.html", form=refusal_form())


@blueprint.post("/refusals/new")
@requires(Action.REGISTER_RECEPTION)
def enter_refusal() -> Answer:
    """Write the refusal down."""
    form = refusal_form()
    if form.validate():
        try:
            made = record_refusal(actor(), *refusal_of(form), office=office())
        except RuleBroken as refused:
            show_refusal(form, refused, {})
        else:
            flash(gettext("Đã ghi việc từ chối tiếp."), "success")
            return redirect(url_for("receptions.one_refusal", refusal_id=made), 303)
    return render_template("receptions/new_refusal.html", form=form), WRONG


@blueprint.get("/refusals/<int(max=2147483647):refusal_id>")
@requires(Action.SEE_RECEPTIONS)
def one_refusal(refusal_id: int) -> Answer:
    """One refusal with its term and its notice."""
    return _page(refusal_id)


@blueprint.post("/refusals/<int(max=2147483647):refusal_id>/notice")
@requires(Action.REGISTER_RECEPTION)
def draft_refusal_notice(refusal_id: int) -> Answer:
    """Draft the written notice."""
    return _done(
        refusal_id,
        Form(),
        lambda: draft_notice(actor(), refusal_id, office=office()),
        gettext("Đã soạn dự thảo thông báo."),
    )


@blueprint.get("/refusals/<int(max=2147483647):refusal_id>/notice/edit")
@requires(Action.REGISTER_RECEPTION)
def ask_notice_text(refusal_id: int) -> Answer:
    """The text of the notice, to be worked over."""
    found = refusal(actor(), refusal_id, gateways().keys)
    if found.notice is None or LetterStep.EDIT not in found.notice.steps:
        raise NotFound("notice")
    return _text_page(found, notice_form(found.notice, as_kept=True))


@blueprint.post("/refusals/<int(max=2147483647):refusal_id>/notice/edit")
@requires(Action.REGISTER_RECEPTION)
def keep_notice_text(refusal_id: int) -> Answer:
    """Keep the text."""
    found = refusal(actor(), refusal_id, gateways().keys)
    if found.notice is None:
        raise NotFound("notice")
    form = notice_form(found.notice)
    if form.validate():
        sections = {name: form[name].data or "" for name in SECTION_FIELDS}
        signing = signing_of(form, found.notice.signing)
        try:
            edit_notice(actor(), _seen(refusal_id), sections, signing=signing, office=office())
        except NotFound:
            raise
        except RuleBroken as refused:
            show_refusal(form, refused, {"signature_incomplete": "sign_own"})
        else:
            flash(gettext("Đã lưu văn bản."), "success")
            return redirect(url_for("receptions.one_refusal", refusal_id=refusal_id), 303)
    return _text_page(found, form), WRONG


@blueprint.post("/refusals/<int(max=2147483647):refusal_id>/notice/submit")
@requires(Action.REGISTER_RECEPTION)
def lay_notice_before(refusal_id: int) -> Answer:
    """Lay the notice before the leader."""
    return _done(
        refusal_id,
        Form(),
        lambda: submit_notice(actor(), _seen(refusal_id), office=office()),
        gettext("Đã trình lãnh đạo."),
    )


@blueprint.post("/refusals/<int(max=2147483647):refusal_id>/notice/approve")
@requires(Action.SIGN_REFUSAL)
def approve_refusal_notice(refusal_id: int) -> Answer:
    """Approve the notice."""
    return _done(
        refusal_id,
        Form(),
        lambda: approve_notice(actor(), _seen(refusal_id), office=office()),
        gettext("Đã duyệt thông báo."),
    )


@blueprint.post("/refusals/<int(max=2147483647):refusal_id>/notice/issue")
@requires(Action.SIGN_REFUSAL)
def issue_refusal_notice(refusal_id: int) -> Answer:
    """Issue the notice under the next number."""
    return _done(
        refusal_id,
        Form(),
        lambda: issue_notice(actor(), _seen(refusal_id), files=gateways().files, office=office()),
        gettext("Đã ban hành thông báo."),
    )


@blueprint.post("/refusals/<int(max=2147483647):refusal_id>/notice/back")
@requires(Action.SIGN_REFUSAL)
def give_notice_back(refusal_id: int) -> Answer:
    """Give the notice back to be worked over."""
    form = ReasonForm()
    return _done(
        refusal_id,
        form,
        lambda: send_notice_back(
            actor(), _seen(refusal_id), form.reason.data or "", office=office()
        ),
        gettext("Đã trả lại để sửa."),
        place="back",
    )


@blueprint.post("/refusals/<int(max=2147483647):refusal_id>/notice/cancel")
@requires(Action.REGISTER_RECEPTION)
def cancel_refusal_notice(refusal_id: int) -> Answer:
    """Cancel the notice."""
    form = ReasonForm()
    return _done(
        refusal_id,
        form,
        lambda: cancel_notice(actor(), _seen(refusal_id), form.reason.data or "", office=office()),
        gettext("Đã hủy thông báo."),
        place="cancel",
    )


@blueprint.post("/refusals/<int(max=2147483647):refusal_id>/notice/send")
@requires(Action.REGISTER_RECEPTION)
def send_refusal_notice(refusal_id: int) -> Answer:
    """Record that the notice went out."""
    form = sending_form()
    return _done(
        refusal_id,
        form,
        lambda: send_notice(actor(), _seen(refusal_id), sending_of(form), office=office()),
        gettext("Đã ghi việc gửi thông báo."),
        place="send",
    )


@blueprint.get("/refusals/<int(max=2147483647):refusal_id>/notice.<any(pdf,docx):form_of>")
@requires(Action.REGISTER_RECEPTION)
def refusal_notice_paper(refusal_id: int, form_of: str) -> Response:
    """The notice as a file; a draft has its watermark."""
    content = notice_paper(actor(), refusal_id, form_of, files=gateways().files, office=office())
    answer = Response(content, mimetype=TYPES[form_of])
    answer.headers["Content-Disposition"] = f"attachment; filename=thong-bao.{form_of}"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _seen(refusal_id: int) -> SeenNotice:
    text = request.form.get("version", "")
    shaped = text.isascii() and text.isdigit() and len(text) < 10
    return SeenNotice(refusal_id, int(text) if shaped else 0)


def _done(
    refusal_id: int, form: Form, act: Callable[[], object], told: str, *, place: str = ""
) -> Answer:
    """Do one act on a notice and go back to it; what a rule refuses is said on the page."""
    if form.validate():
        try:
            act()
        except NotFound:
            raise
        except RuleBroken as refused:
            show_refusal(form, refused, {})
            return _page(refusal_id, form, place), REFUSED
        flash(told, "success")
        return redirect(url_for("receptions.one_refusal", refusal_id=refusal_id), 303)
    return _page(refusal_id, form, place), WRONG


def _page(refusal_id: int, form: Form | None = None, place: str = "") -> str:
    lang = current_language()
    found = refusal(actor(), refusal_id, gateways().keys)
    forms: dict[str, Any] = {
        "back": ReasonForm(formdata=None, prefix=""),
        "cancel": ReasonForm(formdata=None, prefix=""),
        "send": sending_form(),
    }
    if place and form is not None:
        forms[place] = form
    return render_template(
        "receptions/refusal.html",
        refusal=found,
        line=found.line,
        notice=found.notice,
        form=form or Form(formdata=None),
        forms=forms,
        steps={step.value for step in found.notice.steps} if found.notice else set(),
        kind=label(found.kind, lang),
        states=_states(),
        way=label(found.notice.way, lang) if found.notice and found.notice.way else "",
        term=term_line(found.term, lang) if found.term else "",
        steps_of_term=[(format_date(on, lang), text) for on, text in explain(found.term, lang)]
        if found.term
        else [],
        late=found.line.late(today()),
        issued=found.notice is not None and found.notice.state is LetterState.ISSUED,
    )


def _text_page(found: RefusalDetail, form: Form) -> str:
    if found.notice is None:
        raise NotFound("notice")
    version = request.form.get("version", "") or str(found.notice.version)
    return render_template(
        "receptions/notice_text.html", line=found.line, form=form, version=version
    )


def _states() -> dict[LetterState, str]:
    return {state: label(state, current_language()) for state in LetterState}
