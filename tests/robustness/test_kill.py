"""Whoever was shown an access code has a case, whatever happens to the machine a moment later."""

from __future__ import annotations

import re
import secrets
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask

from citizenfeedback.app import create_app
from citizenfeedback.config import Settings
from citizenfeedback.domain.drafts import DraftContent
from citizenfeedback.domain.numbers import normalise_code
from citizenfeedback.domain.vocabulary import CaseKind
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.base import db
from citizenfeedback.queries.tracking import case_behind
from citizenfeedback.services import intake
from tests.people import make_unit
from tests.robustness.server import Server, free_port, get, post

SUBMISSIONS = 200
KILLED_AFTER = 60
PEOPLE = 8
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@pytest.mark.slow
def test_no_acknowledged_case_is_lost_when_everything_is_killed(tmp_path: Path) -> None:
    server = Server(tmp_path / "instance", free_port(), tmp_path / "log")
    app = _installation(server.folder)
    tokens = _drafts(app)
    acknowledged: list[str] = []
    enough = threading.Event()

    def press(token: str) -> None:
        """Send a draft and read its code, as one person does; what is not answered is not counted."""
        with suppress(OSError):
            page = get(server.port, "/petitions/new")
            cookies = {**page.cookies, "draft": token}
            sent = post(server.port, "/petitions/new/check", {"csrf_token": page.token}, cookies)
            if sent.status != 303:
                raise AssertionError(f"refused with {sent.status}")
            found = CODE.search(get(server.port, "/petitions/new/code", cookies).text)
            if found is not None:
                acknowledged.append(found.group())
            if len(acknowledged) >= KILLED_AFTER:
                enough.set()

    try:
        server.start()
        with ThreadPoolExecutor(PEOPLE) as people:
            presses = [people.submit(press, token) for token in tokens]
            enough.wait(60)
            server.kill()
            for one in presses:
                one.result()
        assert KILLED_AFTER <= len(acknowledged) < SUBMISSIONS, "killed too early or too late"
        server.start()
        assert get(server.port, "/track").status == 200
    finally:
        server.kill()
    gateways: Gateways = app.extensions["citizenfeedback_gateways"]
    with app.app_context():
        lost = [code for code in acknowledged if case_behind(gateways.keys, _typed(code)) is None]
        db.session.remove()
    assert lost == []
    assert _run(server.folder, "verify").returncode == 0


def _typed(code: str) -> str:
    normal = normalise_code(code)
    assert normal is not None
    return normal


def _installation(folder: Path) -> Flask:
    folder.mkdir()
    done = _run(folder, "init")
    assert done.returncode == 0, done.stderr
    return create_app(Settings.from_env({"INSTANCE_PATH": str(folder)}))


def _drafts(app: Flask) -> list[str]:
    """Finished drafts of as many people, laid down as their browsers would have."""
    gateways: Gateways = app.extensions["citizenfeedback_gateways"]
    with app.app_context():
        unit_id = make_unit(gateways, "T00")
        content = DraftContent(
            kind=CaseKind.REFLECTION, words="Đèn đường trước chợ hỏng", unit_id=unit_id
        )
        tokens = [secrets.token_urlsafe(32) for _ in range(SUBMISSIONS)]
        for token in tokens:
            intake.start_draft(gateways.keys.box("draft", token), content, now=gateways.clock.now())
        db.session.remove()
    return tokens


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    import os

    return subprocess.run(
        [sys.executable, "-m", "citizenfeedback", *words],
        env={**os.environ, "INSTANCE_PATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
