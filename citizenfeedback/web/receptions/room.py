"""The blueprint of the reception book and what its views share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from citizenfeedback.documents.formats import format_number
from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.vocabulary import Action, ReceptionKind
from citizenfeedback.queries.receptions import Cursor
from citizenfeedback.web.context import actor, setting
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l

Answer = Response | str | tuple[str, int]

WRONG = 422
REFUSED = 409

blueprint = Blueprint("receptions", __name__)


MARKS = {
    ReceptionKind.COMPLAINT: _l("KN"),
    ReceptionKind.DENUNCIATION: _l("TC"),
    ReceptionKind.PETITION: _l("KI"),
    ReceptionKind.REFLECTION: _l("PA"),
}
"""The short marks before a line; a visit without a submission has none."""


def group_size() -> int:
    """From how many people on a visit is a large group."""
    return int(setting("GROUP_THRESHOLD"))


def may(action: Action) -> bool:
    """Whether this person may do this anywhere."""
    return not scope_of(actor(), action).nothing


def asked_day(name: str) -> date | None:
    """A day of the filter, as its box writes it; what is no day narrows nothing."""
    try:
        return date.fromisoformat(request.args.get(name, "")[:10])
    except ValueError:
        return None


def asked_unit() -> int | None:
    """The unit of the filter."""
    text = request.args.get("unit", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address narrows a book to: a unit, some days."""

    unit_id: int | None
    first: date | None
    last: date | None

    @property
    def active(self) -> int:
        """How many groups narrow the book."""
        days = self.first is not None or self.last is not None
        return (self.unit_id is not None) + days


def asked() -> Asked:
    """What the address of this page narrows its book to."""
    return Asked(asked_unit(), asked_day("from"), asked_day("to"))


def further(endpoint: str, cursor: Cursor | None, *kept: str) -> str | None:
    """The address of another page of a book, narrowed alike; nothing without such a page."""
    if cursor is None:
        return None
    again: dict[str, Any] = {
        name: request.args.getlist(name)
        for name in ("unit", "from", "to", *kept)
        if request.args.get(name)
    }
    return url_for(endpoint, **again, at=str(cursor))


def number(value: int) -> str:
    """A count in the form of the page's language."""
    return format_number(value, lang=current_language())


def tabs(current: str) -> list[dict[str, Any]]:
    """The two books beside one another."""
    return [
        {
            "text": gettext("Lượt tiếp"),
            "href": url_for("receptions.book"),
            "current": current == "book",
        },
        {
            "text": gettext("Ngày lãnh đạo tiếp"),
            "href": url_for("receptions.sittings"),
            "current": current == "sittings",
        },
        {
            "text": gettext("Từ chối tiếp"),
            "href": url_for("receptions.refusals"),
            "current": current == "refusals",
        },
    ]
