"""Everything that has a code has words, and everything in the handbook exists."""

import re
import runpy
from enum import StrEnum

import click
import pytest

from citizenfeedback.config import PROJECT
from citizenfeedback.console import console
from citizenfeedback.documents.words import LABELS
from citizenfeedback.domain import vocabulary

DOCS = PROJECT / "docs"
COMMANDS = console()
CONTEXT = click.Context(COMMANDS)
NAMES = COMMANDS.list_commands(CONTEXT)
KINDS = [
    kind
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
]
# Codes that only the programme itself reads.
INNER = {"Author", "ClockEffect", "DayOrigin", "LinkPurpose", "OutgoingState", "Reach"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_codes_are_stable_lower_case_words(kind: type[StrEnum]) -> None:
    assert [code for code in kind if not re.fullmatch(r"[a-z0-9_]+|[A-Z]{2,4}\d*", code)] == []


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.__name__ not in INNER], ids=lambda kind: kind.__name__
)
def test_every_code_has_its_words(kind: type[StrEnum]) -> None:
    assert kind in LABELS, f"{kind.__name__} has no words"
    assert [code.value for code in kind if code not in LABELS[kind]] == []


def test_the_generated_pages_say_what_the_code_says() -> None:
    generate = runpy.run_path(str(DOCS / "generate.py"))
    assert generate["out_of_step"]() == []


def test_every_command_has_its_heading_and_every_heading_its_command() -> None:
    page = (DOCS / "operations.md").read_text(encoding="utf-8")
    headings = re.findall(r"^### `citizenfeedback ([\w -]+)`$", page, re.MULTILINE)
    assert sorted(headings) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself_in_plain_english(name: str) -> None:
    command = COMMANDS.get_command(CONTEXT, name)
    assert command is not None
    assert command.get_short_help_str()
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []
