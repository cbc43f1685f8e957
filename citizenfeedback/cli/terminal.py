"""What all commands share: their printing, their bars, what a rule refuses in words."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from flask import current_app

from citizenfeedback.documents.labels import error_text
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.policy import Policy

if TYPE_CHECKING:
    from citizenfeedback.gateways import Gateways

DATE = click.DateTime(formats=["%Y-%m-%d"])

UPKEEP_REFUSALS = {
    "backup_folder_not_empty": "the folder must be new or empty",
    "not_a_backup": "the folder holds no backup",
    "backup_of_other_format": "the backup has a form that this release does not read",
    "backup_of_other_release": "the backup is of another release; restore it there, then upgrade",
    "backup_incomplete": "a part of the backup is missing",
    "backup_damaged": "a part of the backup was changed",
    "installation_not_empty": "a backup is restored only into an empty installation",
}


def print_json(document: Any) -> None:
    """Print one JSON document, as `--json` promises."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def gateways_in_use() -> Gateways:
    """The gateways of this installation."""
    gateways: Gateways = current_app.extensions["citizenfeedback_gateways"]
    return gateways


def policy_in_force() -> Policy:
    """The office's own rules, as set for this installation."""
    return Policy.from_values(current_app.config)


@contextmanager
def refusals() -> Iterator[None]:
    """What a rule refuses is said on stderr, with its code; exit 1."""
    try:
        yield
    except RuleBroken as error:
        values = "".join(f", {name}: {value}" for name, value in error.values.items())
        said = UPKEEP_REFUSALS.get(error.code) or error_text(error.code, error.values, "en")
        click.echo(f"{error.code}: {said}{values}", err=True)
        raise SystemExit(1) from None


@contextmanager
def bar(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing where the output is piped."""
    if not sys.stderr.isatty():
        yield lambda _more: None
        return
    with click.progressbar(length=max(length, 1), label=label, file=sys.stderr) as drawn:
        yield drawn.update
