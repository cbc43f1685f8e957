"""The parts of the benchmark: what is asked of which server, and the goal each figure is held to."""

from __future__ import annotations

import itertools
import json
import tarfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from flask import Flask

from bench import filling, phone
from bench.bare import fill
from bench.load import ask_once, request
from bench.product import Installation, free_port, gateways_of, serving
from bench.report import Report, Rounds, Target, in_turn, share
from citizenfeedback.domain.records import RecordKind
from citizenfeedback.models.base import db
from citizenfeedback.queries.calendar import work_calendar

if TYPE_CHECKING:
    from playwright.sync_api import Browser

YEAR = Path(__file__).resolve().parent.parent / "tests" / "data" / "year-2019.tar.xz"
FOLLOWED = 64
BARE_CASES = 10_000
PARTS = ("file", "rate", "track", "crowd", "inbox", "year", "phone")


@dataclass(frozen=True)
class Measure:
    """How long and how often: the whole, or a quick look."""

    seconds: float
    rounds: int
    crowd_seconds: float
    sizes: tuple[int, int]


WHOLE = Measure(seconds=4, rounds=5, crowd_seconds=60, sizes=(20_000, 200_000))
QUICK = Measure(seconds=2, rounds=3, crowd_seconds=10, sizes=(2_000, 20_000))


@dataclass
class Pair:
    """The product and the bare server, both running, and what is needed to ask them."""

    installation: Installation
    app: Flask
    office: filling.Office
    codes: list[str]
    port: int
    bare_port: int

    def drafts(self, number: int) -> list[str]:
        """Prepare drafts as if that many citizens had just answered the last question."""
        gateways = gateways_of(self.app)
        with self.app.app_context():
            return filling.prepare_drafts(gateways, self.office, number, gateways.clock.now())


@contextmanager
def pair(folder: Path) -> Iterator[Pair]:
    """Set up an installation and the bare server beside it, and serve both."""
    installation = Installation(folder / "product")
    installation.folder.mkdir(parents=True)
    installation.run("init")
    app = installation.application()
    gateways = gateways_of(app)
    now = gateways.clock.now()
    with app.app_context():
        office = filling.settle(gateways, now)
        codes = filling.file_cases(gateways, office, work_calendar(), FOLLOWED, now)
        db.session.remove()
    bare_port, bare_file = free_port(), folder / "bare.db"
    fill(bare_file, BARE_CASES)
    with (
        (folder / "bare.log").open("a") as log,
        serving(["bench.bare", str(bare_file), str(bare_port)], bare_port, log),
        installation.served() as port,
    ):
        yield Pair(installation, app, office, codes, port, bare_port)


def visit(port: int, path: str) -> tuple[dict[str, str], str]:
    """Open a page with a form as a new browser does: its cookies and its token."""
    page = ask_once(port, request("GET", path))
    return page.cookies, page.csrf_token


def filing(both: Pair, clients: int, drafts: Iterator[str]) -> list[Target]:
    """The last press of filing, beside the bare insert of a row of the same size."""
    visits = [visit(both.port, "/petitions/new") for _ in range(clients)]

    def send(client: int) -> bytes:
        cookies, token = visits[client]
        return request(
            "POST",
            "/petitions/new/check",
            cookies={**cookies, "draft": next(drafts)},
            form=urlencode({"csrf_token": token}),
        )

    words = filling.WORDS.format(subject=filling.SUBJECTS[0], number=12)
    form = urlencode(
        {
            "name": "Nguyễn Thị Hoa",
            "phone": "0912345678",
            "email": "hoa@example.vn",
            "subject": filling.SUBJECTS[0],
            "body": words,
        }
    )
    insert = request("POST", "/case", form=form)
    return [
        Target("bare insert", both.bare_port, lambda _: insert, 200),
        Target("filing", both.port, send, 303),
    ]


def measure_filing(both: Pair, measure: Measure, report: Report) -> None:
    """Filing at one client and at eight."""
    report.line("Filing: the final POST, everything on, beside a bare Flask and SQLite insert")
    for clients in (1, 8):
        # More drafts than can be sent in the time; what is left over lies there until it expires.
        drafts = iter(both.drafts(int(4_000 * measure.seconds * measure.rounds / 2)))
        found = in_turn(
            filing(both, clients, drafts),
            clients=clients,
            seconds=measure.seconds,
            rounds=measure.rounds,
        )
        compare(report, "filing", "bare insert", clients, found, goal=0.20)
        if clients == 8:
            tail = found["filing"].tail / found["filing"].median
            report.goal("filing, 8 clients, p99 / p50", tail, 4, at_least=False)


