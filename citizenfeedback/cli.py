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

from citizenfeedback.documents.deadline_text import explain, term_line
from citizenfeedback.documents.import_words import problem_message
from citizenfeedback.documents.labels import error_text, label
from citizenfeedback.documents.mail import LINK_PATH
from citizenfeedback.documents.posters import Poster, PosterSize, posters_pdf
from citizenfeedback.documents.tables import FORMATS, render
from citizenfeedback.domain.calendar import CalendarDay
from citizenfeedback.domain.deadlines import deadline
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.records import RecordKind
from citizenfeedback.domain.vocabulary import STAFF_ROLES, DayKind, Role
from citizenfeedback.domain.windows import Window
from citizenfeedback.queries.accounts import AccountLine, account, account_id, accounts_page
from citizenfeedback.queries.calendar import calendar_days, office_calendar
from citizenfeedback.queries.directory import point_id_of, points_to_print, unit_id_of
from citizenfeedback.queries.figures import monthly
from citizenfeedback.queries.ratings import rating_document, rating_report
from citizenfeedback.queries.reporting import monthly_book, rating_book
from citizenfeedback.services.accounts import (
    FIRST_EMAIL,
    IssuedLink,
    NewAccount,
    create_account,
    issue_reset,
    open_first_account,
    plain_email,
)
from citizenfeedback.services.backup import Copied, backup, restore, work_of
from citizenfeedback.services.calendar import change_calendar, preview_change
from citizenfeedback.services.demonstrating import Scale, demonstrate, refuse_used
from citizenfeedback.services.importing import ImportResult, import_records
from citizenfeedback.services.recounting import DayChange
from citizenfeedback.services.verifying import verify


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
@click.argument("name", type=click.Choice(list(REPORTS)))
@click.option("--from", "first", type=DATE, required=True, help="First day, included.")
@click.option("--to", "last", type=DATE, required=True, help="Last day, included.")
@click.option("--unit", metavar="CODE", help="This unit and all below it; the root if not given.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="json", help="The form of the report."
)
@click.option(
    "-o",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to this file instead of printing.",
)
@with_appcontext
def report(
    name: str, first: datetime, last: datetime, unit: str | None, form: str, output: Path | None
) -> None:
    """Print the report NAME of a window, or write it to a file."""
    if last < first:
        raise click.BadParameter("ends before it begins", param_hint="--to")
    try:
        policy = Policy.from_values(current_app.config)
        books: Mapping[str, Report] = BOOKS if form in ("xlsx", "pdf") else REPORTS
        document = books[name](unit, first.date(), last.date(), policy)
    except NotFound:
        click.echo(f"unknown_unit: there is no unit {unit or 'at all'}", err=True)
        raise SystemExit(1) from None
    content = render(document, form)
    if output is None:
        click.echo(content, nl=False)
    else:
        output.write_bytes(content)


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


# People who sign in. No command ever takes a password.


def _gateways() -> Any:
    return current_app.extensions["citizenfeedback_gateways"]


@contextmanager
def _refusals() -> Iterator[None]:
    """What a rule refuses is said on stderr, with its code; exit 1."""
    try:
        yield
    except RuleBroken as error:
        values = "".join(f", {name}: {value}" for name, value in error.values.items())
        said = UPKEEP_REFUSALS.get(error.code) or error_text(error.code, error.values, "en")
        click.echo(f"{error.code}: {said}{values}", err=True)
        raise SystemExit(1) from None


def _print_link(link: IssuedLink, email: str, *, as_json: bool) -> None:
    address = f"{current_app.config['PUBLIC_URL']}{LINK_PATH}{link.token}"
    until = link.expires_at.isoformat(timespec="minutes")
    if as_json:
        print_json({"id": link.user_id, "email": email, "link": address, "until": until})
    else:
        click.echo(f"One-time link for {email}, until {until}:\n{address}")


def _account_named(email: str) -> int:
    found = account_id(plain_email(email))
    if found is None:
        click.echo(f"not_found: nobody has the address {email}", err=True)
        raise SystemExit(1)
    return found


