"""The commands that need everything: the database made, the web server, the worker."""

from __future__ import annotations

import fcntl
import gc
import json
import logging
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from socket import socket
from threading import Event

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from citizenfeedback.config import is_loopback
from citizenfeedback.gateways import Gateways
from citizenfeedback.jobs.job import Job, JobContext
from citizenfeedback.jobs.loop import Loop
from citizenfeedback.migrating import bring_up_to_date, is_up_to_date, migration_head
from citizenfeedback.models.base import db
from citizenfeedback.processes import (
    Command,
    EvenShares,
    Lifeline,
    Member,
    forked,
    keep_going,
    listen,
)
from citizenfeedback.queries.installation import installation
from citizenfeedback.services.calendar import seed_shipped
from citizenfeedback.services.installing import record_worker
from citizenfeedback.threads import Threads

WORKER_LOCK = "worker.lock"
HEARTBEAT_SECONDS = 20
log = logging.getLogger("citizenfeedback")


def _note_alive(context: JobContext) -> str:
    record_worker(now=context.now)
    return ""


def refuse_unfit(host: str) -> None:
    """Stop before serving what must not be served: no tables, or a demonstration to the world."""
    if not is_up_to_date():
        raise click.ClickException("the database is not up to date: run citizenfeedback init")
    facts = installation()
    if facts.demo and not is_loopback(host) and not current_app.config["DEMO_PUBLIC"]:
        raise click.ClickException(
            f"a demonstration is served on this machine only, not on {host}; "
            "DEMO_PUBLIC=1 shows it to others"
        )
    if not current_app.config["RATE_LIMITS"] and not facts.for_trial:
        raise click.ClickException("RATE_LIMITS=off is for demonstration databases only")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def init(as_json: bool) -> None:
    """Create the database or bring it up to date; safe to repeat."""
    bring_up_to_date(_application())
    seed_shipped()
    if as_json:
        click.echo(json.dumps({"schema_version": migration_head()}))
    else:
        click.echo("The database is up to date.")


@click.command()
@click.option("--init", "prepare", is_flag=True, help="Bring the database up to date first.")
@click.option("--worker/--no-worker", default=True, help="Start the background worker as well.")
@with_appcontext
def serve(worker: bool, prepare: bool) -> None:
    """Serve the site with the production server until told to stop."""
    from citizenfeedback.web.opening import open_rooms  # no other command needs the pages

    _log_to_stderr()
    app = _application()
    if prepare:
        bring_up_to_date(app)
    host, port = app.config["HOST"], app.config["PORT"]
    refuse_unfit(host)
    open_rooms(app)
    try:
        sockets = listen(host, port)
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port}: {error.strerror}") from None
    stop, lifeline = Event(), Lifeline()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    db.session.remove()
    db.engine.dispose()  # what is open here must not be shared by those that are forked
    gc.collect()
    gc.freeze()  # what was made at the start stays: no request need look through it again
    shares = EvenShares(app.config["PROCESSES"])
    serve_as = partial(_serve_as, app, sockets, lifeline, shares)
    makers: dict[str, Callable[[], Member]] = {
        f"server {number + 1}": partial(forked, serve_as, number)
        for number in range(app.config["PROCESSES"])
    }
    if worker:
        words = (
            sys.executable,
            "-m",
            "citizenfeedback",
            "worker",
            "--with-server",
            str(os.getpid()),
        )
        makers["worker"] = partial(Command, words)
    click.echo(f"Citizen Feedback is at http://{host}:{port} (stop with Ctrl+C)", err=True)
    keep_going(makers, stop)


def _serve_as(
    app: Flask, sockets: list[socket], lifeline: Lifeline, shares: EvenShares, number: int
) -> None:
    """Answer requests as one of the server's processes, until asked to leave."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is told, and tells us
    signal.signal(signal.SIGTERM, _leave)
    lifeline.hold()  # only now: it may be gone already, and says so by the signal
    import waitress
    from waitress.server import BaseWSGIServer

    from citizenfeedback.web import health

    health.serve_as(app, number)
    channels: dict[int, object] = {}
    server = waitress.create_server(
        app,
        channels,
        _dispatcher=_threads(app),
        sockets=sockets,
        ident=None,
        asyncore_use_poll=True,
        connection_limit=500,
        clear_untrusted_proxy_headers=False,
        max_request_body_size=app.config["MAX_CONTENT_LENGTH"] + 1_000_000,
    )
    doors = [one for one in channels.values() if isinstance(one, BaseWSGIServer)]
    shares.keep(number, doors, channels)
    try:
        server.run()
    finally:
        server.close()


def _threads(app: Flask) -> Threads:
    """Those that answer in this process: one at a time, but all while PostgreSQL works for them.

    SQLite works in the very thread that asks. A thread that asks PostgreSQL mostly waits, and
    waiting together costs nothing.
    """
    most = app.config["THREADS"]
    with app.app_context():
        waits = db.engine.dialect.name != "sqlite"
    return Threads(most, at_once=most if waits else 1)


@click.command()
@click.option(
    "--with-server", type=int, metavar="PID", help="End when the server with this number ends."
)
@click.option("--once", is_flag=True, help="Run every job once and leave.")
@with_appcontext
def worker(with_server: int | None, once: bool) -> None:
    """Do what is due: send mail, watch deadlines, make reports, clean up."""
    from citizenfeedback.jobs.schedule import SCHEDULE

    _log_to_stderr()
    app = _application()
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())

    def orphaned() -> bool:
        # The server says its number itself: it may be gone before this process can ask for it.
        return with_server is not None and os.getppid() != with_server

    def context() -> JobContext:
        gateways: Gateways = app.extensions["citizenfeedback_gateways"]
        if orphaned():
            stop.set()
        db.session.remove()
        now, today = gateways.clock.now(), gateways.clock.today()
        return JobContext(now=now, today=today, gateways=gateways, settings=app.config)

    loop = Loop((*SCHEDULE, Job("note_alive", HEARTBEAT_SECONDS, _note_alive)), context)
    lock = os.open(Path(app.instance_path) / WORKER_LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    if not _wait_for(lock, stop, orphaned):
        return
    if once:
        loop.run_due(0.0)
    else:
        loop.run_until(stop)


def _wait_for(lock: int, stop: Event, orphaned: Callable[[], bool]) -> bool:
    """Wait until no other worker of this installation runs."""
    while not stop.is_set() and not orphaned():
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stop.wait(1.0)
        else:
            return True
    return False


def _application() -> Flask:
    """The application itself, which threads and the server need instead of its stand-in."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    return app


def _leave(*_: object) -> None:
    raise SystemExit(0)


def _log_to_stderr() -> None:
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", force=True
    )
    logging.getLogger("waitress").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
