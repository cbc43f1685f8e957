"""Notices by mail or text message, for those who ask: switched on and off where the case is followed.

Text messages are offered only where the office has a provider for them.
"""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from citizenfeedback.documents.labels import error_text
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.queries.tracking import is_sealed, news_of
from citizenfeedback.services import following
from citizenfeedback.web.context import gateways, now, today
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.limits import limited
from citizenfeedback.web.public import opened, track
from citizenfeedback.web.public.room import blueprint
from citizenfeedback.web.public.track_forms import NewsForm, NumberForm, PlainForm, ProofForm


@blueprint.get("/track/news")
@anyone(track.WHY)
def news() -> AnyResponse:
    """Say where news goes, and offer to switch it on or off."""
    page = opened.open_page()
    if page is None:
        return redirect(url_for("public.track"), 303)
    return _shown(opened.needed())


@blueprint.post("/track/news")
@anyone(track.WHY)
@limited("track-news", 30, opened.TEN_MINUTES)
@opened.written_for_it()
def change_news() -> AnyResponse:
    """Switch news on or off, send what confirms an address or a number, or take its code."""
    actor, going = opened.needed(), request.form.get("go", "address")
    if going in ("on", "off") and PlainForm().validate_on_submit():
        following.switch_news(actor, on=going == "on")
        said = gettext("Đã bật báo tin.") if going == "on" else gettext("Đã tắt báo tin.")
        flash(said, "success")
        return redirect(url_for("public.news"), 303)
    if going == "code":
        return _confirm(actor)
    if going == "number" and gateways().sms.delivers:
        return _choose_number(actor)
    return _choose_address(actor)


def _choose_address(actor: Actor) -> AnyResponse:
    form = NewsForm(sealed=is_sealed(actor.case_id))
    if not form.validate_on_submit():
        return _shown(actor, address=form)
    try:
        following.choose_news(
            actor, gateways().keys, form.email.data or "", current_language(), now=now()
        )
    except RuleBroken as refused:
        # Of the form as a whole: the field is not shown to whoever may not change the address.
        form.add_errors({"": _worded(refused)})
        return _shown(actor, address=form)
    flash(gettext("Đã gửi thư xác nhận tới địa chỉ này."), "success")
    return redirect(url_for("public.news"), 303)


def _choose_number(actor: Actor) -> AnyResponse:
    form = NumberForm(sealed=is_sealed(actor.case_id))
    if not form.validate_on_submit():
        return _shown(actor, number=form)
    try:
        following.choose_number(
            actor, gateways().keys, form.phone.data or "", current_language(), now=now()
        )
    except RuleBroken as refused:
        form.add_errors({"": _worded(refused)})
        return _shown(actor, number=form)
    flash(gettext("Đã gửi mã tới số này."), "success")
    return redirect(url_for("public.news"), 303)


def _confirm(actor: Actor) -> AnyResponse:
    form = ProofForm()
    digits = "".join(letter for letter in form.code.data or "" if letter.isdigit())
    if form.validate_on_submit():
        if following.confirm_number(actor, gateways().keys, digits, today=today(), now=now()):
            flash(gettext("Đã bật báo tin."), "success")
            return redirect(url_for("public.news"), 303)
        form.add_errors(
            {"code": gettext("Mã không đúng hoặc đã hết hạn. Gửi lại số để nhận mã mới.")}
        )
    return _shown(actor, code=form)


def _worded(refused: RuleBroken) -> str:
    if isinstance(refused, NotFound):
        raise refused
    return error_text(refused.code, refused.values, current_language())


def _shown(
    actor: Actor,
    *,
    address: NewsForm | None = None,
    number: NumberForm | None = None,
    code: ProofForm | None = None,
) -> AnyResponse:
    """The page; the form that was sent, with what is wrong in it, else empty ones."""
    sealed = is_sealed(actor.case_id)
    text = render_template(
        "public/track/news.html",
        form=address or NewsForm(None, sealed=sealed),
        number=number or NumberForm(None, sealed=sealed),
        code=code or ProofForm(None),
        wrong=address or number or code,
        news=news_of(actor, gateways().keys),
        sms=gateways().sms.delivers,
        sealed=sealed,
    )
    return make_response(text, 422 if address or number or code else 200)
