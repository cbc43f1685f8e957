"""Alive, ready and the numbers."""

import pytest
from flask.testing import FlaskClient


def test_healthz_says_only_that_the_process_runs(client: FlaskClient) -> None:
    assert client.get("/healthz").text == "ok\n"


@pytest.mark.both_databases
def test_readyz_needs_a_worker(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"database": "ok", "worker": "not seen"})


def test_404_is_a_page(client: FlaskClient) -> None:
    assert client.get("/nowhere").status_code == 404
    assert client.get("/nowhere?lang=en").status_code == 404
