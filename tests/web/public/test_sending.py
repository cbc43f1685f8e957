"""Spam is slowed, a village is not: what counts, how often, and what is marked for a look."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.effort import hashed
from citizenfeedback.domain.vocabulary import LookReason
from citizenfeedback.models.cases import Case
from citizenfeedback.services.installing import set_purpose
from citizenfeedback.web.public import sending
from tests.people import Visitor, visitor
from tests.web.public.test_file import NEW, REFLECTION, citizen, fill, office

__all__ = ["citizen", "office"]


def task_on(page: Any) -> dict[str, Any]:
    """The task that stands on the last page."""
    found = re.search(r"data-effort='([^']*)'", page.text)
    assert found
    return dict(json.loads(html.unescape(found.group(1))))


def looks(session: Session) -> list[str]:
    session.expire_all()
    return list(session.scalars(select(Case.look).order_by(Case.id)))


def test_a_device_that_did_its_task_sends_without_a_mark_and_others_with_one(
    app: Flask, session: Session, citizen: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PROOF_OF_WORK", 5000)
    fill(citizen, REFLECTION)
    task = task_on(citizen.get(f"{NEW}/check"))
    number = next(one for one in range(5000) if hashed(task["salt"], one) == task["target"])
    answer = {"effort": f"{task['until']}:{number}"}
    other = visitor(app)
    fill(other, REFLECTION)
    assert citizen.post(f"{NEW}/check", answer).status_code == 303
    assert other.post(f"{NEW}/check", answer).status_code == 303  # used once, for another draft
    without = visitor(app)
    fill(without, REFLECTION)
    assert without.post(f"{NEW}/check").status_code == 303
    marked = LookReason.NO_PROOF_OF_WORK.value
    assert looks(session) == ["", marked, marked]


def test_nothing_is_asked_where_the_office_or_a_trial_leaves_it_out(
    app: Flask, session: Session, citizen: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PROOF_OF_WORK", 0)
    fill(citizen, REFLECTION)
    assert "data-effort" not in citizen.get(f"{NEW}/check").text
    assert citizen.post(f"{NEW}/check").status_code == 303
    monkeypatch.setitem(app.config, "PROOF_OF_WORK", 5000)
    monkeypatch.setitem(app.config, "RATE_LIMITS", False)
    with app.app_context():
        set_purpose("demo")
    another = visitor(app)
    fill(another, REFLECTION)
    assert another.post(f"{NEW}/check").status_code == 303
    assert looks(session) == ["", ""]


def test_presses_count_once_and_a_browser_that_floods_stops_nobody_else(
    app: Flask, session: Session, citizen: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "FROM_BROWSER", 1)
    fill(citizen, REFLECTION)
    for _ in range(5):
        assert citizen.post(f"{NEW}/check", of="/track").status_code == 303
    citizen.post(f"{NEW}/done", of="/track")
    fill(citizen, REFLECTION)
    refused = citizen.post(f"{NEW}/check")
    assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)
    assert "Đơn chưa được gửi" in citizen.get(f"{NEW}/check").text  # nothing typed is lost
    neighbour = visitor(app)
    fill(neighbour, REFLECTION)
    assert neighbour.post(f"{NEW}/check").status_code == 303
    assert len(looks(session)) == 2


def test_an_address_takes_hundreds_and_then_says_when_to_come_back(
    app: Flask, citizen: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "FROM_ADDRESS_UNPROVED", 0)
    fill(citizen, REFLECTION)
    assert citizen.post(f"{NEW}/check").status_code == 429
    assert sending.FROM_ADDRESS >= 1000
