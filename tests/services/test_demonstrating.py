"""The demonstration: an empty database becomes a province at work, with nothing faked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizenfeedback.config import Settings
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import (
    STAFF_ROLES,
    CaseKind,
    Channel,
    Instance,
    State,
)
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.clock import local_date
from citizenfeedback.gateways.keys import Keys, random_keys
from citizenfeedback.gateways.scanner import clean_file
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.base import db
from citizenfeedback.models.cases import Case, SealedRecord
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.ratings import Rating
from citizenfeedback.models.receptions import Reception, Sitting
from citizenfeedback.models.timeline import CaseEvent, CaseMessage, CaseNote, CaseVerdict
from citizenfeedback.queries.installation import installation
from citizenfeedback.queries.search import matching
from citizenfeedback.services.accounts import sign_in
from citizenfeedback.services.demonstrating import (
    Demonstration,
    Scale,
    demonstrate,
    paper,
    refuse_used,
)
from citizenfeedback.services.demonstrating_stories import reachable
from citizenfeedback.services.verifying import verify
from tests.conftest import NOON, build_app, make_tables

SMALL = Scale(cases=88, ratings=250, receptions=90, live_visits=12)
TODAY = local_date(NOON)


def make(app: Flask) -> tuple[Demonstration, list[int]]:
    """A small demonstration in an empty database."""
    told: list[int] = []
    gateways: Gateways = app.extensions["citizenfeedback_gateways"]
    made = demonstrate(gateways, Policy(), now=NOON, scale=SMALL, progress=told.append)
    return made, told


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application with a small demonstration, made once."""
    folder = tmp_path_factory.mktemp("demonstration")
    app = build_app(Settings.from_env({"INSTANCE_PATH": str(folder)}), random_keys())
    with app.app_context():
        make_tables()
        app.extensions["made"] = make(app)
        yield app
        db.session.remove()
        db.engine.dispose()


def pairs() -> set[tuple[CaseKind, State]]:
    """Every kind and state that is there."""
    return {(row.kind, row.state) for row in db.session.execute(select(Case.kind, Case.state))}


def count(table: type, *conditions: object) -> int:
    """How many rows of a table there are."""
    query = select(func.count()).select_from(table).where(*conditions)  # type: ignore[arg-type]
    return db.session.scalar(query) or 0


def test_every_state_of_every_kind_is_there(shown: Flask) -> None:
    assert pairs() == set(reachable())
    assert len(reachable()) == 62


def test_it_says_what_was_made_and_the_bar_reaches_its_end(shown: Flask) -> None:
    made, told = shown.extensions["made"]
    assert (made.cases, count(Case)) == (SMALL.cases, SMALL.cases)
    assert (made.ratings, count(Rating)) == (SMALL.ratings, SMALL.ratings)
    assert made.receptions == count(Reception) == SMALL.receptions + SMALL.live_visits
    assert made.units == 71
    assert count(Sitting) > 500
    assert sum(told) == SMALL.parts


def test_there_is_something_of_everything(shown: Flask) -> None:
    assert count(Case, Case.is_open, Case.due_on < TODAY) >= 2
    assert count(Case, Case.instance == Instance.SECOND, Case.previous_id.is_not(None)) == 3
    assert count(Case, Case.extensions > 0) >= 2
    assert count(Case, Case.duplicate_of_id.is_not(None)) >= 4
    assert count(Case, Case.signatories >= 5) >= 1
    assert count(Case, Case.respondent_unit_id.is_not(None)) >= 2
    assert count(Case, Case.state == State.INFORMATION, Case.channel == Channel.WEB) >= 1
    assert count(CaseNote) >= 5
    assert count(CaseVerdict) >= 5
    assert {one.author for one in db.session.execute(select(CaseMessage.author))} >= {
        "citizen",
        "official",
    }
    kinds = {one for (one,) in db.session.execute(select(CaseEvent.kind).distinct())}
    assert {"case_reopened", "case_passed_on", "case_reclassified", "term_extended"} <= kinds
    assert count(Attachment) >= 1


def test_nothing_happens_before_it_could_or_later_than_now(shown: Flask) -> None:
    events = db.session.execute(
        select(CaseEvent.case_id, CaseEvent.seq, CaseEvent.at).order_by(
            CaseEvent.case_id, CaseEvent.seq
        )
    ).all()
    assert max(event.at for event in events) < NOON
    ordered = [(event.case_id, event.at) for event in events]
    assert ordered == sorted(ordered)


def test_history_and_files_are_whole(shown: Flask) -> None:
    gateways: Gateways = shown.extensions["citizenfeedback_gateways"]
    found = verify(gateways.keys, gateways.files)
    assert found.whole, found.mismatches


def test_a_denouncer_is_found_by_no_search(shown: Flask) -> None:
    keys: Keys = shown.extensions["citizenfeedback_gateways"].keys
    sealed = db.session.scalars(
        select(SealedRecord.ciphertext).where(SealedRecord.part == "identity")
    ).all()
    names = [person["name"] for one in sealed for person in json.loads(keys.unseal(one))]
    assert names
    denunciation = Case.kind == CaseKind.DENUNCIATION
    for name in names:
        assert not db.session.scalars(select(Case.id).where(denunciation, matching(name))).all()


def test_everybody_shown_can_sign_in_and_every_role_is_shown(shown: Flask) -> None:
    made, _ = shown.extensions["made"]
    gateways: Gateways = shown.extensions["citizenfeedback_gateways"]
    assert {login.role for login in made.logins} == set(STAFF_ROLES)
    for login in made.logins[:3]:
        sign_in(
            login.email,
            login.password,
            source="here",
            keys=gateways.keys,
            passwords=gateways.passwords,
            now=NOON,
        )
    assert len({login.password for login in made.logins}) == len(made.logins)


def test_it_is_marked_for_good_and_writes_to_nobody(shown: Flask) -> None:
    assert installation().demo
    assert count(OutgoingMessage) == 0
    with pytest.raises(RuleBroken, match="demo_needs_empty"):
        make(shown)
    assert count(Case) == SMALL.cases


def test_a_database_with_anything_in_it_is_refused(session: object, gateways: Gateways) -> None:
    from tests.people import make_unit

    refuse_used()
    make_unit(gateways, "QN")
    with pytest.raises(RuleBroken, match="demo_needs_empty"):
        demonstrate(gateways, Policy(), now=NOON)
    assert not installation().demo


def test_the_attached_paper_is_a_pdf_that_passes_the_scanner() -> None:
    cleaned = clean_file(paper("Bien ban lam viec"), most_bytes=9_999)
    assert cleaned.media_type == "application/pdf"


def test_it_is_made_on_postgresql_too(
    tmp_path: Path, new_pg_database: Callable[[str], str]
) -> None:
    settings = {"INSTANCE_PATH": str(tmp_path), "DATABASE_URL": new_pg_database("demonstration")}
    app = build_app(Settings.from_env(settings), random_keys())
    with app.app_context():
        make_tables()
        make(app)
        assert pairs() == set(reachable())
        gateways: Gateways = app.extensions["citizenfeedback_gateways"]
        assert verify(gateways.keys, gateways.files).whole
        db.session.remove()
        db.engine.dispose()
