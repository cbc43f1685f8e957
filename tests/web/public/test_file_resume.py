"""Coming back to a draft with a code; the device keeps nothing unless its owner asks."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask import Flask

from citizenfeedback.domain.drafts import DraftContent
from citizenfeedback.domain.vocabulary import CaseKind
from citizenfeedback.gateways import Gateways
from citizenfeedback.services.resuming import hand_over
from tests.conftest import NOON
from tests.people import Visitor, visitor
from tests.web.public.test_file import (
    COMPLAINT,
    DENUNCIATION,
    NEW,
    REFLECTION,
    WORDS,
    answer,
    begin,
    code_on,
    office,
    text_of,
)

__all__ = ["office"]


@pytest.fixture
def citizen(app: Flask, office: int) -> Visitor:
    return visitor(app)


def draft_cookie(sent: object) -> str:
    lines = sent.headers.getlist("Set-Cookie")  # type: ignore[attr-defined]
    return next(line for line in lines if line.startswith("draft="))


@pytest.mark.both_databases
def test_does_a_code_bring_the_draft_to_another_device(app: Flask, citizen: Visitor) -> None:
    begin(citizen, DENUNCIATION)
    answer(citizen, "words", "wish", words=WORDS)
    assert "Máy này không giữ lại gì" in text_of(citizen.get(f"{NEW}/save"))
    kept = citizen.post(f"{NEW}/save", {"go": "code"})
    code = code_on(kept)
    other = visitor(app)
    wrong = other.post(f"{NEW}/resume", {"code": "ABCD-EFGH-0000-0000"})
    assert wrong.status_code == 422
    assert "không mở được đơn nào" in text_of(wrong)
    opened = other.post(f"{NEW}/resume", {"code": code.lower().replace("-", " ")})
    assert (opened.status_code, opened.location) == (303, f"{NEW}/wish")
    assert "max-age" not in draft_cookie(opened).lower()
    assert code not in opened.location
    page = other.get(f"{NEW}/words")
    assert WORDS in page.text
    assert re.search(r"đến hết ngày \d\d/\d\d/2026", text_of(page))


def test_does_a_device_keep_a_draft_only_when_asked_and_never_a_denunciation(
    citizen: Visitor,
) -> None:
    begun = citizen.post(NEW, {"question": REFLECTION})
    assert "max-age" not in draft_cookie(begun).lower()
    asked = citizen.post(f"{NEW}/save", {"go": "device"})
    assert "max-age=86400" in draft_cookie(asked).lower()
    for path, sent in (
        (f"{NEW}/words", {"go": "next", "words": WORDS}),
        (f"{NEW}/words", {"go": "keep", "words": WORDS}),
        (f"{NEW}/files", {"go": "next"}),
        (NEW, {"question": COMPLAINT}),
    ):
        saved = citizen.post(path, sent)
        assert "max-age=86400" in draft_cookie(saved).lower(), "each save begins the day anew"
    changed = citizen.post(NEW, {"question": DENUNCIATION})
    assert "max-age" not in draft_cookie(changed).lower(), "the same draft became a denunciation"
    assert citizen.client.get_cookie("draft_stays", path=NEW) is None
    refused = citizen.post(f"{NEW}/save", {"go": "device"})
    assert "max-age" not in refused.headers.get("Set-Cookie", "").lower()


def test_does_a_device_that_was_not_asked_keep_nothing_with_a_save(citizen: Visitor) -> None:
    begin(citizen, REFLECTION)
    saved = citizen.post(f"{NEW}/words", {"go": "next", "words": WORDS})
    assert not [line for line in saved.headers.getlist("Set-Cookie") if line.startswith("draft")]
    citizen.post(f"{NEW}/save", {"go": "device"})
    left = citizen.post(f"{NEW}/leave", of=f"{NEW}/words")
    assert "max-age=0" in draft_cookie(left).lower()
    assert citizen.client.get_cookie("draft_stays", path=NEW) is None


def test_does_a_phone_take_over_what_a_screen_began(
    app: Flask, gateways: Gateways, citizen: Visitor
) -> None:
    content = DraftContent(kind=CaseKind.REFLECTION, words=WORDS)
    code = hand_over(gateways.keys, content, now=NOON)
    opened = citizen.post(f"{NEW}/resume", {"code": code})
    assert opened.status_code == 303
    assert WORDS in citizen.get(f"{NEW}/words").text
    again = visitor(app).post(f"{NEW}/resume", {"code": code})
    assert again.status_code == 422


def test_is_a_voice_note_kept_and_a_false_one_refused_alone(citizen: Visitor) -> None:
    begin(citizen, REFLECTION)
    shown = citizen.get(f"{NEW}/files")
    assert re.search(r'name="voice"[^>]* capture', shown.text)
    assert "microphone=(self)" in shown.headers["Permissions-Policy"]
    assert "media-src blob:" in shown.headers["Content-Security-Policy"]
    voice = b"\xff\xfb\x90\x64" + b"\0" * 400
    kept = citizen.post(f"{NEW}/files", {"go": "add", "voice": [(BytesIO(voice), "Lời kể.mp3")]})
    assert kept.status_code == 303
    false = {"go": "next", "voice": [(BytesIO(b"fLaC" + bytes(99)), "loi-ke.flac")]}
    refused = citizen.post(f"{NEW}/files", false)
    assert refused.status_code == 422
    shown = text_of(refused)
    assert "loi-ke.flac: Chưa nhận loại ghi âm này" in shown
    assert "Lời kể.mp3" in shown
