"""Following a submission with its access code: where it stands, by when, and what one can add.

The code comes in a form body and goes no further: a short-lived signed cookie then names the case.
Wrong and unknown codes get the same answer.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from flask import flash, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from citizenfeedback.documents.deadline_text import explain, term_line
from citizenfeedback.documents.formats import format_date, format_datetime
from citizenfeedback.documents.labels import (
    after_sentences,
    error_text,
    kind_meaning,
    label,
    own_event_text,
    standing_sentence,
    state_label,
)
from citizenfeedback.documents.next_steps import step_words
from citizenfeedback.domain.aftermath import Ending, aftermath, next_steps
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.escalation import unanswered_in_time
from citizenfeedback.domain.explanations import Explanation
from citizenfeedback.domain.verdicts import may_say
from citizenfeedback.domain.vocabulary import (
    Action,
    Author,
    CaseKind,
    ClockKind,
    MessageKind,
    Phase,
    State,
)
from citizenfeedback.domain.workflow import may_withdraw_part
from citizenfeedback.queries import tracking
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.letters import own_letter_file
from citizenfeedback.queries.tracking import (
    TrackedDialogue,
    TrackedMessage,
    TrackedPaper,
    TrackingPage,
)
from citizenfeedback.queries.verdicts import closing_of
from citizenfeedback.services import following
from citizenfeedback.services.opening import open_with_code
from citizenfeedback.web.context import gateways, now, setting, today
from citizenfeedback.web.fields import Form
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.limits import device, limited
from citizenfeedback.web.public import opened
from citizenfeedback.web.public.room import blueprint
from citizenfeedback.web.public.track_forms import (
    AccessForm,
    MessageForm,
    PaperForm,
    PlainForm,
    ProofForm,
    WithdrawalForm,
)
from citizenfeedback.web.security import allow_recording
from citizenfeedback.web.staying import stayed

WHY = "whoever holds the access code may follow the case; it opens nothing else"
MEGABYTE = 1_000_000
_OVER = frozenset({Phase.CLOSED, Phase.ANSWERED})


@blueprint.get("/track")
@anyone(WHY)
def track() -> str:
    """Ask for the access code."""
    return render_template("public/track/code.html", form=AccessForm())


@blueprint.post("/track")
@anyone(WHY)
@limited("track", 600, opened.TEN_MINUTES)
def open_case() -> AnyResponse:
    """Open the case of a right code; say the same of every wrong one, and slow down guessing."""
    form = AccessForm()
    if form.validate_on_submit():
        place = request.remote_addr or ""
        try:
            case_id = open_with_code(
                gateways().keys, form.code.data or "", device=device(), place=place, now=now()
            )
        except NotFound:
            wrong = gettext("Không mở được bằng mã này. Xem lại từng nhóm ký tự.")
            form.add_errors({"code": wrong})
        except RuleBroken as refused:
            wait = error_text(refused.code, refused.values, current_language())
            form.add_errors({"code": wait})
        else:
            opened.keep(case_id, proven=False)
            return redirect(url_for("public.followed_case"), 303)
    return make_response(render_template("public/track/code.html", form=form), 422)


@blueprint.get("/track/case")
@anyone(WHY)
def followed_case() -> AnyResponse:
    """Show where the case stands; without an open case, ask for the code."""
    page = opened.open_page()
    if page is None:
        return redirect(url_for("public.track"), 303)
    return make_response(_case_page(page))


@blueprint.get("/track/message")
@anyone(WHY)
def message() -> AnyResponse:
    """A page of its own to write to the office: nothing else asks for attention there."""
    return _asking("public/track/message.html", MessageForm(), Action.WRITE_MESSAGE)


@blueprint.post("/track/message")
@anyone(WHY)
@limited("track-write", 60, opened.TEN_MINUTES)
@opened.written_for_it()
def write_message() -> AnyResponse:
    """Send a message to the office."""
    actor, form = opened.needed(), MessageForm()
    if not form.validate_on_submit():
        return _again("public/track/message.html", form)
    following.write_message(actor, gateways().keys, form.body.data or "", today=today(), now=now())
    flash(gettext("Đã gửi tin nhắn. Cơ quan đã nhận được."), "success")
    return redirect(url_for("public.followed_case", _anchor="messages"), 303)


@blueprint.get("/track/document")
@anyone(WHY)
def document() -> AnyResponse:
    """A page of its own to add a paper."""
    allow_recording()
    return _asking("public/track/document.html", PaperForm(), Action.ADD_OWN_DOCUMENT)


@blueprint.post("/track/document")
@anyone(WHY)
@limited("track-write", 60, opened.TEN_MINUTES)
@opened.written_for_it()
def add_document() -> AnyResponse:
    """Add a paper or picture to the case."""
    allow_recording()
    actor, form = opened.needed(), PaperForm()
    uploads = form.files.data or []
    if not form.validate_on_submit() or not uploads:
        if not form.files.errors:
            form.add_errors({"files": gettext("Chọn một tệp rồi bấm nút này.")})
        return _again("public/track/document.html", form)
    upload = uploads[0]
    most = setting("MAX_UPLOAD_MB") * MEGABYTE
    try:
        following.add_document(
            actor,
            gateways().keys,
            gateways().files,
            upload.filename or "",
            upload.stream.read(most + 1),
            most_bytes=most,
            today=today(),
            now=now(),
        )
    except RuleBroken as refused:
        # What the law is done with is no fault of the file.
        if isinstance(refused, NotFound) or refused.code == "not_allowed_here":
            raise
        form.add_errors({"files": error_text(refused.code, refused.values, current_language())})
        return _again("public/track/document.html", form)
    flash(gettext("Đã thêm tài liệu vào đơn."), "success")
    return redirect(url_for("public.followed_case", _anchor="papers"), 303)


@blueprint.get("/track/withdraw")
@anyone(WHY)
def withdrawal() -> AnyResponse:
    """Explain how a submission is withdrawn, and offer the form to sign."""
    page = opened.open_page()
    if page is None:
        return redirect(url_for("public.track"), 303)
    if Action.ASK_WITHDRAWAL not in page.actions:
        return redirect(url_for("public.followed_case"), 303)
    return make_response(
        render_template("public/track/withdraw.html", page=page, form=_withdrawal_form(page))
    )


@blueprint.post("/track/withdraw")
@anyone(WHY)
@limited("track-write", 60, opened.TEN_MINUTES)
@opened.written_for_it()
def ask_withdrawal() -> AnyResponse:
    """Tell the office that the citizen wants to withdraw; the signed paper must follow."""
    actor = opened.needed()
    page = opened.page_of(actor)
    form = _withdrawal_form(page)
    if not form.validate_on_submit():
        return make_response(
            render_template("public/track/withdraw.html", page=page, form=form), 422
        )
    following.ask_withdrawal(
        actor, gateways().keys, form.text(), part=form.partly, today=today(), now=now()
    )
    if not page.named:
        flash(gettext("Đã gửi tin nhắn. Cơ quan đã nhận được."), "success")
        return redirect(url_for("public.followed_case"), 303)
    return redirect(url_for("public.withdrawal_form"), 303)


@blueprint.get("/track/withdraw/form")
@anyone(WHY)
def withdrawal_form() -> AnyResponse:
    """The prepared withdrawal, to print, sign and hand in."""
    page = opened.open_page()
    if page is None:
        return redirect(url_for("public.track"), 303)
    return make_response(
        render_template(
            "public/track/withdraw_form.html",
            page=page,
            unit=unit_title(page),
            kind=label(page.kind, current_language()),
            today=today(),
            part=_part_asked(page),
            filer=page.filed.people[0] if page.filed and page.filed.people else None,
        )
    )


def _withdrawal_form(page: TrackingPage) -> WithdrawalForm:
    return WithdrawalForm(in_part=may_withdraw_part(page.kind, today()))


def _part_asked(page: TrackingPage) -> str:
    """What the citizen asked to withdraw, when the last wish was for a part."""
    wishes = (MessageKind.WITHDRAWAL_REQUEST, MessageKind.PART_WITHDRAWAL_REQUEST)
    asked = [one for one in page.messages if one.kind in wishes]
    if not asked or asked[-1].kind is MessageKind.WITHDRAWAL_REQUEST:
        return ""
    return asked[-1].body or ""


@blueprint.get("/track/letters/<int(max=2147483647):letter_id>.pdf")
@anyone(WHY)
def own_letter(letter_id: int) -> AnyResponse:
    """A document addressed to the citizen: for those with the second proof only."""
    actor = opened.holder()
    if actor is None:
        return redirect(url_for("public.track"), 303)
    key = own_letter_file(actor, letter_id)
    if key is None:
        raise NotFound("letter")
    response = make_response(gateways().files.read(key, sealed=True))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="van-ban-{letter_id}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@blueprint.post("/track/proof")
@anyone(WHY)
@limited("track-proof", 10, opened.TEN_MINUTES)
@opened.written_for_it()
def ask_proof() -> AnyResponse:
    """Send the second proof to the confirmed address and ask for it."""
    actor = opened.needed()
    if PlainForm().validate_on_submit():
        following.ask_proof(actor, gateways().keys, current_language(), now=now())
    return redirect(url_for("public.enter_proof"), 303)


@blueprint.get("/track/proof")
@anyone(WHY)
def enter_proof() -> AnyResponse:
    """Ask for the code that was sent."""
    if opened.holder() is None:
        return redirect(url_for("public.track"), 303)
    return make_response(render_template("public/track/proof.html", form=ProofForm()))


@blueprint.post("/track/proof/check")
@anyone(WHY)
@limited("track-proof-check", 20, opened.TEN_MINUTES)
@opened.written_for_it()
def check_proof() -> AnyResponse:
    """Open what was filed when the second proof is right."""
    actor, form = opened.needed(), ProofForm()
    digits = "".join(letter for letter in form.code.data or "" if letter.isdigit())
    if form.validate_on_submit() and following.prove(actor, gateways().keys, digits, now=now()):
        opened.keep(actor.case_id or 0, proven=True)
        return redirect(url_for("public.followed_case", _anchor="filed"), 303)
    if not form.code.errors:
        form.add_errors(
            {"code": gettext("Mã không đúng hoặc đã hết hạn. Ông/bà có thể xin mã mới.")}
        )
    return make_response(render_template("public/track/proof.html", form=form), 422)


@blueprint.post("/track/stay")
@anyone(WHY)
def stay() -> AnyResponse:
    """Keep the opened case open; what is typed on the page stays."""
    holder = opened.holder()
    if holder is None or opened.written_for_another():
        flash(gettext("Trang theo dõi đã tự đóng. Ông/bà nhập lại mã tra cứu."), "error")
        return redirect(url_for("public.track"), 303)
    opened.keep(holder.case_id or 0, proven=session[opened.KEPT]["proven"])
    back = request.form.get("next", "")
    ours = back.startswith("/track/") and back.isprintable()
    return stayed(opened.time_left(), back if ours else url_for("public.followed_case"))


@blueprint.post("/track/close")
@anyone(WHY)
def close_case() -> AnyResponse:
    """Forget the open case on this device."""
    opened.close()
    return redirect(url_for("public.track"), 303)


@blueprint.get("/track/confirm/<string(length=32):token>")
@anyone("the link in the mail leads here; opening it changes nothing, so mail scanners do no harm")
def confirm_contact(token: str) -> str:
    """Ask whether news may go to the address that got this link."""
    return render_template("public/track/confirm.html", form=PlainForm(), token=token, done=False)


@blueprint.post("/track/confirm/<string(length=32):token>")
@anyone("whoever got the link may confirm the address it went to")
@limited("confirm", 30, opened.TEN_MINUTES)
def contact_confirmed(token: str) -> str:
    """Confirm the address that got the link."""
    following.confirm_contact(gateways().keys, token, today=today(), now=now())
    return render_template("public/track/confirm.html", form=PlainForm(), token=token, done=True)


def _asking(template: str, form: Form, action: Action) -> AnyResponse:
    """A page with one form of an open case; back to the case when it does not take it now.

    A denouncer is warned there.
    """
    page = opened.open_page()
    if page is None:
        return redirect(url_for("public.track"), 303)
    if action not in page.actions:
        return redirect(url_for("public.followed_case"), 303)
    sealed = page.kind is CaseKind.DENUNCIATION
    return make_response(render_template(template, form=form, sealed=sealed))


def _again(template: str, form: Form) -> AnyResponse:
    sealed = tracking.is_sealed(opened.needed().case_id)
    return make_response(render_template(template, form=form, sealed=sealed), 422)


def unit_title(page: TrackingPage) -> str:
    """The unit that settles, in the language asked for."""
    return page.unit_en if current_language() == "en" and page.unit_en else page.unit


def _case_page(page: TrackingPage) -> str:
    lang = current_language()
    running = page.running
    # Most cases are looked at while they run: then nothing is asked of the calendar.
    over = page.phase in _OVER or unanswered_in_time(page.kind, page.state, page.settle_by, today())
    return render_template(
        "public/track/case.html",
        page=page,
        unit=unit_title(page),
        kind=label(page.kind, lang),
        kind_means=kind_meaning(page.kind, lang),
        state=state_label(page.state, page.kind, lang),
        sentence=standing_sentence(
            page.kind,
            page.state,
            unit_title(page),
            lang,
            due_on=running.explanation.due if running else None,
            clock=running.clock if running else None,
            today=today(),
        ),
        count=_count(running.explanation, lang) if running else None,
        first=_first(page, lang),
        after=_effect(page, lang) if over else (),
        closing=_closing(page, lang) if over else None,
        result=label(page.result, lang) if page.result else "",
        events=_events(page, lang),
        answer=_answer(page),
        messages=_messages(page, lang),
        papers=[(paper_name(one), one) for one in page.papers],
        addressed=[(one, label(one.letter, lang)) for one in page.letters],
        proven=page.filed is not None,
        asked=_asked(page),
        sms=gateways().sms.delivers,
        invited=_invited(page),
        turn="" if _invited(page) else _turn(page),
        written=_office_wrote(page),
        may_write=Action.WRITE_MESSAGE in page.actions,
        may_add=Action.ADD_OWN_DOCUMENT in page.actions,
        may_withdraw=Action.ASK_WITHDRAWAL in page.actions,
    )


def _asked(page: TrackingPage) -> str:
    """What the office asks of the citizen now; nothing where it waits for nothing."""
    if page.state is not State.AWAITING_CITIZEN:
        return ""
    asked = [one.body for one in page.messages if one.kind is MessageKind.REQUEST and one.body]
    return asked[-1] if asked else ""


def _invited(page: TrackingPage) -> TrackedDialogue | None:
    """The dialogue that lies ahead of the citizen, if one was announced."""
    return page.dialogue if page.dialogue and page.dialogue.on >= today() else None


def _turn(page: TrackingPage) -> str:
    """Whose move it is; nothing once all is done."""
    if page.state is State.AWAITING_CITIZEN:
        return gettext("Việc ông/bà cần làm: trả lời cơ quan.")
    if not page.formal:
        return gettext("Việc ông/bà cần làm: gửi đơn có chữ ký hoặc đến trình bày.")
    if not page.signed and page.phase is Phase.RECEIVED:
        return gettext("Việc ông/bà cần làm: ký đơn.")
    if page.phase in (Phase.CLOSED, Phase.ANSWERED) and page.sent_on is not None:
        return ""
    if page.phase is Phase.CLOSED:
        return ""
    if _office_wrote(page):
        return gettext("Cơ quan làm bước tiếp theo.")
    return gettext("Cơ quan làm bước tiếp theo. Ông/bà không phải làm gì.")


def _office_wrote(page: TrackingPage) -> bool:
    """Whether the office wrote last: it may ask something though no step waits for it."""
    last = page.messages[-1] if page.messages else None
    if last is None or last.author is Author.CITIZEN or last.kind is not MessageKind.MESSAGE:
        return False
    return all(one.author is not Author.CITIZEN or one.at <= last.at for one in page.papers)


def _effect(page: TrackingPage, lang: str) -> tuple[str, ...]:
    """When the decision binds, or that the term passed without one."""
    follows = aftermath(ending_of(page), today(), work_calendar())
    return after_sentences(replace(follows, appeal=None, court=False, follow_up=False), lang)


def ending_of(page: TrackingPage) -> Ending:
    """What of a case decides on what follows."""
    return Ending(
        page.kind,
        page.instance,
        page.state,
        page.result,
        page.remote,
        page.closed_on,
        page.sent_on,
        page.settle_by,
    )


def _closing(page: TrackingPage, lang: str) -> dict[str, object] | None:
    """What the end brings: the citizen's word on the result, and the ways on."""
    ways = next_steps(ending_of(page), today(), work_calendar())
    asked = Action.GIVE_VERDICT in page.actions
    if not ways and not asked:
        return None
    closing, days = closing_of(page.case_id), setting("VERDICT_DAYS")
    given = closing.given if closing.given and closing.given.holds_for(page.sent_on) else None
    return {
        "asked": asked,
        "given": label(given.verdict, lang) if given else "",
        "open": asked and may_say(given, page.sent_on, today(), days),
        "until": given.last_change(days) if given else None,
        "steps": [step_words(way, today(), lang) for way in ways],
        "continued": closing.continued,
    }


