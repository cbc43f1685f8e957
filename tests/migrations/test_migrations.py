"""Migrations lead from nothing to the models, back, and there again, on both databases."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from citizenfeedback.config import Settings
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.migrating import MIGRATIONS, bring_up_to_date, is_up_to_date, migration_head
from citizenfeedback.models.base import Base, db
from citizenfeedback.queries.tracking import citizen
from citizenfeedback.services.following import write_message
from tests.conftest import build_app
from tests.services.desk import DUC, open_desk

SEARCH = ("case_fts", "ix_case_search_words")
FILES = sorted((MIGRATIONS / "versions").glob("*.py"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(
    request: pytest.FixtureRequest, tmp_path: Path, keys: Keys
) -> Iterator[tuple[Flask, Callable[[str], Flask]]]:
    """An application on an empty database, and a maker of more of the same kind."""
    made: list[Flask] = []

    def make(name: str) -> Flask:
        url = ""
        if request.param == "postgresql":
            new: Callable[[str], str] = request.getfixturevalue("new_pg_database")
            url = new(f"migrated_{tmp_path.name}_{name}")
        folder = tmp_path / name
        made.append(
            build_app(Settings.from_env({"INSTANCE_PATH": str(folder), "DATABASE_URL": url}), keys)
        )
        return made[-1]

    yield make("first"), make
    for app in made:
        with app.app_context():
            db.engine.dispose()


def downgrade(app: Flask, revision: str) -> None:
    from flask_migrate import Migrate, downgrade

    Migrate(app, db, directory=str(MIGRATIONS))
    downgrade(revision=revision)


def upgrade(app: Flask, revision: str) -> None:
    from flask_migrate import Migrate, upgrade

    Migrate(app, db, directory=str(MIGRATIONS))
    upgrade(revision=revision)


def drawn(connection: Connection) -> set[tuple[Any, ...]]:
    """Everything the database holds but rows: tables, indexes, triggers, as it names them."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT type, name, tbl_name FROM sqlite_master"))
        return {tuple(row) for row in rows if not row.name.startswith("sqlite_")}
    named = set()
    for query in (
        "SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT 'trigger', tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT 'check', conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace",
    ):
        named |= {tuple(row) for row in connection.execute(text(query))}
    return named


def ours(_object: Any, name: str | None, kind: str, *_: Any) -> bool:
    return not (kind in {"table", "index"} and (name or "").startswith(SEARCH))


def test_migrations_lead_from_nothing_to_the_models(
    empty: tuple[Flask, Callable[[str], Flask]],
) -> None:
    app, make = empty
    with app.app_context():
        assert not is_up_to_date()
        bring_up_to_date(app)
        assert is_up_to_date()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"include_object": ours, "compare_type": True}
            )
            assert compare_metadata(context, Base.metadata) == []
            migrated = drawn(connection)
    modelled = make("models")
    with modelled.app_context(), db.engine.begin() as connection:
        Base.metadata.create_all(connection)
        made = drawn(connection)
    not_ours = {row for row in migrated if "alembic_version" in str(row)}
    assert migrated - not_ours == made


def test_every_migration_goes_up_down_and_up(
    empty: tuple[Flask, Callable[[str], Flask]],
) -> None:
    app, _ = empty
    with app.app_context():
        bring_up_to_date(app)
        downgrade(app, "base")
        with db.engine.connect() as connection:
            assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
        bring_up_to_date(app)
        assert is_up_to_date()


def test_files_are_numbered_in_one_line_and_named_like_their_revision() -> None:
    assert [int(file.name[:4]) for file in FILES] == list(range(1, len(FILES) + 1))
    before = None
    for file in FILES:
        source = file.read_text(encoding="utf-8")
        told = dict(re.findall(r"^(revision|down_revision)\b[^=]*= (.*)$", source, re.MULTILINE))
        assert told["revision"].strip("'\"") == file.stem
        assert told["down_revision"].strip("'\"") == (before or "None")
        before = file.stem
    assert migration_head() == before


def test_a_migration_imports_nothing_of_ours() -> None:
    assert [file.name for file in FILES if "citizenfeedback" in file.read_text("utf-8")] == []


