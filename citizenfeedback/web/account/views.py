"""Signing in and out, setting a password through a link, one's own account."""

from __future__ import annotations

from flask import Blueprint, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from citizenfeedback.documents.labels import error_text, label
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries.accounts import open_link
from citizenfeedback.services import accounts
from citizenfeedback.web import session
from citizenfeedback.web.account.forms import (
    ChangePasswordForm,
    ForgottenForm,
    LanguageForm,
    NewPasswordForm,
    SignInForm,
)
from citizenfeedback.web.context import actor, gateways, now
from citizenfeedback.web.guard import anyone, requires
from citizenfeedback.web.i18n import COOKIE, current_language, gettext, remember
from citizenfeedback.web.keeping import FIELD, kept_form
from citizenfeedback.web.limits import limited
from citizenfeedback.web.staying import stayed

blueprint = Blueprint("account", __name__)

Answer = Response | str | tuple[str, int]
WRONG = 422


def _said(error: RuleBroken) -> str:
    return error_text(error.code, error.values, current_language())


def _way_back() -> str:
    """Where the person was going: an address on this site, or where their work begins."""
    target = request.values.get("next", "")
    local = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if local and target.isprintable() else session.home_of(actor())


@blueprint.get("/sign-in")
@anyone("one signs in before one has any right")
def sign_in() -> Answer:
    """Ask for address and password."""
    if actor().is_staff:
        return redirect(_way_back(), 303)
    return _door(SignInForm(None), request.args.get("next", ""), g.get("kept_form", ""))


@blueprint.post("/sign-in")
@anyone("one signs in before one has any right")
@limited("sign_in", 60, 60)
def check_sign_in() -> Answer:
    """Sign somebody in, or say no more than that it did not work."""
    form = SignInForm()
    if form.validate():
        try:
            who = accounts.sign_in(
                form.email.data,
                form.password.data,
                source=request.remote_addr or "",
                keys=gateways().keys,
                passwords=gateways().passwords,
                now=now(),
            )
        except RuleBroken as error:
            form.add_errors({"": _said(error)})
        else:
            session.begin(who.user_id)
            response = _back_to_work(who.user_id)
            if COOKIE not in request.cookies:
                remember(response, COOKIE, who.language)
            return response
    return _door(form, request.form.get("next", ""), request.form.get(FIELD, "")), WRONG


def _door(form: SignInForm, way_back: str, kept: str) -> str:
    return render_template("account/sign_in.html", form=form, next=way_back, kept=kept)


def _back_to_work(user_id: int) -> Response:
    """Where the person was going; first what they had typed when their session ended, if they had."""
    sealed = request.form.get(FIELD, "")
    kept = kept_form(sealed, user_id) if sealed else None
    if kept is not None:
        page = render_template("account/kept.html", kept=kept, home=session.home_of(actor()))
        return make_response(page)
    if sealed:
        flash(gettext("Nội dung đang viết là của người khác, nên không mở."), "warning")
    return redirect(_way_back(), 303)


@blueprint.post("/sign-out")
@anyone("whoever is not signed in is signed out already")
def sign_out() -> Response:
    """End this browser's session."""
    session.end()
    flash(gettext("Anh/chị đã đăng xuất."))
    return redirect(url_for("account.sign_in"), 303)


@blueprint.post("/account/stay")
@requires(Action.OWN_ACCOUNT)
def stay() -> Response:
    """Put off the end of this session; what is typed on the page stays."""
    staying = session.stay()
    if staying is None:
        raise RuntimeError("the guard let nobody in")
    return stayed(staying, _way_back())


@blueprint.post("/account/sign-out-everywhere")
@requires(Action.OWN_ACCOUNT)
def sign_out_everywhere() -> Response:
    """End every session of this account, this one too."""
    accounts.sign_out_everywhere(actor(), keys=gateways().keys, now=now())
    session.end()
    flash(gettext("Anh/chị đã đăng xuất trên mọi thiết bị."))
    return redirect(url_for("account.sign_in"), 303)


@blueprint.get("/account")
@requires(Action.OWN_ACCOUNT)
def own_account() -> str:
    """Show one's own account."""
    return _own_account(LanguageForm(formdata=None, language=current_language()))


