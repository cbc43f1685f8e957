"""Two people press at the same moment, on real databases with real threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from citizenfeedback.config import Settings
from citizenfeedback.domain.errors import ChangedMeanwhile
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.base import db
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.services.casework import Seen
from tests.conftest import build_app, make_tables
from tests.services.desk import DUC, LAN, Desk, open_desk

ROUNDS = 4


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_of_two_at_once_one_is_told(
    kind: str, tmp_path: Path, keys: Keys, request: pytest.FixtureRequest
) -> None:
    """Both saw the same version: one act is done, the other told, and the history has one entry."""
    url = ""
    if kind == "postgresql":
        make: Callable[[str], str] = request.getfixturevalue("new_pg_database")
        url = make("two_at_once")
    settings = Settings.from_env(
        {"DATABASE_URL": url, "INSTANCE_PATH": str(tmp_path), "MAIL_SENDER": "so@example.vn"}
    )
    app = build_app(settings, keys)
    with app.app_context():
        make_tables()
        desk = open_desk(db.session(), keys)
        cases = [desk.file() for _ in range(ROUNDS)]
    outcomes: list[str] = []
    for case in cases:
        together = threading.Barrier(2)
        threads = [
            threading.Thread(
                target=_press, args=(app, desk, together, person, case.number, outcomes)
            )
            for person in (DUC, LAN)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(outcomes) == ["done"] * ROUNDS + ["told"] * ROUNDS
    with app.app_context():
        for case in cases:
            seqs = db.session.scalars(
                select(CaseEvent.seq).where(CaseEvent.case_id == case.id).order_by(CaseEvent.seq)
            ).all()
            assert seqs == [1, 2]
        db.session.remove()
        db.engine.dispose()


def _press(
    app: object,
    desk: Desk,
    together: threading.Barrier,
    person: int,
    number: str,
    outcomes: list[str],
) -> None:
    with app.app_context():  # type: ignore[attr-defined]
        mine = Desk(db.session(), desk.keys, desk.now, desk.files)
        together.wait()
        try:
            mine.act(
                person, number, Action.EXAMINE, seen=Seen(number, 1), eligible=True, competent=True
            )
        except ChangedMeanwhile:
            outcomes.append("told")
        else:
            outcomes.append("done")
