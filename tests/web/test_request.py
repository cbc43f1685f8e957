"""Hostile and clumsy input gets a clear answer, never a failure of ours."""

import unicodedata
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask, Response, jsonify, request
from flask.testing import FlaskClient
from werkzeug.routing import Map, Rule

from citizenfeedback.app import FIELDS_BYTES
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.request import LONGEST_ESCAPE, MOST_FIELDS, clean
from citizenfeedback.web.security import csrf

LIKE_A_BROWSER = {"Content-Type": "multipart/form-data; boundary=XX"}


@pytest.fixture
def echo(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """A client of the application with the page `/echo`, which repeats what arrived."""

    @csrf.exempt
    @anyone("made for this test")
    def repeat() -> Response:
        uploads = [upload.filename for upload in request.files.values()]
        return jsonify(form=request.form, args=request.args, files=uploads)

    with monkeypatch.context() as patch:
        patch.setattr(app, "url_map", copy_of(app))
        patch.setattr(app, "view_functions", {**app.view_functions, "echo": repeat})
        yield app.test_client()


def copy_of(app: Flask) -> Map:
    rules = [rule.empty() for rule in app.url_map.iter_rules()]
    again = Map([*rules, Rule("/echo", endpoint="echo", methods=["GET", "POST"])])
    again.converters = app.url_map.converters
    return again


def test_letters_are_composed_and_marks_that_turn_text_are_dropped(echo: FlaskClient) -> None:
    sent = unicodedata.normalize("NFD", "Đặng Thị Ngọc Ánh")
    answer = echo.post(
        f"/echo?q={sent}", data={"name": f"\u202e{sent}\u2069", "note": "a\r\nb\tc\x07"}
    )
    assert answer.json == {
        "form": {"name": "Đặng Thị Ngọc Ánh", "note": "a\r\nb\tc"},
        "args": {"q": "Đặng Thị Ngọc Ánh"},
        "files": [],
    }


@pytest.mark.parametrize(
    "address",
    ["/echo?q=%00", "/echo?%00=1", "/track/%00", "/%00", "/kiosk/%00?q=%00", "/%00?%00=%00"],
)
def test_a_nul_byte_in_an_address_is_a_bad_request(echo: FlaskClient, address: str) -> None:
    assert echo.get(address).status_code == 400


def test_a_nul_byte_in_a_form_is_a_bad_request(echo: FlaskClient) -> None:
    assert echo.post("/echo", data={"name": "a\0b"}).status_code == 400
    assert echo.post("/echo", data={"a\0b": "name"}).status_code == 400
    file = 'Content-Disposition: form-data; name="f"; filename="a\0.pdf"\r\n\r\nx'
    body = f"--XX\r\n{file}\r\n--XX--\r\n"
    assert echo.post("/echo", data=body, headers=LIKE_A_BROWSER).status_code == 400


def test_wrong_utf8_is_read_as_far_as_it_can_be(echo: FlaskClient) -> None:
    answer = echo.post(
        "/echo?q=%ff",
        data=b"name=%ff%fe",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--XX",
        b"--XX\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XX--\r\n",
        b'--XX\r\nContent-Disposition: form-data; name="a"\r\n\r\nx',
        b"--YY\r\n\r\n--YY--",
        b"--XX\r\n\xff\xfe\r\n\r\n--XX--\r\n",
    ],
)
def test_broken_parts_are_no_failure_of_ours(echo: FlaskClient, body: bytes) -> None:
    assert echo.post("/echo", data=body, headers=LIKE_A_BROWSER).status_code < 500


def test_parts_without_a_boundary_are_no_failure_of_ours(echo: FlaskClient) -> None:
    headers = {"Content-Type": "multipart/form-data"}
    assert echo.post("/echo", data=b"x", headers=headers).status_code < 500


def test_too_much_is_refused_with_its_own_words(echo: FlaskClient) -> None:
    many = {f"f{number}": "x" for number in range(MOST_FIELDS + 1)}
    long = {"text": "x" * (LONGEST_ESCAPE * FIELDS_BYTES + 1)}
    for form in (many, long):
        parts = [
            f'--XX\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'
            for k, v in form.items()
        ]
        for body, kind in (
            (urlencode(form), "application/x-www-form-urlencoded"),
            ("".join(parts) + "--XX--\r\n", LIKE_A_BROWSER["Content-Type"]),
        ):
            answer = echo.post("/echo", data=body.encode(), content_type=kind)
            assert (answer.status_code, "quá lớn" in answer.text) == (413, True)
    assert echo.get("/echo?" + "&".join(many)).status_code == 413


@pytest.mark.parametrize("headers", [{"Content-Type": "\xff"}, {"Cookie": "session=\xff; lang=x"}])
def test_odd_headers_are_no_failure_of_ours(echo: FlaskClient, headers: dict[str, str]) -> None:
    assert echo.post("/echo", data=b"a=b", headers=headers).status_code < 500


def test_usual_text_is_left_alone() -> None:
    for text in ("", "Quảng Ninh", "a\nb", "‑–—“”", "🙂", "x" * 100):
        assert clean(text) == text
