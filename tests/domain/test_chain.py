"""A link changes with everything it stands for, and with nothing else."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import pytest

from citizenfeedback.domain.chain import entry_link, event_link

EVENT = {
    "case_id": 7,
    "seq": 2,
    "kind": "case_accepted",
    "at": datetime(2026, 11, 23, 5, 0, 0, 123456, tzinfo=UTC),
    "on": date(2026, 11, 23),
    "state": "accepted",
    "actor_id": 3,
    "details": {"unit": 1, "number": "12/QĐ"},
}
ENTRY = {
    "action": "signed_in",
    "at": datetime(2026, 11, 23, 5, tzinfo=UTC),
    "actor_id": 3,
    "case_id": None,
    "details": {},
}


def plain(purpose: str, text: str) -> str:
    return hashlib.sha256(f"{purpose}|{text}".encode()).hexdigest()


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("case_id", 8),
        ("seq", 3),
        ("kind", "case_refused"),
        ("at", datetime(2026, 11, 23, 5, 0, 0, 123457, tzinfo=UTC)),
        ("on", date(2026, 11, 24)),
        ("state", "refused"),
        ("actor_id", None),
        ("details", {"unit": 2, "number": "12/QĐ"}),
    ],
)
def test_does_any_change_of_an_event_change_its_link(name: str, other: object) -> None:
    assert event_link(plain, "before", **EVENT) != event_link(
        plain, "before", **{**EVENT, name: other}
    )


def test_does_a_link_hang_on_the_one_before_and_not_on_the_order_of_details() -> None:
    assert event_link(plain, "a", **EVENT) != event_link(plain, "b", **EVENT)
    turned = {**EVENT, "details": {"number": "12/QĐ", "unit": 1}}
    assert event_link(plain, "a", **EVENT) == event_link(plain, "a", **turned)


def test_are_entries_and_events_chains_of_their_own() -> None:
    assert entry_link(plain, "", **ENTRY) != entry_link(plain, "", **{**ENTRY, "case_id": 1})
    assert entry_link(plain, "", **ENTRY) != entry_link(plain, "x", **ENTRY)
