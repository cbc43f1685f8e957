"""Accounts of officials: list, invite, change, send a new link."""

from __future__ import annotations

from typing import TypeVar

from flask import flash, redirect, render_template, request, url_for

from citizenfeedback.documents.labels import label
from citizenfeedback.documents.mail import LINK_PATH
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.vocabulary import Action, Role
from citizenfeedback.queries.accounts import Account, account, accounts_page
from citizenfeedback.queries.directory import unit_choices
from citizenfeedback.services import accounts
from citizenfeedback.web.admin.forms import AccountForm, EditAccountForm, InviteForm, role_choices
from citizenfeedback.web.admin.room import WRONG, Answer, blueprint, show_refusal
from citizenfeedback.web.context import actor, gateways, now, setting
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext

Kind = TypeVar("Kind", bound=AccountForm)


@blueprint.get("/people")
@requires(Action.MANAGE_ACCOUNTS)
def people() -> str:
    """List the accounts."""
    text = request.args.get("q", "")[:100]
    page = accounts_page(actor(), text=text, after=request.args.get("after", "")[:250])
    lang = current_language()
    roles = {role: label(role, lang) for role in Role}
    return render_template("admin/people.html", page=page, text=text, roles=roles)


@blueprint.get("/people/new")
@requires(Action.MANAGE_ACCOUNTS)
def new_person() -> str:
    """Ask whom to invite."""
    return render_template("admin/new_person.html", form=_filled(InviteForm()))


@blueprint.post("/people/new")
@requires(Action.MANAGE_ACCOUNTS)
def invite() -> Answer:
    """Make an account and send, or show, the link by which its owner sets a password."""
    form = _filled(InviteForm())
    if form.validate():
        new = accounts.NewAccount(
            email=form.email.data,
            name=form.name.data,
            unit_id=int(form.unit.data),
            roles=frozenset(Role(role) for role in form.roles.data),
            language=current_language(),
        )
        try:
            link = accounts.create_account(
                actor(), new, keys=gateways().keys, now=now(), mail=gateways().mail.delivers
            )
        except RuleBroken as error:
            show_refusal(form, error)
        else:
            return _issued(link)
    return render_template("admin/new_person.html", form=form), WRONG


@blueprint.get("/people/<int(max=2147483647):user_id>")
@requires(Action.MANAGE_ACCOUNTS)
def person(user_id: int) -> str:
    """Show one account and let it be changed."""
    found = account(actor(), user_id)
    form = EditAccountForm(
        formdata=None,
        name=found.name,
        unit=str(found.unit_id),
        roles=[role.value for role in found.roles],
        active=found.active,
        version=found.version,
    )
    return _person_page(found, _filled(form))


@blueprint.post("/people/<int(max=2147483647):user_id>")
@requires(Action.MANAGE_ACCOUNTS)
def change_person(user_id: int) -> Answer:
    """Change name, unit, roles or activity."""
    form = _filled(EditAccountForm())
    if form.validate():
        version = str(form.version.data)
        change = accounts.AccountChange(
            name=form.name.data,
            unit_id=int(form.unit.data),
            roles=frozenset(Role(role) for role in form.roles.data),
            active=bool(form.active.data),
            version=int(version) if version.isascii() and version.isdigit() else 0,
        )
        try:
            accounts.change_account(actor(), user_id, change, keys=gateways().keys, now=now())
        except RuleBroken as error:
            found = account(actor(), user_id)
            show_refusal(form, error)
            form.version.data = str(found.version)
            return _person_page(found, form), WRONG
        flash(gettext("Đã lưu tài khoản."))
        return redirect(url_for("admin.people"), 303)
    return _person_page(account(actor(), user_id), form), WRONG


@blueprint.post("/people/<int(max=2147483647):user_id>/link")
@requires(Action.MANAGE_ACCOUNTS)
def send_link(user_id: int) -> Answer:
    """Send, or show, a new link to set a password."""
    link = accounts.issue_reset(
        actor(), user_id, keys=gateways().keys, now=now(), mail=gateways().mail.delivers
    )
    return _issued(link)


def _issued(link: accounts.IssuedLink) -> Answer:
    """Say that the link went out; without a mail server show it, once, to be handed over."""
    if gateways().mail.delivers:
        flash(gettext("Liên kết đặt mật khẩu đang được gửi qua thư."))
        return redirect(url_for("admin.people"), 303)
    address = f"{setting('PUBLIC_URL')}{LINK_PATH}{link.token}"
    return render_template("admin/link_issued.html", address=address, until=link.expires_at)


def _filled(form: Kind) -> Kind:
    form.unit.choices = [(str(key), name) for key, name in unit_choices()]
    form.roles.choices = role_choices()
    return form


def _person_page(found: Account, form: EditAccountForm) -> str:
    return render_template("admin/person.html", account=found, form=form)
