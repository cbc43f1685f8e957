"""At the end: the citizen says whether the result solved the matter, and goes on from it."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from citizenfeedback.documents.labels import error_text
from citizenfeedback.documents.next_steps import (
    FirstDecision,
    about_first,
    about_no_conclusion,
)
from citizenfeedback.domain.aftermath import NextStepKind
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.vocabulary import Action, CaseKind, Verdict
from citizenfeedback.queries.drafts import OpenDraft
from citizenfeedback.queries.tracking import TrackingPage
from citizenfeedback.services import concluding
from citizenfeedback.web.context import gateways, now, setting, today
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.limits import limited
from citizenfeedback.web.public import drafting, opened, track
from citizenfeedback.web.public.room import blueprint
from citizenfeedback.web.public.track_forms import PlainForm, VerdictForm


@blueprint.get("/track/verdict")
@anyone(track.WHY)
def verdict() -> AnyResponse:
    """Ask whether the result solved the matter."""
    page = opened.open_page()
    if page is None:
        return redirect(url_for("public.track"), 303)
    if Action.GIVE_VERDICT not in page.actions:
        return redirect(url_for("public.followed_case"), 303)
    return _asked(VerdictForm(), page.kind)


@blueprint.post("/track/verdict")
@anyone(track.WHY)
@limited("track-write", 60, opened.TEN_MINUTES)
@opened.written_for_it()
def give_verdict() -> AnyResponse:
    """Keep what the citizen says of the result."""
    actor, form = opened.needed(), VerdictForm()
    if not form.validate_on_submit():
        return _asked(form, opened.page_of(actor).kind, 422)
    said = concluding.Opinion(Verdict(form.verdict.data), form.body.data or "")
    concluding.give_verdict(
        actor, gateways().keys, said, days=setting("VERDICT_DAYS"), today=today(), now=now()
    )
    flash(gettext("Cảm ơn ông/bà. Cơ quan đã nhận được ý kiến này."), "success")
    return redirect(url_for("public.followed_case", _anchor="after"), 303)


@blueprint.post(f"{drafting.PATH}/next")
@anyone("whoever holds the access code may go on from the own case; only a draft is begun")
@limited("draft", 1000, opened.TEN_MINUTES)
@opened.written_for_it()
def go_on() -> AnyResponse:
    """Begin the second complaint, or the denunciation that follows, already filled in."""
    actor = opened.needed()
    page = opened.page_of(actor)
    back = redirect(url_for("public.followed_case", _anchor="after"), 303)
    if not PlainForm().validate_on_submit():
        return back
    if isinstance(drafting.found(), OpenDraft):
        flash(gettext("Ông/bà đang viết dở một đơn khác. Gửi hoặc xóa đơn đó trước."), "warning")
        return redirect(url_for("public.file_start"), 303)
    wanted, about = _way_on(page)
    try:
        token = concluding.begin_next(
            actor, gateways().keys, wanted, about, today=today(), now=now()
        )
    except RuleBroken as refused:
        if isinstance(refused, NotFound):
            raise
        flash(error_text(refused.code, refused.values, current_language()), "warning")
        return back
    response = make_response(redirect(url_for("public.kind_meaning"), 303))
    drafting.remember(response, token, page.kind)
    return response


def _way_on(page: TrackingPage) -> tuple[NextStepKind, str]:
    """Which way leads on from this case, and with which words its paper begins."""
    lang, unit = current_language(), track.unit_title(page)
    decided = page.decision_no if page.sent_on else ""
    first = FirstDecision(page.number, unit, decided, page.closed_on, page.settle_by)
    if page.kind is not CaseKind.DENUNCIATION:
        return NextStepKind.SECOND_COMPLAINT, about_first(first, lang)
    if page.result is None:
        return NextStepKind.OVERDUE_FOLLOW_UP, about_no_conclusion(first, lang)
    return NextStepKind.FOLLOW_UP, ""


def _asked(form: VerdictForm, kind: CaseKind, status: int = 200) -> AnyResponse:
    sealed = kind is CaseKind.DENUNCIATION
    text = render_template("public/track/verdict.html", form=form, sealed=sealed)
    return make_response(text, status)
