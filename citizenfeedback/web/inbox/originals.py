"""Reading what is sealed: by POST, with a reason, logged before anything is shown."""

from __future__ import annotations

from flask import Response, render_template, request

from citizenfeedback.documents.labels import error_text
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries.case_head import case_head
from citizenfeedback.services.casework import Seen
from citizenfeedback.services.unsealing import read_sealed, read_sealed_file
from citizenfeedback.web.context import actor, gateways, today
from citizenfeedback.web.desk import office
from citizenfeedback.web.fields import Form, LongTextField
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.inbox import wording
from citizenfeedback.web.inbox.cases import download
from citizenfeedback.web.inbox.room import REFUSED, WRONG, Answer, blueprint


class ReasonForm(Form):
    """Why the original must be read."""

    reason = LongTextField(
        _l("Lý do đọc bản gốc"),
        _l("Tên ông/bà, thời điểm và lý do được ghi lại vĩnh viễn trước khi mở."),
        required=_l("Ghi lý do cần đọc bản gốc"),
        max_length=500,
        rows=3,
    )


@blueprint.get("/cases/<number>/original")
@requires(Action.READ_SEALED)
def ask_original(number: str) -> Answer:
    """Ask for the reason; nothing is opened by looking here."""
    return _ask(number, ReasonForm())


@blueprint.post("/cases/<number>/original")
@requires(Action.READ_SEALED)
def original(number: str) -> Answer:
    """Log the reading, then show what the denouncer handed in."""
    form = ReasonForm()
    if not form.validate():
        return _ask(number, form), WRONG
    reason = str(form.reason.data)
    try:
        opened = read_sealed(actor(), Seen(number), reason=reason, office=office())
    except NotFound:
        raise
    except RuleBroken as refused:
        form.add_errors({"reason": error_text(refused.code, refused.values, current_language())})
        return _ask(number, form), REFUSED
    return render_template(
        "inbox/original.html", original=opened, reason=reason, words=wording, number=number
    )


@blueprint.post("/cases/<number>/original/<int:paper>")
@requires(Action.READ_SEALED)
def original_paper(number: str, paper: int) -> Response:
    """Log the reading of one sealed paper, then hand it out."""
    if paper >= 2**31:
        raise NotFound("attachment")
    opened = read_sealed_file(
        actor(),
        Seen(number),
        paper,
        reason=request.form.get("reason", "")[:500],
        files=gateways().files,
        office=office(),
    )
    return download(opened.content, opened.name, opened.media_type)


def _ask(number: str, form: ReasonForm) -> str:
    head = case_head(actor(), number, today())
    if not head.may_unseal:
        raise NotFound
    return render_template("inbox/ask_original.html", head=head, form=form, words=wording)
