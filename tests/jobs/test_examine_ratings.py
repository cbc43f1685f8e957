"""The hourly look over what screens delivered."""

from __future__ import annotations

from typing import Any

from citizenfeedback.jobs import examine_ratings
from tests.conftest import NOON
from tests.services.test_doubting import pressed

__all__ = ["pressed"]


def test_does_the_look_say_what_it_marked(at: Any, pressed: list[int]) -> None:
    assert examine_ratings.run(at(NOON)) == "6 ratings counted apart"
    assert examine_ratings.run(at(NOON)) == ""