def _own_account(form: LanguageForm) -> str:
    person = session.signed_in_person()
    if person is None:
        raise RuntimeError("the guard let nobody in")
    lang = current_language()
    unit = person.unit_name_en if lang == "en" and person.unit_name_en else person.unit_name
    roles = [label(role, lang) for role in sorted(person.actor.roles)]
    return render_template(
        "account/own_account.html", person=person, unit=unit, roles=roles, form=form
    )


@blueprint.post("/account/language")
@requires(Action.OWN_ACCOUNT)
def choose_language() -> Answer:
    """Keep the language for pages and mail."""
    form = LanguageForm()
    if not form.validate():
        return _own_account(form), WRONG
    accounts.choose_language(actor(), form.language.data)
    response = redirect(url_for("account.own_account"), 303)
    remember(response, COOKIE, form.language.data)
    return response


@blueprint.get("/account/password")
@requires(Action.OWN_ACCOUNT)
def password() -> str:
    """Ask for the old password and a new one."""
    return render_template("account/password.html", form=ChangePasswordForm())


@blueprint.post("/account/password")
@requires(Action.OWN_ACCOUNT)
@limited("change_password", 10, 600)
def change_password() -> Answer:
    """Change one's password; other devices are signed out, this one stays."""
    form = ChangePasswordForm()
    user_id = actor().user_id
    if form.validate() and _same(form) and user_id is not None:
        try:
            accounts.change_password(
                actor(),
                form.before.data,
                form.password.data,
                keys=gateways().keys,
                passwords=gateways().passwords,
                now=now(),
            )
        except RuleBroken as error:
            field = "before" if error.code == "password_wrong" else "password"
            form.add_errors({field: _said(error)})
        else:
            session.begin(user_id)
            flash(gettext("Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất."))
            return redirect(url_for("account.own_account"), 303)
    return render_template("account/password.html", form=form), WRONG


def _same(form: NewPasswordForm) -> bool:
    if not form.same:
        form.add_errors({"again": gettext("Hai lần nhập chưa giống nhau. Nhập lại.")})
    return form.same


@blueprint.get("/account/forgotten")
@anyone("who forgot the password cannot sign in")
def forgotten() -> str:
    """Ask for the address to which a link shall go."""
    return render_template("account/forgotten.html", form=ForgottenForm(), sent=False)


@blueprint.post("/account/forgotten")
@anyone("who forgot the password cannot sign in")
@limited("forgotten", 10, 600)
def ask_reset() -> Answer:
    """Mail a link; the page says the same whether or not there is such an account."""
    form = ForgottenForm()
    if not form.validate():
        return render_template("account/forgotten.html", form=form, sent=False), WRONG
    accounts.ask_reset(form.email.data, keys=gateways().keys, now=now())
    return render_template("account/forgotten.html", form=form, sent=True)


@blueprint.get("/account/link/<string(maxlength=100):token>")
@anyone("the token of the link is what opens this page")
@limited("link", 30, 600)
def one_time_link(token: str) -> Answer:
    """Ask for a password, if the link still works."""
    return _link_page(token, NewPasswordForm())


@blueprint.post("/account/link/<string(maxlength=100):token>")
@anyone("the token of the link is what opens this page")
@limited("link", 30, 600)
def set_password(token: str) -> Answer:
    """Set the password and sign its owner in."""
    form = NewPasswordForm()
    if form.validate() and _same(form):
        try:
            user_id = accounts.set_password(
                token,
                form.password.data,
                keys=gateways().keys,
                passwords=gateways().passwords,
                now=now(),
            )
        except RuleBroken as error:
            if error.code == "link_spent":
                return _link_page(token, form)
            form.add_errors({"password": _said(error)})
        else:
            session.begin(user_id)
            flash(gettext("Đã đặt mật khẩu. Anh/chị đang đăng nhập."))
            return redirect(session.home_of(actor()), 303)
    return _link_page(token, form, WRONG)


def _link_page(token: str, form: NewPasswordForm, status: int = 200) -> tuple[str, int]:
    link = open_link(token, keys=gateways().keys, now=now())
    if link is None:
        return render_template("account/link_spent.html"), 410
    return render_template("account/link.html", form=form, link=link, token=token), status
