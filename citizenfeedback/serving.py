"""The commands that need everything: the database made, the web server, the worker."""

from __future__ import annotations

import fcntl
import gc
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from citizenfeedback.config import is_loopback
from citizenfeedback.gateways import Gateways
from citizenfeedback.jobs.job import Job, JobContext
from citizenfeedback.jobs.loop import Loop
from citizenfeedback.migrating import bring_up_to_date, is_up_to_date
from citizenfeedback.models.base import db
from citizenfeedback.queries.installation import installation
from citizenfeedback.services.calendar import seed_shipped
from citizenfeedback.services.installing import record_worker

WORKER_LOCK = "worker.lock"
HEARTBEAT_SECONDS = 20
CHILD_PATIENCE = 20
RESTART_PAUSE = 2.0
GARBAGE_THRESHOLDS = (20_000, 20, 20)
"""How many new objects (and rounds) let Python look for garbage; its own are 700, 10 and 10."""

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
@with_appcontext
def init() -> None:
    """Create the database or bring it up to date; safe to repeat."""
    bring_up_to_date(_application())
    seed_shipped()
    click.echo("The database is up to date.")


@click.command()
@click.option("--init", "prepare", is_flag=True, help="Bring the database up to date first.")
@click.option("--worker/--no-worker", default=True, help="Start the background worker as well.")
@with_appcontext
def serve(worker: bool, prepare: bool) -> None:
    """Serve the site with the production server until told to stop."""
    _log_to_stderr()
    if prepare:
        bring_up_to_date(_application())
    import waitress

    host, port = current_app.config["HOST"], current_app.config["PORT"]
    refuse_unfit(host)
    db.session.remove()
    app = _application()
    stop = Event()
    signal.signal(signal.SIGTERM, _leave)
    try:
        server = waitress.create_server(
            app,
            host=host,
            port=port,
            threads=app.config["THREADS"],
            ident=None,
            asyncore_use_poll=True,
            connection_limit=500,
            clear_untrusted_proxy_headers=False,
            max_request_body_size=app.config["MAX_CONTENT_LENGTH"] + 1_000_000,
        )
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port}: {error.strerror}") from None
    keeper = Thread(target=_keep_worker, args=(stop,), name="worker-keeper") if worker else None
    if keeper:
        keeper.start()
    click.echo(f"Citizen Feedback is at http://{host}:{port} (stop with Ctrl+C)", err=True)
    _look_for_garbage_less()
    try:
        server.run()
    finally:
        stop.set()
        server.close()
        if keeper:
            keeper.join()


def _look_for_garbage_less() -> None:
    """Spare requests the search for garbage among what was made at the start and stays.

    A request leaves hardly any cycles behind, and looking through everything is a fifth of it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_THRESHOLDS)


def _keep_worker(stop: Event) -> None:
    """Run the worker as a child, start it again should it die, end it when the server ends."""
    command = [sys.executable, "-m", "citizenfeedback.app", "worker", "--with-server"]
    while not stop.is_set():
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        while child.poll() is None and not stop.wait(0.5):
            pass
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(CHILD_PATIENCE)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        elif not stop.is_set():
            log.error("the worker ended with %s and is started again", child.returncode)
            stop.wait(RESTART_PAUSE)


@click.command()
@click.option("--with-server", is_flag=True, help="End when the server that started it ends.")
@click.option("--once", is_flag=True, help="Run every job once and leave.")
@with_appcontext
def worker(with_server: bool, once: bool) -> None:
    """Do what is due: send mail, watch deadlines, make reports, clean up."""
    from citizenfeedback.jobs.schedule import SCHEDULE

    _log_to_stderr()
    app = _application()
    parent = os.getppid()
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())

    def context() -> JobContext:
        gateways: Gateways = app.extensions["citizenfeedback_gateways"]
        if with_server and os.getppid() != parent:
            stop.set()
        db.session.remove()
        now, today = gateways.clock.now(), gateways.clock.today()
        return JobContext(now=now, today=today, gateways=gateways, settings=app.config)

    loop = Loop((*SCHEDULE, Job("note_alive", HEARTBEAT_SECONDS, _note_alive)), context)
    lock = os.open(Path(app.instance_path) / WORKER_LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    if not _wait_for(lock, stop, lambda: with_server and os.getppid() != parent):
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


COMMANDS = (init, serve, worker)
