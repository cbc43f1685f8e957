"""Nonsense and malice at every address: always a clear answer, never a failure of ours."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select, update
from werkzeug.routing import Rule

from citizenfeedback.domain.drafts import DraftContent
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.records import RecordKind
from citizenfeedback.domain.vocabulary import (
    STAFF_ROLES,
    Action,
    CaseField,
    CaseKind,
    RatingChannel,
)
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.accounts import User
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.services import intake
from citizenfeedback.services.calendar import seed_shipped
from citizenfeedback.services.installing import set_purpose
from citizenfeedback.services.rating import NewRating, rate
from citizenfeedback.services.transaction import transaction
from citizenfeedback.web.fields import Form
from tests.conftest import NOON
from tests.people import make_user
from tests.places import CODE, make_counter
from tests.year import import_file, unpacked

WEB = Path(__file__).resolve().parents[2] / "citizenfeedback" / "web"
ODD = (
    "\0",
    "\u202etxt.exe\u202c\u2066",
    "ho\u0302\u0300 so\u031b",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "9" * 400,
    "9223372036854775808",
    "-1",
    "1e999",
    "NaN",
    "٣",
    "²",
    "0000-00-00",
    "9999-12-31",
    "2026-02-30",
    "a.99999999999.1.1",
    "a.00000000.99999999999.99999999999",
    "../../../../etc/passwd",
    "//evil.example",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "%",
    "{{ 7*7 }}",
    "%(name)s %s {0}",
    '"*:^()',
    "\ud800",
    "Ế" * 3000,
    "\r\nSet-Cookie: x=1",
    "",
)
WITHOUT_PARAMETERS = ("account.sign_out_everywhere", "health.ready")
"""The one would end the session of the test, the other says 503 where no worker runs."""
TIMES = 6
BIG = 10_000_000
BROKEN = (
    ("multipart/form-data", b"no boundary at all"),
    ("multipart/form-data; boundary=", b"----\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name="),
    ("multipart/form-data; boundary=x", b"--x\r\n\r\nno name\r\n--x--\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x--"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="\xff\x00.pdf"\r\n\r\n%PDF\r\n--x--',
    ),
    ("application/json", b'{"kind": ['),
    ("application/x-www-form-urlencoded; charset=utf-16", b"kind=\xff\xfe%"),
    ("application/x-www-form-urlencoded", b"\xff=%ZZ&&&=&==%00"),
)


@dataclass(frozen=True)
class Site:
    """An application with something in every room, and what somebody may carry in their cookies."""

    app: Flask
    user_id: int
    case_id: int
    real: tuple[str, ...]
    draft: str

    def headers(self, *, official: bool) -> dict[str, str]:
        """The cookies and the token of an official with every role, or of a citizen with a case."""
        now = NOON.timestamp()
        kept: dict[str, Any] = {
            "following": {"case": self.case_id, "until": now + 1700, "proven": True},
            "rated": {"reference": "0", "score": 1},
            "csrf_token": "t" * 40,
        }
        if official:
            epoch = db.session.scalar(select(User.epoch).where(User.id == self.user_id))
            db.session.rollback()
            kept |= {
                "_user_id": f"{self.user_id}:{epoch}",
                "_fresh": True,
                "began": NOON.isoformat(),
                "_permanent": True,
            }
        interface: Any = self.app.session_interface
        signed = interface.get_signing_serializer(self.app).dumps(kept)
        token = URLSafeTimedSerializer(self.app.config["SECRET_KEY"], salt="wtf-csrf-token")
        return {
            "Cookie": f"session={signed}; draft={self.draft}",
            "X-CSRFToken": token.dumps(kept["csrf_token"]),
        }


@pytest.fixture
def site(app: Flask, gateways: Gateways, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site whose limits are off, so that every view is reached however often it is asked."""
    for name, value in (
        ("RATE_LIMITS", False),
        ("PROPAGATE_EXCEPTIONS", False),
    ):
        monkeypatch.setitem(app.config, name, value)
    with app.app_context():
        set_purpose("benchmark")
        seed_shipped()
        counter = make_counter("Nguyễn Thị Hoa")
        with transaction() as session:
            session.execute(update(Unit).values(path=f"/{counter.unit_id}/"))
        user_id = make_user(gateways, counter.unit_id, *STAFF_ROLES)
        content = DraftContent(
            kind=CaseKind.PETITION,
            words="Đèn đường hỏng",
            field=CaseField.OTHER,
            unit_id=counter.unit_id,
            name="Trần Văn Bình",
            address="12 Trần Phú",
        )
        first, second = "a" * 43, "b" * 43
        for token in (first, second):
            intake.start_draft(gateways.keys.box("draft", token), content, now=NOON)
        sent = intake.file_case(
            gateways.keys.box("draft", first),
            intake.Filing(gateways.keys, gateways.files, work_calendar(), Policy(), "vi"),
            today=NOON.date(),
            now=NOON,
        )
        rate(
            NewRating("0", counter.point_id, 1, RatingChannel.WEB),
            work_calendar(),
            local=NOON.time(),
            today=NOON.date(),
            now=NOON - timedelta(minutes=1),
        )
        db.session.remove()
        yield Site(app, user_id, sent.case_id, (sent.number, CODE, "1", sent.access_code), second)


