"""Operator commands: each reads its arguments, calls one service or query, and prints the result.

Results go to stdout, complaints to stderr; 0 is success, 1 refused, 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from citizenfeedback.documents.import_words import problem_message
from citizenfeedback.documents.tables import FORMATS, render
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.records import RecordKind
from citizenfeedback.queries.figures import monthly
from citizenfeedback.queries.ratings import rating_document, rating_report
from citizenfeedback.services.importing import ImportResult, import_records


def print_json(document: Any) -> None:
    """Print one JSON document, as `--json` promises."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


# Records in, figures out.

DATE = click.DateTime(formats=["%Y-%m-%d"])


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on a terminal, nothing where the output is piped."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label="Reading", file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield show


@click.command("import")
@click.argument("kind", type=click.Choice([kind.value for kind in RecordKind]))
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def import_command(kind: str, files: tuple[Path, ...], *, dry_run: bool, as_json: bool) -> None:
    """Import records of one KIND from .csv or .xlsx files: all rows, or none.

    Rows that are stored already with the same content are skipped. One bad row refuses everything,
    and every problem is listed with row, column, code and a message.
    """
    gateways = current_app.extensions["citizenfeedback_gateways"]
    with _progress() as progress:
        result = import_records(
            SYSTEM,
            RecordKind(kind),
            files,
            keys=gateways.keys,
            policy=Policy.from_values(current_app.config),
            now=gateways.clock.now(),
            dry_run=dry_run,
            progress=progress,
        )
    if as_json:
        print_json(_import_document(result))
    elif result.accepted:
        would = "would be " if dry_run else ""
        click.echo(
            f"{result.kind}: {result.rows} rows read, {result.added} {would}added, "
            f"{result.replaced} {would}replaced, {result.skipped} already there, "
            f"{result.marked} marked for a look"
        )
    else:
        for problem in result.problems:
            place = f"{problem.file}, row {problem.row}, {problem.column or 'whole row'}"
            click.echo(f"{place}: {problem.code}: {problem_message(problem, 'en')}", err=True)
        click.echo(f"{kind}: nothing was imported, {len(result.problems)} problems", err=True)
    if not result.accepted:
        raise SystemExit(1)


def _import_document(result: ImportResult) -> dict[str, Any]:
    problems = [
        {
            "file": problem.file,
            "row": problem.row,
            "column": problem.column,
            "code": problem.code,
            "message": problem_message(problem, "en"),
        }
        for problem in result.problems
    ]
    return asdict(result) | {"problems": problems}


REPORTS: Mapping[str, Callable[[str | None, date, date, Policy], dict[str, Any]]] = {
    "monthly": lambda unit, first, last, policy: monthly(
        unit, first, last, group_size=policy.group_threshold
    ),
    "ratings": lambda unit, first, last, policy: rating_document(
        rating_report(unit, first, last, least_named=policy.ratings_minimum)
    ),
}


@click.command()
@click.argument("name", type=click.Choice(list(REPORTS)))
@click.option("--from", "first", type=DATE, required=True, help="First day, included.")
@click.option("--to", "last", type=DATE, required=True, help="Last day, included.")
@click.option("--unit", metavar="CODE", help="This unit and all below it; the root if not given.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="json")
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@with_appcontext
def report(
    name: str, first: datetime, last: datetime, unit: str | None, form: str, output: Path | None
) -> None:
    """Print the report NAME of a window, or write it to a file."""
    if last < first:
        raise click.BadParameter("ends before it begins", param_hint="--to")
    try:
        policy = Policy.from_values(current_app.config)
        document = REPORTS[name](unit, first.date(), last.date(), policy)
    except NotFound:
        click.echo(f"unknown_unit: there is no unit {unit or 'at all'}", err=True)
        raise SystemExit(1) from None
    content = render(document, form)
    if output is None:
        click.get_binary_stream("stdout").write(content)
    else:
        output.write_bytes(content)


COMMANDS: tuple[click.Command, ...] = (import_command, report)
