"""From a tap to a submission: handed over once, sent once, and never a denunciation."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import CaseKind, Channel
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.cases import Case, CasePerson, Draft
from citizenfeedback.queries.drafts import OpenDraft, draft_in
from citizenfeedback.services.resuming import open_with
from tests.conftest import NOON
from tests.people import Visitor
from tests.places import CODE, Counter
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
        {"here": True, "kind": "denunciation", "token": "x" * 43},
    ],
)
def test_is_what_has_no_sense_refused_and_nothing_kept(
    screen: Visitor, session: Session, wrong: dict[str, object]
) -> None:
    assert onward(screen, **wrong).status_code == 400
    assert session.scalar(select(func.count()).select_from(Draft)) == 0
    assert session.scalar(select(func.count()).select_from(Case)) == 0


NAMED = {
    "name": "Nguyễn Thị Hồng Liên",
    "address": "Số 12, khu 3",
    "id_no": "022170001234",
    "phone": "0912 345 678",
}


@pytest.mark.parametrize("kind", [kind for kind in CaseKind if kind is not CaseKind.DENUNCIATION])
def test_is_every_kind_but_a_denunciation_sent_from_the_screen(
    screen: Visitor, session: Session, counter: Counter, kind: CaseKind
) -> None:
    token = secrets.token_urlsafe(32)
    answer = onward(screen, kind=kind, here=True, token=token, comment="Chờ lâu", **NAMED)
    assert answer.status_code == 200
    case = session.scalars(select(Case)).one()
    assert (case.kind, case.channel, case.unit_id) == (kind, Channel.KIOSK, counter.unit_id)
    assert case.number == answer.json["number"]
    assert case.signed is (kind is not CaseKind.COMPLAINT)
    assert (case.respondent == "UBND phường Bãi Cháy") is (kind is CaseKind.COMPLAINT)
    named = session.scalars(select(CasePerson)).one()
    assert (named.name, named.phone) == (NAMED["name"], NAMED["phone"])
    asked = kind is CaseKind.COMPLAINT
    assert (named.id_no == "022170001234", named.address != "") == (
        asked,
        kind is not CaseKind.REFLECTION,
    )


def test_is_what_is_missing_said_kept_nowhere_and_sent_once_put_right(
    screen: Visitor, session: Session
) -> None:
    token = secrets.token_urlsafe(32)
    body = {"kind": "complaint", "here": True, "token": token, "comment": "Chờ lâu"} | NAMED
    wrong = onward(screen, **body | {"id_no": "12", "name": " "})
    assert wrong.status_code == 422
    assert {one["entry"] for one in wrong.json["problems"]} == {"id_no", "name"}
    assert "12 chữ số" in next(
        one["text"] for one in wrong.json["problems"] if one["entry"] == "id_no"
    )
    assert session.scalar(select(func.count()).select_from(Draft)) == 0
    assert onward(screen, **body, lang="en").status_code == 200
    assert session.scalars(select(CasePerson.name)).one() == "Nguyễn Thị Hồng Liên"


def test_is_a_submission_without_a_word_not_sent(screen: Visitor, session: Session) -> None:
    answer = onward(screen, here=True, token="x" * 43, comment=" .. ")
    assert answer.status_code == 422
    assert answer.json["problems"][0]["entry"] == "words"
    assert session.scalar(select(func.count()).select_from(Case)) == 0


def test_goes_what_was_given_along_to_the_phone(screen: Visitor, gateways: Gateways) -> None:
    code = onward(screen, kind="petition", comment="Thêm ghế", **NAMED).json["code"]
    token = open_with(gateways.keys, code, now=NOON)
    draft = draft_in(gateways.keys.box("draft", token), now=NOON)
    assert isinstance(draft, OpenDraft)
    assert (draft.content.name, draft.content.address) == (NAMED["name"], NAMED["address"])
    assert draft.content.id_no == "", "not asked for a petition"


def test_does_odd_input_do_no_harm(screen: Visitor) -> None:
    odd = {"ago": -5, "reasons": [1, None, "nothing"], "comment": 7, "name": ["x"], "phone": 3}
    assert onward(screen, **odd).status_code == 200
    assert onward(screen, ago=10**30, reasons="x").status_code == 200
    assert onward(screen, comment="x" * 30_000).status_code == 413


def test_is_a_stranger_refused(app: Any, screen: Visitor) -> None:
    assert onward(Visitor(app.test_client())).status_code == 401


def test_does_an_enrolled_screen_show_its_own_page_at_every_address(screen: Visitor) -> None:
    for path in (f"/kiosk/{CODE}", f"/kiosk/{CODE}/reasons", "/kiosk/ELSEWHERE"):
        assert screen.get(path).location.endswith("/kiosk/screen")