@pytest.mark.slow
def test_odd_values_in_every_parameter_of_every_address_get_a_clear_answer(site: Site) -> None:
    chance, names = random.Random(1), _names()
    failures = []
    for rule in site.app.url_map.iter_rules():
        if rule.endpoint in WITHOUT_PARAMETERS:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            for turn in range(TIMES):
                path = _path(rule, chance, site.real)
                values = {name: _value(chance, site.real) for name in chance.sample(names, 25)}
                status = _ask(site, method, path, values, site.headers(official=turn % 3 > 0))
                if status >= 500:
                    failures.append((status, method, path, values))
    assert failures == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["plain", "parts"])
def test_a_field_of_ten_million_letters_gets_a_clear_answer(site: Site, kind: str) -> None:
    client = _client(site)
    if kind == "plain":
        body, content_type = b"words=" + b"a" * BIG, "application/x-www-form-urlencoded"
    else:
        head = b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\n'
        body, content_type = head + b"a" * BIG + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"
    for path in _posts(site):
        answer = client.post(
            path,
            data=body,
            content_type=content_type,
            headers=site.headers(official=True),
        )
        assert answer.status_code < 500, path
        assert answer.data, path


@pytest.mark.slow
def test_a_broken_form_gets_a_clear_answer(site: Site) -> None:
    client = _client(site)
    failures = []
    for path in _posts(site):
        for content_type, body in BROKEN:
            answer = client.post(
                path,
                data=body,
                content_type=content_type,
                headers=site.headers(official=True),
            )
            if answer.status_code >= 500:
                failures.append((path, body))
    assert failures == []


def test_no_odd_cookie_and_no_odd_address_is_a_failure(site: Site) -> None:
    client = _client(site)
    for odd in ODD:
        said = quote(odd, safe="", errors="surrogatepass")
        for cookie in (f"session={said}; draft={said}; lang={said}; display={said}",):
            assert client.get("/track/case", headers={"Cookie": cookie}).status_code < 500
            assert client.get("/petitions/new", headers={"Cookie": cookie}).status_code < 500
        assert client.get(f"/{said}").status_code < 500
        assert client.get(f"/inbox?{said}={said}").status_code < 500