def test_rows_that_hang_on_a_table_survive_its_rebuilding(tmp_path: Path, keys: Keys) -> None:
    """SQLite rebuilds a table to change it; with foreign keys on its dropping takes the rows along."""
    app = build_app(Settings.from_env({"INSTANCE_PATH": str(tmp_path)}), keys)
    with app.app_context():
        bring_up_to_date(app)
        seen = []
        with db.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            seen.append(driver.execute("PRAGMA foreign_keys").fetchone()[0])
        downgrade(app, "base")
        db.engine.dispose()
    assert seen == [1], "foreign keys are on again after a migration"


def test_what_waits_for_an_answer_is_read_from_the_history(
    empty: tuple[Flask, Callable[[str], Flask]], keys: Keys
) -> None:
    """The newest of additions and answers decides; a paper of the office's own is neither."""
    app, _ = empty
    with app.app_context():
        bring_up_to_date(app)
        desk = open_desk(db.session(), keys)
        silent, written, answered = desk.file(), desk.file(), desk.file()
        for case in (written, answered):
            write_message(citizen(case.id), keys, "Tôi hỏi", today=desk.today, now=desk.now)
        desk.act(DUC, written, Action.NOTE, text="Đã đọc")
        desk.act(DUC, answered, Action.MESSAGE, text="Đã nhận")
        desk.session.close()
        downgrade(app, "0013_letters_to_approve")
        bring_up_to_date(app)
        marks = {case.id: desk.row(case).citizen_wrote for case in (silent, written, answered)}
        desk.session.close()
    assert marks == {silent.id: False, written.id: True, answered.id: False}


UNIT = (
    "INSERT INTO unit (id, code, name, name_en, level, remote, path, folded, "
    "receives, address, phone, hours) VALUES (1, 'U', 'U', '', 'province', "
    "false, '/1/', 'u', true, '', '', '')"
)
CASE = (
    "INSERT INTO case_file (id, number, kind, instance, field, channel, state, "
    "phase, is_open, unit_id, summary, respondent, signatories, formal, signed, "
    "received_on, registered_at, late_entry_reason, forwarded_to, complexity, "
    "remote, extensions, decision_no, due_on, due_rule, look, language, imported, "
    "version) VALUES (1, '26-AAAA-1', 'denunciation', 1, 'land', 'post', 'done', "
    "'closed', false, 1, '', '', 1, true, true, '2026-03-01', "
    "'2026-03-02 01:00:00', '', '', 'complex', false, 1, '', '9999-12-31', '', "
    "'', 'vi', false, 1)"
)
"""A unit and a case as the first release kept them; what came later has a default."""


def event(seq: int, kind: str) -> str:
    """One event of the case, hashed by nobody: only the database looks at it here."""
    return (
        'INSERT INTO case_event (case_id, seq, kind, state, author, at, "on", details, hash) '
        f"VALUES (1, {seq}, '{kind}', 'done', 'system', '2026-03-02 01:00:00', '2026-03-02', "
        f"'{{}}', '{seq}')"
    )


def refused(app: Flask, statement: str) -> bool:
    """Whether the database takes no such row."""
    try:
        with db.engine.begin() as connection:
            connection.execute(text(statement))
    except IntegrityError:
        return True
    return False


def rows(query: str) -> list[tuple[Any, ...]]:
    """What a query finds."""
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_what_was_kept_before_data_requests_is_kept_and_they_find_room(
    empty: tuple[Flask, Callable[[str], Flask]],
) -> None:
    """0005 widens what the tables take; the rows that lie there stay, and still cannot be changed."""
    app, _ = empty
    message = (
        "INSERT INTO case_message (case_id, kind, author, at, body, document_no) "
        "VALUES (1, '{}', 'citizen', '2026-03-02 01:00:00', 'Tôi hỏi', '')"
    )
    asked = (
        "INSERT INTO data_request (case_id, wish, part, message_id, asked_on, due_on) "
        "VALUES (1, '{}', 'name', 1, '2026-03-02', '2026-03-04')"
    )
    with app.app_context():
        bring_up_to_date(app)
        downgrade(app, "0004_saved_filters")
        for statement in (UNIT, CASE, event(1, "case_registered"), message.format("message")):
            assert not refused(app, statement), statement
        assert refused(app, event(2, "data_requested"))
        assert refused(app, message.format("data_request"))
        upgrade(app, "0005_personal_data")
        assert rows("SELECT seq, kind FROM case_event") == [(1, "case_registered")]
        assert rows("SELECT kind, body FROM case_message") == [("message", "Tôi hỏi")]
        assert not refused(app, event(2, "data_requested"))
        assert not refused(app, message.format("data_request"))
        assert not refused(app, asked.format("erasure"))
        assert refused(app, asked.format("forgetting"))
        assert refused(app, event(3, "data_forgotten"))
        with pytest.raises(DBAPIError), db.engine.begin() as connection:
            connection.execute(text("UPDATE case_event SET seq = 9 WHERE seq = 1"))
        assert rows("SELECT max(seq) FROM case_event") == [(2,)]


