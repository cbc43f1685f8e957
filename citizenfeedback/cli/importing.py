"""Records in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from citizenfeedback.cli.terminal import gateways_in_use, policy_in_force, print_json
from citizenfeedback.documents.import_words import problem_message
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.records import RecordKind
from citizenfeedback.services.importing import ImportResult, import_records


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
    gateways = gateways_in_use()
    with _progress() as progress:
        result = import_records(
            SYSTEM,
            RecordKind(kind),
            files,
            keys=gateways.keys,
            policy=policy_in_force(),
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
        if result.moved:
            click.echo(f"The due dates of {result.moved} cases {would or 'were '}moved.")
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