@pytest.mark.parametrize("kind", list(RecordKind))
def test_odd_cells_in_records_are_refused_in_words(
    app: Flask, keys: Keys, scratch: Path, tmp_path: Path, kind: RecordKind
) -> None:
    chance = random.Random(2)
    heading = (unpacked(scratch) / f"{kind}.csv").read_text("utf-8-sig").splitlines()[0]
    columns = heading.count(",") + 1
    rows = [
        ",".join('"' + _cell(chance).replace('"', '""') + '"' for _ in range(columns))
        for _ in range(60)
    ]
    file = tmp_path / f"{kind}.csv"
    file.write_bytes("\n".join([heading, *rows]).encode("utf-8", "replace"))
    with app.app_context():
        result = import_file(kind, file, keys=keys)
    assert not result.accepted
    assert result.problems


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 4096, b"PK\x03\x04 broken", b"\xff\xfe\x00", b'"' * 100_000, b"code\n" * 1000],
)
def test_a_file_that_is_no_table_is_refused_in_words(
    app: Flask, keys: Keys, tmp_path: Path, content: bytes
) -> None:
    for ending in ("csv", "xlsx"):
        file = tmp_path / f"units.{ending}"
        file.write_bytes(content)
        with app.app_context():
            assert not import_file(RecordKind.UNITS, file, keys=keys).accepted


def _cell(chance: random.Random) -> str:
    return chance.choice(ODD).replace("\n", " ").replace("\r", " ")[:500]


def _names() -> list[str]:
    """Every name that a view or a form reads."""
    read = re.compile(r'(?:args|form|values)\.get(?:list)?\(\s*"(\w+)"')
    found = {name for file in WEB.rglob("*.py") for name in read.findall(file.read_text())}
    for form in _forms(Form):
        found |= {name for name in dir(form) if hasattr(getattr(form, name), "field_class")}
    return sorted(found)


def _forms(kind: type[Any]) -> Iterator[type[Any]]:
    for one in kind.__subclasses__():
        yield one
        yield from _forms(one)


def _value(chance: random.Random, real: tuple[str, ...]) -> str:
    return chance.choice((*ODD, *real, "2026-11-20", "petition", "complaint", "web", "next"))


def _path(rule: Rule, chance: random.Random, real: tuple[str, ...]) -> str:
    """The address with a value in each place: mostly one that leads on, sometimes nonsense."""

    def fill(place: re.Match[str]) -> str:
        kind, name = place.group(1) or "", place.group(2)
        if kind.startswith("any("):
            return chance.choice(kind[4:-1].split(","))
        if kind.startswith("int"):
            return chance.choice(("1", "1", "0", "2147483647", "9223372036854775808", "9" * 60))
        if name == "action" and chance.random() < 0.8:
            return chance.choice(list(Action))
        if "length=32" in kind:
            return "é" * 32
        good = real[0] if name == "number" else real[1]
        chosen = good if chance.random() < 0.6 else chance.choice(ODD)
        return quote(chosen, safe="", errors="surrogatepass") or "x"

    return re.sub(r"<(?:([^<>]*):)?(\w+)>", fill, rule.rule)


def _posts(site: Site) -> list[str]:
    chance = random.Random(3)
    return [
        _path(rule, chance, site.real)
        for rule in site.app.url_map.iter_rules()
        if "POST" in (rule.methods or set()) and rule.endpoint not in WITHOUT_PARAMETERS
    ]


def _client(site: Site) -> Any:
    client: Any = site.app.test_client(use_cookies=False)
    client.check_pages = False
    return client


def _ask(
    site: Site, method: str, path: str, values: dict[str, str], headers: dict[str, str]
) -> int:
    client = _client(site)
    said = urlencode(values, errors="surrogatepass")
    if method == "GET":
        return int(client.get(f"{path}?{said}", headers=headers).status_code)
    if "files" in values:
        data: dict[str, Any] = {
            name: value.encode("utf-8", "surrogatepass") for name, value in values.items()
        }
        data["files"] = (io.BytesIO(b"%PDF-1.4 =cmd \0"), "\u202efdp.exe.pdf")
        form = {
            name: value.decode("utf-8", "replace") if isinstance(value, bytes) else value
            for name, value in data.items()
        }
        return int(client.post(path, data=form, headers=headers).status_code)
    kind = "application/x-www-form-urlencoded"
    return int(client.post(path, data=said, content_type=kind, headers=headers).status_code)
