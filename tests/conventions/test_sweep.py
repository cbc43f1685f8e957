"""No page is forgotten when the pages are looked at: each is swept, or said where else it is."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from tests.browser.test_pages import FILING, FOLLOWED, KIOSK, PEOPLE

TESTS = Path(__file__).parent.parent
NO_PAGE = "-"
LIST = TESTS / "conventions" / "swept_elsewhere.txt"
"""A line an endpoint: the test that looks at its page, or `-` where there is none to look at."""


def told() -> dict[str, str]:
    """The endpoints of the list, and where each is looked at."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines)


def swept(app: Flask) -> set[str]:
    """The endpoints whose pages `tests/browser/test_pages.py` opens by their address."""
    addresses = app.url_map.bind("localhost")
    paths = [path for _, paths in PEOPLE for path in paths if path != "/nowhere"]
    paths += [*KIOSK, *FOLLOWED, *(f"/petitions/new/{question}" for question in FILING)]
    return {addresses.match(path.partition("?")[0], "GET")[0] for path in paths}


def test_every_page_is_looked_at_somewhere(app: Flask) -> None:
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - swept(app) == set(told())


def test_what_is_looked_at_elsewhere_is_looked_at_there() -> None:
    """The file exists, looks with axe, and is not this one."""
    places = {place for place in told().values() if place != NO_PAGE}
    silent = [
        place
        for place in places
        if "assert_clean" not in (TESTS / "browser" / place).read_text(encoding="utf-8")
    ]
    assert silent == []
