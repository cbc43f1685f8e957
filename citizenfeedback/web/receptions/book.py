"""The list of visits, as the book has them, newest first."""

from __future__ import annotations

from flask import render_template, request

from citizenfeedback.documents.labels import label
from citizenfeedback.domain.vocabulary import Action, ReceptionKind
from citizenfeedback.queries.receptions import Cursor, Filters, book_page
from citizenfeedback.web.context import actor
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.receptions.room import (
    MARKS,
    asked,
    blueprint,
    further,
    group_size,
    may,
    number,
    tabs,
)


@blueprint.get("")
@requires(Action.SEE_RECEPTIONS)
def book() -> str:
    """One page of the book with the totals of what is listed."""
    filters = _filters()
    cursor = Cursor.read(request.args.get("at", ""))
    page = book_page(actor(), filters, cursor, group_size=group_size())
    lang = current_language()
    return render_template(
        "receptions/book.html",
        page=page,
        tabs=tabs("book"),
        kinds=[
            {"value": kind, "text": label(kind, lang), "checked": kind in filters.kinds}
            for kind in ReceptionKind
        ],
        groups=[
            {
                "value": "yes",
                "text": gettext("Từ %(size)s người trở lên", size=group_size()),
                "checked": filters.groups,
            }
        ],
        group_size=group_size(),
        marks=MARKS,
        labels={kind: label(kind, lang) for kind in ReceptionKind},
        number=number,
        next=further("receptions.book", page.next, "kind", "group"),
        previous=further("receptions.book", page.previous, "kind", "group"),
        registers=may(Action.REGISTER_RECEPTION),
    )


def _filters() -> Filters:
    kinds, wanted = set(request.args.getlist("kind")), asked()
    return Filters(
        kinds=frozenset(kind for kind in ReceptionKind if kind.value in kinds),
        unit_id=wanted.unit_id,
        first=wanted.first,
        last=wanted.last,
        groups=request.args.get("group") == "yes",
    )
