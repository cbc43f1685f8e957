"""People who sign in. No command ever takes a password."""

from __future__ import annotations

from dataclasses import asdict

import click
from flask import current_app
from flask.cli import with_appcontext

from citizenfeedback.cli.terminal import gateways_in_use, print_json, refusals
from citizenfeedback.documents.mail import LINK_PATH
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.vocabulary import STAFF_ROLES, Role
from citizenfeedback.queries.accounts import AccountLine, account, account_id, accounts_page
from citizenfeedback.queries.directory import unit_id_of
from citizenfeedback.services.accounts import (
    FIRST_EMAIL,
    IssuedLink,
    NewAccount,
    create_account,
    issue_reset,
    open_first_account,
    plain_email,
)


def _print_link(link: IssuedLink, email: str, *, as_json: bool) -> None:
    address = f"{current_app.config['PUBLIC_URL']}{LINK_PATH}{link.token}"
    until = link.expires_at.isoformat(timespec="minutes")
    if as_json:
        print_json({"id": link.user_id, "email": email, "link": address, "until": until})
    else:
        click.echo(f"One-time link for {email}, until {until}:\n{address}")


def _account_named(email: str) -> int:
    found = account_id(plain_email(email))
    if found is None:
        click.echo(f"not_found: nobody has the address {email}", err=True)
        raise SystemExit(1)
    return found


@click.group()
def user() -> None:
    """Accounts of officials."""


@user.command("add")
@click.option("--email", required=True, help="The address the person signs in with.")
@click.option("--name", required=True, help="The person's name.")
@click.option("--unit", "unit_code", metavar="CODE", required=True, help="The person's unit.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in STAFF_ROLES]),
    help="What the person may do; repeat for several.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def user_add(email: str, name: str, unit_code: str, roles: tuple[str, ...], as_json: bool) -> None:
    """Make an account and print the one-time link by which its owner sets a password."""
    unit_id = unit_id_of(unit_code)
    with refusals():
        if unit_id is None:
            raise RuleBroken("unit_unknown", unit=unit_code)
        new = NewAccount(
            email=email, name=name, unit_id=unit_id, roles=frozenset(Role(role) for role in roles)
        )
        gateways = gateways_in_use()
        link = create_account(SYSTEM, new, keys=gateways.keys, now=gateways.clock.now())
    _print_link(link, plain_email(email), as_json=as_json)


@user.command("first")
@click.option(
    "--email", default=FIRST_EMAIL, show_default=True, help="The address to sign in with."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def user_first(email: str, as_json: bool) -> None:
    """Print a one-time link for the first administrator, while nobody can sign in yet."""
    gateways = gateways_in_use()
    with refusals():
        link = open_first_account(email, keys=gateways.keys, now=gateways.clock.now())
    if link is not None:
        _print_link(link, account(SYSTEM, link.user_id).email, as_json=as_json)
    elif as_json:
        print_json(None)
    else:
        click.echo("There are accounts already.", err=True)


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def user_list(as_json: bool) -> None:
    """List the accounts, by address."""
    lines: list[AccountLine] = []
    after: str | None = ""
    while after is not None:
        page = accounts_page(SYSTEM, after=after)
        lines += page.lines
        after = page.next_after
    if as_json:
        print_json([asdict(line) for line in lines])
        return
    for line in lines:
        state = "active" if line.active else "closed"
        state = state if line.has_password else f"{state}, no password yet"
        click.echo(f"{line.email}\t{line.name}\t{line.unit_name}\t{', '.join(line.roles)}\t{state}")


@user.command("reset")
@click.argument("email")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def user_reset(email: str, as_json: bool) -> None:
    """Print a one-time link by which the owner of EMAIL sets a new password."""
    gateways = gateways_in_use()
    with refusals():
        link = issue_reset(
            SYSTEM, _account_named(email), keys=gateways.keys, now=gateways.clock.now()
        )
    _print_link(link, plain_email(email), as_json=as_json)
