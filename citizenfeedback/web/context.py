"""What a view asks of the running application: its gateways, the time and single settings."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, current_app, g

from citizenfeedback.domain.facts import NOBODY, Actor
from citizenfeedback.gateways.clock import monotonic
from citizenfeedback.queries.installation import Installation, installation

if TYPE_CHECKING:
    from citizenfeedback.gateways import Gateways

REMEMBERED_SECONDS = 30.0


def gateways() -> Gateways:
    """The gateways this application was built with."""
    return cast("Gateways", current_app.extensions["citizenfeedback_gateways"])


def now() -> datetime:
    """The moment of this request, in UTC; read once, so that a page agrees with itself."""
    if "now" not in g:
        g.now = gateways().clock.now()
    return cast("datetime", g.now)


def today() -> date:
    """The day of this request in the province."""
    if "today" not in g:
        g.today = gateways().clock.today()
    return cast("date", g.today)


def actor() -> Actor:
    """Who is asking; the guard has put it there before any view runs."""
    return cast("Actor", g.get("actor", NOBODY))


def setting(name: str) -> Any:
    """One value of the installation's settings, by its name in the environment."""
    return current_app.config[name]


def this_installation() -> Installation:
    """What this installation is; asked of the database only now and then."""
    kept: tuple[float, Installation] | None
    kept = current_app.extensions.get("citizenfeedback_installation")
    if kept is None or kept[0] < monotonic() or current_app.testing:
        kept = (monotonic() + REMEMBERED_SECONDS, installation())
        current_app.extensions["citizenfeedback_installation"] = kept
    return kept[1]


def _for_templates() -> dict[str, Any]:
    return {"demo": this_installation().demo, "actor": actor()}


def init_app(app: Flask) -> None:
    """Tell every template who is asking and whether this is a demonstration."""
    app.context_processor(_for_templates)
