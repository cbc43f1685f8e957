"""The command `citizenfeedback`: names every command, and imports only the one that is asked for.

An operator's command takes half of its time to start, so nothing heavy is imported here: not the
tables, not the pages. `tests/test_console.py` compares the lines below with the commands.
"""

from __future__ import annotations

import gc
import os
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from flask.cli import AppGroup, ScriptInfo

import citizenfeedback

if TYPE_CHECKING:
    from flask import Flask


GARBAGE_THRESHOLDS = (20_000, 20, 20)
"""How many new objects (and rounds) let Python look for garbage; its own are 700, 10 and 10.

Hardly any cycle is left behind by a request or a row, and looking through everything is a fifth of
a request and an eighth of a start.
"""


DATABASE_FAILURES = frozenset({"OperationalError", "ProgrammingError"})
DATABASE_ADVICE = (
    "the database does not answer, or is not up to date: check DATABASE_URL and INSTANCE_PATH, "
    "then run `citizenfeedback init`"
)


class Offered(NamedTuple):
    """Where a command lies, and the line that the list of commands has about it."""

    place: str
    line: str


COMMANDS = {
    "backup": Offered(
        "cli.upkeep:backup_command",
        "Copy everything into DIR while people work.",
    ),
    "calendar": Offered(
        "cli.calendar:calendar",
        "Holidays, days off in lieu and make-up working days.",
    ),
    "deadline": Offered(
        "cli.deadlines:deadline_command",
        "Print the date by which RULE (KN-04, TC-06, TD-01 …) must be met, and how it was counted.",
    ),
    "demo": Offered(
        "cli.demonstrating:demo",
        "Fill an empty database with the demonstration province and print its log-ins once.",
    ),
    "import": Offered(
        "cli.importing:import_command",
        "Import records of one KIND from .csv or .xlsx files: all rows, or none.",
    ),
    "init": Offered(
        "serving:init",
        "Create the database or bring it up to date; safe to repeat.",
    ),
    "posters": Offered(
        "cli.printing:posters_command",
        "Make the signs with the QR codes of points, ready to print: one page a point.",
    ),
    "rating-link": Offered(
        "cli.printing:rating_link",
        "Print a link by which the visitor rates one visit, once; the rating counts as verified.",
    ),
    "report": Offered(
        "cli.reporting:report",
        "Print the report NAME of a window, or write it to a file.",
    ),
    "restore": Offered(
        "cli.upkeep:restore_command",
        "Restore a backup from DIR into an empty installation, on either database.",
    ),
    "retention": Offered(
        "cli.upkeep:retention_command",
        "Show how long records are kept, by which law, and what goes next; erase nothing.",
    ),
    "serve": Offered(
        "serving:serve",
        "Serve the site with the production server until told to stop.",
    ),
    "user": Offered(
        "cli.accounts:user",
        "Accounts of officials.",
    ),
    "verify": Offered(
        "cli.upkeep:verify_command",
        "Check history, stored files and closed reports; exit 1 and the list if anything is wrong.",
    ),
    "worker": Offered(
        "serving:worker",
        "Do what is due: send mail, watch deadlines, make reports, clean up.",
    ),
}


class Commands(AppGroup):
    """All commands by name; one is imported, with all it needs, only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].place.partition(":")
        command: click.Command = getattr(import_module(f"citizenfeedback.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, offered.line) for name, offered in COMMANDS.items()])


class Entry(Commands):
    """The console entry: what is wrong with settings, keys or database is said, not thrown."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command asked for."""
        from citizenfeedback.config import SettingsProblem
        from citizenfeedback.gateways.keys import KeyProblem

        os.umask(0o077)
        try:
            return super().invoke(ctx)
        except SettingsProblem as problem:
            raise click.UsageError(str(problem)) from None
        except KeyProblem as problem:
            raise click.ClickException(str(problem)) from None
        except Exception as failure:
            # Asked by name, so that a command without a database need not import its library.
            if type(failure).__name__ not in DATABASE_FAILURES:
                raise
            said = str(getattr(failure, "orig", "")).partition("\n")[0]
            raise click.ClickException(f"{DATABASE_ADVICE}\n  {said}") from None


def console() -> click.Group:
    """The command `citizenfeedback`, with an application made only when a command needs one."""
    return Entry(
        name="citizenfeedback",
        help="Citizen Feedback: ratings, petitions and lawful answers for a province.",
        context_settings={
            "obj": ScriptInfo(create_app=_office),
            "help_option_names": ["-h", "--help"],
        },
    )


def _office() -> Flask:
    """The application without its pages, which only `serve` opens."""
    return citizenfeedback.create_app(pages=False)


def main() -> None:
    """Run one command and leave with its exit code."""
    gc.set_threshold(*GARBAGE_THRESHOLDS)
    console()(prog_name="citizenfeedback")
