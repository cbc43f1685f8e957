"""Every address, tried by every kind of visitor and in every way a browser or a tool can ask.

The addresses come from the map of the application: a new one is tried without being named here.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.routing import Rule

from citizenfeedback.domain.vocabulary import STAFF_ROLES, Role, UnitLevel
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.base import db
from tests.conftest import counted_queries
from tests.people import make_unit, make_user
from tests.robustness.site import Site, path_of

ENDS_A_SESSION = {"account.sign_out", "account.sign_out_everywhere"}
WITHOUT_TOKEN = {"kiosk.onward", "kiosk.deliver"}
"""Acts of a screen: no page of ours with a token is before them, they prove themselves by a key."""
HEADERS = (
    {"Range": "bytes=0-"},
    {"Range": "bytes=999999999999999999999-,-1"},
    {"Range": "\xff=,,-"},
    {"Accept-Language": "vi;q=,*;q=9e99,\xe9" + ",en" * 500},
    {"Accept": ";;;q=\xff"},
    {"Host": "evil.example"},
    {"Host": "[::1"},
    {"Host": "a b\xff:99999999"},
    {"If-None-Match": '"' * 99},
    {"If-Modified-Since": "Mon, 99 Foo 0000 99:99:99 XXX", "If-Range": "\xff"},
    {"Content-Type": "multipart/form-data", "Content-Length": "0"},
    {"Content-Type": "application/json; charset=\xff"},
    {"X-Forwarded-For": "\xff,,1.2.3.4.5", "X-Forwarded-Proto": "gopher", "Forwarded": "for=_"},
    {"Referer": "http://[", "Origin": "null", "Authorization": "Basic \xff"},
    {"X-CSRFToken": "\xff" * 99},
)
ELSEWHERE = ("//evil.example", "https://evil.example/", "/\\evil.example", "/\t/evil.example/inbox")
LEADING = ("next", "back", "return", "to", "url", "target", "continue", "after", "at", "lang")


def rules(site: Site, method: str) -> Iterator[Rule]:
    """The addresses that know a method."""
    for rule in site.app.url_map.iter_rules():
        if method in (rule.methods or set()) and rule.endpoint not in ENDS_A_SESSION:
            yield rule


@pytest.fixture
def visitors(site: Site, gateways: Gateways) -> dict[str, dict[str, str]]:
    """Everybody who may come, with what their browser sends: nobody, a citizen, each role."""
    found: dict[str, dict[str, str]] = {"nobody": {}, "citizen": site.headers_of(None)}
    for role in sorted(STAFF_ROLES):
        user_id = make_user(gateways, site.unit_id, role, email=f"{role}@qn.vn")
        found[role] = site.headers_of(user_id)
    return found


@pytest.mark.slow
def test_every_page_answers_everybody_and_keeps_itself_to_itself(
    site: Site, visitors: dict[str, dict[str, str]]
) -> None:
    client, chance = site.client(), random.Random(5)
    wrong = []
    for rule in rules(site, "GET"):
        for who, headers in visitors.items():
            path = path_of(rule, chance, site.real, nonsense=False)
            answer = client.get(path, headers=headers)
            wrong += [(who, path, flaw) for flaw in _flaws(rule, answer)]
    assert wrong == []


def _flaws(rule: Rule, answer: Any) -> Iterator[str]:
    if answer.status_code >= 500 and rule.endpoint != "health.ready":
        yield str(answer.status_code)
    headers = answer.headers
    if "unsafe" in headers["Content-Security-Policy"]:
        yield "scripts or styles from anywhere"
    if headers["X-Content-Type-Options"] != "nosniff":
        yield "a type that may be guessed"
    if "no-store" not in headers["Cache-Control"]:
        yield f"may be kept: {headers['Cache-Control']}"
    for cookie in headers.getlist("Set-Cookie"):
        if "HttpOnly" not in cookie or "SameSite=" not in cookie:
            yield f"open cookie {cookie.partition('=')[0]}"


@pytest.mark.slow
def test_no_way_of_asking_and_no_header_is_a_failure(site: Site) -> None:
    client, chance = site.client(), random.Random(6)
    signed_in = site.headers_of(site.user_id)
    failures = []
    for rule in site.app.url_map.iter_rules():
        path = path_of(rule, chance, site.real)
        asked = [(method, {}) for method in ("OPTIONS", "PUT", "DELETE", "TRACE", "BREW")]
        asked += [("GET", chance.choice(HEADERS)), ("HEAD", chance.choice(HEADERS))]
        asked += [("POST", chance.choice(HEADERS))]
        for method, odd in asked:
            if rule.endpoint in ENDS_A_SESSION:
                continue
            answer = client.open(path, method=method, headers={**signed_in, **odd})
            if answer.status_code >= 500 and rule.endpoint != "health.ready":
                failures.append((answer.status_code, method, path, odd))
            if method == "HEAD":
                assert answer.data == b""
    assert failures == []


@pytest.mark.slow
def test_no_act_is_done_without_the_token_of_its_form(site: Site) -> None:
    client, chance = site.client(), random.Random(7)
    cookie = {"Cookie": site.headers_of(site.user_id)["Cookie"]}
    done = []
    for rule in site.app.url_map.iter_rules():
        if "POST" not in (rule.methods or set()) or rule.endpoint in WITHOUT_TOKEN:
            continue
        path = path_of(rule, chance, site.real, nonsense=False)
        for token in ("", "wrong"):
            answer = client.post(path, data={"csrf_token": token}, headers=cookie)
            if answer.status_code not in (400, 404):
                done.append((answer.status_code, path))
    assert done == []


@pytest.mark.slow
def test_no_answer_leads_elsewhere(site: Site) -> None:
    client, chance = site.client(), random.Random(8)
    away = []
    for rule in site.app.url_map.iter_rules():
        if rule.endpoint in ENDS_A_SESSION:
            continue
        for target in ELSEWHERE:
            asked = dict.fromkeys(LEADING, target)
            path = path_of(rule, chance, site.real)
            answers = [client.get(path, query_string=asked, headers=site.headers(official=True))]
            if "POST" in (rule.methods or set()):
                answers.append(client.post(path, data=asked, headers=site.headers(official=True)))
            for answer in answers:
                to = answer.headers.get("Location", "/").removeprefix("http://localhost")
                if not re.fullmatch(r"/(?![/\\]).*", to) or "\t" in to:
                    away.append((path, to))
    assert away == []


HANDLES_NOTHING_HERE = (Role.HANDLER, Role.UNIT_LEADER, Role.RECEPTION_OFFICER)


@pytest.mark.slow
@pytest.mark.parametrize("role", HANDLES_NOTHING_HERE)
def test_what_one_may_not_see_is_answered_like_what_is_not_there(
    site: Site, gateways: Gateways, role: Role
) -> None:
    """The same status, the same page, the same headers, and the same work in the database."""
    far = make_unit(gateways, "XA", site.unit_id, level=UnitLevel.COMMUNE)
    headers = site.headers_of(make_user(gateways, far, role, email="far@qn.vn"), following=False)
    hidden, missing = site.real[0], "26-AAAA-Z"
    told_apart, refused = [], 0
    for rule in site.app.url_map.iter_rules():
        if "number" not in rule.arguments or rule.endpoint.startswith("public."):
            continue
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            there, nowhere = (
                _seen(site, method, _address(rule, number), number, headers)
                for number in (hidden, missing)
            )
            refused += there[0] == 404
            if there != nowhere:
                told_apart.append((method, rule.rule, there, nowhere))
    assert told_apart == []
    assert refused > 20


def _address(rule: Rule, number: str) -> str:
    return path_of(rule, random.Random(9), (number, "1"), nonsense=False)


def _seen(site: Site, method: str, path: str, number: str, headers: dict[str, str]) -> Any:
    client = site.client()
    with site.app.app_context(), counted_queries(db.engine) as asked:
        answer = client.open(path, method=method, headers=headers)
    # What is new for each page: the word of its scripts and the token of its forms.
    page = re.sub(r'nonce-?=?"?[\w-]+|value="[\w.-]{60,}"', "", answer.text.replace(number, "N"))
    kept = sorted(
        (name, re.sub(r"nonce-[\w-]+", "", value))
        for name, value in answer.headers
        if name not in ("Set-Cookie", "Content-Length")
    )
    return answer.status_code, page, kept, len(asked)
