"""The slip of a filing: it proves time and content, reveals nothing, and one changed letter fails."""

from __future__ import annotations

import hashlib
import re
import string
from io import BytesIO

import pytest

from citizenfeedback.gateways.keys import Keys
from citizenfeedback.web.public import slip as slips
from tests.people import Visitor, visitor
from tests.web.public.test_file import (
    COMPLAINT,
    DENUNCIATION,
    NEW,
    REFLECTION,
    WORDS,
    citizen,
    fill,
    office,
    send,
    text_of,
)

__all__ = ["citizen", "office"]
GENUINE = "Giấy xác nhận là thật"


def slip_on(page: str) -> str:
    """The text of the slip on its page."""
    found = re.search(r"<code>([\w-]{140,})</code>", page)
    assert found
    return found.group(1)


def checked(citizen: Visitor, text: str, **files: bytes) -> str:
    """What the page says of a slip."""
    data: dict[str, object] = {"code": text}
    data |= {name: (BytesIO(content), f"{name}.txt") for name, content in files.items()}
    return text_of(citizen.post("/verify", data))


@pytest.mark.parametrize("question", [COMPLAINT, DENUNCIATION, REFLECTION])
def test_a_slip_proves_time_and_content_and_tells_nothing_else(
    citizen: Visitor, question: str
) -> None:
    fill(citizen, question)
    copy = citizen.get(f"{NEW}/copy.txt").data
    assert WORDS in copy.decode()
    code = send(citizen)
    page = citizen.get(f"{NEW}/slip")
    paper = text_of(page)
    kinds = ("khiếu nại", "tố cáo", "phản ánh", "Sở Xây dựng", "UBND", "Hùng", "120 m²", code)
    for secret in kinds:
        assert secret.lower() not in paper.lower(), secret
    text = slip_on(page.text)
    assert hashlib.sha256(copy).hexdigest()[:8] in paper
    stranger = visitor(citizen.client.application)
    said = checked(stranger, text)
    assert GENUINE in said
    assert "12:00" in said
    for secret in kinds:
        assert secret.lower() not in said.lower(), secret
    assert "Bản sao khớp" in checked(stranger, text, copy=copy)
    assert "Bản sao không khớp" in checked(stranger, text, copy=copy + b" ")
    file = citizen.get(f"{NEW}/slip.txt")
    assert file.mimetype == "text/plain"
    assert GENUINE in checked(stranger, "", slip=file.data)


def test_the_office_is_named_only_where_that_is_asked(citizen: Visitor) -> None:
    fill(citizen, DENUNCIATION)
    send(citizen)
    page = citizen.get(f"{NEW}/slip?office=1")
    assert "UBND tỉnh Quảng Ninh" in text_of(page)
    assert "QN" in checked(citizen, slip_on(page.text))


def test_every_changed_letter_fails(citizen: Visitor, keys: Keys) -> None:
    fill(citizen)
    send(citizen)
    text = slip_on(citizen.get(f"{NEW}/slip").text)
    alphabet = string.ascii_letters + string.digits + "-_.=é"
    with citizen.client.application.test_request_context():
        assert slips._genuine(text) is not None
        for place, letter in enumerate(text):
            for other in alphabet:
                if other != letter:
                    changed = text[:place] + other + text[place + 1 :]
                    assert slips._genuine(changed) is None, (place, other)
            assert slips._genuine(text[:place] + text[place + 1 :]) is None
    assert "Không xác nhận được" in checked(citizen, text[:-1])


def test_bad_input_is_told_and_nothing_breaks(citizen: Visitor) -> None:
    assert "Dán mã hoặc chọn tệp" in checked(citizen, "")
    for odd in ("x" * 1999, "Đèn hỏng " * 100, "#", "%", "=" * 200):
        assert "Không xác nhận được" in checked(citizen, odd)
    assert "Không xác nhận được" in checked(citizen, "", slip=bytes(range(256)) * 900)
    assert citizen.post("/verify", {"code": "x" * 3000}).status_code == 422
    assert citizen.get(f"{NEW}/slip").status_code == 303  # nothing was sent here
    assert citizen.get(f"{NEW}/copy.txt").status_code == 303


def test_the_public_key_is_shown(citizen: Visitor, keys: Keys) -> None:
    assert keys.public_keys[0] in citizen.get("/verify").text
