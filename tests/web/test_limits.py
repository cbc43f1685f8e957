"""Knocking too often is answered with how long to wait."""

import os
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import TooManyRequests

from citizenfeedback.services.installing import set_purpose
from citizenfeedback.web.limits import Limiter, limit


def test_one_too_many_waits_for_the_end_of_the_window() -> None:
    clock = iter([0, 1, 2, 3, 59, 61]).__next__
    limiter = Limiter(clock)
    assert [limiter.knock("file", "a", 2, 60) for _ in range(6)] == [0, 0, 58, 57, 1, 0]


def test_people_and_acts_are_counted_apart() -> None:
    limiter = Limiter(lambda: 0.0)
    knocks = [("file", "a"), ("rate", "a"), ("file", "b")]
    assert [limiter.knock(what, who, 1, 60) for what, who in knocks] == [0, 0, 0]
    assert limiter.knock("file", "a", 1, 60) == 60


def test_no_address_is_kept() -> None:
    limiter = Limiter()
    limiter.knock("file", "203.0.113.7", 1, 60)
    assert "203.0.113.7" not in str(vars(limiter))


def test_when_all_places_are_taken_the_oldest_window_is_forgotten() -> None:
    limiter = Limiter(map(float, count()).__next__, most_keys=10)
    for number in range(100):
        limiter.knock("file", str(number), 1, 5)
    assert limiter.knock("file", "99", 1, 5) > 0, "the newest is still known"
    assert limiter.knock("file", "0", 1, 5) == 0


def test_processes_of_one_server_count_together() -> None:
    limiter = Limiter(lambda: 0.0)
    child = os.fork()
    if child == 0:
        limiter.knock("file", "a", 1, 60)
        os._exit(0)
    os.waitpid(child, 0)
    assert limiter.knock("file", "a", 1, 60) == 60


def test_limits_are_lifted_for_trials_only(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "RATE_LIMITS", False)
    with app.test_request_context("/"):
        limit("file", 1, 60)
        with pytest.raises(TooManyRequests):
            limit("file", 1, 60)
    with app.app_context():
        set_purpose("demo")
    with app.test_request_context("/"):
        limit("file", 1, 60)


def test_the_page_says_how_long(client: FlaskClient, app: Flask) -> None:
    from citizenfeedback.web.errors import word_http

    with app.test_request_context("/"):
        response = word_http(TooManyRequests(retry_after=90))
    assert (response.status_code, response.headers["Retry-After"]) == (429, "90")
    assert "2 phút" in response.get_data(as_text=True)
