"""Notices by mail, for those who ask for them: switched on and off where the case is followed."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from citizenfeedback.documents.labels import error_text
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.queries.tracking import is_sealed, news_of
from citizenfeedback.services import following
from citizenfeedback.web.context import gateways, now
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.limits import limited
from citizenfeedback.web.public import track
from citizenfeedback.web.public.room import blueprint
from citizenfeedback.web.public.track_forms import NewsForm, PlainForm


@blueprint.get("/track/news")
@anyone(track.WHY)
def news() -> AnyResponse:
    """Say where news goes, and offer to switch it on or off."""
    page = track.open_page()
    if page is None:
        return redirect(url_for("public.track"), 303)
    actor = track.needed()
    return _shown(actor, NewsForm(None, sealed=is_sealed(actor.case_id)))


@blueprint.post("/track/news")
@anyone(track.WHY)
@limited("track-news", 10, track.TEN_MINUTES)
def change_news() -> AnyResponse:
    """Switch news on or off, or send the confirmation to an address."""
    actor, going = track.needed(), request.form.get("go", "address")
    if going in ("on", "off") and PlainForm().validate_on_submit():
        following.switch_news(actor, on=going == "on")
        said = gettext("Đã bật báo tin.") if going == "on" else gettext("Đã tắt báo tin.")
        flash(said, "success")
        return redirect(url_for("public.news"), 303)
    form = NewsForm(sealed=is_sealed(actor.case_id))
    if not form.validate_on_submit():
        return _shown(actor, form, 422)
    try:
        following.choose_news(
            actor, gateways().keys, form.email.data or "", current_language(), now=now()
        )
    except RuleBroken as refused:
        if isinstance(refused, NotFound):
            raise
        form.add_errors({"email": error_text(refused.code, refused.values, current_language())})
        return _shown(actor, form, 422)
    flash(gettext("Đã gửi thư xác nhận tới địa chỉ này."), "success")
    return redirect(url_for("public.news"), 303)


def _shown(actor: Actor, form: NewsForm, status: int = 200) -> AnyResponse:
    text = render_template(
        "public/track/news.html",
        form=form,
        news=news_of(actor, gateways().keys),
        sealed=is_sealed(actor.case_id),
    )
    return make_response(text, status)
