"""The list of commands: true, and cheap enough that every command starts at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from citizenfeedback.console import COMMANDS, console

CONTEXT = click.Context(console())
HEAVY = ("sqlalchemy", "citizenfeedback.app", "citizenfeedback.documents", "citizenfeedback.web")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_of_each_command_what_it_says_itself(name: str) -> None:
    command = console().get_command(CONTEXT, name)
    assert command is not None
    assert command.name == name
    assert COMMANDS[name].line == command.get_short_help_str(limit=200)


def test_the_commands_are_listed_by_name_each_on_a_line() -> None:
    told = CliRunner().invoke(console(), ["--help"], terminal_width=200).output
    lines = [line.split(maxsplit=1) for line in told.partition("Commands:\n")[2].splitlines()]
    assert lines == [[name, offered.line] for name, offered in sorted(COMMANDS.items())]


def test_a_command_that_is_not_there_is_wrong_usage() -> None:
    told = CliRunner().invoke(console(), ["imports"])
    assert (told.exit_code, "No such command 'imports'" in told.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "unneeded"),
    [
        ("--help", HEAVY),
        ("import --help", ("citizenfeedback.web", "citizenfeedback.services.demonstrating")),
        ("report --help", ("citizenfeedback.web", "citizenfeedback.services")),
        ("deadline --help", ("citizenfeedback.web", "citizenfeedback.services")),
    ],
)
def test_a_command_imports_no_more_than_it_needs(words: str, unneeded: tuple[str, ...]) -> None:
    programme = (
        "import sys\nfrom citizenfeedback.console import main\n"
        "try:\n    main()\nfinally:\n    print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", programme, *words.split()],
        capture_output=True,
        text=True,
        timeout=40,
        check=True,
    )
    assert "Usage:" in done.stdout
    assert set(done.stderr.split()).intersection(unneeded) == set()


def test_a_database_without_tables_is_said_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path))
    told = CliRunner().invoke(console(), "report monthly --from 2026-01-01 --to 2026-01-31")
    assert told.exit_code == 1
    assert "citizenfeedback init" in told.stderr
    assert "no such table" in told.stderr
    assert told.stdout == ""


def test_every_command_that_ends_by_itself_answers_in_json() -> None:
    def spoken(group: click.Group, above: str = "") -> Iterator[tuple[str, click.Command]]:
        for name in group.list_commands(CONTEXT):
            command = group.get_command(CONTEXT, name)
            assert command is not None
            if isinstance(command, click.Group):
                yield from spoken(command, f"{above}{name} ")
            else:
                yield f"{above}{name}", command

    silent = {
        name
        for name, command in spoken(console())
        if not any("--json" in parameter.opts for parameter in command.params)
    }
    assert silent == {"serve", "worker"}
