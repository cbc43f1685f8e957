"""The blueprint of the inbox; each file of this package hangs its views on it."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.web.context import actor

Answer = Response | str | tuple[str, int]

WRONG = 422
REFUSED = 409

blueprint = Blueprint("inbox", __name__)


def _search() -> dict[str, str]:
    """The search box at the top of every page of those who may see cases."""
    person = actor()
    if not person.is_staff or scope_of(person, Action.SEE_CASE).nothing:
        return {}
    found = request.args.get("q", "") if request.blueprint == "inbox" else ""
    return {"search_url": url_for("inbox.cases"), "search_text": found[:100]}


blueprint.app_context_processor(_search)
