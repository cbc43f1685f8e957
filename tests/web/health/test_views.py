"""Alive, ready and the numbers."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from citizenfeedback.gateways.clock import SetClock
from citizenfeedback.services.installing import record_worker
from citizenfeedback.services.transaction import transaction


def test_healthz_says_only_that_the_process_runs(client: FlaskClient) -> None:
    assert client.get("/healthz").text == "ok\n"


@pytest.mark.both_databases
def test_readyz_needs_a_worker_seen_lately(
    app: Flask, client: FlaskClient, clock: SetClock
) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"database": "ok", "worker": "not seen"})
    with app.app_context():
        record_worker(now=clock.now())
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"database": "ok", "worker": "ok"})
    clock.moment += timedelta(minutes=2)
    assert client.get("/readyz").status_code == 503


@pytest.mark.both_databases
def test_readyz_needs_a_database_that_is_up_to_date(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000_old'"))
    answer = client.get("/readyz")
    assert answer.json == {"database": "run citizenfeedback init", "worker": "not seen"}
    with app.app_context(), transaction() as session:
        session.execute(text("DROP TABLE alembic_version"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["database"]) == (503, "unavailable")


def test_the_numbers_are_for_this_machine_or_the_token(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = {"REMOTE_ADDR": "203.0.113.7"}
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", environ_base=far).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404
    empty = {"Authorization": "Bearer "}
    assert client.get("/metrics", headers=empty, environ_base=far).status_code == 404
    monkeypatch.setitem(app.config, "METRICS_TOKEN", "0123456789abcdef")
    for token, status in (("wrong", 404), ("0123456789abcdef", 200)):
        headers = {"Authorization": f"Bearer {token}"}
        assert client.get("/metrics", headers=headers, environ_base=far).status_code == status


def test_the_numbers_count_requests_and_name_no_page(client: FlaskClient) -> None:
    client.get("/nowhere?q=secret")
    client.get("/display")
    page = client.get("/metrics").text
    assert 'citizenfeedback_requests_total{method="GET",status="4xx"}' in page
    assert 'citizenfeedback_request_seconds_bucket{le="+Inf"}' in page
    assert "display" not in page
    assert "secret" not in page
