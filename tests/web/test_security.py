"""Every answer keeps itself to itself."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from citizenfeedback.web.security import csp_nonce


@pytest.mark.parametrize("address", ["/display", "/nowhere", "/healthz"])
def test_every_answer_is_protected(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "microphone=()" in headers["Permissions-Policy"]
    assert "media-src" not in policy


def test_the_session_cookie_is_out_of_reach_of_scripts(client: FlaskClient) -> None:
    cookie = client.get("/display").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_form_from_elsewhere_is_refused_with_words(client: FlaskClient) -> None:
    answer = client.post("/display", data={"size": "large"})
    assert (answer.status_code, "Trang đã mở quá lâu" in answer.text) == (400, True)


def test_the_word_for_inline_scripts_is_new_for_each_page(app: Flask) -> None:
    words = []
    for _ in range(2):
        with app.test_request_context("/"):
            words.append(csp_nonce())
            assert csp_nonce() == words[-1]
    assert words[0] != words[1]


def test_over_https_browsers_are_told_to_stay_there(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Strict-Transport-Security" not in client.get("/healthz").headers
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    assert "max-age" in client.get("/healthz").headers["Strict-Transport-Security"]
