"""Nonsense and malice at every address: always a clear answer, never a failure of ours."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask

from citizenfeedback.domain.records import RecordKind
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.web.fields import Form
from tests.robustness.site import ODD, Site, path_of
from tests.year import import_file, unpacked

WEB = Path(__file__).resolve().parents[2] / "citizenfeedback" / "web"
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


@pytest.mark.slow
def test_odd_values_in_every_parameter_of_every_address_get_a_clear_answer(site: Site) -> None:
    chance, names = random.Random(1), _names()
    failures = []
    for rule in site.app.url_map.iter_rules():
        if rule.endpoint in WITHOUT_PARAMETERS:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            for turn in range(TIMES):
                path = path_of(rule, chance, site.real)
                values = {name: _value(chance, site.real) for name in chance.sample(names, 25)}
                status = _ask(site, method, path, values, site.headers(official=turn % 3 > 0))
                if status >= 500:
                    failures.append((status, method, path, values))
    assert failures == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["plain", "parts"])
def test_a_field_of_ten_million_letters_gets_a_clear_answer(site: Site, kind: str) -> None:
    client = site.client()
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
    client = site.client()
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
    client = site.client()
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


def _posts(site: Site) -> list[str]:
    chance = random.Random(3)
    return [
        path_of(rule, chance, site.real)
        for rule in site.app.url_map.iter_rules()
        if "POST" in (rule.methods or set()) and rule.endpoint not in WITHOUT_PARAMETERS
    ]


def _ask(
    site: Site, method: str, path: str, values: dict[str, str], headers: dict[str, str]
) -> int:
    client = site.client()
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
