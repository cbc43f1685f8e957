"""Filing a submission: one question a page, nothing typed is lost, one press makes one case."""

from __future__ import annotations

from flask import (
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from citizenfeedback.documents.formats import format_time
from citizenfeedback.documents.labels import error_text
from citizenfeedback.documents.receipt import code_picture, receipt
from citizenfeedback.domain.drafts import DraftContent, Question
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.intake import KIND_QUESTIONS, normalise_code, propose_kind
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import CaseKind
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.drafts import OpenDraft, Sent, draft_in, receipt_facts
from citizenfeedback.services import intake, resuming
from citizenfeedback.web.context import gateways, now, setting, today
from citizenfeedback.web.errors import word_http
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.limits import limited
from citizenfeedback.web.public import drafting, filing_pages, sending
from citizenfeedback.web.public.drafting import AlreadySent, NoDraft, open_draft, sent_draft
from citizenfeedback.web.public.forms import CodeForm, ResumeForm
from citizenfeedback.web.public.room import blueprint

WHY = "anyone may file, without an account and without giving a name"
TEN_MINUTES = 600
"""The bounds below are wide: a whole ward may share one address (`sending.py`)."""
MOST_AT_ONCE = 20
PAGE = f"{drafting.PATH}/<any(words,wish,field,respondent,office,standing,you):question>"


@blueprint.get(drafting.PATH)
@anyone(WHY)
def file_start() -> str:
    """Ask the everyday question that finds the kind; goes on with a draft that is there."""
    return filing_pages.kind_page()


@blueprint.post(drafting.PATH)
@anyone(WHY)
@limited("draft", 1000, TEN_MINUTES)
def choose_kind() -> AnyResponse:
    """Keep the kind, known or found by the everyday question; the draft begins here."""
    kind = _chosen_kind()
    if kind is None:
        error = gettext("Chọn câu gần nhất với ý ông/bà")
        return make_response(filing_pages.kind_page(error), 422)
    then = "check" if filing_pages.to_check() else None
    response = make_response(redirect(url_for("public.kind_meaning", then=then), 303))
    token = _keep_kind(kind)
    stays = drafting.STAYS in request.cookies and token == drafting.own_token()
    drafting.remember(response, token, kind, asked=stays)
    return response


@blueprint.get(f"{drafting.PATH}/meaning")
@anyone(WHY)
def kind_meaning() -> str:
    """Say what the kind means for name, readers and term, before the first field."""
    draft = open_draft()
    if draft.content.kind is None:
        raise NoDraft
    return filing_pages.meaning_page(draft, draft.content.kind)


@blueprint.get(PAGE)
@anyone(WHY)
def file_question(question: str) -> str:
    """One question, filled in as far as it was answered."""
    draft, asked = open_draft(), Question(question)
    return filing_pages.question_page(asked, draft, filing_pages.filled_form(asked, draft))


@blueprint.post(PAGE)
@anyone(WHY)
@limited("draft-save", 20_000, TEN_MINUTES)
def save_question(question: str) -> AnyResponse:
    """Keep what was typed, right or wrong, and lead on where it is right."""
    draft, asked = open_draft(), Question(question)
    form = filing_pages.sent_form(asked, draft)
    going = filing_pages.direction(asked, draft, form)
    right = going == "next" and filing_pages.answers_right(asked, draft, form)
    changes = filing_pages.changes(form)
    intake.save_draft(drafting.box(), changes, asked if right else None, now=now())
    if going == "keep":
        return make_response({"saved": format_time(now())})
    if going == "next" and not right:
        return make_response(filing_pages.question_page(asked, draft, form), 422)
    if asked in (Question.STANDING, Question.FIELD):
        drafting.reopened()  # the answer decides what is asked next
    return redirect(filing_pages.onward(asked, going), 303)


@blueprint.get(f"{drafting.PATH}/files")
@anyone(WHY)
def file_papers() -> str:
    """The files sent so far and a box for more."""
    return filing_pages.files_page(open_draft())


@blueprint.post(f"{drafting.PATH}/files")
@anyone(WHY)
@limited("draft-files", 3000, TEN_MINUTES)
def save_papers() -> AnyResponse:
    """Add each file that can be kept and name each that cannot; take one out; or lead on."""
    open_draft()
    going = request.form.get("go", "next")
    removed = request.form.get("remove", "")
    if removed.isascii() and removed.isdigit() and len(removed) < 10:
        intake.remove_file(drafting.box(), gateways().files, int(removed), now=now())
        going = "add"
    refused = _add_papers()
    passed = Question.FILES if going == "next" and not refused else None
    intake.save_draft(drafting.box(), {}, passed, now=now())
    if refused:
        return make_response(filing_pages.files_page(drafting.reopened(), refused), 422)
    return redirect(filing_pages.onward(Question.FILES, going), 303)


@blueprint.get(f"{drafting.PATH}/people")
@anyone(WHY)
def file_people() -> str:
    """Those who sign too with a form for one more, or who was authorised."""
    draft = open_draft()
    return filing_pages.people_page(draft, filing_pages.people_form(draft, sent=False))


@blueprint.post(f"{drafting.PATH}/people")
@anyone(WHY)
@limited("draft-save", 20_000, TEN_MINUTES)
def save_people() -> AnyResponse:
    """Add one person or take one out, keep the paper of an authorisation; or lead on."""
    draft = open_draft()
    form = filing_pages.people_form(draft, sent=True)
    going = "add" if "remove" in request.form else request.form.get("go", "next")
    refused = _add_papers()
    shaped = going == "back" or "remove" in request.form or form.validate()
    changes = filing_pages.people_changes(draft, form) if shaped else form.changes()
    intake.save_draft(drafting.box(), changes, now=now())
    draft = drafting.reopened()
    right = shaped and not refused
    if right and going == "next":
        # Whoever was typed is kept by now: their fields are shown empty again.
        form = filing_pages.people_form(draft, sent=False)
        right = filing_pages.people_right(draft, form)
    if not right and going != "back":
        return make_response(filing_pages.people_page(draft, form, refused), 422)
    if going == "next":
        intake.save_draft(drafting.box(), {}, Question.PEOPLE, now=now())
    return redirect(filing_pages.onward(Question.PEOPLE, going), 303)


@blueprint.get(f"{drafting.PATH}/save")
@anyone(WHY)
def save_for_later() -> str:
    """Say how one may come back later: with a code, or on this device."""
    draft = open_draft()
    onward = drafting.resume_at(draft.content)
    return render_template("public/file/save.html", draft=draft, code="", onward=onward)


@blueprint.post(f"{drafting.PATH}/save")
@anyone(WHY)
@limited("draft-code", 1000, TEN_MINUTES)
def keep_for_later() -> AnyResponse | str:
    """Give a code to come back with, shown once; or keep the token on this device when asked."""
    draft = open_draft()
    onward = drafting.resume_at(draft.content)
    if request.form.get("go") == "device" and draft.content.kind is not CaseKind.DENUNCIATION:
        response = make_response(redirect(onward, 303))
        drafting.remember(response, drafting.own_token(), draft.content.kind, asked=True)
        flash(gettext("Máy này giữ đơn viết dở trong 24 giờ."), "success")
        return response
    days = setting("DRAFT_CODE_DAYS")
    code = resuming.keep_for_later(gateways().keys, drafting.own_token(), days=days, now=now())
    return render_template(
        "public/file/save.html", draft=drafting.reopened(), code=code, onward=onward
    )


@blueprint.get(f"{drafting.PATH}/resume")
@anyone(WHY)
def resume_draft() -> str:
    """Ask for the code of a draft kept for later, or begun on another screen."""
    return render_template("public/file/resume.html", form=ResumeForm(formdata=None))


@blueprint.post(f"{drafting.PATH}/resume")
@anyone("whoever holds the code of a draft may go on writing it; it opens nothing else")
@limited("draft-resume", 600, TEN_MINUTES)
def open_kept_draft() -> AnyResponse | str:
    """Open the draft of a code in this browser; wrong, used and old codes get the same answer."""
    form = ResumeForm()
    token = ""
    if form.validate():
        try:
            token = resuming.open_with(gateways().keys, form.code.data, now=now())
        except NotFound:
            form.add_errors({"code": gettext("Mã này không mở được đơn nào. Xem lại từng chữ.")})
    draft = draft_in(gateways().keys.box("draft", token), now=now()) if token else None
    if not isinstance(draft, OpenDraft):
        return make_response(render_template("public/file/resume.html", form=form), 422)
    response = make_response(redirect(drafting.resume_at(draft.content), 303))
    drafting.remember(response, token)
    return response


@blueprint.get(f"{drafting.PATH}/check")
@anyone(WHY)
def check_answers() -> str:
    """Show everything once more, with a way to change each answer."""
    return filing_pages.check_page(open_draft())


@blueprint.post(f"{drafting.PATH}/check")
@anyone(WHY)
def send() -> AnyResponse:
    """Send: one case, whose numbers are shown next; a second press finds the same case."""
    proved = sending.proved()
    sending.count(with_proof=proved)
    try:
        intake.file_case(
            drafting.box(),
            intake.Filing(
                gateways().keys,
                gateways().files,
                work_calendar(),
                Policy.from_values(current_app.config),
                current_language(),
                proved,
            ),
            today=today(),
            now=now(),
        )
    except NotFound:
        raise NoDraft from None
    except RuleBroken as refused:
        wrong = filing_pages.to_put_right(refused)
        return make_response(filing_pages.check_page(open_draft(), wrong), 422)
    return redirect(url_for("public.access_code"), 303)


@blueprint.get(f"{drafting.PATH}/code")
@anyone("only the browser that sent the submission holds the token that opens this")
def access_code() -> str:
    """Show the two numbers; they can be seen again for half an hour in this browser."""
    return _code_page(sent_draft())


@blueprint.get(f"{drafting.PATH}/code-check")
@anyone("only the browser that sent the submission holds the token that opens this")
def code_check() -> str:
    """Ask the code back, so that nobody leaves without it."""
    sent_draft()
    return render_template("public/file/code_check.html", form=CodeForm(formdata=None))


@blueprint.post(f"{drafting.PATH}/code-check")
@anyone("only the browser that sent the submission holds the token that opens this")
@limited("code-check", 3000, TEN_MINUTES)
def check_code() -> AnyResponse | str:
    """Go on to the receipt with the right code; show it again, kindly, with another one."""
    sent = sent_draft()
    form = CodeForm()
    if not form.validate():
        return make_response(render_template("public/file/code_check.html", form=form), 422)
    if normalise_code(form.code.data) == sent.access_code:
        return redirect(url_for("public.filing_receipt"), 303)
    return _code_page(sent, missed=True)


@blueprint.get(f"{drafting.PATH}/receipt")
@anyone("only the browser that sent the submission holds the token that opens this")
def filing_receipt() -> str:
    """The receipt: what was filed when, what happens next and by when, what is still to be done."""
    facts = receipt_facts(sent_draft())
    return render_template(
        "public/file/receipt.html",
        facts=facts,
        receipt=receipt(facts, current_language()),
        sealed=facts.kind is CaseKind.DENUNCIATION,
        code=code_picture(setting("PUBLIC_URL"), facts.access_code, current_language()),
    )


@blueprint.post(f"{drafting.PATH}/done")
@anyone("only the browser that sent the submission holds the token that opens this")
@limited("draft-save", 20_000, TEN_MINUTES)
def finish() -> AnyResponse:
    """Forget the numbers in this browser and go home."""
    response = drafting.wipe(redirect(url_for("public.home"), 303))
    flash(gettext("Đã xóa khỏi máy này. Ông/bà theo dõi đơn bằng mã tra cứu."), "success")
    return response


@blueprint.post(f"{drafting.PATH}/leave")
@anyone(WHY)
@limited("draft-save", 20_000, TEN_MINUTES)
def leave() -> AnyResponse:
    """Wipe the draft and show a page that tells nothing of what was written."""
    return drafting.wipe(redirect(url_for("public.offices"), 303))


@blueprint.errorhandler(NoDraft)
def _no_draft(_: NoDraft) -> AnyResponse:
    flash(gettext("Không còn đơn đang viết trên máy này. Đơn viết dở được giữ 24 giờ."), "warning")
    return redirect(url_for("public.file_start"), 303)


@blueprint.errorhandler(AlreadySent)
def _already_sent(_: AlreadySent) -> AnyResponse:
    flash(gettext("Đơn này đã được gửi. Đây là mã tra cứu của ông/bà."), "success")
    return redirect(url_for("public.access_code"), 303)


@blueprint.errorhandler(RequestEntityTooLarge)
def _too_large(error: RequestEntityTooLarge) -> AnyResponse:
    """Lead back to the page from which too much was sent; what was kept before is still there."""
    if not request.path.startswith(f"{drafting.PATH}/"):
        return word_http(error)
    message = gettext(
        "Phần vừa gửi quá lớn, tối đa %(size)s MB. Gửi từng tệp nhỏ hơn.",
        size=setting("MAX_UPLOAD_MB"),
    )
    flash(message, "error")
    return redirect(request.full_path.removesuffix("?"), 303)


def _code_page(sent: Sent, *, missed: bool = False) -> str:
    code = code_picture(setting("PUBLIC_URL"), sent.access_code, current_language())
    return render_template("public/file/code.html", sent=sent, missed=missed, code=code)


def _chosen_kind() -> CaseKind | None:
    known = request.form.get("kind", "")
    if known in {one.value for one in CaseKind}:
        return CaseKind(known)
    asked = request.form.get("question", "")
    if asked in {one.code for one in KIND_QUESTIONS}:
        return propose_kind({asked: True}).kind
    return None


def _keep_kind(kind: CaseKind) -> str:
    """Put the kind into the draft that is there, or into a new one; the token of the draft."""
    if isinstance(drafting.found(), OpenDraft):
        intake.save_draft(drafting.box(), {"kind": kind}, Question.KIND, now=now())
        return request.cookies[drafting.COOKIE]
    token = drafting.new_token()
    content = DraftContent().having({"kind": kind}, Question.KIND)
    intake.start_draft(gateways().keys.box("draft", token), content, now=now())
    return token


def _add_papers() -> list[str]:
    """Keep what was sent; for each file that cannot be kept, its name and the reason."""
    refused = []
    most = setting("MAX_UPLOAD_MB") * 1_000_000
    sent = [*request.files.getlist("files"), *request.files.getlist("voice")]
    for upload in [one for one in sent if one.filename][:MOST_AT_ONCE]:
        name = upload.filename or ""
        try:
            intake.add_file(
                drafting.box(),
                gateways().files,
                name,
                upload.stream.read(),
                most_bytes=most,
                now=now(),
            )
        except RuleBroken as broken:
            reason = error_text(broken.code, broken.values, current_language())
            refused.append(f"{name[-80:]}: {reason}")
    return refused
