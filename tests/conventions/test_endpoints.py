"""Every address says whom it is for, and the open ones are known by name."""

import re
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

from citizenfeedback.web.guard import declarations

LISTS = Path(__file__).parent
WORDS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?")
# Capital letters stand where the contract fixes an address.
CONVERTERS = {"string", "default", "int", "uuid", "path", "any"}


def listed(name: str) -> list[str]:
    return (LISTS / name).read_text(encoding="utf-8").split("\n")[:-1]


def rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)


def test_every_endpoint_says_who_may_call_it(app: Flask) -> None:
    assert [endpoint for endpoint, said in declarations(app) if said is None] == []


def test_the_endpoints_open_to_everybody_are_the_listed_ones(app: Flask) -> None:
    open_to_all = [endpoint for endpoint, said in declarations(app) if said and said.reason]
    assert open_to_all == listed("open_endpoints.txt")


def test_an_open_endpoint_says_why_in_a_sentence(app: Flask) -> None:
    short = [
        endpoint
        for endpoint, said in declarations(app)
        if said and said.reason and len(said.reason.split()) < 4
    ]
    assert short == []


def test_addresses_are_the_listed_ones(app: Flask) -> None:
    """Removing or renaming one breaks people's bookmarks: it needs a redirect, then a new list."""
    assert sorted(rule.rule for rule in rules(app)) == listed("addresses.txt")


def test_addresses_are_words_with_hyphens(app: Flask) -> None:
    odd = []
    for rule in rules(app):
        fixed = re.sub(r"<[^>]*>", "x", rule.rule)
        odd += [rule.rule for part in fixed.split("/") if part and not WORDS.fullmatch(part)]
    assert odd == []


def test_an_act_is_never_a_get(app: Flask) -> None:
    both = [
        f"{rule.rule}: {sorted(rule.methods or ())}"
        for rule in rules(app)
        if not (rule.methods or set()) <= {"GET", "HEAD", "OPTIONS", "POST"}
    ]
    assert both == []
