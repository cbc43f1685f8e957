"""Signs for the places where people rate."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from citizenfeedback.documents.posters import Poster, PosterSize, posters_pdf
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.queries.directory import point_id_of, points_to_print, unit_id_of


@click.command("posters")
@click.option("--unit", help="Points of this unit and all below it (code).")
@click.option("--point", help="This point alone (code).")
@click.option(
    "--size",
    type=click.Choice([size.value for size in PosterSize]),
    default=PosterSize.A4.value,
    show_default=True,
    help="a4: poster for the wall; a5 and a6: card for the desk.",
)
@click.option(
    "-o",
    "output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the PDF to this file.",
)
@with_appcontext
def posters_command(unit: str | None, point: str | None, size: str, output: Path) -> None:
    """Make the signs with the QR codes of points, ready to print: one page a point."""
    unit_id, point_id = unit and unit_id_of(unit), point and point_id_of(point)
    for what, code, found in (("unit", unit, unit_id), ("point", point, point_id)):
        if code and found is None:
            click.echo(f"unknown_{what}: there is no {what} {code}", err=True)
            raise SystemExit(1)
    signs = points_to_print(SYSTEM, unit_id=unit_id or None, point_id=point_id or None)
    if not signs:
        click.echo("no_points: no point is open there", err=True)
        raise SystemExit(1)
    site = current_app.config["PUBLIC_URL"]
    sheets = [Poster(one.code, one.point, one.unit, one.unit_en, site) for one in signs]
    output.write_bytes(posters_pdf(sheets, PosterSize(size)))
    click.echo(f"{output}: {len(sheets)} pages")
