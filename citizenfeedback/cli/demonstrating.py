"""The demonstration."""

from __future__ import annotations

from dataclasses import asdict

import click
from flask.cli import with_appcontext

from citizenfeedback.cli.terminal import (
    bar,
    gateways_in_use,
    policy_in_force,
    print_json,
    refusals,
)
from citizenfeedback.documents.labels import label
from citizenfeedback.services.demonstrating import Scale, demonstrate, refuse_used


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def demo(*, as_json: bool) -> None:
    """Fill an empty database with the demonstration province and print its log-ins once.

    A database that holds anything already is refused. A demonstration stays one for good.
    """
    gateways, scale = gateways_in_use(), Scale()
    with refusals():
        refuse_used()
        with bar("Making the demonstration", scale.parts) as advance:
            made = demonstrate(
                gateways,
                policy_in_force(),
                now=gateways.clock.now(),
                scale=scale,
                progress=advance,
            )
    if as_json:
        print_json(asdict(made))
        return
    click.echo(
        f"The demonstration is made: {made.units} units, {made.cases} cases, "
        f"{made.ratings} ratings, {made.receptions} visits.\n\n"
        "Log-ins, shown this once (sign in at /sign-in):\n"
    )
    for login in made.logins:
        role = label(login.role, "en")
        click.echo(f"  {login.email:<34} {login.password}   {role}, {login.place}")
    click.echo("")
