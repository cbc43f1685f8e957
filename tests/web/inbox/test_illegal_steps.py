"""No step that right or law forbids is offered on a page, opened, or taken by a form sent by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.vocabulary import Action, CaseKind
from citizenfeedback.domain.workflow import TRANSITIONS
from citizenfeedback.gateways import Gateways
from citizenfeedback.services import accounts
from citizenfeedback.services.acts import ACTS
from tests.conftest import NOON
from tests.people import PASSWORD, Visitor, visitor
from tests.services.desk import DUC, HOA, LAN, Desk, open_desk
from tests.services.test_following import picture
from tests.steps import (
    EVERYBODY,
    Standing,
    add_more_people,
    entries,
    everything,
    lawful,
    refusal,
    standing_cases,
)

Come = Callable[[int], Visitor]


@pytest.fixture
def desk(session: Session, gateways: Gateways) -> Desk:
    """The office of the tests with somebody of every role."""
    desk = open_desk(session, gateways.keys)
    add_more_people(desk)
    return desk


@pytest.fixture
def come(app: Flask, desk: Desk, gateways: Gateways) -> Come:
    """The browser of somebody, signed in once; pages are looked over elsewhere."""
    known: dict[int, Visitor] = {}

    def sign_in(user: int) -> Visitor:
        if user not in known:
            link = accounts.issue_reset(SYSTEM, user, keys=gateways.keys, now=NOON)
            accounts.set_password(
                link.token, PASSWORD, keys=gateways.keys, passwords=gateways.passwords, now=NOON
            )
            known[user] = visitor(app)
            known[user].client.check_pages = False
            assert known[user].sign_in(f"u{user}@example.vn").status_code == 303
        return known[user]

    return sign_in


@pytest.mark.parametrize("kind", CaseKind)
def test_offers_the_page_of_a_case_exactly_what_is_lawful(
    desk: Desk, come: Come, kind: CaseKind
) -> None:
    for standing in standing_cases(desk, kind):
        number = standing.case.number
        for user in (DUC, HOA, LAN):
            page = come(user).get(f"/inbox/cases/{number}")
            found = set(re.findall(rf'(?:href|action)="/inbox/cases/{number}/(\w+)"', page.text))
            wanted = {act for act in ACTS if refusal(standing.facts, user, act) is None}
            assert found & {str(act) for act in ACTS} == wanted, (user, standing.facts)


@pytest.mark.slow
@pytest.mark.parametrize("kind", CaseKind)
def test_is_a_forbidden_step_refused_by_its_page_and_by_its_form(
    desk: Desk, come: Come, kind: CaseKind
) -> None:
    given = {action: _posted(values) for action, values in entries(desk).items()}
    tokens: dict[int, str] = {}
    for turn, standing in enumerate(standing_cases(desk, kind)):
        for user in EVERYBODY:
            tokens[user] = tokens.get(user) or come(user).token("/account/password")
        before = everything(desk)
        for action, user, code, opens in _forbidden(standing, turn):
            wanted = 404 if code in ("not_found", "not_granted") else 409
            address = f"/inbox/cases/{standing.case.number}/{action}"
            form = {"csrf_token": tokens[user], "version": "1", **given.get(action, {})}
            browser = come(user).client
            if opens:
                assert browser.get(address).status_code == wanted, (action, user, standing.facts)
            sent = browser.post(address, data=form)
            assert sent.status_code == wanted, (action, user, standing.facts)
        assert everything(desk) == before, standing.facts


def _forbidden(standing: Standing, turn: int) -> Iterator[tuple[Action, int, str, bool]]:
    """Every act that the law forbids the leader; every fifth is opened, and tried by another."""
    others = [user for user in EVERYBODY if user != DUC]
    for place, action in enumerate(ACTS):
        other, fifth = others[(turn + place) % len(others)], (turn + place) % 5 == 0
        for user in (DUC, other) if fifth else (DUC,):
            code = refusal(standing.facts, user, action)
            if code is not None:
                yield action, user, code, fifth


def _posted(values: dict[str, Any]) -> dict[str, Any]:
    """Entries as a form sends them."""
    sent: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, date):
            parts = {"day": value.day, "month": value.month, "year": value.year}
            sent |= {f"{name}-{part}": str(one) for part, one in parts.items()}
        elif isinstance(value, bool):
            sent[name] = "yes" if value else "no"
        elif isinstance(value, tuple):
            sent[name] = list(value)
        elif isinstance(value, str | int):
            sent[name] = str(value)
    return sent


@pytest.mark.parametrize("kind", CaseKind)
def test_carries_no_letter_a_forbidden_step(desk: Desk, come: Come, kind: CaseKind) -> None:
    carrying = {
        row.action: row.letters[0] for row in TRANSITIONS if row.letters and kind in row.kinds
    }
    browser = come(DUC)
    token = browser.token("/account/password")
    for standing in standing_cases(desk, kind):
        before = everything(desk)
        for action, letter in carrying.items():
            code = refusal(standing.facts, DUC, action)
            if code in (None, "not_granted", "not_late_yet"):
                continue
            address = f"/inbox/cases/{standing.case.number}/letters/new/{letter}?act={action}"
            assert browser.get(address).status_code == 409, (action, standing.facts)
            sent = browser.client.post(address, data={"csrf_token": token, "text": "Nội dung"})
            assert sent.status_code == 409, (action, standing.facts)
        assert everything(desk) == before, standing.facts


def test_is_a_citizen_refused_what_the_law_is_done_with(desk: Desk, app: Flask) -> None:
    forms: dict[Action, tuple[str, dict[str, str]]] = {
        Action.ASK_WITHDRAWAL: ("/track/withdraw", {"scope": "whole"}),
        Action.GIVE_VERDICT: ("/track/verdict", {"verdict": "not"}),
        Action.ADD_OWN_DOCUMENT: ("/track/document", {}),
    }
    for standing in standing_cases(desk):
        person = visitor(app)
        person.client.check_pages = False
        app.extensions["citizenfeedback_limiter"].clear()
        person.post("/track", {"code": standing.case.access_code})
        hidden = person.hidden("/track/message")
        before = everything(desk)
        for action, (address, entries_) in forms.items():
            if lawful(standing.facts, action):
                continue
            looked = person.get(address)
            assert looked.status_code == 303, (action, standing.facts)
            assert looked.location.endswith("/track/case")
            data = {**hidden, **entries_}
            if action is Action.ADD_OWN_DOCUMENT:
                data |= {"files": (BytesIO(picture()), "anh.jpg")}
            sent = person.client.post(address, data=data)
            assert sent.status_code == 409, (action, standing.facts)
            assert "thể thực hiện bước" in sent.text
        assert everything(desk) == before, standing.facts