def test_no_case_is_held_back_or_erased_by_the_table_of_terms(
    empty: tuple[Flask, Callable[[str], Flask]],
) -> None:
    """0010 adds whether a file is held back and when it was erased; going back loses only that."""
    app, _ = empty
    entry = (
        "INSERT INTO audit_entry (at, action, details, hash) "
        "VALUES ('2026-03-02 01:00:00', '{0}', '{{}}', '{0}')"
    )
    with app.app_context():
        bring_up_to_date(app)
        downgrade(app, "0009_closed_periods")
        for statement in (UNIT, CASE, event(1, "case_registered"), entry.format("signed_in")):
            assert not refused(app, statement), statement
        assert refused(app, entry.format("data_erased"))
        assert refused(app, event(2, "data_held"))
        upgrade(app, "0010_retention")
        assert rows("SELECT number, held, erased_on FROM case_file") == [("26-AAAA-1", False, None)]
        assert not refused(app, entry.format("data_erased"))
        assert not refused(app, event(2, "data_held"))
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE case_file SET held = true, erased_on = '2026-11-23'"))
        assert len(rows("SELECT id FROM case_file WHERE held AND erased_on > '2026-11-22'")) == 1
        assert rows("SELECT seq, kind FROM case_event ORDER BY seq")[0] == (1, "case_registered")


def test_what_came_before_its_first_was_settled_is_marked(
    empty: tuple[Flask, Callable[[str], Flask]],
) -> None:
    """0022 marks second complaints whose first was still open, and finds room for the demand."""
    app, _ = empty
    clock = (
        "INSERT INTO case_clock (case_id, clock, rule, started_on, due_on, explanation) "
        "VALUES (1, '{}', 'TC-15', '2026-03-02', '2026-03-09', '')"
    )
    with app.app_context():
        bring_up_to_date(app)
        downgrade(app, "0021_joined_contact")
        for statement in (UNIT, CASE, event(1, "case_registered"), clock.format("acceptance")):
            assert not refused(app, statement), statement
        for number, more in (
            (2, "closed_on = '2026-01-02'"),
            (3, "closed_on = NULL"),
            (4, "previous_id = 2, instance = 2"),
            (5, "previous_id = 3, instance = 2"),
        ):
            another = CASE.replace("(1, '26-AAAA-1'", f"({number}, '26-AAAA-{number}'")
            assert not refused(app, another), another
            with db.engine.begin() as connection:
                connection.execute(text(f"UPDATE case_file SET {more} WHERE id = {number}"))
        assert refused(app, clock.format("demand"))
        assert refused(app, event(2, "report_demanded"))
        upgrade(app, "0022_overdue_denunciations")
        assert rows("SELECT id FROM case_file WHERE unanswered") == [(5,)]
        assert rows("SELECT seq, kind FROM case_event") == [(1, "case_registered")]
        assert rows("SELECT clock FROM case_clock") == [("acceptance",)]
        assert not refused(app, clock.format("demand"))
        assert not refused(app, event(2, "report_demanded"))


