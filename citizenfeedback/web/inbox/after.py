"""Pages of leaders: what is owed after the end of a case, and how the units below stand."""

from __future__ import annotations

from flask import abort, render_template, request, url_for

from citizenfeedback.documents.lawbook import term_label
from citizenfeedback.domain.vocabulary import Action, Role
from citizenfeedback.queries.after import AfterView, after_page
from citizenfeedback.queries.inbox import Cursor
from citizenfeedback.queries.overview import overview
from citizenfeedback.web.context import actor, today
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.inbox import wording
from citizenfeedback.web.inbox.room import Answer, blueprint

_VIEWS = {
    AfterView.TERMS: _l("Còn thời hạn phải làm"),
    AfterView.CARRY_OUT: _l("Đang thi hành"),
}
_ANSWERS_FOR_OTHERS = frozenset({Role.UNIT_LEADER, Role.SUPERVISOR})


@blueprint.get("/after")
@requires(Action.SEE_CASE)
def after() -> Answer:
    """The cases that ended and are not done with."""
    asked = request.args.get("view", "")
    view = AfterView(asked) if asked in set(AfterView) else AfterView.TERMS
    page = after_page(actor(), view, Cursor.read(request.args.get("at", "")), today())
    lang = current_language()
    return render_template(
        "inbox/after.html",
        page=page,
        words=wording,
        tabs=[
            {
                "text": text,
                "href": url_for("inbox.after", view=code),
                "count": wording.number_of(page.counts[code]),
                "current": code is view,
            }
            for code, text in _VIEWS.items()
        ],
        owed={row.rule: term_label(row.rule, lang) for row in page.rows if row.rule},
        next=url_for("inbox.after", view=view, at=str(page.next)) if page.next else None,
    )


@blueprint.get("/overview")
@requires(Action.SEE_CASE)
def units_below() -> Answer:
    """Each unit below: open, overdue, unprocessed past the red line, reminders unanswered."""
    person = actor()
    if not (person.roles & _ANSWERS_FOR_OTHERS) or len(person.subtree) < 2:
        abort(404)
    return render_template(
        "inbox/overview.html", page=overview(person, today()), number=wording.number_from
    )
