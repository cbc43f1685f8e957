"""How history is chained, so that a change made behind the product's back shows.

Each link is a keyed hash over the one before it and over what happened. `services.chronicle` makes
links; `services.verifying` makes them again and compares.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime

Hash = Callable[[str, str], str]
"""Keyed hash of a text for a purpose, as `gateways.keys.Keys.link` makes it."""

START = ""
"""What stands before the first link of a chain."""


_AS_HASHED = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(
    before: str, at: datetime, what: str, on: date | None, details: Mapping[str, object]
) -> str:
    """Write one act down in the one form that is hashed."""
    return _AS_HASHED.encode(
        [before, at.isoformat(timespec="microseconds"), what, on and on.isoformat(), details]
    )


def event_link(
    link: Hash,
    before: str,
    *,
    case_id: int,
    seq: int,
    kind: str,
    at: datetime,
    on: date,
    state: str,
    actor_id: int | None,
    details: Mapping[str, object],
) -> str:
    """Return the hash of one event of a case, after `before`."""
    facts = {"case": case_id, "seq": seq, "state": state, "actor": actor_id, "details": details}
    return link("case_event", canonical(before, at, kind, on, facts))


def entry_link(
    link: Hash,
    before: str,
    *,
    action: str,
    at: datetime,
    actor_id: int | None,
    case_id: int | None,
    details: Mapping[str, object],
) -> str:
    """Return the hash of one audit entry, after `before`."""
    facts = {"case": case_id, "actor": actor_id, "details": details}
    return link("audit_entry", canonical(before, at, action, None, facts))


def document_digest(link: Hash, document: Mapping[str, object]) -> str:
    """Return the keyed hash over a report as it was closed."""
    return link("frozen_report", _AS_HASHED.encode(document))
