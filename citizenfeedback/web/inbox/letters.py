"""The letters of a case: drafted, worked over, approved, issued and sent; no page needs a script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for

from citizenfeedback.documents import letter_layout
from citizenfeedback.documents.labels import error_text, label
from citizenfeedback.documents.letter_docx import letter_docx
from citizenfeedback.documents.letter_pdf import letter_pdf
from citizenfeedback.documents.letters import letter_content
from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.leaks import LeakKind
from citizenfeedback.domain.letters import LetterContent, LetterStep, Signature, with_paragraph
from citizenfeedback.domain.vocabulary import Action, Letter, SendingWay
from citizenfeedback.queries.case_head import CaseHead, case_head
from citizenfeedback.queries.letters import Frozen, LetterPage, frozen_letter, letter_page
from citizenfeedback.queries.templates import paragraphs_for
from citizenfeedback.services import issuing, lettering
from citizenfeedback.services.casework import Seen
from citizenfeedback.services.dispatching import Sending, send_letter
from citizenfeedback.services.issuing import SealCheck
from citizenfeedback.services.lettering import SeenLetter, Wanted
from citizenfeedback.services.unsealing import read_sealed_letter
from citizenfeedback.web.context import actor, gateways, today
from citizenfeedback.web.desk import office
from citizenfeedback.web.fields import Form
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.inbox import wording
from citizenfeedback.web.inbox.cases import download
from citizenfeedback.web.inbox.forms import values_of
from citizenfeedback.web.inbox.letter_forms import (
    DraftForm,
    ReasonForm,
    along_of,
    edit_form,
    entries_form,
    entry_words,
    paper_title,
    sections_of,
    send_form,
)
from citizenfeedback.web.inbox.room import REFUSED, WRONG, Answer, blueprint
from citizenfeedback.web.signing import signing_of

WRITES = (Action.DRAFT_LETTER, Action.ISSUE_LETTER)
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LEAKS = {
    LeakKind.NAME: _l("Họ tên"),
    LeakKind.PHONE: _l("Số điện thoại"),
    LeakKind.EMAIL: _l("Địa chỉ email"),
    LeakKind.ADDRESS: _l("Địa chỉ"),
    LeakKind.NUMBER: _l("Số giấy tờ"),
}
LETTER = "<int(max=2147483647):letter_id>"


@blueprint.get("/cases/<number>/letters/new/<letter>")
@requires(Action.DRAFT_LETTER)
def new_letter(number: str, letter: str) -> Answer:
    """Ask for what fills a letter; what is known of the case is there already."""
    return _draft_page(number, letter)


@blueprint.post("/cases/<number>/letters/new/<letter>")
@requires(Action.DRAFT_LETTER)
def draft_letter(number: str, letter: str) -> Answer:
    """Draft the letter from its template."""
    return _draft_page(number, letter, post=True)


@blueprint.get(f"/cases/<number>/letters/{LETTER}")
@requires(*WRITES)
def letter(number: str, letter_id: int) -> Answer:
    """One letter: what it says, where it stands, what may be done with it."""
    return _letter_page(_page(number, letter_id))


@blueprint.get(f"/cases/<number>/letters/{LETTER}/edit")
@requires(Action.DRAFT_LETTER)
def edit_letter(number: str, letter_id: int) -> Answer:
    """The text to be worked over."""
    page = _page(number, letter_id)
    if LetterStep.EDIT not in page.steps:
        return redirect(_address(page), 303)
    return _edit_page(page, _edit_form(page))


@blueprint.post(f"/cases/<number>/letters/{LETTER}/edit")
@requires(Action.DRAFT_LETTER)
def save_letter(number: str, letter_id: int) -> Answer:
    """Keep the text; one that another saved meanwhile is shown, and nothing typed is lost."""
    page = _page(number, letter_id)
    form = _edit_form(page)
    if "insert" in request.form:
        return _insert(page, form)
    if not form.validate():
        return _edit_page(page, form), WRONG
    try:
        lettering.edit_letter(
            actor(),
            _seen(page),
            sections=sections_of(form),
            signing=signing_of(form, page.written.signing),
            enclosures=along_of(form),
            office=office(),
        )
    except NotFound:
        raise
    except ChangedMeanwhile:
        form["version"].data = str(page.version)
        return _edit_page(page, form, changed=True), REFUSED
    except RuleBroken as refused:
        _show(form, refused)
        return _edit_page(page, form), REFUSED
    flash(gettext("Đã lưu văn bản."), "success")
    if "submit_too" in request.form:
        return _submit(number, letter_id, SeenLetter(number, letter_id, _seen(page).version + 1))
    return redirect(_address(page), 303)


@blueprint.get(f"/cases/<number>/letters/{LETTER}/entries")
@requires(Action.DRAFT_LETTER)
def letter_entries(number: str, letter_id: int) -> Answer:
    """What the act of a letter will record, to be changed."""
    page = _page(number, letter_id)
    if LetterStep.EDIT not in page.steps or page.action is None:
        return redirect(_address(page), 303)
    return _entries_page(page, entries_form(page.action, page.head, actor(), today(), page.entries))


@blueprint.post(f"/cases/<number>/letters/{LETTER}/entries")
@requires(Action.DRAFT_LETTER)
def save_entries(number: str, letter_id: int) -> Answer:
    """Keep what the act will record; the text follows where it said the same."""
    page = _page(number, letter_id)
    if page.action is None:
        abort(404)
    form = entries_form(page.action, page.head, actor(), today())
    if not form.validate():
        return _entries_page(page, form), WRONG
    try:
        lettering.edit_entries(actor(), _seen(page), values_of(form, page.action), office=office())
    except NotFound:
        raise
    except RuleBroken as refused:
        _show(form, refused)
        return _entries_page(_page(number, letter_id), form), REFUSED
    flash(gettext("Đã lưu. Xem lại văn bản trước khi trình."), "success")
    return redirect(_address(page), 303)


@blueprint.post(f"/cases/<number>/letters/{LETTER}/submit")
@requires(Action.DRAFT_LETTER)
def submit_letter(number: str, letter_id: int) -> Answer:
    """Lay it before the leader."""
    return _submit(number, letter_id)


@blueprint.post(f"/cases/<number>/letters/{LETTER}/approve")
@requires(Action.ISSUE_LETTER)
def approve_letter(number: str, letter_id: int) -> Answer:
    """Approve it."""
    return _step(
        number,
        letter_id,
        lambda seen: lettering.approve_letter(actor(), seen, office=office()),
        gettext("Đã duyệt. Bây giờ có thể ban hành."),
    )


@blueprint.post(f"/cases/<number>/letters/{LETTER}/send-back")
@requires(Action.ISSUE_LETTER)
def send_letter_back(number: str, letter_id: int) -> Answer:
    """Give it back with the reason."""
    reason = request.form.get("reason", "")
    return _step(
        number,
        letter_id,
        lambda seen: lettering.send_letter_back(actor(), seen, reason=reason),
        gettext("Đã trả lại để sửa."),
    )


@blueprint.post(f"/cases/<number>/letters/{LETTER}/cancel")
@requires(*WRITES)
def cancel_letter(number: str, letter_id: int) -> Answer:
    """Cancel it with the reason; a number stays in the register."""
    reason = request.form.get("reason", "")
    return _step(
        number,
        letter_id,
        lambda seen: lettering.cancel_letter(actor(), seen, reason=reason, office=office()),
        gettext("Đã hủy văn bản."),
    )


@blueprint.post(f"/cases/<number>/letters/{LETTER}/issue")
@requires(*WRITES)
def issue_letter(number: str, letter_id: int) -> Answer:
    """Issue it, and do the act it carries; what would give a denouncer away stops it."""
    page = _page(number, letter_id)
    seen, files = _seen(page), gateways().files
    reason = request.form.get("reason", "")
    try:
        given = issuing.issue_letter(actor(), seen, reason=reason, files=files, office=office())
    except NotFound:
        raise
    except RuleBroken as refused:
        check = None
        if refused.code in ("identity_in_letter", "reason_too_short"):
            check = issuing.check_letter(actor(), seen, files=files, office=office())
        return _letter_page(_page(number, letter_id), refused=refused, check=check), REFUSED
    flash(
        gettext("Đã ban hành văn bản số %(number)s.", number=given)
        if given
        else gettext("Đã ban hành văn bản."),
        "success",
    )
    return redirect(_onward(number, letter_id), 303)


@blueprint.post(f"/cases/<number>/letters/{LETTER}/send")
@requires(Action.SEND_LETTER)
def record_sending(number: str, letter_id: int) -> Answer:
    """Record how it went out, with the proof."""
    page = _page(number, letter_id)
    form = send_form(page, today())
    if not form.validate():
        return _letter_page(page, sending=form), WRONG
    sending = Sending(
        SendingWay(form["way"].data),
        form["on"].data,
        form["proof"].data or "",
        notice="notice" in form and bool(form["notice"].data),
    )
    try:
        send_letter(actor(), number, letter_id, sending, files=gateways().files, office=office())
    except NotFound:
        raise
    except RuleBroken as refused:
        _show(form, refused)
        return _letter_page(page, sending=form), REFUSED
    flash(gettext("Đã ghi nhận gửi văn bản."), "success")
    return redirect(_onward(number, letter_id), 303)


@blueprint.get("/cases/<number>/forms/<letter>.<any(pdf, docx):kind>")
@requires(Action.DRAFT_LETTER)
def form_to_sign(number: str, letter: str, kind: str) -> Response:
    """A form for the sender to sign, with what is known of the case."""
    wanted = _known(letter, Letter)
    content = lettering.fill_in_form(actor(), number, wanted, office=office())
    made, media_type = (letter_pdf(content), PDF) if kind == "pdf" else (letter_docx(content), DOCX)
    return download(made, f"{label(wanted, 'vi')} {number}.{kind}", media_type)


@blueprint.get(f"/cases/<number>/letters/{LETTER}/draft.<any(pdf, docx):kind>")
@requires(*WRITES)
def letter_draft(number: str, letter_id: int, kind: str) -> Response:
    """The letter as it would be printed now, marked as a draft."""
    page = _page(number, letter_id)
    content = replace(_content(page), draft=True)
    made, media_type = (letter_pdf(content), PDF) if kind == "pdf" else (letter_docx(content), DOCX)
    return download(made, f"{gettext('Dự thảo')} {number}-{letter_id}.{kind}", media_type)


@blueprint.get(f"/cases/<number>/letters/{LETTER}/issued.<any(pdf, docx):kind>")
@requires(*WRITES)
def issued_letter(number: str, letter_id: int, kind: str) -> Response:
    """The frozen letter; one that names a denouncer is opened by a logged reading only."""
    frozen = _frozen(number, letter_id)
    if frozen.names_sealed:
        abort(404)
    return _handed_out(frozen, kind)


@blueprint.post(f"/cases/<number>/letters/{LETTER}/issued.<any(pdf, docx):kind>")
@requires(Action.READ_SEALED)
def sealed_letter(number: str, letter_id: int, kind: str) -> Answer:
    """Log the reading of a letter that names a denouncer, then hand it out."""
    frozen = _frozen(number, letter_id)
    reason = request.form.get("reason", "")[:500]
    try:
        read_sealed_letter(actor(), Seen(number), letter_id, reason=reason, office=office())
    except NotFound:
        raise
    except RuleBroken as refused:
        return _letter_page(_page(number, letter_id), refused=refused), REFUSED
    return _handed_out(frozen, kind)


def _draft_page(number: str, letter: str, *, post: bool = False) -> Answer:
    wanted = _known(letter, Letter)
    asked = request.values.get("act", "")
    action = _known(asked, Action) if asked else None
    head = case_head(actor(), number, today())
    try:
        prepared = lettering.prepare_letter(actor(), number, wanted, action, office=office())
    except NotFound:
        raise
    except RuleBroken as refused:
        return _refusal_page(head, wanted, refused), REFUSED
    form = DraftForm(prepared, head, actor(), today(), action)
    status = 200
    if post and not form.validate():
        status = WRONG
    elif post:
        drafted = Wanted(
            wanted,
            action,
            form.values(),
            form.field_values(),
            signing_of(form.fields, prepared.signing),
        )
        try:
            made = lettering.draft_letter(actor(), number, drafted, office=office())
        except NotFound:
            raise
        except RuleBroken as refused:
            form.show(refused)
            status = REFUSED
        else:
            return redirect(url_for("inbox.edit_letter", number=number, letter_id=made), 303)
    page = render_template(
        "inbox/letter_new.html",
        head=head,
        form=form,
        row=prepared.offer.form,
        action=action,
        letter=wanted,
        title=label(wanted, current_language()),
        words=wording,
    )
    return page, status


def _refusal_page(head: CaseHead, letter: Letter, refused: RuleBroken) -> str:
    return render_template(
        "inbox/refused.html",
        head=head,
        title=label(letter, current_language()),
        refused=gettext("Chưa soạn được văn bản này"),
        why=error_text(refused.code, refused.values, current_language()),
        words=wording,
    )


def _known(name: str, kind: Any) -> Any:
    if name not in {str(one) for one in kind}:
        abort(404)
    return kind(name)


def _page(number: str, letter_id: int) -> LetterPage:
    return letter_page(actor(), number, letter_id, today(), gateways().keys)


def _seen(page: LetterPage) -> SeenLetter:
    """The letter as the person had it before their eyes: the version of the form."""
    version = request.form.get("version", "")
    known = version.isascii() and version.isdigit() and len(version) < 10
    return SeenLetter(page.head.number, page.line.id, int(version) if known else page.version)


def _submit(number: str, letter_id: int, saved: SeenLetter | None = None) -> Answer:
    """Lay a letter before the leader: the one that was looked at, or was saved just now."""
    return _step(
        number,
        letter_id,
        lambda seen: lettering.submit_letter(actor(), saved or seen, office=office()),
        gettext("Đã trình lãnh đạo."),
    )


def _step(number: str, letter_id: int, act: Callable[[SeenLetter], None], done: str) -> Answer:
    page = _page(number, letter_id)
    try:
        act(_seen(page))
    except NotFound:
        raise
    except RuleBroken as refused:
        return _letter_page(_page(number, letter_id), refused=refused), REFUSED
    flash(done, "success")
    return redirect(_address(page), 303)


def _letter_page(
    page: LetterPage,
    *,
    refused: RuleBroken | None = None,
    check: SealCheck | None = None,
    sending: Form | None = None,
) -> str:
    lang = current_language()
    if page.may_send and sending is None:
        sending = send_form(page, today())
    along = [paper for paper in page.papers if paper.along]
    return render_template(
        "inbox/letter.html",
        page=page,
        head=page.head,
        title=label(page.line.letter, lang),
        state=label(page.line.state, lang),
        act=label(page.action, lang) if page.action else "",
        entered=_entered(page),
        sheet=letter_layout.sheet(_content(page)),
        layout=letter_layout,
        along=[(paper.id, paper_title(paper)) for paper in along],
        pictures=any(paper.media_type.startswith(("image/", PDF)) for paper in along),
        refusal=error_text(refused.code, refused.values, lang) if refused else "",
        check=check,
        leaks=_leaks(check, page) if check else [],
        unread=[title for id_, title in _titles(page) if check and id_ in check.unreadable],
        reason_form=ReasonForm(),
        sending=sending if page.may_send else None,
        ways={dispatch.way: label(dispatch.way, lang) for dispatch in page.dispatches},
        notice_due="record_notice" in page.head.actions,
        words=wording,
    )


def _entries_page(page: LetterPage, form: Form) -> str:
    return render_template(
        "inbox/letter_entries.html",
        page=page,
        head=page.head,
        form=form,
        entries=[field for field in form if field.name != "csrf_token"],
        title=label(page.line.letter, current_language()),
        words=wording,
    )


def _entered(page: LetterPage) -> list[tuple[str, str, bool]]:
    """What the act will record: its name, the words, whether the letter says something else."""
    if page.action is None or not page.entries:
        return []
    lang = current_language()
    form = entries_form(page.action, page.head, actor(), today())
    others = lettering.differing(page.form, page.entries, page.written.text)
    return [
        (str(form[name].label.text), entry_words(value, name, lang), name in others)
        for name, value in page.entries.items()
        if name in form
    ]


def _leaks(check: SealCheck, page: LetterPage) -> list[tuple[str, str]]:
    """Where something sealed stands, for those who may read what is sealed."""
    titles = dict(_titles(page))
    return [
        (
            titles.get(place.attachment_id or 0) or gettext("Trong văn bản"),
            f"{LEAKS[place.kind]}: {place.excerpt}",
        )
        for place in check.places
    ]


def _titles(page: LetterPage) -> list[tuple[int, str]]:
    return [(paper.id, paper_title(paper)) for paper in page.papers]


def _edit_form(page: LetterPage) -> Form:
    head = page.head
    return edit_form(page, paragraphs_for(head.unit_id, head.field, page.line.letter))


def _edit_page(page: LetterPage, form: Form, *, changed: bool = False) -> str:
    return render_template(
        "inbox/letter_edit.html",
        page=page,
        head=page.head,
        form=form,
        title=label(page.line.letter, current_language()),
        changed=changed,
        theirs=page.written.text,
        words=wording,
    )


def _insert(page: LetterPage, form: Form) -> Answer:
    """Add the chosen paragraph to what was typed, and show it all again."""
    chosen = str(form["paragraph"].data or "") if "paragraph" in form else ""
    if not chosen.isdigit():
        if "paragraph" in form:
            form.add_errors({"paragraph": gettext("Chọn một đoạn mẫu.")})
        return _edit_page(page, form), WRONG
    try:
        text = lettering.paragraph_text(
            actor(), page.head.number, page.line.id, int(chosen), office=office()
        )
    except NotFound:
        raise
    except RuleBroken as refused:
        form.add_errors({"paragraph": error_text(refused.code, refused.values, current_language())})
        return _edit_page(page, form), REFUSED
    form["body"].data = with_paragraph(form["body"].data or "", text)
    return _edit_page(page, form)


def _content(page: LetterPage) -> LetterContent:
    """The letter as its page shows it: a denouncer stands as a mark, also once it is issued."""
    issued = page.line.issued_on is not None
    return letter_content(
        page.form,
        page.written.text,
        page.office.letterhead,
        _signed(page),
        case_number=page.head.number,
        number=page.number,
        dated=page.line.issued_on,
        year=today().year,
        draft=not issued,
    )


def _signed(page: LetterPage) -> Signature | None:
    """The block of the head; none while what it says is not complete."""
    if page.form.signers:
        return None
    try:
        return page.written.signing.block(page.office)
    except RuleBroken:
        return None


def _frozen(number: str, letter_id: int) -> Frozen:
    frozen = frozen_letter(actor(), number, letter_id)
    if frozen is None:
        abort(404)
    return frozen


def _handed_out(frozen: Frozen, kind: str) -> Response:
    key, media_type = (frozen.pdf_key, PDF) if kind == "pdf" else (frozen.docx_key, DOCX)
    number = frozen.document_no.replace("/", "-")
    name = f"{number or label(frozen.letter, 'vi')}.{kind}"
    return download(gateways().files.read(key, sealed=True), name, media_type)


def _show(form: Form, refused: RuleBroken) -> None:
    entry = str(refused.values.get("entry") or "")
    field = {"signature_incomplete": "sign_own"}.get(refused.code, entry)
    form.add_errors({field: error_text(refused.code, refused.values, current_language())})


def _address(page: LetterPage) -> str:
    return url_for("inbox.letter", number=page.head.number, letter_id=page.line.id)


def _onward(number: str, letter_id: int) -> str:
    """To the letter, or to the list when the case is out of sight now."""
    try:
        _page(number, letter_id)
    except NotFound:
        return url_for("inbox.cases")
    return url_for("inbox.letter", number=number, letter_id=letter_id)
