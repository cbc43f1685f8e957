"""The working calendar."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from citizenfeedback.cli.importing import import_command
from citizenfeedback.cli.terminal import (
    DATE,
    gateways_in_use,
    policy_in_force,
    print_json,
    refusals,
)
from citizenfeedback.domain.calendar import CalendarDay
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.records import RecordKind
from citizenfeedback.domain.vocabulary import DayKind
from citizenfeedback.queries.calendar import calendar_days
from citizenfeedback.services.calendar import change_calendar, preview_change
from citizenfeedback.services.recounting import DayChange


@click.group()
def calendar() -> None:
    """Holidays, days off in lieu and make-up working days."""


@calendar.command("list")
@click.option("--year", type=click.IntRange(1900, 2200), help="One year only.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def calendar_list(year: int | None, as_json: bool) -> None:
    """List the days that differ from their weekday."""
    days = calendar_days(year)
    if as_json:
        print_json([asdict(day) | {"date": day.date.isoformat()} for day in days])
        return
    for day in days:
        note = "" if day.decreed else " (expected)" if day.counts else " (does not count yet)"
        click.echo(f"{day.date}\t{day.kind}\t{day.name}{note}\t{day.basis}")


@calendar.command("set")
@click.argument("on", type=DATE, metavar="DATE")
@click.argument("kind", type=click.Choice([*(kind.value for kind in DayKind), "ordinary"]))
@click.option("--name", default="", help="What the day is called; not needed for ordinary.")
@click.option("--name-en", default="", help="The same in English.")
@click.option("--basis", default="", help="The notice or law that makes it so.")
@click.option("--dry-run", is_flag=True, help="Show which due dates would move; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def calendar_set(
    on: datetime, kind: str, name: str, name_en: str, basis: str, dry_run: bool, as_json: bool
) -> None:
    """Set DATE to KIND; ordinary makes it a plain weekday or weekend day again.

    Every running term is counted anew, and the due dates that moved are listed.
    """
    gateways = gateways_in_use()
    policy = policy_in_force()
    day = None
    if kind != "ordinary":
        day = CalendarDay(on.date(), DayKind(kind), name, name_en, basis)
    changes = [DayChange(on.date(), day)]
    with refusals():
        if dry_run:
            moved = preview_change(SYSTEM, changes, policy=policy)
        else:
            moved = change_calendar(
                SYSTEM, changes, keys=gateways.keys, policy=policy, now=gateways.clock.now()
            )
    if as_json:
        print_json(
            {
                "date": on.date().isoformat(),
                "kind": kind,
                "dry_run": dry_run,
                "cases": moved.cases,
                "moves": [
                    {
                        "number": move.number,
                        "before": move.before.isoformat(),
                        "after": move.after.isoformat(),
                    }
                    for move in moved.moves
                ],
            }
        )
        return
    would = "would be" if dry_run else "is now"
    click.echo(f"{on.date()} {would} {kind}; cases whose due date moves: {moved.cases}.")
    for move in moved.moves:
        click.echo(f"{move.number}\t{move.before} -> {move.after}")


@calendar.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def calendar_import(
    context: click.Context, files: tuple[Path, ...], dry_run: bool, as_json: bool
) -> None:
    """Import days from .csv or .xlsx files; the same as `import calendar`."""
    context.invoke(
        import_command,
        kind=RecordKind.CALENDAR.value,
        files=files,
        dry_run=dry_run,
        as_json=as_json,
    )
