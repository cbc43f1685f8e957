"""The commands for accounts, calendar, verification and backup."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from citizenfeedback.config import Settings
from citizenfeedback.gateways.keys import load_keys
from citizenfeedback.models.base import db
from citizenfeedback.queries.accounts import open_link
from citizenfeedback.services.accounts import set_password
from tests.conftest import NOON, build_app, make_tables
from tests.people import PASSWORD, make_unit


class Console:
    """The command line of an installation of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        settings = Settings.from_env({"INSTANCE_PATH": str(folder), "MAIL_SENDER": "a@b.vn"})
        self.app: Flask = build_app(settings, load_keys(folder))
        self.gateways = self.app.extensions["citizenfeedback_gateways"]
        with self.app.app_context():
            make_tables()

    def __call__(self, *arguments: str, code: int = 0) -> Result:
        """Run a command that ends with this exit code."""
        result = self.app.test_cli_runner().invoke(args=list(arguments))
        assert result.exit_code == code, result.output + result.stderr
        return result

    def json(self, *arguments: str, code: int = 0) -> Any:
        """What a command prints with `--json`, which must be nothing else."""
        return json.loads(self(*arguments, "--json", code=code).stdout)

    def token_works(self, link: str) -> bool:
        """Whether the printed link opens something."""
        with self.app.app_context():
            token = link.rsplit("/", 1)[1]
            return open_link(token, keys=self.gateways.keys, now=NOON) is not None


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    """The command line."""
    made = Console(tmp_path / "instance")
    yield made
    with made.app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_accounts_are_made_listed_and_reset_without_a_password(console: Console) -> None:
    with console.app.app_context():
        make_unit(console.gateways, "QN")
    arguments = ("user", "add", "--email", "Hoa@qn.vn", "--name", "Hoa", "--unit", "QN")
    made = console.json(*arguments, "--role", "handler", "--role", "unit_leader")
    assert made["email"] == "hoa@qn.vn"
    assert console.token_works(made["link"])
    (line,) = console.json("user", "list")
    assert line["roles"] == ["handler", "unit_leader"]
    assert not line["has_password"]
    again = console.json("user", "reset", "hoa@qn.vn")
    assert console.token_works(again["link"])
    assert not console.token_works(made["link"])
    assert "no password yet" in console("user", "list").stdout
    assert "One-time link for hoa@qn.vn" in console("user", "reset", "hoa@qn.vn").stdout


def test_refusals_go_to_stderr_with_their_code(console: Console) -> None:
    with console.app.app_context():
        make_unit(console.gateways, "QN")
    arguments = ("user", "add", "--name", "Hoa", "--role", "handler")
    unknown = console(*arguments, "--email", "hoa@qn.vn", "--unit", "XX", code=1)
    assert unknown.stderr.startswith("unit_unknown:")
    assert unknown.stdout == ""
    console(*arguments, "--email", "hoa@qn.vn", "--unit", "QN")
    taken = console(*arguments, "--email", "hoa@qn.vn", "--unit", "QN", code=1)
    assert taken.stderr.startswith("email_taken:")
    assert console("user", "reset", "ai@qn.vn", code=1).stderr.startswith("not_found:")
    console("user", "add", "--email", "x", code=2)
    console(*arguments, "--email", "a@b.vn", "--unit", "QN", "--password", "x", code=2)


def test_the_first_administrator_gets_a_link_until_somebody_can_sign_in(console: Console) -> None:
    first = console.json("user", "first")
    second = console.json("user", "first")
    assert first["id"] == second["id"]
    assert not console.token_works(first["link"])
    with console.app.app_context():
        set_password(
            second["link"].rsplit("/", 1)[1],
            PASSWORD,
            keys=console.gateways.keys,
            passwords=console.gateways.passwords,
            now=NOON,
        )
    assert console.json("user", "first") is None
    assert "accounts already" in console("user", "first").stderr


def test_a_day_of_the_calendar_is_set_listed_and_made_ordinary_again(console: Console) -> None:
    tried = console.json(
        "calendar", "set", "2026-11-24", "holiday", "--name", "Ngày nghỉ", "--dry-run"
    )
    assert (tried["cases"], tried["moves"], tried["dry_run"]) == (0, [], True)
    assert console.json("calendar", "list") == []
    console("calendar", "set", "2026-11-24", "holiday", "--name", "Ngày nghỉ", "--basis", "QĐ 1")
    (day,) = console.json("calendar", "list", "--year", "2026")
    assert (day["date"], day["kind"], day["name"]) == ("2026-11-24", "holiday", "Ngày nghỉ")
    assert "Ngày nghỉ" in console("calendar", "list").stdout
    console("calendar", "set", "2026-11-24", "ordinary")
    assert console.json("calendar", "list") == []
    assert console("calendar", "set", "2026-11-24", "ordinary", code=1).stderr
    assert console("calendar", "set", "2026-11-24", "holiday", code=1).stderr.startswith("name_m")
    console("calendar", "set", "24/11/2026", "holiday", code=2)


def test_days_are_imported_from_a_file(console: Console, tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("date,kind,name,basis\n2026-01-01,holiday,Tết Dương lịch,BLLĐ\n", "utf-8")
    assert console.json("calendar", "import", str(path), "--dry-run")["added"] == 1
    assert console.json("calendar", "list") == []
    assert console.json("calendar", "import", str(path))["added"] == 1
    path.write_text("date,kind,name,basis\n2026-13-01,holiday,x,y\n", "utf-8")
    assert console.json("calendar", "import", str(path), code=1)["problems"]


def test_a_backup_restores_into_an_empty_installation_and_verifies(
    console: Console, tmp_path: Path
) -> None:
    console("user", "first")
    copied = console.json("backup", str(tmp_path / "copy"))
    assert copied["rows"] > 0
    assert console("backup", str(tmp_path / "copy"), code=1).stderr.startswith("backup_folder_not")
    assert console("restore", str(tmp_path / "copy"), code=1).stderr.startswith("installation_not")
    assert console("restore", str(tmp_path), code=1).stderr.startswith("not_a_backup")
    other = Console(tmp_path / "other")
    assert other.json("restore", str(tmp_path / "copy")) == copied
    again = Console.__new__(Console)
    again.app = build_app(
        Settings.from_env({"INSTANCE_PATH": str(tmp_path / "other"), "MAIL_SENDER": "a@b.vn"}),
        load_keys(tmp_path / "other"),
    )
    assert again.json("verify")["whole"]
    assert again("verify").stdout.startswith("whole;")
    with again.app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_entry_no_update")
        connection.exec_driver_sql("UPDATE audit_entry SET details = '{}' WHERE id = 1")
    broken = again("verify", code=1)
    assert "audit_chain: entry 1: entry_changed" in broken.stderr
    assert not again.json("verify", code=1)["whole"]
    for app in (other.app, again.app):
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.mark.parametrize(
    "command",
    [
        "user",
        "user add",
        "user first",
        "user list",
        "user reset",
        "calendar list",
        "calendar set",
        "calendar import",
        "verify",
        "backup",
        "restore",
    ],
)
def test_every_command_explains_itself(console: Console, command: str) -> None:
    assert "Usage:" in console(*command.split(), "--help").stdout


def test_it_is_said_how_long_records_are_kept(console: Console) -> None:
    told = console.json("retention")
    assert told["warning_days"] == 30
    terms = {line["kept"]: line["term"] for line in told["records"]}
    assert terms["rating_comment"] == "24 months, from the day of the rating"
    assert "ineligible_submission: 12 months" in console("retention").stdout
