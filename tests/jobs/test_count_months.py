"""The nightly count for citizens' pages."""

from __future__ import annotations

from typing import Any

from citizenfeedback.domain.vocabulary import UnitLevel
from citizenfeedback.gateways import Gateways
from citizenfeedback.jobs import count_months
from tests.conftest import NOON
from tests.people import make_unit
from tests.web.public.test_figures import visits


def test_it_counts_the_months_that_had_anything(at: Any, gateways: Gateways) -> None:
    """Is an empty installation quiet, and a month with visits counted, again and again?"""
    assert count_months.run(at(NOON)) == ""
    top = make_unit(gateways, "QN", level=UnitLevel.PROVINCE)
    visits(top, 6)
    assert [count_months.run(at(NOON)) for _ in range(2)] == ["1 months counted"] * 2
