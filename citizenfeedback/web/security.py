"""Headers that keep a page to itself: its own scripts only, no frame, no sniffing, no copies."""

from __future__ import annotations

import secrets

from flask import Flask, Response, current_app, g
from flask_wtf.csrf import CSRFProtect

csrf = CSRFProtect()

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"


def csp_nonce() -> str:
    """The word by which this page's own inline script is known."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def allow_recording() -> None:
    """Let this page use the microphone, when its reader agrees, and play what it recorded."""
    g.records = True


def _policy() -> str:
    nonce = f" 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
    sound = "media-src blob:; " if "records" in g else ""
    return (
        f"default-src 'none'; script-src 'self'{nonce}; style-src 'self'; font-src 'self'; "
        f"img-src 'self' data: blob:; connect-src 'self'; {sound}manifest-src 'self'; "
        "worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def _protect(response: Response) -> Response:
    said = {name.lower() for name, _ in response.headers}
    wanted = {**ALWAYS, "Content-Security-Policy": _policy(), "Cache-Control": "no-store"}
    if "records" in g:
        allowed = ALWAYS["Permissions-Policy"].replace("microphone=()", "microphone=(self)")
        wanted["Permissions-Policy"] = allowed
    if current_app.config["SESSION_COOKIE_SECURE"]:
        wanted["Strict-Transport-Security"] = STRICT_TRANSPORT
    for name, value in wanted.items():
        if name.lower() not in said:
            response.headers.add(name, value)
    return response


def init_app(app: Flask) -> None:
    """Protect every answer, and every form against being sent from elsewhere."""
    csrf.init_app(app)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.after_request(_protect)
