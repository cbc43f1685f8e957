"""A copy taken while people work, restored into either database, gives the same and verifies."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, text

from citizenfeedback.config import Settings
from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import Author, CaseField, CaseKind, Channel, Role
from citizenfeedback.gateways.keys import Keys, load_keys
from citizenfeedback.models.accounts import User
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.base import Base, db
from citizenfeedback.models.cases import Case, SealedRecord
from citizenfeedback.models.search import CaseSearch
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.services.backup import BackupProblem, backup, restore
from citizenfeedback.services.calendar import seed_shipped
from citizenfeedback.services.registering import NewCase, Person, register
from citizenfeedback.services.transaction import transaction
from citizenfeedback.services.verifying import anchor_chains, verify
from tests.conftest import NOON, build_app, make_tables
from tests.people import make_unit, make_user

SCHEMA = "0001_test"
serial = itertools.count()


class House:
    """An installation of its own with a real database."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.folder = folder
        self.url = url
        self.app = self.open()
        with self.app.app_context():
            make_tables()
            seed_shipped()

    def open(self) -> Flask:
        """The application, with the keys that lie in its folder now."""
        settings = Settings.from_env(
            {"INSTANCE_PATH": str(self.folder), "DATABASE_URL": self.url, "MAIL_SENDER": "a@b.vn"}
        )
        self.keys: Keys = load_keys(self.folder)
        self.app = build_app(settings, self.keys)
        self.gateways = self.app.extensions["citizenfeedback_gateways"]
        return self.app

    def file(self, unit_id: int, number: int, kind: CaseKind) -> None:
        """File one case with a paper."""
        place = self.gateways.files.put(
            f"giấy tờ {number}".encode(), sealed=kind is CaseKind.DENUNCIATION
        )
        calendar = work_calendar()
        with transaction() as session:
            new = NewCase(
                kind=kind,
                field=CaseField.LAND,
                channel=Channel.WEB,
                unit_id=unit_id,
                received_on=NOON.date(),
                summary=f"Đường số {number} ngập",
                words="Lời kể có dấu: ế ộ ư\n và \u2028 lạ",
                people=[Person(name="Vũ Thị Kín", phone="0912345678")],
                formal=kind is not CaseKind.DENUNCIATION,
            )
            made = register(session, self.keys, calendar, Policy(), SYSTEM, new, now=NOON)
            session.execute(
                insert(Attachment).values(
                    case_id=made.id,
                    storage_key=place.key,
                    digest=place.digest,
                    media_type="application/pdf",
                    size=place.size,
                    sealed=kind is CaseKind.DENUNCIATION,
                    author=Author.CITIZEN,
                    at=NOON,
                    name="",
                )
            )

    def fill(self) -> int:
        """Units, people and some cases; returns the unit that takes cases."""
        with self.app.app_context():
            root = make_unit(self.gateways, "QN")
            make_user(self.gateways, root, Role.ADMINISTRATOR)
            for number, kind in enumerate(list(CaseKind) * 3):
                self.file(root, number, kind)
            anchor_chains(keys=self.keys, today=NOON.date(), now=NOON.replace(hour=23))
        return root

    def backup(self, target: Path) -> Any:
        """Take a copy."""
        with self.app.app_context():
            return backup(
                target,
                instance=self.folder,
                files=self.gateways.files,
                schema=SCHEMA,
                now=NOON,
                tell=lambda _: None,
            )

    def restore(self, source: Path, schema: str = SCHEMA) -> Any:
        """Take a copy in."""
        with self.app.app_context():
            return restore(
                source,
                instance=self.folder,
                files=self.gateways.files,
                schema=schema,
                tell=lambda _: None,
            )

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        with self.app.app_context():
            return {
                table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
                for table in Base.metadata.sorted_tables
            }

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """All rows of a table."""
        with self.app.app_context():
            found = Base.metadata.tables[table]
            query = select(found).order_by(*found.primary_key.columns)
            return [tuple(row) for row in db.session.execute(query)]

    def close(self) -> None:
        """Let go of the database."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def houses(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], House]]:
    """Make installations on either database."""
    made: list[House] = []

    def make(kind: str) -> House:
        number = next(serial)
        url = ""
        if kind == "postgresql":
            url = request.getfixturevalue("new_pg_database")(f"house{number}")
        made.append(House(tmp_path / f"house{number}", url))
        return made[-1]

    yield make
    for house in made:
        house.close()


@contextmanager
def people_at_work(house: House, unit_id: int) -> Iterator[None]:
    """Two officials who go on entering cases while the block runs."""
    stop = threading.Event()
    failures: list[BaseException] = []
    began = threading.Barrier(3)

    def work() -> None:
        try:
            with house.app.app_context():
                began.wait()
                for number in itertools.count(100):
                    if stop.is_set():
                        return
                    house.file(unit_id, number, CaseKind.REFLECTION)
        except BaseException as error:  # noqa: BLE001 - shown by the test itself
            failures.append(error)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    began.wait()
    try:
        yield
    finally:
        stop.set()
        for worker in workers:
            worker.join()
    assert not failures


WAYS = [
    ("sqlite", "sqlite"),
    ("sqlite", "postgresql"),
    ("postgresql", "sqlite"),
    ("postgresql", "postgresql"),
]


@pytest.mark.parametrize(("source", "target"), WAYS)
def test_a_copy_taken_while_people_work_is_whole_on_the_other_side(
    houses: Callable[[str], House], tmp_path: Path, source: str, target: str
) -> None:
    before = houses(source)
    unit_id = before.fill()
    copy = tmp_path / "copy"
    with people_at_work(before, unit_id):
        copied = before.backup(copy)
    assert copied.files >= 12
    assert oct(copy.stat().st_mode & 0o777) == "0o700"
    after = houses(target)
    restored = after.restore(copy)
    assert (restored.rows, restored.files) == (copied.rows, copied.files)
    after.close()
    after.open()
    with after.app.app_context():
        found = verify(after.keys, after.gateways.files)
        assert found.whole, found.mismatches
        assert found.checked["case_chains"] == after.counts()["case_file"] >= 12
        assert found.checked["anchors"] == 1
        # Sealed texts open with the keys of the copy, and counting goes on behind the highest id.
        sealed = db.session.scalars(select(SealedRecord.ciphertext)).first()
        assert sealed
        assert after.keys.unseal(sealed)
        after.file(unit_id, 999, CaseKind.PETITION)
        assert db.session.scalar(select(User.email)) == "hoa@qn.vn"
        assert len(db.session.scalars(select(CaseSearch.case_id)).all()) > 1
    for table in ("unit", "user_account", "audit_entry", "calendar_day", "chain_anchor"):
        assert after.rows(table) == before.rows(table), table


def test_the_search_finds_what_was_restored(houses: Callable[[str], House], tmp_path: Path) -> None:
    before = houses("sqlite")
    before.fill()
    before.backup(tmp_path / "copy")
    after = houses("sqlite")
    after.restore(tmp_path / "copy")
    with after.app.app_context():
        found = db.session.execute(
            text("SELECT count(*) FROM case_fts WHERE case_fts MATCH 'ngap'")
        )
        assert found.scalar_one() > 0


def test_a_copy_is_not_restored_over_records(
    houses: Callable[[str], House], tmp_path: Path
) -> None:
    before = houses("sqlite")
    before.fill()
    before.backup(tmp_path / "copy")
    counts = before.counts()
    with pytest.raises(BackupProblem, match="installation_not_empty"):
        before.restore(tmp_path / "copy")
    assert before.counts() == counts


def test_a_damaged_or_foreign_copy_changes_nothing(
    houses: Callable[[str], House], tmp_path: Path
) -> None:
    before = houses("sqlite")
    before.fill()
    copy = tmp_path / "copy"
    before.backup(copy)
    after = houses("sqlite")
    counts, keys = after.counts(), (after.folder / "keys" / "seal.keys").read_text()
    with pytest.raises(BackupProblem, match="backup_of_other_release"):
        after.restore(copy, "0002_later")
    with pytest.raises(BackupProblem, match="not_a_backup"):
        after.restore(tmp_path)
    units = copy / "tables" / "unit.jsonl"
    lines = units.read_text()
    units.write_text(lines.replace("QN", "XX"))
    with pytest.raises(BackupProblem, match="backup_damaged"):
        after.restore(copy)
    units.unlink()
    with pytest.raises(BackupProblem, match="backup_incomplete"):
        after.restore(copy)
    assert after.counts() == counts
    assert (after.folder / "keys" / "seal.keys").read_text() == keys


def test_a_copy_goes_only_into_a_new_or_empty_folder(
    houses: Callable[[str], House], tmp_path: Path
) -> None:
    house = houses("sqlite")
    busy = tmp_path / "busy"
    busy.mkdir()
    (busy / "letter.txt").write_text("x")
    with pytest.raises(BackupProblem, match="backup_folder_not_empty"):
        house.backup(busy)
    assert [path.name for path in busy.iterdir()] == ["letter.txt"]


def test_names_and_words_of_a_denunciation_lie_sealed_in_the_copy(
    houses: Callable[[str], House], tmp_path: Path
) -> None:
    house = houses("sqlite")
    with house.app.app_context():
        root = make_unit(house.gateways, "QN")
        house.file(root, 1, CaseKind.DENUNCIATION)
    house.backup(tmp_path / "copy")
    for path in (tmp_path / "copy").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for word in ("Kín", "0912345678", "Lời kể", "giấy tờ 1"):
                assert word.encode() not in content, path
                assert json.dumps(word)[1:-1].encode() not in content, path


def test_a_lost_file_is_told_and_stops_no_copy(
    houses: Callable[[str], House], tmp_path: Path
) -> None:
    house = houses("sqlite")
    house.fill()
    with house.app.app_context():
        key = db.session.scalar(select(Attachment.storage_key))
        cases = db.session.scalar(select(func.count()).select_from(Case))
        house.gateways.files.delete(key)
        found = verify(house.keys, house.gateways.files)
    assert [mismatch.code for mismatch in found.mismatches] == ["file_missing"]
    assert house.backup(tmp_path / "copy").files == (cases or 0) - 1
