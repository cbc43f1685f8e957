"""Alive, ready, and a few numbers; nothing that tells about cases or people."""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, g, request

from citizenfeedback.gateways.clock import monotonic
from citizenfeedback.queries.health import DatabaseUnavailable, readiness
from citizenfeedback.web.context import now, setting
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.health.metrics import Metrics

blueprint = Blueprint("health", __name__)

WORKER_LATE = timedelta(seconds=90)


@blueprint.get("/healthz")
@anyone("a monitor has no account; the answer says only that the process runs")
def alive() -> Response:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@anyone("a monitor has no account; the answer names parts, no data")
def ready() -> tuple[dict[str, str], int]:
    """Say whether the database and the worker are in order."""
    try:
        state = readiness()
    except DatabaseUnavailable:
        return {"database": "unavailable", "worker": "unknown"}, 503
    migrated = state.schema_version == setting("MIGRATION_HEAD")
    seen = state.worker_seen_at
    working = seen is not None and now() - seen < WORKER_LATE
    answer = {
        "database": "ok" if migrated else "run citizenfeedback init",
        "worker": "ok" if working else "not seen",
    }
    return answer, 200 if migrated and working else 503


@blueprint.get("/metrics")
@anyone("open to this machine and to holders of the token only; the view checks")
def metrics() -> Response:
    """Give the numbers in the form that Prometheus reads."""
    if not _may_read_metrics():
        abort(404)
    text = _counters().text(pool_in_use=readiness().connections_in_use)
    return Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_read_metrics() -> bool:
    token = setting("METRICS_TOKEN")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    # Behind a proxy that the settings do not name every sender looks local: then nobody is.
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded"))
    return not forwarded and request.remote_addr in {"127.0.0.1", "::1"}


def _counters() -> Metrics:
    counters: Metrics = current_app.extensions["citizenfeedback_metrics"]
    return counters


def _begin() -> None:
    g.began = monotonic()


def _count(response: Response) -> Response:
    _counters().count(request.method, response.status_code, monotonic() - g.began)
    return response


def init_app(app: Flask) -> None:
    """Count every request of this application."""
    app.extensions["citizenfeedback_metrics"] = Metrics(app.config["PROCESSES"])
    before: Any = app.before_request
    before(_begin)
    app.after_request(_count)


def serve_as(app: Flask, process: int) -> None:
    """Count as this one of the server's processes from now on."""
    counters: Metrics = app.extensions["citizenfeedback_metrics"]
    counters.take_row(process)
