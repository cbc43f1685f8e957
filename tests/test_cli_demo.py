"""The command that makes the demonstration."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from citizenfeedback.cli import demonstrating
from citizenfeedback.config import Settings
from citizenfeedback.domain.vocabulary import STAFF_ROLES
from citizenfeedback.gateways.keys import random_keys
from citizenfeedback.models.base import db
from citizenfeedback.services.demonstrating import Scale
from tests.conftest import build_app, make_tables
from tests.people import visitor

LOGIN = re.compile(r"^  (\S+@quangninh\.example) +((?:\w{4}-){3}\w{4})   ", re.MULTILINE)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An empty installation, for which little is enough."""
    small = Scale(cases=90, ratings=40, receptions=30, live_visits=3)
    monkeypatch.setattr(demonstrating, "Scale", lambda: small)
    app = build_app(Settings.from_env({"INSTANCE_PATH": str(tmp_path)}), random_keys())
    with app.app_context():
        make_tables()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_log_ins_are_printed_once_and_open_the_office(empty: Flask) -> None:
    runner = empty.test_cli_runner()
    made = runner.invoke(args=["demo"])
    assert made.exit_code == 0, made.stderr
    assert made.stderr == ""
    logins = LOGIN.findall(made.stdout)
    assert len(logins) == 19
    someone = visitor(empty)
    assert someone.sign_in(*logins[4]).status_code == 303
    page = someone.get("/receptions").text
    assert "Bản trình diễn" in page
    again = runner.invoke(args=["demo"])
    assert again.exit_code == 1
    assert again.stderr.startswith("demo_needs_empty: ")
    assert again.stdout == ""


def test_json_is_one_document(empty: Flask) -> None:
    made = empty.test_cli_runner().invoke(args=["demo", "--json"])
    document = json.loads(made.stdout)
    assert document["cases"] == 90
    assert {login["role"] for login in document["logins"]} == {str(one) for one in STAFF_ROLES}
