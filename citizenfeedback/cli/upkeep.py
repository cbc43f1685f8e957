"""Keeping an installation safe."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from citizenfeedback.cli.terminal import bar, gateways_in_use, print_json, refusals
from citizenfeedback.documents.labels import label
from citizenfeedback.documents.retention_words import source_words, term_words
from citizenfeedback.domain.privacy import retention
from citizenfeedback.queries.retention import outlook
from citizenfeedback.services.backup import Copied, backup, restore, work_of
from citizenfeedback.services.verifying import verify


@click.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def verify_command(as_json: bool) -> None:
    """Check history, stored files and closed reports; exit 1 and the list if anything is wrong."""
    gateways = gateways_in_use()
    found = verify(gateways.keys, gateways.files)
    if as_json:
        print_json(asdict(found) | {"whole": found.whole})
    else:
        for mismatch in found.mismatches:
            click.echo(f"{mismatch.check}: {mismatch.about}: {mismatch.code}", err=True)
        counts = ", ".join(f"{name} {count}" for name, count in found.checked.items())
        click.echo(f"{'whole' if found.whole else 'NOT WHOLE'}; checked: {counts}")
    if not found.whole:
        raise SystemExit(1)


@click.command("retention")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def retention_command(as_json: bool) -> None:
    """Show how long records are kept, by which law, and what goes next; erase nothing."""
    today = gateways_in_use().clock.today()
    days = current_app.config["RETENTION_WARNING_DAYS"]
    lines = [
        {
            "kept": one.rule.kept.value,
            "what": label(one.rule.kept, "en"),
            "term": term_words(one.rule, "en"),
            "source": source_words(one.rule, "en"),
            "goes_now": one.now,
            "goes_soon": one.soon,
            "held": one.held,
        }
        for one in outlook(
            retention(current_app.config["RETENTION"]), today=today, warning_days=days
        )
    ]
    if as_json:
        print_json({"on": today.isoformat(), "warning_days": days, "records": lines})
        return
    for line in lines:
        click.echo(f"{line['kept']}: {line['term']} ({line['source']})")
        if line["goes_now"] or line["goes_soon"] or line["held"]:
            click.echo(
                f"  goes tonight: {line['goes_now']}, within {days} days: {line['goes_soon']}, "
                f"held back: {line['held']}"
            )


@click.command("backup")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def backup_command(folder: Path, as_json: bool) -> None:
    """Copy everything into DIR while people work. DIR then holds all keys: keep it safe."""
    gateways = gateways_in_use()
    with refusals(), bar("Copying", work_of()) as tell:
        copied = backup(
            folder,
            instance=Path(current_app.instance_path),
            files=gateways.files,
            schema=current_app.config["MIGRATION_HEAD"],
            now=gateways.clock.now(),
            tell=tell,
        )
    _print_copied(copied, f"copied to {folder}", as_json=as_json)


@click.command("restore")
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR"
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def restore_command(folder: Path, as_json: bool) -> None:
    """Restore a backup from DIR into an empty installation, on either database."""
    with refusals(), bar("Restoring", work_of(folder)) as tell:
        copied = restore(
            folder,
            instance=Path(current_app.instance_path),
            files=gateways_in_use().files,
            schema=current_app.config["MIGRATION_HEAD"],
            tell=tell,
        )
    _print_copied(copied, f"restored from {folder}", as_json=as_json)


def _print_copied(copied: Copied, what: str, *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(copied))
    else:
        click.echo(f"{copied.rows} rows in {copied.tables} tables and {copied.files} files {what}")
