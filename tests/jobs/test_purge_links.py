"""Spent links go."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from citizenfeedback.gateways import Gateways
from citizenfeedback.jobs import purge_links
from tests.conftest import NOON
from tests.people import make_unit, make_user


def test_used_links_are_removed_once(at: Any, gateways: Gateways) -> None:
    make_user(gateways, make_unit(gateways, "QN"))
    assert purge_links.run(at(NOON)) == "1 links and counts removed"
    assert purge_links.run(at(NOON + timedelta(days=1))) == ""
