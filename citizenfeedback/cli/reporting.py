"""Figures out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from citizenfeedback.cli.terminal import DATE, policy_in_force
from citizenfeedback.documents.tables import FORMATS, render
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.law.form_sets import FORM_SETS, replaced_by
from citizenfeedback.domain.law.statistics import CURRENT, FormCode
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.windows import Window
from citizenfeedback.queries.figures import monthly
from citizenfeedback.queries.ratings import rating_document, rating_report
from citizenfeedback.queries.reporting import monthly_book, rating_book
from citizenfeedback.queries.returns import form_document

Report = Callable[[str | None, date, date, Policy], dict[str, Any]]


REPORTS: Mapping[str, Report] = {
    "monthly": lambda unit, first, last, policy: monthly(
        unit, first, last, group_size=policy.group_threshold
    ),
    "ratings": lambda unit, first, last, policy: rating_document(
        rating_report(unit, first, last, least_named=policy.ratings_minimum)
    ),
}


# What a table book and a paper show beside the figures themselves.
BOOKS: Mapping[str, Report] = {
    "monthly": lambda unit, first, last, policy: monthly_book(
        SYSTEM, unit or "", Window(first, last), group_size=policy.group_threshold
    ),
    "ratings": lambda unit, first, last, policy: rating_book(
        SYSTEM, unit or "", Window(first, last), least_named=policy.ratings_minimum
    ),
}


@click.command()
@click.argument("name", type=click.Choice([*REPORTS, *(code.value for code in FormCode)]))
@click.option("--from", "first", type=DATE, required=True, help="First day, included.")
@click.option("--to", "last", type=DATE, required=True, help="Last day, included.")
@click.option("--unit", metavar="CODE", help="This unit and all below it; the root if not given.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="json", help="The form of the report."
)
@click.option("--json", "form", flag_value="json", help="Print one JSON document: --format json.")
@click.option(
    "-o",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to this file instead of printing.",
)
@click.option(
    "--forms",
    metavar="CIRCULAR",
    default=CURRENT.code,
    show_default=True,
    help="The set of statutory forms, by the number and year of its circular.",
)
@with_appcontext
def report(
    name: str,
    first: datetime,
    last: datetime,
    unit: str | None,
    form: str,
    output: Path | None,
    forms: str,
) -> None:
    """Print the report NAME of a window, or write it to a file."""
    if last < first:
        raise click.BadParameter("ends before it begins", param_hint="--to")
    if forms not in FORM_SETS:
        known = ", ".join(FORM_SETS)
        raise click.BadParameter(f"there is no set {forms}; there is {known}", param_hint="--forms")
    chosen = FORM_SETS[forms]
    if name not in REPORTS and name not in chosen.forms:
        known = ", ".join(chosen.forms)
        raise click.BadParameter(f"{forms} has no {name}; it has {known}", param_hint="NAME")
    newer = None if name in REPORTS else replaced_by(chosen, last.date())
    if newer is not None:
        click.echo(
            f"note: {newer.code} replaced the forms of {forms} on {newer.in_force}, "
            "which this window reaches",
            err=True,
        )
    try:
        policy = policy_in_force()
        if name in REPORTS:
            books: Mapping[str, Report] = BOOKS if form in ("xlsx", "pdf") else REPORTS
            document = books[name](unit, first.date(), last.date(), policy)
        else:
            document = form_document(
                SYSTEM,
                FormCode(name),
                unit or "",
                Window(first.date(), last.date()),
                forms=chosen,
                group_size=policy.group_threshold,
            )
    except NotFound:
        click.echo(f"unknown_unit: there is no unit {unit or 'at all'}", err=True)
        raise SystemExit(1) from None
    content = render(document, form)
    if output is None:
        click.echo(content, nl=False)
    else:
        output.write_bytes(content)