def measure_crowd(both: Pair, measure: Measure, report: Report) -> None:
    """Sixty-four clients file for a minute; nobody is sent away."""
    report.line(f"A crowd: 64 clients file for {measure.crowd_seconds:g} seconds")
    drafts = iter(both.drafts(int(1_500 * measure.crowd_seconds)))
    crowd = filing(both, 64, drafts)[1:]
    found = in_turn(crowd, clients=64, seconds=measure.crowd_seconds, rounds=1)["filing"]
    report.rounds("filing", 64, found)
    log = (both.installation.folder / "server.log").read_text()
    report.goal("crowd, failed requests", found.failures, 0, at_least=False)
    locked = log.count("database is locked")
    report.goal('crowd, "database is locked"', locked, 0, at_least=False)


def measure_rating(both: Pair, measure: Measure, report: Report) -> None:
    """One tap on a face, beside a bare insert of the same few columns."""
    report.line("Rating: the POST of one tap, beside a bare insert")
    for clients in (1, 8):
        turn = itertools.count()
        points = both.office.points
        visits = [visit(both.port, f"/r/{points[0]}") for _ in range(clients)]

        def tap(client: int) -> bytes:
            cookies, token = visits[client]  # noqa: B023 - used within this turn of the loop
            number = next(turn)  # noqa: B023
            form = {"csrf_token": token, "reference": str(uuid.uuid4()), "score": 1 + number % 5}
            path = f"/r/{points[number % len(points)]}"  # noqa: B023
            return request("POST", path, cookies=cookies, form=urlencode(form))

        def insert(_client: int) -> bytes:
            form = {"reference": str(uuid.uuid4()), "score": 5, "point": 1}
            return request("POST", "/rating", form=urlencode(form))

        found = in_turn(
            [
                Target("bare insert", both.bare_port, insert, 200),
                Target("rating", both.port, tap, 303),
            ],
            clients=clients,
            seconds=measure.seconds,
            rounds=measure.rounds,
        )
        compare(report, "rating", "bare insert", clients, found, goal=0.30)


def measure_tracking(both: Pair, measure: Measure, report: Report) -> None:
    """Where a case stands, for somebody who has opened it with its code."""
    report.line("Following: the page of a case, beside a bare page of a row and its events")
    opened = [_opened(both.port, code) for code in both.codes]
    turn = itertools.count()

    def look(_client: int) -> bytes:
        return request("GET", "/track/case", cookies=opened[next(turn) % len(opened)])

    def bare(_client: int) -> bytes:
        return request("GET", f"/track/{1 + next(turn) % BARE_CASES}")

    for clients in (1, 8):
        found = in_turn(
            [Target("bare page", both.bare_port, bare, 200), Target("page", both.port, look, 200)],
            clients=clients,
            seconds=measure.seconds,
            rounds=measure.rounds,
        )
        compare(report, "page", "bare page", clients, found, goal=0.20)


def _opened(port: int, code: str) -> dict[str, str]:
    """The cookies of a browser in which a case was opened."""
    cookies, token = visit(port, "/track")
    form = f"csrf_token={quote(token)}&code={quote(code)}"
    answer = ask_once(port, request("POST", "/track", cookies=cookies, form=form))
    if answer.status != 303:
        raise RuntimeError(f"an access code was refused with {answer.status}")
    return cookies | answer.cookies


def compare(
    report: Report, name: str, bare: str, clients: int, found: dict[str, Rounds], *, goal: float
) -> None:
    """Write both, and the share of the product."""
    for one in (bare, name):
        report.rounds(one, clients, found[one])
    ratio = share(found[name], found[bare])
    what = f"{name}, {clients} client{'s' if clients > 1 else ''}, share of the bare rate"
    report.goal(what, ratio, goal, at_least=True)
    if found[name].failures or found[bare].failures:
        report.missed.append(f"{name}: answers failed, the figures do not count")


INBOXES = (
    ("a leader's unit, reflections", "leader", "/inbox?view=unit&kind=reflection"),
    ("the whole province, reflections", "supervisor", "/inbox?view=reach&kind=reflection"),
)


def measure_inbox(folder: Path, measure: Measure, report: Report) -> None:
    """The same full page of fifty rows in a small register and in one ten times as large."""
    small, large = measure.sizes
    report.line(f"Inbox: a page of 50 rows among {small} and among {large} cases")
    with _register(folder, small) as (few, office), _register(folder, large) as (many, _):
        for name, who, path in INBOXES:
            email = office.leader if who == "leader" else office.supervisor
            asks = [request("GET", path, cookies=_signed_in(port, email)) for port in (few, many)]
            for port, ask in zip((few, many), asks, strict=True):
                _refuse_short_page(port, ask)
            found = in_turn(
                [
                    Target(f"{small} cases", few, lambda _: asks[0], 200),  # noqa: B023
                    Target(f"{large} cases", many, lambda _: asks[1], 200),  # noqa: B023
                ],
                clients=1,
                seconds=measure.seconds,
                rounds=measure.rounds,
            )
            for one, rounds in found.items():
                report.rounds(one, 1, rounds)
            slower = found[f"{large} cases"].median / found[f"{small} cases"].median
            report.goal(f"inbox, {name}: {large} / {small}", slower, 1.3, at_least=False)