@click.group()
def user() -> None:
    """Accounts of officials."""


@user.command("add")
@click.option("--email", required=True, help="The address the person signs in with.")
@click.option("--name", required=True, help="The person's name.")
@click.option("--unit", "unit_code", metavar="CODE", required=True, help="The person's unit.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in STAFF_ROLES]),
    help="What the person may do; repeat for several.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def user_add(email: str, name: str, unit_code: str, roles: tuple[str, ...], as_json: bool) -> None:
    """Make an account and print the one-time link by which its owner sets a password."""
    unit_id = unit_id_of(unit_code)
    with _refusals():
        if unit_id is None:
            raise RuleBroken("unit_unknown", unit=unit_code)
        new = NewAccount(
            email=email, name=name, unit_id=unit_id, roles=frozenset(Role(role) for role in roles)
        )
        gateways = _gateways()
        link = create_account(SYSTEM, new, keys=gateways.keys, now=gateways.clock.now())
    _print_link(link, plain_email(email), as_json=as_json)


@user.command("first")
@click.option(
    "--email", default=FIRST_EMAIL, show_default=True, help="The address to sign in with."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def user_first(email: str, as_json: bool) -> None:
    """Print a one-time link for the first administrator, while nobody can sign in yet."""
    gateways = _gateways()
    with _refusals():
        link = open_first_account(email, keys=gateways.keys, now=gateways.clock.now())
    if link is not None:
        _print_link(link, account(SYSTEM, link.user_id).email, as_json=as_json)
    elif as_json:
        print_json(None)
    else:
        click.echo("There are accounts already.", err=True)


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def user_list(as_json: bool) -> None:
    """List the accounts, by address."""
    lines: list[AccountLine] = []
    after: str | None = ""
    while after is not None:
        page = accounts_page(SYSTEM, after=after)
        lines += page.lines
        after = page.next_after
    if as_json:
        print_json([asdict(line) for line in lines])
        return
    for line in lines:
        state = "active" if line.active else "closed"
        state = state if line.has_password else f"{state}, no password yet"
        click.echo(f"{line.email}\t{line.name}\t{line.unit_name}\t{', '.join(line.roles)}\t{state}")


@user.command("reset")
@click.argument("email")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def user_reset(email: str, as_json: bool) -> None:
    """Print a one-time link by which the owner of EMAIL sets a new password."""
    gateways = _gateways()
    with _refusals():
        link = issue_reset(
            SYSTEM, _account_named(email), keys=gateways.keys, now=gateways.clock.now()
        )
    _print_link(link, plain_email(email), as_json=as_json)


# The working calendar.


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
    gateways = _gateways()
    policy = Policy.from_values(current_app.config)
    day = None
    if kind != "ordinary":
        day = CalendarDay(on.date(), DayKind(kind), name, name_en, basis)
    changes = [DayChange(on.date(), day)]
    with _refusals():
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


# Keeping an installation safe.

UPKEEP_REFUSALS = {
    "backup_folder_not_empty": "the folder must be new or empty",
    "not_a_backup": "the folder holds no backup",
    "backup_of_other_format": "the backup has a form that this release does not read",
    "backup_of_other_release": "the backup is of another release; restore it there, then upgrade",
    "backup_incomplete": "a part of the backup is missing",
    "backup_damaged": "a part of the backup was changed",
    "installation_not_empty": "a backup is restored only into an empty installation",
}


@contextmanager
def _bar(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing where the output is piped."""
    if not sys.stderr.isatty():
        yield lambda _more: None
        return
    with click.progressbar(length=max(length, 1), label=label, file=sys.stderr) as bar:
        yield bar.update


@click.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def verify_command(as_json: bool) -> None:
    """Check history, stored files and closed reports; exit 1 and the list if anything is wrong."""
    gateways = _gateways()
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


@click.command("backup")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def backup_command(folder: Path, as_json: bool) -> None:
    """Copy everything into DIR while people work. DIR then holds all keys: keep it safe."""
    gateways = _gateways()
    with _refusals(), _bar("Copying", work_of()) as tell:
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
    with _refusals(), _bar("Restoring", work_of(folder)) as tell:
        copied = restore(
            folder,
            instance=Path(current_app.instance_path),
            files=_gateways().files,
            schema=current_app.config["MIGRATION_HEAD"],
            tell=tell,
        )
    _print_copied(copied, f"restored from {folder}", as_json=as_json)


def _print_copied(copied: Copied, what: str, *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(copied))
    else:
        click.echo(f"{copied.rows} rows in {copied.tables} tables and {copied.files} files {what}")


# The demonstration.


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def demo(*, as_json: bool) -> None:
    """Fill an empty database with the demonstration province and print its log-ins once.

    A database that holds anything already is refused. A demonstration stays one for good.
    """
    gateways, scale = _gateways(), Scale()
    with _refusals():
        refuse_used()
        with _bar("Making the demonstration", scale.parts) as advance:
            made = demonstrate(
                gateways,
                Policy.from_values(current_app.config),
                now=gateways.clock.now(),
                scale=scale,
                progress=advance,
            )
    if as_json:
        print_json(asdict(made))
        return
    click.echo(
        f"The demonstration is made: {made.units} units, {made.cases} cases, "
        f"{made.ratings} ratings, {made.receptions} visits.\n\n"
        "Log-ins, shown this once (sign in at /sign-in):\n"
    )
    for login in made.logins:
        role = label(login.role, "en")
        click.echo(f"  {login.email:<34} {login.password}   {role}, {login.place}")
    click.echo("")


# The law.


class _Pause(click.ParamType):
    """Two days with two dots between: that of the suspension and that of the continuation."""

    name = "DATE..DATE"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[date, date]:
        """Read both days."""
        if isinstance(value, tuple):
            return value
        try:
            first, last = (date.fromisoformat(part) for part in str(value).split(".."))
        except ValueError:
            self.fail("must look like 2026-07-11..2026-08-10", param, ctx)
        return first, last


@click.command("deadline")
@click.argument("rule")
@click.option("--from", "start", type=DATE, required=True, help="Day of the event; day zero.")
@click.option("--complex", "is_complex", is_flag=True, help="A complex case.")
@click.option("--specially-complex", is_flag=True, help="A specially complex denunciation.")
@click.option("--remote", is_flag=True, help="A remote area.")
@click.option("--extensions", type=click.IntRange(0), default=0, help="Extensions decided.")
@click.option("--suspended", type=_Pause(), multiple=True, help="Suspension; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def deadline_command(
    rule: str,
    start: datetime,
    *,
    is_complex: bool,
    specially_complex: bool,
    remote: bool,
    extensions: int,
    suspended: tuple[tuple[date, date], ...],
    as_json: bool,
) -> None:
    """Print the date by which RULE (KN-04, TC-06, TD-01 …) must be met, and how it was counted."""
    try:
        explained = deadline(
            rule,
            start.date(),
            office_calendar(),
            complex=is_complex,
            specially_complex=specially_complex,
            remote=remote,
            extensions=extensions,
            suspensions=suspended,
            roll=Policy.from_values(current_app.config).denunciation_roll,
        )
    except RuleBroken as refused:
        click.echo(f"{refused.code}: {error_text(refused.code, refused.values, 'en')}", err=True)
        raise SystemExit(1) from None
    if as_json:
        print_json(explained.as_json())
        return
    click.echo(f"{explained.rule}: {explained.due.isoformat()}")
    click.echo(term_line(explained, "en"))
    for on, sentence in explain(explained, "en"):
        click.echo(f"  {on.isoformat()}  {sentence}")


COMMANDS: tuple[click.Command, ...] = (
    deadline_command,
    demo,
    import_command,
    report,
    posters_command,
    user,
    calendar,
    verify_command,
    backup_command,
    restore_command,
)
