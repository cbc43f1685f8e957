"""Signs for the places where people rate, and links for those who were there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from secrets import token_bytes

import click
from flask import current_app
from flask.cli import with_appcontext

from citizenfeedback.cli.terminal import gateways_in_use, print_json
from citizenfeedback.documents.posters import Poster, PosterSize, posters_pdf
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.rating_links import (
    LINK_DAYS,
    PURPOSE,
    RATE_VISIT_PATH,
    VISIT_BYTES,
    RatingLink,
    dossier_number,
)
from citizenfeedback.domain.vocabulary import RatingChannel
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
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def posters_command(
    unit: str | None, point: str | None, size: str, output: Path, *, as_json: bool
) -> None:
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
    if as_json:
        print_json({"file": str(output), "pages": len(sheets)})
    else:
        click.echo(f"{output}: {len(sheets)} pages")


@click.command("rating-link")
@click.option("--point", required=True, help="Where the visit was (code of the point).")
@click.option("--dossier", default="", help="Number of the dossier the visit was about.")
@click.option(
    "--days",
    type=click.IntRange(1, 365),
    default=LINK_DAYS,
    show_default=True,
    help="How long the link works, from today.",
)
@click.option(
    "--by",
    type=click.Choice([RatingChannel.SMS.value, RatingChannel.WEB.value]),
    default=RatingChannel.SMS.value,
    show_default=True,
    help="How the link reaches the visitor.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def rating_link(point: str, dossier: str, days: int, by: str, *, as_json: bool) -> None:
    """Print a link by which the visitor rates one visit, once; the rating counts as verified."""
    point_id, number = point_id_of(point), dossier_number(dossier) if dossier else ""
    if point_id is None:
        click.echo(f"unknown_point: there is no point {point}", err=True)
        raise SystemExit(1)
    if number is None:
        click.echo(f"bad_dossier: {dossier} is not of the form 000.54.2026.12345", err=True)
        raise SystemExit(1)
    until = gateways_in_use().clock.today() + timedelta(days=days)
    link = RatingLink(point_id, until, token_bytes(VISIT_BYTES), RatingChannel(by), number)
    token = gateways_in_use().keys.wrap(PURPOSE, link.packed())
    address = f"{current_app.config['PUBLIC_URL']}{RATE_VISIT_PATH}{token}"
    if as_json:
        print_json({"link": address, "until": until.isoformat()})
    else:
        click.echo(address)
