"""Nobody reaches a view that does not say who may call it."""

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from citizenfeedback.domain.facts import NOBODY, Actor
from citizenfeedback.domain.vocabulary import Action, Role
from citizenfeedback.web import guard

ADMINISTRATOR = Actor(user_id=1, roles=frozenset({Role.ADMINISTRATOR}), unit_id=1)
HANDLER = Actor(user_id=2, roles=frozenset({Role.HANDLER}), unit_id=1)


def small_app(actor: Actor = NOBODY) -> tuple[Flask, list[str]]:
    """A tiny application with a silent, an open and a guarded view, and who got into them."""
    app, entered = Flask("small", static_folder=None), []
    app.secret_key = "a test"
    app.extensions["citizenfeedback_actor"] = lambda: actor
    guard.init_app(app)

    def enter(name: str) -> str:
        entered.append(name)
        return g.actor.name

    app.add_url_rule("/silent", "silent", lambda: enter("silent"))
    app.add_url_rule("/open", "open", guard.anyone("a test")(lambda: enter("open")))
    manage = guard.requires(Action.MANAGE_ACCOUNTS)(lambda: enter("manage"))
    app.add_url_rule("/manage", "manage", manage, methods=["GET", "POST"])
    app.add_url_rule("/sign-in", "account.sign_in", guard.anyone("a test")(lambda: "in"))
    return app, entered


def test_a_view_that_says_nothing_is_never_entered_and_the_start_is_refused() -> None:
    app, entered = small_app(ADMINISTRATOR)
    assert app.test_client().get("/silent").status_code == 403
    assert entered == []
    with pytest.raises(guard.UndeclaredViews, match="silent"):
        guard.refuse_undeclared(app)


@pytest.mark.parametrize(("actor", "status"), [(NOBODY, 303), (HANDLER, 404), (ADMINISTRATOR, 200)])
def test_the_table_of_access_opens_a_view(actor: Actor, status: int) -> None:
    app, entered = small_app(actor)
    assert app.test_client().get("/manage").status_code == status
    assert entered == (["manage"] if status == 200 else [])
    assert app.test_client().get("/open").status_code == 200


def test_a_stranger_is_sent_back_to_a_page_but_not_into_an_act() -> None:
    client = small_app()[0].test_client()
    assert client.get("/manage?unit=7").location == "/sign-in?next=/manage?unit%3D7"
    assert client.post("/manage?unit=7").location == "/sign-in"


def test_a_view_says_it_once_and_says_something() -> None:
    with pytest.raises(TypeError):
        guard.requires()
    with pytest.raises(TypeError):
        guard.anyone("twice")(guard.anyone("once")(lambda: ""))


def test_an_unknown_page_is_for_everybody(client: FlaskClient) -> None:
    assert client.get("/nowhere").status_code == 404
