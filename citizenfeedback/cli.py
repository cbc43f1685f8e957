"""Operator commands: each reads its arguments, calls one service or query, and prints the result.

Results go to stdout, complaints to stderr; 0 is success, 1 refused, 2 wrong usage.
"""

from __future__ import annotations

import json
from typing import Any

import click


def print_json(document: Any) -> None:
    """Print one JSON document, as `--json` promises."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


COMMANDS: tuple[click.Command, ...] = ()
