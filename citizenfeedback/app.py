"""The only wiring: settings become a Flask application with its database, rooms and commands.

Nothing imports this file but `run.py`, the tests and the console entry.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from importlib import import_module
from types import TracebackType
from typing import Any

import click
from dotenv import dotenv_values
from flask import Flask
from flask.cli import AppGroup, ScriptInfo
from jinja2 import StrictUndefined

import citizenfeedback.models  # noqa: F401 - every table must be known before the first query
from citizenfeedback import serving
from citizenfeedback.config import PROJECT, Settings, SettingsProblem, env_name
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.clock import SystemClock
from citizenfeedback.gateways.files import file_store
from citizenfeedback.gateways.keys import KeyProblem, Keys, load_keys
from citizenfeedback.gateways.mail import NullMail, SmtpMail
from citizenfeedback.gateways.passwords import Argon2Passwords
from citizenfeedback.migrating import migration_head
from citizenfeedback.models.base import db, prepare_engine
from citizenfeedback.web import (
    BLUEPRINTS,
    assets,
    context,
    errors,
    formats,
    guard,
    health,
    i18n,
    limits,
    request,
    security,
    session,
)
from citizenfeedback.web.proxies import TrustedProxies
from citizenfeedback.web.shell import display
from citizenfeedback.web.templating import PageEnvironment

MEGABYTE = 1_000_000
FIELDS_BYTES = 500_000
"""The most that all fields of a form may hold besides its files."""

# The order counts: counting first, then what may refuse a request, then what needs to know who asks.
ROOMS_WITHOUT_PAGES = (
    health,
    request,
    i18n,
    formats,
    assets,
    display,
    context,
    limits,
    guard,
    security,
    session,
)
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class Application(Flask):
    """Flask, but an unforeseen failure is logged without its words, which may be a person's."""

    jinja_environment = PageEnvironment

    def log_exception(self, exc_info: ExcInfo | tuple[None, None, None]) -> None:
        """Log where it happened and the kind of failure."""
        kind, _, trace = exc_info
        where = "".join(traceback.format_tb(trace))
        self.logger.error("failure: %s\n%s", kind.__name__ if kind else "unknown", where)


def read_settings() -> Settings:
    """The settings of this process: the environment, then `.env` in the project's folder."""
    written = {key: value for key, value in dotenv_values(PROJECT / ".env").items() if value}
    return Settings.from_env(written | dict(os.environ))


def create_app(settings: Settings | None = None, gateways: Gateways | None = None) -> Flask:
    """Build the application; `gateways` replaces the real ones in tests."""
    settings = settings or read_settings()
    settings.instance_path.mkdir(parents=True, exist_ok=True, mode=0o700)
    app = Application(
        "citizenfeedback",
        instance_path=str(settings.instance_path),
        template_folder="web/templates",
        static_folder="web/static",
    )
    keys = gateways.keys if gateways else load_keys(settings.instance_path)
    app.config.update(_flask_settings(settings, keys.session))
    app.jinja_env.undefined = StrictUndefined
    _connect(app)
    in_use = gateways or real_gateways(settings, keys)
    app.extensions["citizenfeedback_gateways"] = in_use
    if isinstance(in_use.mail, SmtpMail):
        in_use.mail.init_app(app)
    for room in ROOMS_WITHOUT_PAGES:
        room.init_app(app)
    for entry in BLUEPRINTS:
        package = import_module(f"citizenfeedback.web.{entry.package}")
        app.register_blueprint(package.blueprint, url_prefix=entry.prefix)
    errors.init_app(app)
    guard.refuse_undeclared(app)
    app.cli = Commands(app.name)
    app.wsgi_app = TrustedProxies(app.wsgi_app, settings.trusted_proxies)  # type: ignore[method-assign]
    return app


def real_gateways(settings: Settings, keys: Keys) -> Gateways:
    """The gateways to the world outside; mail is dropped when no server is set."""
    return Gateways(
        clock=SystemClock(),
        keys=keys,
        mail=SmtpMail() if settings.mail_server else NullMail(),
        files=file_store(
            settings.instance_path, keys, most_bytes=settings.max_upload_mb * MEGABYTE
        ),
        passwords=Argon2Passwords(),
    )


def _flask_settings(settings: Settings, session_key: str) -> dict[str, Any]:
    """Every setting under its own name, and those that the libraries ask for under theirs."""
    values = {env_name(one): getattr(settings, one.name) for one in fields(settings)}
    return values | {
        "PUBLIC_URL": settings.public_address,
        "SECRET_KEY": session_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_address,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings),
        "MIGRATION_HEAD": migration_head(),
        "MAX_CONTENT_LENGTH": settings.max_upload_mb * MEGABYTE + FIELDS_BYTES,
        "MAX_FORM_MEMORY_SIZE": FIELDS_BYTES,
        "MAX_FORM_PARTS": 1000,
        "SESSION_COOKIE_NAME": "__Host-session" if settings.secure else "session",
        "SESSION_COOKIE_SECURE": settings.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _engine_options(settings: Settings) -> dict[str, Any]:
    """Connections for every thread; messages of the database never quote what was stored."""
    options: dict[str, Any] = {
        "hide_parameters": True,
        "pool_size": settings.threads + 2,
        "max_overflow": 8,
    }
    if not settings.database_address.startswith("sqlite"):
        options |= {
            "pool_pre_ping": True,
            "connect_args": {"options": "-c timezone=UTC -c lock_timeout=10s"},
        }
    return options


def _connect(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)


class Commands(AppGroup):
    """All commands; those of operators, with all they need, are imported only when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted({**self._serving(), **self._operating()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        return self._serving().get(cmd_name) or self._operating().get(cmd_name)

    def _serving(self) -> dict[str, click.Command]:
        return {str(command.name): command for command in serving.COMMANDS}

    def _operating(self) -> dict[str, click.Command]:
        from citizenfeedback import cli

        return {str(command.name): command for command in cli.COMMANDS}


class Entry(Commands):
    """The console entry: what is wrong with the settings or keys is said, not thrown."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command asked for."""
        os.umask(0o077)
        try:
            return super().invoke(ctx)
        except SettingsProblem as problem:
            raise click.UsageError(str(problem)) from None
        except KeyProblem as problem:
            raise click.ClickException(str(problem)) from None


def console() -> click.Group:
    """The command `citizenfeedback`, with an application made only when a command needs one."""
    make: Callable[[], Flask] = create_app
    return Entry(
        name="citizenfeedback",
        help="Citizen Feedback: ratings, petitions and lawful answers for a province.",
        context_settings={
            "obj": ScriptInfo(create_app=make),
            "help_option_names": ["-h", "--help"],
        },
    )


def main() -> None:
    """Run one command and leave with its exit code."""
    console()(prog_name="citizenfeedback")


if __name__ == "__main__":
    main()
