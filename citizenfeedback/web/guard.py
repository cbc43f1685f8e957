"""Who may call a view. A view that does not say so is answered 403 before its body runs.

`@requires(Action.X)` lets those through whom the `ACCESS` table grants X somewhere; whether they may
do it to *this* case is decided by the service or query that loads the case. `@anyone(reason)` opens
a view to everybody and says why that is right; the reasons are listed in a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Flask, abort, current_app, flash, g, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from citizenfeedback.domain.access import can
from citizenfeedback.domain.facts import NOBODY, Actor
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.web.i18n import gettext
from citizenfeedback.web.keeping import keep_form

View = TypeVar("View", bound=Callable[..., Any])

DECLARATION = "__citizenfeedback_declaration__"
SIGN_IN = "account.sign_in"


@dataclass(frozen=True)
class Declaration:
    """What a view said about itself: the actions of which one is needed, or why it is open."""

    actions: tuple[Action, ...] = ()
    reason: str = ""


class UndeclaredViews(RuntimeError):
    """The application has views that do not say who may call them; it refuses to start."""


def requires(*actions: Action) -> Callable[[View], View]:
    """Let those call the view who may do at least one of `actions` somewhere."""
    if not actions:
        raise TypeError("requires() needs an action; a view for everybody says @anyone(reason)")
    return _declare(Declaration(actions=actions))


def anyone(reason: str) -> Callable[[View], View]:
    """Open the view to everybody; `reason` says why."""
    return _declare(Declaration(reason=reason))


def _declare(declaration: Declaration) -> Callable[[View], View]:
    def mark(view: View) -> View:
        if hasattr(view, DECLARATION):
            raise TypeError(f"{view.__name__} says twice who may call it")
        setattr(view, DECLARATION, declaration)
        return view

    return mark


def declarations(app: Flask) -> Iterator[tuple[str, Declaration | None]]:
    """Every endpoint of `app` with what its view declares; None when it declares nothing."""
    for endpoint, view in sorted(app.view_functions.items()):
        yield endpoint, getattr(view, DECLARATION, None)


def refuse_undeclared(app: Flask) -> None:
    """Stop the start of an application in which a view forgot to say who may call it."""
    silent = [endpoint for endpoint, said in declarations(app) if said is None]
    if silent:
        raise UndeclaredViews("these views do not say who may call them: " + ", ".join(silent))


def _guard() -> Response | None:
    """Find out who asks and whether the view is for them."""
    find_actor: Callable[[], Actor] = current_app.extensions["citizenfeedback_actor"]
    if request.endpoint is None:
        g.actor = NOBODY  # no such page: the error page is for everybody
        return None
    declared: Declaration | None = getattr(
        current_app.view_functions[request.endpoint], DECLARATION, None
    )
    if declared is None:
        g.actor = NOBODY
        abort(403)
    g.actor = NOBODY if request.endpoint == "static" else find_actor()
    if declared.reason or any(can(g.actor, action) for action in declared.actions):
        return None
    if g.actor.is_staff:
        abort(404)  # a right one lacks looks like a page that is not there
    return _to_sign_in()


def _to_sign_in() -> Response:
    """Send a stranger to sign in and back to where they were going; what they typed goes along."""
    where: dict[str, Any] = {}
    if request.method == "GET":
        query = f"?{urlencode(list(request.args.items(multi=True)))}" if request.args else ""
        where["next"] = request.path + query
    else:
        g.kept_form = keep_form()
        if g.kept_form:
            flash(gettext("Phiên đăng nhập đã hết. Đăng nhập lại, nội dung đang viết vẫn còn."))
            return make_response(current_app.view_functions[SIGN_IN](), 422)
        flash(gettext("Phiên đăng nhập đã hết. Nội dung vừa gửi chưa được lưu."), "error")
    return redirect(url_for(SIGN_IN, **where), 303)


def init_app(app: Flask) -> None:
    """Put the guard before every view; until somebody signs people in, everybody is nobody."""
    app.extensions.setdefault("citizenfeedback_actor", lambda: NOBODY)
    static = app.view_functions.get("static")
    if static is not None and not hasattr(static, DECLARATION):
        anyone("stylesheets, scripts and pictures hold nothing personal")(static)
    app.before_request(_guard)
