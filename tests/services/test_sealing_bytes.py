"""What was open before a submission became a denunciation is nowhere in the files afterwards."""

from __future__ import annotations

from pathlib import Path

from citizenfeedback.config import Settings
from citizenfeedback.domain.vocabulary import Action, CaseKind
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.base import db
from citizenfeedback.services.registering import Person
from tests.conftest import build_app, make_tables
from tests.services.desk import DUC, HOA, open_desk

TRACES = (b"Zaphod", b"zaphod", b"0999123999", b"Beeblebrox", b"beeblebrox", b"quanly42")


def _holding(folder: Path) -> dict[str, list[bytes]]:
    """The files under a folder in which a trace is found."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            held = [trace for trace in TRACES if trace in content]
            if held:
                found[path.name] = held
    return found


def test_no_byte_of_the_sender_is_left(tmp_path: Path, keys: Keys) -> None:
    """Neither in the database nor in its log: name, number, words, note and summary are gone."""
    settings = Settings.from_env({"INSTANCE_PATH": str(tmp_path), "MAIL_SENDER": "so@example.vn"})
    app = build_app(settings, keys)
    with app.app_context():
        make_tables()
        desk = open_desk(db.session(), keys)
        for _ in range(30):
            desk.file()
        case = desk.file(
            CaseKind.PETITION,
            people=(Person("Zaphod Beeblebrox", "", "0999123999", "", "Hà Khánh"),),
            words="Tôi là Zaphod, quanly42 của cửa hàng",
            place="Nhà Zaphod",
            summary="Zaphod kể về quanly42",
        )
        desk.act(HOA, case, Action.NOTE, text="Zaphod gọi 0999123999")
        desk.act(HOA, case, Action.MESSAGE, text="Chào ông Beeblebrox")
        for _ in range(30):
            desk.file()
        assert _holding(tmp_path)
        desk.act(DUC, case, Action.RECLASSIFY, kind=CaseKind.DENUNCIATION, reason="Là tố cáo")
        assert _holding(tmp_path) == {}
        db.session.remove()
        db.engine.dispose()
