"""A denunciation filed for good: no byte of it lies open, and a race makes one case."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizenfeedback.config import Settings
from citizenfeedback.domain.text import fold
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case
from tests.conftest import build_app, make_tables
from tests.people import Visitor, make_unit, visitor
from tests.web.public.test_file import DENUNCIATION, NEW, answer, begin, picture, send

NAME = "Hoàng Thị Kín Đáo"
WORDS = "Ông Tám đòi mười hai triệu đồng để cấp giấy chứng nhận."
DENOUNCED = "Lê Văn Tám"
PHONE = "0987654321"
ADDRESS = "Thôn Khe Cát Nhỏ"
ID_NO = "022190777888"
FILE = "bằng chứng của Kín.png"
SECRETS = (NAME, WORDS, DENOUNCED, PHONE, ADDRESS, ID_NO, FILE, "Kín Đáo", "mười hai triệu")


@pytest.fixture
def installed(tmp_path: Path, keys: Keys) -> Iterator[Flask]:
    """An installation of its own on disk, so that what is written is really written."""
    settings = Settings.from_env({"INSTANCE_PATH": str(tmp_path / "instance")})
    app = build_app(settings, keys)
    with app.app_context():
        make_tables()
        gateways = app.extensions["citizenfeedback_gateways"]
        top = make_unit(gateways, "QN", name="UBND tỉnh")
        make_unit(gateways, "SXD", top, name="Sở Xây dựng")
        yield app
        db.session.remove()
        db.engine.dispose()


def denounce(citizen: Visitor) -> None:
    begin(citizen, DENUNCIATION)
    answer(citizen, "words", "wish", words=WORDS)
    answer(citizen, "wish", "field", wish=f"Xử lý {DENOUNCED}")
    answer(citizen, "field", "respondent", field="corruption")
    answer(citizen, "respondent", "office", respondent=DENOUNCED, unit="unknown")
    answer(citizen, "office", "files", unit="unknown")
    sent = citizen.post(f"{NEW}/files", {"files": [(BytesIO(picture()), FILE)], "go": "next"})
    assert sent.location == f"{NEW}/standing"
    answer(citizen, "standing", "you", standing="alone")
    answer(citizen, "you", "check", name=NAME, phone=PHONE, address=ADDRESS, id_no=ID_NO)


def forms_of(secret: str) -> set[bytes]:
    """The ways in which a text could lie in a file."""
    forms = {secret, secret.upper(), secret.lower(), fold(secret), ascii(secret)[1:-1]}
    return {form.encode(how) for form in forms for how in ("utf-8", "utf-16-le", "utf-16-be")}


def test_is_no_byte_of_a_denunciation_found_in_any_file(
    installed: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    citizen = visitor(installed)
    denounce(citizen)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    send(citizen)
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert any(path.suffix == ".db-wal" or path.name.endswith("-wal") for path in after)
    number = db.session.scalars(select(Case.number)).one()
    assert any(number.encode() in content for content in after.values())
    plain = picture()
    for path, content in [*before.items(), *after.items()]:
        assert plain not in content, path
        for secret in SECRETS:
            for form in forms_of(secret):
                assert form not in content, (path, secret)
    for secret in SECRETS:
        assert secret not in caplog.text


def test_do_eight_presses_at_once_make_one_case(installed: Flask) -> None:
    citizen = visitor(installed)
    denounce(citizen)
    token = citizen.token(f"{NEW}/check")
    cookies = {name: citizen.client.get_cookie(name, path=path) for name, path in COOKIES}
    answers: list[tuple[int, str | None]] = []

    def press() -> None:
        client = installed.test_client()
        for (name, path), cookie in zip(COOKIES, cookies.values(), strict=True):
            assert cookie is not None
            client.set_cookie(name, cookie.value, path=path)
        sent = client.post(f"{NEW}/check", data={"csrf_token": token})
        answers.append((sent.status_code, sent.location))

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [(303, f"{NEW}/code")] * 8
    assert db.session.scalar(select(func.count()).select_from(Case)) == 1


COOKIES = (("draft", NEW), ("session", "/"))
