"""Operator commands: each reads its arguments, calls one service or query, and prints the result.

Results go to stdout, complaints to stderr; 0 is success, 1 refused, 2 wrong usage.
"""

from __future__ import annotations

import json
from typing import Any

import click
import flask_migrate
from flask.cli import with_appcontext


def print_json(document: Any) -> None:
    """Print one JSON document, as `--json` promises."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


@click.command()
@with_appcontext
def init() -> None:
    """Create the database or bring it up to date; safe to repeat."""
    flask_migrate.upgrade()
    click.echo("The database is up to date.")


COMMANDS: tuple[click.Command, ...] = (init,)
