"""The terms of the law, counted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click
from flask.cli import with_appcontext

from citizenfeedback.cli.terminal import DATE, policy_in_force, print_json, refusals
from citizenfeedback.documents.deadline_text import explain, term_line
from citizenfeedback.domain.deadlines import deadline
from citizenfeedback.queries.calendar import office_calendar


class _Pause(click.ParamType):
    """Two days with two dots between: that of the suspension and that of the continuation."""

    name = "DATE..DATE"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[date, date]:
        """Read both days."""
        if isinstance(value, tuple):
            return value
        try:
            first, last = (date.fromisoformat(part) for part in str(value).split(".."))
        except ValueError:
            self.fail("must look like 2026-07-11..2026-08-10", param, ctx)
        return first, last


@click.command("deadline")
@click.argument("rule")
@click.option("--from", "start", type=DATE, required=True, help="Day of the event; day zero.")
@click.option("--complex", "is_complex", is_flag=True, help="A complex case.")
@click.option("--specially-complex", is_flag=True, help="A specially complex denunciation.")
@click.option("--remote", is_flag=True, help="A remote area.")
@click.option("--extensions", type=click.IntRange(0), default=0, help="Extensions decided.")
@click.option("--suspended", type=_Pause(), multiple=True, help="Suspension; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def deadline_command(
    rule: str,
    start: datetime,
    *,
    is_complex: bool,
    specially_complex: bool,
    remote: bool,
    extensions: int,
    suspended: tuple[tuple[date, date], ...],
    as_json: bool,
) -> None:
    """Print the date by which RULE (KN-04, TC-06, TD-01 …) must be met, and how it was counted."""
    with refusals():
        explained = deadline(
            rule,
            start.date(),
            office_calendar(),
            complex=is_complex,
            specially_complex=specially_complex,
            remote=remote,
            extensions=extensions,
            suspensions=suspended,
            roll=policy_in_force().denunciation_roll,
        )
    if as_json:
        print_json(explained.as_json())
        return
    click.echo(f"{explained.rule}: {explained.due.isoformat()}")
    click.echo(term_line(explained, "en"))
    for on, sentence in explain(explained, "en"):
        click.echo(f"  {on.isoformat()}  {sentence}")
