"""One transaction a use case: committed once, in order, never nested, never by the way."""

import multiprocessing
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from citizenfeedback.config import Settings
from citizenfeedback.gateways.keys import Keys, random_keys
from citizenfeedback.models.base import WriteOutsideTransaction, db
from citizenfeedback.models.installation import InstallationFact
from citizenfeedback.services.transaction import WritersQueue, transaction
from tests.conftest import build_app, make_tables

THREADS, TIMES = 8, 25


def value_of(key: str) -> str | None:
    found = db.session.execute(
        select(InstallationFact.value).where(InstallationFact.key == key)
    ).scalar()
    return None if found is None else str(found)


@pytest.mark.both_databases
def test_work_is_kept_when_the_block_ends_well_and_undone_when_not(session: Session) -> None:
    with transaction() as writing:
        writing.add(InstallationFact(key="one", value="1"))
    with pytest.raises(ZeroDivisionError), transaction() as writing:  # noqa: PT012
        writing.add(InstallationFact(key="two", value="2"))
        writing.flush()
        raise ZeroDivisionError
    session.expire_all()
    assert (value_of("one"), value_of("two")) == ("1", None)


@pytest.mark.both_databases
def test_one_test_does_not_see_the_rows_of_another(session: Session) -> None:
    assert value_of("one") is None


def test_a_transaction_within_a_transaction_is_refused(session: Session) -> None:
    with transaction(), pytest.raises(RuntimeError, match="already open"), transaction():
        pass
    with transaction() as writing:  # the refusal did not leave the door shut
        writing.add(InstallationFact(key="one", value="1"))


def test_rows_written_by_the_way_are_refused(session: Session) -> None:
    session.add(InstallationFact(key="one", value="1"))
    with pytest.raises(WriteOutsideTransaction):
        session.flush()
    with pytest.raises(WriteOutsideTransaction), transaction():
        pass
    session.expunge_all()
    with pytest.raises(WriteOutsideTransaction):
        session.execute(insert(InstallationFact).values(key="one", value="1"))


def new_database(folder: Path, keys: Keys, url: str = "") -> Flask:
    app = build_app(Settings.from_env({"INSTANCE_PATH": str(folder), "DATABASE_URL": url}), keys)
    with app.app_context():
        make_tables()
        with transaction() as session:
            session.add(InstallationFact(key="count", value="0"))
    return app


def count_up(app: Flask, times: int) -> None:
    """Read a number and write the next one, each time in a transaction that began with a read."""
    for _ in range(times):
        with app.app_context():
            value_of("count")
            with transaction() as session:
                fact = session.get(InstallationFact, "count", with_for_update=True)
                assert fact is not None
                fact.value = str(int(fact.value) + 1)


def count_in_threads(app: Flask) -> str | None:
    failed: list[BaseException] = []

    def run() -> None:
        try:
            count_up(app, TIMES)
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with app.app_context():
        return value_of("count")


def test_no_update_is_lost_between_threads_on_sqlite(tmp_path: Path, keys: Keys) -> None:
    app = new_database(tmp_path, keys)
    assert count_in_threads(app) == str(THREADS * TIMES)
    with app.app_context():
        db.engine.dispose()


def test_no_update_is_lost_between_threads_on_postgresql(
    tmp_path: Path, keys: Keys, new_pg_database: Callable[[str], str]
) -> None:
    app = new_database(tmp_path, keys, new_pg_database("threads"))
    assert count_in_threads(app) == str(THREADS * TIMES)
    with app.app_context():
        db.engine.dispose()


def _count_in_process(folder: Path) -> None:
    settings = Settings.from_env({"INSTANCE_PATH": str(folder)})
    count_up(build_app(settings, random_keys()), TIMES)


@pytest.mark.slow
def test_no_update_is_lost_between_processes_on_sqlite(tmp_path: Path, keys: Keys) -> None:
    app = new_database(tmp_path, keys)
    spawn = multiprocessing.get_context("spawn")
    children = [spawn.Process(target=_count_in_process, args=(tmp_path,)) for _ in range(2)]
    for child in children:
        child.start()
    count_up(app, TIMES)
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0, 0]
    with app.app_context():
        assert value_of("count") == str(3 * TIMES)
        db.engine.dispose()


def test_writers_are_let_through_in_the_order_they_came(tmp_path: Path) -> None:
    queue = WritersQueue(str(tmp_path / "lock"))
    order: list[int] = []

    def write(number: int) -> None:
        with queue:
            order.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    with queue:
        for waiting, thread in enumerate(threads, start=1):
            thread.start()
            while len(queue._waiting) < waiting:
                pass
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4, 5]


def test_sqlite_is_set_to_lose_nothing(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        asked = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        got = [driver.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
    assert got == ["wal", 2, 1, 1]
