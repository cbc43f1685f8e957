"""Doing something with a case: one page an act, which works without scripts."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField

from citizenfeedback.documents.labels import button, error_text, state_label
from citizenfeedback.domain.access import can
from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.vocabulary import Action, CaseKind, EventKind
from citizenfeedback.domain.workflow import leads_to_end
from citizenfeedback.queries.case_head import CaseHead, case_head
from citizenfeedback.queries.case_page import events_since
from citizenfeedback.queries.letters import drafted_for, under_way
from citizenfeedback.services.acts import ACTS, perform
from citizenfeedback.services.casework import Seen
from citizenfeedback.services.handling import KeptFile, keep_paper
from citizenfeedback.web.context import actor, gateways, setting, today
from citizenfeedback.web.desk import office
from citizenfeedback.web.fields import Form
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.inbox import wording
from citizenfeedback.web.inbox.entry import keep_slip
from citizenfeedback.web.inbox.examined import examined
from citizenfeedback.web.inbox.forms import act_form, show_refusal, values_of
from citizenfeedback.web.inbox.room import REFUSED, WRONG, Answer, blueprint

MEGABYTE = 1_000_000


@blueprint.get("/cases/<number>/<action>")
@requires(Action.SEE_CASE)
def prepare(number: str, action: str) -> Answer:
    """The form of an act; one that is not lawful now is refused with what stands in its way."""
    act, head = _act(action, number)
    if act not in head.actions:
        return _refusal_page(head, act)
    return _form_page(head, act, act_form(act, head, actor(), today()))


@blueprint.post("/cases/<number>/<action>")
@requires(Action.SEE_CASE)
def do(number: str, action: str) -> Answer:
    """Do the act, or show the form again with what was typed and what is to be put right."""
    act, head = _act(action, number)
    version = _version(head)
    if act not in head.actions and version == head.version:
        return _refusal_page(head, act)
    form = act_form(act, head, actor(), today())
    if act not in head.actions:
        return _changed_page(head, act, form)
    if not form.validate():
        return _form_page(head, act, form), WRONG
    values = values_of(form, act)
    kept: KeptFile | None = None
    try:
        if "document" in values:
            kept = values["document"] = _keep(values["document"][0], head)
        done = perform(
            actor(), Seen(number, version), act, values, files=gateways().files, office=office()
        )
    except NotFound:
        raise
    except ChangedMeanwhile:
        _drop(kept)
        return _changed_page(case_head(actor(), number, today()), act, form)
    except RuleBroken as refused:
        _drop(kept)
        show_refusal(form, refused)
        return _form_page(head, act, form), REFUSED
    if done is not None:
        keep_slip(done)
        return redirect(url_for("inbox.slip"), 303)
    flash(_done_text(act), "success")
    return redirect(_onward(number, act), 303)


def _act(name: str, number: str) -> tuple[Action, CaseHead]:
    """The act and the case; one that this person has no right to do here is not found.

    A right that was lost since the page was opened (another took the case) is told as a change.
    """
    if name not in {str(action) for action in ACTS}:
        abort(404)
    act, head = Action(name), case_head(actor(), number, today())
    if not can(actor(), act, head.facts) and _version(head) == head.version:
        abort(404)
    return act, head


def _version(head: CaseHead) -> int:
    """The version that the person had before their eyes; what is no number is the newest."""
    sent = request.form.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else head.version


def _form_page(head: CaseHead, act: Action, form: Form, **more: Any) -> str:
    own = examined(act, head, actor(), today())
    return render_template(
        "inbox/act.html",
        head=head,
        action=act,
        form=form,
        entries=[field for field in form if not isinstance(field, HiddenField)],
        title=button(act, head.kind, current_language()),
        submit=_submit_text(act, head),
        ends=leads_to_end(head.facts, act),
        lawful=act in head.actions,
        hindrance=_hindrance(head, act),
        words=wording,
        state=state_label(head.state, head.kind, current_language()),
        advice=own.advice(),
        alike=own.alike if act is Action.ATTACH and act in head.actions else (),
        paper=drafted_for(actor(), head, act, today()),
        under_way=under_way(actor(), head, act),
        seals=act is Action.RECLASSIFY and head.kind is not CaseKind.DENUNCIATION,
        changes=more.get("changes", ()),
    )


def _hindrance(head: CaseHead, act: Action) -> str:
    """Why an act is not offered now, in words; nothing when it is."""
    lang = current_language()
    if act in head.actions:
        return ""
    code = dict(head.blocked).get(act)
    if code is not None:
        return error_text(code, {"action": act, "state": head.state}, lang)
    return error_text("not_allowed_here", {"action": act, "state": head.state}, lang)


def _refusal_page(head: CaseHead, act: Action) -> Answer:
    """An act that the law does not allow now: the reason, and no form."""
    page = render_template(
        "inbox/refused.html",
        head=head,
        title=button(act, head.kind, current_language()),
        refused=gettext("Bước này hiện không thực hiện được"),
        why=_hindrance(head, act),
        words=wording,
    )
    return page, REFUSED


def _changed_page(head: CaseHead, act: Action, form: Form) -> Answer:
    """What another did meanwhile; what was typed stays, and a second press does it."""
    seq = str(form["seq"].data or "")
    since = int(seq) if seq.isascii() and seq.isdigit() and len(seq) < 10 else 0
    changes = [
        wording.event_line(event)
        for event in events_since(head.id, since)
        if event.kind is not EventKind.SEALED_READ
    ]
    form["version"].data = str(head.version)
    form["seq"].data = str(head.seq)
    return _form_page(head, act, form, changes=changes), REFUSED


def _keep(upload: FileStorage, head: CaseHead) -> KeptFile:
    """Clean a paper and lay it into the store, encrypted where the case is sealed."""
    most = setting("MAX_UPLOAD_MB") * MEGABYTE
    return keep_paper(
        gateways().files,
        upload.filename or "",
        upload.stream.read(most + 1),
        sealed=head.kind is CaseKind.DENUNCIATION,
        most_bytes=most,
    )


def _drop(kept: KeptFile | None) -> None:
    """A paper whose act was refused is not kept."""
    if kept is not None:
        gateways().files.delete(kept.storage_key)


def _submit_text(act: Action, head: CaseHead) -> str:
    """What the button of the form says; an answer is only kept by it, and sent by the next step."""
    if act is Action.ANSWER:
        return gettext("Lưu câu trả lời (chưa gửi)")
    return button(act, head.kind, current_language())


def _done_text(act: Action) -> str:
    texts = {
        Action.ANSWER: gettext("Đã lưu câu trả lời. Người dân chưa nhận được cho đến khi gửi."),
        Action.NOTE: gettext("Đã thêm ghi chú."),
        Action.MESSAGE: gettext("Đã gửi tin nhắn."),
        Action.ADD_DOCUMENT: gettext("Đã thêm tài liệu."),
    }
    return texts.get(act) or gettext("Đã ghi nhận.")


def _onward(number: str, act: Action) -> str:
    """Back to the case, or to the list when it is out of sight now; from an answer to its sending."""
    try:
        head = case_head(actor(), number, today())
    except NotFound:
        return url_for("inbox.cases")
    if act is Action.ANSWER and Action.SEND in head.actions:
        return url_for("inbox.prepare", number=number, action=Action.SEND)
    return url_for("inbox.case", number=number)
