"""Opening the front rooms of an application: every blueprint, and what every page and answer needs.

Commands of operators and the worker do without all this.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined

from citizenfeedback.web import (
    BLUEPRINTS,
    assets,
    context,
    errors,
    formats,
    guard,
    health,
    i18n,
    limits,
    request,
    security,
    session,
)
from citizenfeedback.web.proxies import TrustedProxies
from citizenfeedback.web.shell import display
from citizenfeedback.web.templating import PageEnvironment, remembering

if TYPE_CHECKING:
    from flask import Flask

# The order counts: counting first, then what may refuse a request, then what needs to know who asks.
ROOMS_WITHOUT_PAGES = (
    health,
    request,
    i18n,
    formats,
    assets,
    display,
    context,
    limits,
    guard,
    security,
    session,
)


def open_rooms(app: Flask) -> None:
    """Let the application answer requests; once, before the first one."""
    app.jinja_environment = PageEnvironment
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals["url_for"] = remembering(app.url_for)
    for room in ROOMS_WITHOUT_PAGES:
        room.init_app(app)
    for entry in BLUEPRINTS:
        package = import_module(f"citizenfeedback.web.{entry.package}")
        app.register_blueprint(package.blueprint, url_prefix=entry.prefix)
    errors.init_app(app)
    guard.refuse_undeclared(app)
    proxies = app.config["TRUSTED_PROXIES"]
    app.wsgi_app = TrustedProxies(app.wsgi_app, proxies)  # type: ignore[method-assign]