def test_a_clock_of_the_first_release_begins_its_ledger(
    empty: tuple[Flask, Callable[[str], Flask]],
) -> None:
    """An extended and settled denunciation, as the first release kept it."""
    app, _ = empty
    kept = '{"days":30,"steps":[["2026-04-01","extended","more_days","","",30,null,true]]}'
    with app.app_context():
        bring_up_to_date(app)
        downgrade(app, "0001_initial")
        with db.engine.begin() as connection:
            connection.execute(text(UNIT))
            connection.execute(text(CASE))
            connection.execute(
                text(
                    "INSERT INTO case_clock (case_id, clock, rule, started_on, due_on, "
                    "stopped_on, explanation) VALUES (1, 'settlement', 'TC-06', '2026-03-02', "
                    "'2026-05-04', '2026-04-20', :kept)"
                ),
                {"kept": kept},
            )
        bring_up_to_date(app)
        with db.engine.connect() as connection:
            told = connection.execute(
                text('SELECT effect, act, "on", rule, days FROM clock_entry ORDER BY id')
            ).all()
    assert [(row.effect, row.act, str(row.on), row.rule, row.days) for row in told] == [
        ("start", "carried_on", "2026-03-02", "TC-06", 30),
        ("extend", "carried_on", "2026-03-02", "TC-07", 30),
        ("stop", "carried_on", "2026-04-20", "", 0),
    ]


def test_what_was_said_of_a_place_goes_back_to_the_words(
    empty: tuple[Flask, Callable[[str], Flask]],
) -> None:
    """0020 gives the place a column of its own; going back keeps what was said."""
    app, _ = empty
    told = "INSERT INTO case_text (case_id, words, wish) VALUES (1, 'Đèn hỏng', '')"
    with app.app_context():
        bring_up_to_date(app)
        downgrade(app, "0019_doubt_in_figures")
        for statement in (UNIT, CASE, told):
            assert not refused(app, statement), statement
        upgrade(app, "0020_place_of_matter")
        assert rows("SELECT words, place FROM case_text") == [("Đèn hỏng", "")]
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE case_text SET place = 'Khe Cát'"))
        downgrade(app, "0019_doubt_in_figures")
        assert rows("SELECT words FROM case_text") == [("Đèn hỏng\nKhe Cát",)]


def test_do_reflections_and_mail_outlive_the_contacts_of_who_joined(
    empty: tuple[Flask, Callable[[str], Flask]],
) -> None:
    """0021 adds the answer for everybody and who joined; going back loses only those."""
    app, _ = empty
    mail = (
        "INSERT INTO outgoing_message (occasion, kind, address, language, details, message_id, "
        "created_at, run_at, attempts, failure) VALUES ('{0}', '{0}', '', 'vi', '{{}}', '{0}', "
        "'2026-03-02 01:00:00', '2026-03-02 01:00:00', 0, '')"
    )
    shown = (
        "INSERT INTO public_reflection (case_id, summary, shown_on, joined) "
        "VALUES (1, 'Đèn hỏng', '2026-03-03', 4)"
    )
    contact = (
        "INSERT INTO joined_contact (case_id, address_hash, ciphertext, token_hash, sealed_token, "
        "language, asked_at) VALUES (1, 'a', '', '{0}', '', 'vi', '2026-03-04 01:00:00')"
    )
    with app.app_context():
        bring_up_to_date(app)
        downgrade(app, "0020_place_of_matter")
        for statement in (UNIT, CASE, shown, mail.format("citizen_news")):
            assert not refused(app, statement), statement
        assert refused(app, mail.format("joined_news"))
        upgrade(app, "0021_joined_contact")
        assert rows("SELECT summary, joined, answer FROM public_reflection") == [
            ("Đèn hỏng", 4, "")
        ]
        assert not refused(app, mail.format("joined_news"))
        assert not refused(app, contact.format("t1"))
        assert refused(app, contact.format("t2")), "one address stands once"
        downgrade(app, "0020_place_of_matter")
        assert rows("SELECT summary, joined FROM public_reflection") == [("Đèn hỏng", 4)]
        assert rows("SELECT kind FROM outgoing_message") == [("citizen_news",)]
        upgrade(app, "0021_joined_contact")
        assert not refused(app, contact.format("t1"))
        with db.engine.begin() as connection:
            connection.execute(text("DELETE FROM public_reflection"))
        assert rows("SELECT id FROM joined_contact") == []
