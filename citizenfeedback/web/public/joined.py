"""Joining a public reflection instead of repeating it, and the page that its one mail leads to.

A link in a mail is opened by scanners too: it only shows. Confirming and leaving are buttons.
"""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.vocabulary import CaseKind
from citizenfeedback.queries.public_reflections import (
    JoinedReflection,
    Shown,
    joined_reflection,
    public_reflection,
)
from citizenfeedback.services import joining
from citizenfeedback.web.context import gateways, now
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.limits import device, limit, limited
from citizenfeedback.web.public import drafting
from citizenfeedback.web.public.file import TEN_MINUTES, WHY
from citizenfeedback.web.public.filing_pages import shown_reflection
from citizenfeedback.web.public.forms import JoinForm
from citizenfeedback.web.public.room import blueprint

LINK = "/joined/<string(length=32):token>"
DAY = 86_400
MOST_A_DAY = 5
"""To one address no more questions than this go within a day, whoever asks."""


@blueprint.get(f"{drafting.PATH}/join")
@anyone(WHY)
def join_page() -> str:
    """Show what is joined, and offer to be told of the answer."""
    return _join_page(_chosen(request.args.get("reflection", "")), JoinForm(None))


@blueprint.post(f"{drafting.PATH}/join")
@anyone(WHY)
@limited("file-join", 500, TEN_MINUTES)
def join_reflection() -> AnyResponse:
    """Be one more whom a public reflection concerns, in place of repeating it; the draft goes."""
    chosen, form = _chosen(request.form.get("reflection", "")), JoinForm()
    if not form.validate():
        return make_response(_join_page(chosen, form), 422)
    limit("file-join-browser", 5, TEN_MINUTES, device())
    email = (form.email.data or "").strip()
    wish = None
    if email and not chosen.answer:
        limit("file-join-address", MOST_A_DAY, DAY, email.casefold())
        wish = joining.Wish(email, current_language())
    joining.join(chosen.case_id, gateways().keys, wish, now=now())
    response = drafting.wipe(redirect(url_for("public.home"), 303))
    flash(
        gettext("Đã ghi nhận: việc này cũng ảnh hưởng đến ông/bà. Đơn viết dở đã xóa."), "success"
    )
    if wish is not None:
        flash(gettext("Ông/bà mở thư vừa gửi và bấm xác nhận thì mới nhận được tin."), "success")
    return response


@blueprint.get(LINK)
@anyone("the link in the mail leads here; it shows what is public, and opening it changes nothing")
def joined(token: str) -> str:
    """Show the reflection and its public answer; offer to confirm the address, or to erase it."""
    return _link_page(token, _found(token))


@blueprint.post(f"{LINK}/confirm")
@anyone("whoever got the link may confirm the address it went to")
@limited("confirm", 30, TEN_MINUTES)
def confirm_joined(token: str) -> AnyResponse:
    """Confirm the address that got the link."""
    joining.confirm(gateways().keys, token, now=now())
    flash(gettext("Địa chỉ thư đã được xác nhận"), "success")
    return redirect(url_for("public.joined", token=token), 303)


@blueprint.post(f"{LINK}/leave")
@anyone("whoever got the link may have the address it went to erased")
@limited("confirm", 30, TEN_MINUTES)
def leave_joined(token: str) -> AnyResponse:
    """Erase the address that got the link."""
    joining.leave(gateways().keys, token)
    flash(gettext("Đã xóa địa chỉ của ông/bà. Chúng tôi không gửi thư nào nữa."), "success")
    return redirect(url_for("public.home"), 303)


def _chosen(number: str) -> Shown:
    """The public reflection that whoever writes a reflection wants to join."""
    draft = drafting.open_draft()
    well_formed = number.isascii() and number.isdigit() and len(number) < 10
    found = public_reflection(int(number)) if well_formed else None
    if draft.content.kind is not CaseKind.REFLECTION or found is None:
        raise NotFound("reflection")
    return found


def _join_page(chosen: Shown, form: JoinForm) -> str:
    return render_template(
        "public/file/join.html",
        one=shown_reflection(chosen),
        form=form,
        draft=drafting.open_draft(),
    )


def _found(token: str) -> JoinedReflection:
    found = joined_reflection(gateways().keys, token)
    if found is None:
        raise NotFound("contact")
    return found


def _link_page(token: str, found: JoinedReflection) -> str:
    return render_template(
        "public/joined.html",
        one=shown_reflection(found.shown),
        confirmed=found.confirmed,
        token=token,
    )
