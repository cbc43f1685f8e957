"""From a tap to a submission: handed over once, sent once, and never a denunciation."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import CaseKind, Channel
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.cases import Case, Draft
from citizenfeedback.queries.drafts import OpenDraft, draft_in
from citizenfeedback.services.resuming import open_with
from tests.conftest import NOON
from tests.people import Visitor
from tests.places import CODE
from tests.web.kiosk.test_devices import counter, screen

__all__ = ["counter", "screen"]


def onward(screen: Visitor, **more: object) -> Any:
    body = {"kind": "reflection", "here": False, "lang": "vi", "ago": 60_000}
    return screen.client.post(f"/kiosk/{CODE}/onward", json=body | more)


def test_does_a_handover_keep_place_time_and_only_what_was_given(
    screen: Visitor, gateways: Gateways
) -> None:
    answer = onward(screen, kind="complaint").json
    assert answer["minutes"] == 15
    assert answer["address"].endswith("/petitions/new/resume")
    assert answer["code"] not in answer["qr"].partition("title")[2]
    token = open_with(gateways.keys, answer["code"], now=NOON)
    draft = draft_in(gateways.keys.box("draft", token), now=NOON)
    assert isinstance(draft, OpenDraft)
    assert draft.content.kind is CaseKind.COMPLAINT
    assert draft.content.words == (
        "Tại Quầy số 1, UBND phường Bãi Cháy, lúc 11:59 ngày 23/11/2026."
    )
    assert (draft.content.name, draft.content.phone) == ("", "")


def test_opens_the_code_on_one_phone_only(screen: Visitor, app: Any) -> None:
    code = onward(screen, reasons=["ATT02"], comment="Chờ lâu").json["code"]
    first, second = Visitor(app.test_client()), Visitor(app.test_client())
    assert first.post("/petitions/new/resume", {"code": code}).status_code == 303
    assert "Chờ lâu" in first.get("/petitions/new/words").text
    assert second.post("/petitions/new/resume", {"code": code}).status_code == 422


def test_is_a_report_sent_at_once_and_once(screen: Visitor, session: Session) -> None:
    token = secrets.token_urlsafe(32)
    sent = [
        onward(screen, here=True, token=token, comment="Không ai ở quầy").json for _ in range(2)
    ]
    assert sent[0]["number"] == sent[1]["number"]
    assert sent[0]["code"] == sent[1]["code"]
    case = session.scalars(select(Case)).one()
    assert (case.kind, case.channel) == (CaseKind.REFLECTION, Channel.KIOSK)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "denunciation"},
        {"kind": None},
        {"kind": ["reflection"]},
        {"lang": "fr"},
        {"lang": ["vi"]},
        {"here": True},
        {"here": True, "token": "short"},
        {"here": True, "kind": "complaint", "token": "x" * 43},
    ],
)
def test_is_what_has_no_sense_refused_and_nothing_kept(
    screen: Visitor, session: Session, wrong: dict[str, object]
) -> None:
    assert onward(screen, **wrong).status_code == 400
    assert session.scalar(select(func.count()).select_from(Draft)) == 0
    assert session.scalar(select(func.count()).select_from(Case)) == 0


def test_does_odd_input_do_no_harm(screen: Visitor) -> None:
    odd = {"ago": -5, "reasons": [1, None, "nothing"], "comment": 7}
    assert onward(screen, **odd).status_code == 200
    assert onward(screen, ago=10**30, reasons="x").status_code == 200
    assert onward(screen, comment="x" * 30_000).status_code == 413


def test_is_a_stranger_refused(app: Any, screen: Visitor) -> None:
    assert onward(Visitor(app.test_client())).status_code == 401


def test_does_an_enrolled_screen_show_its_own_page_at_every_address(screen: Visitor) -> None:
    for path in (f"/kiosk/{CODE}", f"/kiosk/{CODE}/reasons", "/kiosk/ELSEWHERE"):
        assert screen.get(path).location.endswith("/kiosk/screen")
