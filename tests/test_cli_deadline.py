"""`citizenfeedback deadline`: the worked examples of the law, refusals, and machine output."""

from __future__ import annotations

import json

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from citizenfeedback.cli.deadlines import deadline_command
from citizenfeedback.services.calendar import seed_shipped


@pytest.fixture(autouse=True)
def _calendar(session: Session) -> None:
    seed_shipped()


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("KN-04 --from 2026-08-03", "2026-09-03"),
        ("KN-04 --from 2026-07-01 --suspended 2026-07-11..2026-08-10", "2026-09-03"),
        ("KN-03 --from 2026-11-20", "2026-12-01"),
        ("KN-04 --remote --complex --from 2019-03-01", "2019-05-02"),
    ],
)
def test_does_it_print_the_date_and_the_way_there(app: Flask, words: str, due: str) -> None:
    answer = run(app, words)
    assert answer.exit_code == 0, answer.output
    assert due in answer.output.splitlines()[0]
    document = json.loads(run(app, f"{words} --json").stdout)
    assert document["due"] == due
    assert set(document) == {"rule", "law", "from", "due", "unit", "days", "steps"}
    assert document["steps"][-1]["date"] == due


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("KN-21 --from 2026-08-03", "no_term"),
        ("XX-99 --from 2026-08-03", "unknown_rule"),
        ("TC-06 --from 2026-08-03 --extensions 1", "extensions_not_allowed"),
    ],
)
def test_is_what_the_law_does_not_know_refused(app: Flask, words: str, code: str) -> None:
    answer = run(app, words)
    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert code in answer.stderr


@pytest.mark.parametrize(
    "words", ["KN-04", "KN-04 --from 03/08/2026", "KN-04 --from 2026-08-03 --suspended 2026-08-10"]
)
def test_is_wrong_usage_told_apart(app: Flask, words: str) -> None:
    assert run(app, words).exit_code == 2


def run(app: Flask, words: str) -> Result:
    return app.test_cli_runner().invoke(deadline_command, words.split())
