"""The least that a server of this stack can do: Flask, waitress, raw sqlite3, nothing checked.

`python -m bench.bare FILE PORT` serves it. No product can be quicker with the same parts, so the
product is measured as a share of this. WAL and synchronous=FULL as in the product.
"""

from __future__ import annotations

import secrets
import signal
import sqlite3
import sys
import threading
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event

import waitress
from flask import Flask, request
from waitress.server import BaseWSGIServer

from citizenfeedback.processes import EvenShares, Lifeline, forked, keep_going, listen

PROCESSES, THREADS = 2, 8
SCHEMA = """
CREATE TABLE IF NOT EXISTS cases (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, kind TEXT,
  unit_id INTEGER, status TEXT, created_at TEXT, due_at TEXT, name TEXT, phone TEXT, email TEXT,
  subject TEXT, body TEXT);
CREATE TABLE IF NOT EXISTS event (id INTEGER PRIMARY KEY, case_id INTEGER, at TEXT, kind TEXT);
CREATE INDEX IF NOT EXISTS event_of_case ON event (case_id);
CREATE TABLE IF NOT EXISTS rating (id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE,
  rated_at TEXT, point_id INTEGER, overall INTEGER);
"""
INSERT_CASE = (
    "INSERT INTO cases (code, kind, unit_id, status, created_at, due_at, name, phone, email,"
    " subject, body) VALUES (?,?,?,?,?,?,?,?,?,?,?)"
)
PAGE = (
    "<h1>{{ case[1] }}</h1><p>{{ case[2] }} {{ case[3] }} {{ case[4] }} {{ case[5] }}</p>"
    "<ul>{% for event in events %}<li>{{ event[0] }} {{ event[1] }}{% endfor %}</ul>"
)


def make_bare(file: Path) -> Flask:
    """The application over the database at `file`."""
    app = Flask("bare")
    page = app.jinja_env.from_string(PAGE)
    mine = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(mine, "connection"):
            mine.connection = sqlite3.connect(file, isolation_level=None, timeout=30)
            mine.connection.execute("PRAGMA journal_mode=WAL")
            mine.connection.execute("PRAGMA synchronous=FULL")
        made: sqlite3.Connection = mine.connection
        return made

    connection().executescript(SCHEMA)

    @app.post("/case")
    def file_case() -> str:
        form, moment = request.form, datetime.now(UTC).isoformat()
        code = secrets.token_hex(8)
        said = [form[name] for name in ("name", "phone", "email", "subject", "body")]
        connection().execute(INSERT_CASE, (code, "petition", 1, "new", moment, moment, *said))
        return code

    @app.post("/rating")
    def rate() -> str:
        form, moment = request.form, datetime.now(UTC).isoformat()
        connection().execute(
            "INSERT INTO rating (reference, rated_at, point_id, overall) VALUES (?,?,?,?)",
            (form["reference"], moment, int(form["point"]), int(form["score"])),
        )
        return "ok"

    @app.get("/track/<int:number>")
    def track(number: int) -> str:
        case = connection().execute(
            "SELECT id, code, status, subject, created_at, due_at FROM cases WHERE id = ?",
            (number,),
        )
        events = connection().execute(
            "SELECT at, kind FROM event WHERE case_id = ? ORDER BY id", (number,)
        )
        return page.render(case=case.fetchone(), events=events.fetchall())

    return app


def fill(file: Path, number: int) -> None:
    """Put so many cases, each with its first event, into the database for the tracking page."""
    make_bare(file)
    moment = datetime.now(UTC).isoformat()
    cases = (
        (one, f"C{one}", "petition", 1, "new", moment, moment, "", "", "", "Đường hỏng", "…")
        for one in range(1, number + 1)
    )
    with sqlite3.connect(file) as connection:
        connection.executemany("INSERT INTO cases VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", cases)
        connection.executemany(
            "INSERT INTO event (case_id, at, kind) VALUES (?,?,?)",
            ((one, moment, "registered") for one in range(1, number + 1)),
        )


def serve(file: Path, port: int) -> None:
    """Serve it as the product is served: by as many processes, which share the connections evenly.

    The threads are waitress's own: with so little to do they are in nobody's way.
    """
    stop, lifeline, sockets = Event(), Lifeline(), listen("127.0.0.1", port)
    shares = EvenShares(PROCESSES)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())

    def serve_as(number: int) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        lifeline.hold()
        channels: dict[int, object] = {}
        server = waitress.create_server(
            make_bare(file),
            channels,
            sockets=sockets,
            threads=THREADS,
            ident=None,
            asyncore_use_poll=True,
            connection_limit=500,
        )
        doors = [one for one in channels.values() if isinstance(one, BaseWSGIServer)]
        shares.keep(number, doors, channels)
        server.run()

    keep_going({f"server {one}": partial(forked, serve_as, one) for one in range(PROCESSES)}, stop)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