@contextmanager
def _register(folder: Path, number: int) -> Iterator[tuple[int, filling.Office]]:
    installation = Installation(folder / f"cases-{number}")
    installation.folder.mkdir(parents=True)
    installation.run("init")
    app = installation.application()
    gateways = gateways_of(app)
    now = gateways.clock.now()
    with app.app_context():
        office = filling.settle(gateways, now)
        filling.fill_cases(office, number, gateways.clock.today(), now)
        db.session.remove()
        db.engine.dispose()
    with installation.served() as port:
        yield port, office


def _signed_in(port: int, email: str) -> dict[str, str]:
    cookies, token = visit(port, "/sign-in")
    form = urlencode({"csrf_token": token, "email": email, "password": filling.PASSWORD})
    answer = ask_once(port, request("POST", "/sign-in", cookies=cookies, form=form))
    if answer.status != 303:
        raise RuntimeError(f"signing in was answered with {answer.status}")
    return cookies | answer.cookies


def _refuse_short_page(port: int, ask: bytes) -> None:
    """A page that is not full would flatter the comparison."""
    rows = ask_once(port, ask).body.count(b"26-0")
    if rows < 50:
        raise RuntimeError(f"the list shows {rows} rows, not a full page")


def measure_year(folder: Path, _measure: Measure, report: Report) -> None:
    """The year of records in, its report out."""
    report.line("A year of records: import of every file, then the report of the year")
    with tarfile.open(YEAR) as archive:
        archive.extractall(folder, filter="data")
    installation = Installation(folder / "year")
    installation.folder.mkdir(parents=True)
    installation.run("init")
    seconds = most = 0.0
    for kind in RecordKind:
        ran = installation.run("import", kind, str(folder / "year-2019" / f"{kind}.csv"))
        report.line(f"  {kind:<12} {ran.seconds:6.1f} s {ran.most_megabytes:6.0f} MiB")
        seconds, most = seconds + ran.seconds, max(most, ran.most_megabytes)
    report.goal("import of the year, seconds", seconds, 30, at_least=False)
    report.goal("import of the year, most MiB", most, 400, at_least=False)
    idle = min(installation.run("user", "list").seconds for _ in range(3))
    words = ("report", "monthly", "--from", "2019-01-01", "--to", "2019-12-31")
    ran = min((installation.run(*words) for _ in range(3)), key=lambda one: one.seconds)
    if not json.loads(ran.output)["figures"]["petitions.received"]["value"]:
        raise RuntimeError("the report is empty")
    report.line(f"  the command whole {ran.seconds:.2f} s, {idle:.2f} s of it only to start")
    report.goal("report monthly, seconds after the start", ran.seconds - idle, 1, at_least=False)


def measure_phone(folder: Path, measure: Measure, report: Report) -> None:
    """Four pages on a phone that comes for the first time, on a weak line; then the next page."""
    report.line("A phone: 400 kbit/s, 400 ms, a processor four times slower")
    installation = Installation(folder / "phone")
    installation.folder.mkdir(parents=True)
    installation.run("init")
    app = installation.application()
    gateways = gateways_of(app)
    with app.app_context():
        office = filling.settle(gateways, gateways.clock.now())
        db.session.remove()
        db.engine.dispose()
    paths = ("/", "/petitions/new", f"/r/{office.points[0]}", "/track")
    with installation.served() as port, phone.chromium() as browser:
        for path in paths:
            rounds = [_visit_by_phone(browser, port, path) for _ in range(measure.rounds)]
            middle = sorted(rounds, key=lambda both: both[0].usable)[len(rounds) // 2]
            _report_phone(path, *middle, report)


def _visit_by_phone(browser: Browser, port: int, path: str) -> tuple[phone.Loaded, phone.Loaded]:
    home = f"http://127.0.0.1:{port}"
    with phone.phone(browser, slow=True) as (page, line):
        first = phone.load_page(page, line, home + path)
        return first, phone.load_page(page, line, home + ("/track" if path == "/" else "/"))


def _report_phone(path: str, first: phone.Loaded, later: phone.Loaded, report: Report) -> None:
    report.line(
        f"  {path:<16} read after {first.painted:.2f} s, usable after {first.usable:.2f} s,"
        f" fonts from {min(first.fonts):.2f} to {max(first.fonts):.2f} s;"
        f" the next page after {later.usable:.2f} s"
    )
    for what, value, goal in (
        ("bytes of HTML and blocking styles", first.first_bytes, phone.FIRST_PAINT),
        ("bytes, first page", first.all_bytes, phone.FIRST_VISIT),
        ("bytes, next page", later.all_bytes, phone.LATER_VISIT),
        ("seconds until usable", first.usable, phone.USABLE),
        ("seconds until usable, next page", later.usable, phone.USABLE),
    ):
        report.goal(f"phone, {path}, {what}", value, goal, at_least=False)
