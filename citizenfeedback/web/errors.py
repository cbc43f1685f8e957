"""What went wrong, in plain words: the one place where a refused act becomes a page."""

from __future__ import annotations

from flask import Flask, Response, make_response, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from citizenfeedback.documents.labels import error_text
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.web.i18n import current_language

PLAIN = ("/healthz", "/readyz", "/metrics")
KIOSK = "/kiosk/"
"""Pages of a screen that nobody can leave: their errors lead back to it."""
WORDED = frozenset({400, 403, 404, 405, 413, 429, 500, 503})
"""The statuses with words of their own; another one is worded like 400 or 500."""


def _page(status: int, kind: str, **values: object) -> Response:
    if request.path in PLAIN:
        return Response(f"{status}\n", status, mimetype="text/plain")
    name, back = "errors/page.html", "/"
    if f"{request.path}/".startswith(KIOSK):
        name, back = "errors/kiosk.html", _screen(kind)
    return make_response(render_template(name, kind=kind, back=back, **values), status)


def _screen(kind: str) -> str:
    """Where a kiosk goes back to by itself: the question of its point, else the enrolled screen."""
    point = request.path.removeprefix(KIOSK).partition("/")[0]
    if kind == "404" or not point.isprintable() or not point:
        return url_for("kiosk.screen")
    return url_for("kiosk.question", code=point)


def word_http(error: HTTPException) -> Response:
    """Word an error of the web itself: not found, too large, too often."""
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    known = status if status in WORDED else (400 if status < 500 else 500)
    wait = getattr(error, "retry_after", None)
    minutes = max(1, -(-wait // 60)) if isinstance(wait, int) else 0
    response = _page(status, str(known), minutes=minutes)
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def _stale(_: CSRFError) -> Response:
    return _page(400, "stale")


def _rule(error: RuleBroken) -> Response:
    if isinstance(error, NotFound):
        return _page(404, "404")
    reason = error_text(error.code, error.values, current_language())
    return _page(409, "rule", reason=reason)


def _unforeseen(_: InternalServerError) -> Response:
    try:
        return _page(500, "500")
    except Exception:  # noqa: BLE001 - the page may need what failed
        # The page itself needs a database that may be what failed: then words without a page.
        text = (
            "Hệ thống đang có lỗi. Xin ông/bà thử lại sau.\nSomething failed. Please try later.\n"
        )
        return Response(text, 500, mimetype="text/plain")


def init_app(app: Flask) -> None:
    """Word every error of this application here."""
    app.register_error_handler(HTTPException, word_http)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(RuleBroken, _rule)
    app.register_error_handler(500, _unforeseen)
