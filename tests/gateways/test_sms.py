"""Text messages through a real HTTP server: what is sent, what counts as taken, what is tried again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from citizenfeedback.gateways import sms as gateway
from citizenfeedback.gateways.mail import MailFailed
from citizenfeedback.gateways.sms import HttpSms, NullSms, RecordingSms, Sms

MESSAGE = Sms(to="0912345678", text="Co tin moi", message_id="abc123")


class Provider(HTTPServer):
    """Answers with `status` and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.status = 202
        self.silent = threading.Event()
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/send"


class Answering(BaseHTTPRequestHandler):
    """One request."""

    server: Provider

    def do_POST(self) -> None:
        """Keep the request; answer, or keep silent."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), json.loads(body)))
        if self.server.status == 0:
            self.server.silent.wait(5)
            return
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def provider() -> Iterator[Provider]:
    server = Provider()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.silent.set()
    server.shutdown()
    server.server_close()
    thread.join(5)


def test_is_a_message_sent_as_the_handbook_says(provider: Provider) -> None:
    HttpSms(provider.address, "secret", "TiengNoi").send(MESSAGE)
    [(path, headers, body)] = provider.asked
    assert path == "/send"
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer secret", "abc123")
    assert body == {"id": "abc123", "to": "+84912345678", "text": "Co tin moi", "from": "TiengNoi"}


@pytest.mark.parametrize(
    ("status", "for_good"),
    [(400, True), (404, True), (422, True), (401, False), (429, False), (500, False), (503, False)],
)
def test_is_a_refusal_told_with_whether_to_try_again(
    provider: Provider, status: int, *, for_good: bool
) -> None:
    provider.status = status
    with pytest.raises(MailFailed, match=f"provider_said_{status}") as refused:
        HttpSms(provider.address, "secret", "").send(MESSAGE)
    assert refused.value.for_good is for_good
    assert "0912" not in str(refused.value)


def test_is_a_redirect_not_followed(provider: Provider) -> None:
    provider.status = 302
    with pytest.raises(MailFailed, match="provider_said_302") as refused:
        HttpSms(provider.address, "secret", "").send(MESSAGE)
    assert not refused.value.for_good


def test_is_a_silent_or_absent_provider_tried_again(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "PATIENCE_SECONDS", 0.2)
    provider.status = 0
    for address in (provider.address, "http://127.0.0.1:1/send"):
        with pytest.raises(MailFailed) as refused:
            HttpSms(address, "secret", "").send(MESSAGE)
        assert not refused.value.for_good


def test_without_a_provider_nothing_leaves_and_nothing_is_offered() -> None:
    assert not NullSms().delivers
    with pytest.raises(MailFailed, match="no_sms_provider"):
        NullSms().send(MESSAGE)
    kept = RecordingSms()
    kept.send(MESSAGE)
    assert kept.sent == [MESSAGE]