def _first(page: TrackingPage, lang: str) -> str:
    """Where the case stands into which this submission went, and by when it is settled."""
    first = page.first
    if first is None:
        return ""
    unit = first.unit_en if lang == "en" and first.unit_en else first.unit
    clock = ClockKind.SETTLEMENT if first.due_on is not None else None
    return standing_sentence(
        page.kind, first.state, unit, lang, due_on=first.due_on, clock=clock, today=today()
    )


@lru_cache(maxsize=500)  # cases of one day and rule share the text of their term
def _count(explanation: Explanation, lang: str) -> dict[str, object]:
    """How the next date was counted, worded day by day."""
    steps = [(format_date(on, lang), text) for on, text in explain(explanation, lang)]
    return {
        "term": term_line(explanation, lang),
        "steps": steps[:-1],
        "end": steps[-1] if steps else None,
    }


def paper_name(paper: TrackedPaper) -> str:
    """What a paper is called: by its kind until the second proof opens its name."""
    if paper.name:
        return paper.name
    if paper.media_type.startswith("image/"):
        return gettext("Ảnh")
    return gettext("Ghi âm") if paper.media_type.startswith("audio/") else gettext("Tài liệu")


def _events(page: TrackingPage, lang: str) -> list[dict[str, str]]:
    return [
        {
            "when": format_date(event.on, lang),
            "title": own_event_text(
                event.kind,
                event.details,
                lang,
                channel=page.channel,
                own=event.author is Author.CITIZEN,
            ),
        }
        for event in page.events
    ]


