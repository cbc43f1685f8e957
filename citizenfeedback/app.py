"""The only wiring: settings become a Flask application with its database, gateways and rooms.

Nothing imports this file but `run.py`, the tests and, when a command needs it, `console.py`.
"""

from __future__ import annotations

import os
import traceback
from dataclasses import fields
from datetime import timedelta
from types import TracebackType
from typing import Any

from dotenv import dotenv_values
from flask import Flask

import citizenfeedback.models  # noqa: F401 - every table must be known before the first query
from citizenfeedback.config import PROJECT, Settings, env_name
from citizenfeedback.console import Commands
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.clock import SystemClock
from citizenfeedback.gateways.files import file_store
from citizenfeedback.gateways.keys import Keys, load_keys
from citizenfeedback.gateways.mail import NullMail, SmtpMail
from citizenfeedback.gateways.passwords import Argon2Passwords
from citizenfeedback.gateways.sms import HttpSms, NullSms
from citizenfeedback.migrating import migration_head
from citizenfeedback.models.base import db, prepare_engine

COOKIE_LASTS = timedelta(days=7)
MEGABYTE = 1_000_000
FIELDS_BYTES = 500_000
"""The most that all fields of a form may hold besides its files."""

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class Application(Flask):
    """Flask, but an unforeseen failure is logged without its words, which may be a person's."""

    def log_exception(self, exc_info: ExcInfo | tuple[None, None, None]) -> None:
        """Log where it happened and the kind of failure."""
        kind, _, trace = exc_info
        where = "".join(traceback.format_tb(trace))
        self.logger.error("failure: %s\n%s", kind.__name__ if kind else "unknown", where)


def read_settings() -> Settings:
    """The settings of this process: the environment, then `.env` in the project's folder."""
    written = {key: value for key, value in dotenv_values(PROJECT / ".env").items() if value}
    return Settings.from_env(written | dict(os.environ))


def create_app(
    settings: Settings | None = None, gateways: Gateways | None = None, *, pages: bool = True
) -> Flask:
    """Build the application; `gateways` replaces the real ones in tests.

    Without `pages` it answers no request: enough for a command, and made in a third of the time.
    """
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
    _connect(app)
    in_use = gateways or real_gateways(settings, keys)
    app.extensions["citizenfeedback_gateways"] = in_use
    if isinstance(in_use.mail, SmtpMail):
        in_use.mail.init_app(app)
    app.cli = Commands(app.name)
    if pages:
        from citizenfeedback.web.opening import open_rooms

        open_rooms(app)
    return app


def real_gateways(settings: Settings, keys: Keys) -> Gateways:
    """The gateways to the world outside; mail is dropped when no server is set."""
    return Gateways(
        clock=SystemClock(),
        keys=keys,
        mail=SmtpMail() if settings.mail_server else NullMail(),
        sms=HttpSms(settings.sms_url, settings.sms_token, settings.sms_sender)
        if settings.sms_url
        else NullSms(),
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
        "SESSION_LASTS": timedelta(hours=settings.session_hours),
        # The cookie outlives what it opens, so that a form sent after the end is known as ours.
        "PERMANENT_SESSION_LIFETIME": COOKIE_LASTS,
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _engine_options(settings: Settings) -> dict[str, Any]:
    """Connections for every thread; messages of the database never quote what was stored."""
    options: dict[str, Any] = {
        "hide_parameters": True,
        "pool_size": settings.threads + 2,
        "max_overflow": 8,
        "pool_use_lifo": True,  # the one used last still has its pages at hand
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