def _sender(page: TrackingPage, message: TrackedMessage, lang: str) -> str:
    if message.author is Author.CITIZEN:
        return gettext("Ông/bà")
    if message.kind in (MessageKind.REPLY, MessageKind.WITHDRAWAL, MessageKind.DATA_ANSWER):
        return f"{unit_title(page)} · {label(message.kind, lang)}"
    return unit_title(page)


def _answer(page: TrackingPage) -> TrackedMessage | None:
    """What the office answered, once it went out; of several the last one, while it stands."""
    answers = [one for one in page.messages if one.kind is MessageKind.ANSWER]
    return answers[-1] if answers and page.sent_on is not None else None


def _messages(page: TrackingPage, lang: str) -> list[dict[str, object]]:
    answer = _answer(page)  # it stands first on the page
    hidden = {
        MessageKind.ANSWER: gettext("Nội dung quyết định chỉ mở khi ông/bà xác nhận thêm một lần.")
    }
    personal = gettext("Nội dung này chỉ mở khi ông/bà xác nhận thêm một lần.")
    asked = label(Action.ASK_WITHDRAWAL, lang)  # the only message that may come without words
    return [
        {
            "from": _sender(page, one, lang),
            "when": format_datetime(one.at, lang),
            "text": hidden.get(one.kind, personal) if one.body is None else one.body or asked,
            "mine": one.author is Author.CITIZEN,
        }
        for one in page.messages
        if one is not answer
    ]
