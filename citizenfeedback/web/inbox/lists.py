"""The lists: what is mine, what is next, what is late; and giving several cases at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from citizenfeedback.documents.labels import error_text, label, state_label
from citizenfeedback.domain.access import can
from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.vocabulary import (
    PHASE_OF,
    Action,
    CaseField,
    CaseKind,
    Phase,
    Role,
    Standing,
    State,
)
from citizenfeedback.queries.case_page import case_panel
from citizenfeedback.queries.filters import kept_filters
from citizenfeedback.queries.inbox import (
    Count,
    Cursor,
    Facets,
    Filters,
    InboxPage,
    View,
    inbox_page,
    views_of,
)
from citizenfeedback.services.casework import Seen
from citizenfeedback.services.handling import Left, assign_many
from citizenfeedback.web.context import actor, today
from citizenfeedback.web.desk import office
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext, ngettext
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.inbox import steps, wording
from citizenfeedback.web.inbox.room import Answer, blueprint

Code = TypeVar("Code", bound=StrEnum)

MOST_CHOSEN = 50
_STANDINGS = {
    Standing.OVERDUE: _l("Quá hạn"),
    Standing.DUE_SOON: _l("Sắp đến hạn"),
    Standing.IN_TIME: _l("Trong hạn"),
    Standing.SUSPENDED: _l("Đang tạm đình chỉ"),
    Standing.NO_TERM: _l("Không có hạn"),
}
_OPEN_STATES = tuple(state for state in State if PHASE_OF[state] is not Phase.CLOSED)


@blueprint.get("")
@requires(Action.SEE_CASE)
def cases() -> Answer:
    """One page of a list, with the case that was chosen in it beside it."""
    person, filters = actor(), filters_in(request.args)
    view = _view(person, filters)
    page = inbox_page(person, view, filters, Cursor.read(request.args.get("at", "")), today())
    return render_template(
        "inbox/list.html",
        page=page,
        words=wording,
        tabs=_tabs(page, whose=True),
        watched=_tabs(page, whose=False),
        everywhere=View.REACH in page.views,
        groups=_groups(page),
        keep=_kept(),
        number=wording.number_of,
        next=_address(at=page.next) if page.next else None,
        previous=_address(at=page.previous) if page.previous else None,
        address=_address,
        panel=_panel(person, page.calendar),
        kept=kept_filters(person),
        narrowing=narrowing_of(view, filters) if filters.narrowed else "",
        registers=can(person, Action.REGISTER_SUBMISSION),
        numbers=can(person, Action.SEE_REGISTER),
        oversees=can(person, Action.REMIND) and len(person.subtree) > 1,
    )


@blueprint.post("/assign")
@requires(Action.ASSIGN)
def assign_cases() -> Answer:
    """Give the chosen cases to one official; say which could not be given and why."""
    chosen = [seen for value in request.form.getlist("pick") if (seen := _seen(value))]
    assignee = request.form.get("assignee", "")
    back = redirect(way_back(), 303)
    if not chosen:
        flash(gettext("Chọn ít nhất một vụ việc trong danh sách."), "error")
        return back
    if not (assignee.isascii() and assignee.isdigit() and len(assignee) < 10):
        flash(gettext("Chọn người nhận việc."), "error")
        return back
    try:
        left = assign_many(actor(), chosen[:MOST_CHOSEN], assignee=int(assignee), office=office())
    except RuleBroken as refused:
        flash(error_text(refused.code, refused.values, current_language()), "error")
        return back
    _report(len(chosen[:MOST_CHOSEN]) - len(left), left)
    return back


def _report(done: int, left: tuple[Left, ...]) -> None:
    if done:
        flash(ngettext("Đã giao %(num)s vụ việc.", "Đã giao %(num)s vụ việc.", done), "success")
    for case in left:
        reason = error_text(case.code, {"number": case.number}, current_language())
        flash(f"{case.number}: {reason}", "error")


def _seen(value: str) -> Seen | None:
    number, _, version = value.partition(":")
    if not number or not (version.isascii() and version.isdigit() and len(version) < 10):
        return None
    return Seen(number, int(version))


def way_back() -> str:
    """The list the selection was made in; an address elsewhere is not followed."""
    target = request.form.get("back", "")
    return target if target.startswith(url_for("inbox.cases")) else url_for("inbox.cases")


def _view(person: Actor, filters: Filters) -> View:
    """The list asked for, else where this person's day begins. A search looks everywhere."""
    asked = request.args.get("view", "")
    if asked in set(View):
        return View(asked)
    if filters.q:
        return View.REACH
    views = views_of(person)
    preferred = View.MINE if Role.HANDLER in person.roles else View.UNIT
    return preferred if preferred in views else views[0]


def filters_in(args: MultiDict[str, str]) -> Filters:
    """What an address narrows the list to; what makes no sense narrows nothing."""
    unit = args.get("unit", "")
    return Filters(
        kinds=_codes(args, "kind", CaseKind),
        phases=_codes(args, "phase", Phase),
        states=_codes(args, "state", State),
        fields=_codes(args, "field", CaseField),
        standings=_codes(args, "standing", Standing),
        unit_id=int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 10 else None,
        received_from=_day(args, "from"),
        received_to=_day(args, "to"),
        q=args.get("q", "").strip()[:100],
    )


def narrowing_of(view: View, filters: Filters) -> str:
    """The same as an address says it, in one order, without the words of a search."""
    groups: tuple[tuple[str, Iterable[object]], ...] = (
        ("view", (view,)),
        ("standing", sorted(filters.standings)),
        ("kind", sorted(filters.kinds)),
        ("state", sorted(filters.states)),
        ("phase", sorted(filters.phases)),
        ("field", sorted(filters.fields)),
        ("unit", (filters.unit_id,)),
        ("from", (filters.received_from,)),
        ("to", (filters.received_to,)),
    )
    return urlencode([(name, str(one)) for name, chosen in groups for one in chosen if one])


def _codes(args: MultiDict[str, str], name: str, codes: type[Code]) -> frozenset[Code]:
    known = {str(code) for code in codes}
    return frozenset(codes(value) for value in args.getlist(name) if value in known)


def _day(args: MultiDict[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(args.get(name, "")[:10])
    except ValueError:
        return None


def _address(**changes: Any) -> str:
    """The address of the list with something changed; the page begins anew unless a place is given."""
    dropped = {*changes, "at", "case", "lang"}
    pairs: dict[str, Any] = {
        name: values for name, values in request.args.lists() if name not in dropped
    }
    pairs |= {name: str(value) for name, value in changes.items() if value is not None}
    return url_for("inbox.cases", **{_SAFE.get(name, name): pairs[name] for name in pairs})


_SAFE = {"_anchor": "anchor", "_external": "external", "_scheme": "scheme", "_method": "method"}


def _kept() -> list[tuple[str, str]]:
    """What the filter form must send along: the list and the search."""
    return [(name, value) for name in ("view", "q") if (value := request.args.get(name, "")[:100])]


_WHOSE = (View.NEW, View.MINE, View.UNIT, View.REACH)
"""Lists by whose the cases are; the others say what must be looked at, over all one may see."""
_ALARMS = {View.LATE: "overdue", View.UNPROCESSED: "overdue", View.SOON: "soon"}
_ONLY_WHEN = frozenset({View.WRITTEN, View.ASKED, View.UNPROCESSED, View.REMINDED})
"""Lists shown only when there is something in them."""


def _tabs(page: InboxPage, *, whose: bool) -> list[dict[str, Any]]:
    return [
        {
            "text": wording.VIEWS[view],
            "href": url_for("inbox.cases", view=view),
            "count": wording.number_of(page.counts[view]),
            "current": view is page.view and not page.filters.q,
            "alarm": _ALARMS.get(view) if page.counts[view] else None,
        }
        for view in page.views
        if (view in _WHOSE) is whose
        and (view not in _ONLY_WHEN or page.counts[view] or view is page.view)
    ]


def _groups(page: InboxPage) -> list[dict[str, Any]]:
    """The groups of checkboxes of the filter, with the counts of the whole list."""
    lang = current_language()
    facets = page.facets or Facets()
    shown = page.facets is not None
    filters = page.filters
    states = [state for state in _OPEN_STATES if facets.states.get(state) or not shown]
    states += [state for state in sorted(filters.states) if state not in states]
    fields = [code for code in CaseField if facets.fields.get(code) or not shown]
    fields += [code for code in sorted(filters.fields) if code not in fields]
    items_of = _Items(shown=shown)
    return [
        {
            "title": gettext("Thời hạn, trong danh sách này"),
            "name": "standing",
            "items": [
                items_of(code, str(text), facets.standings.get(code, 0), filters.standings)
                for code, text in _STANDINGS.items()
                if code not in (Standing.NO_TERM, Standing.SUSPENDED)
                or facets.standings.get(code)
                or code in filters.standings
            ],
        },
        {
            "title": gettext("Loại đơn"),
            "name": "kind",
            "items": [
                items_of(code, label(code, lang), facets.kinds.get(code, 0), filters.kinds)
                for code in CaseKind
            ],
        },
        {
            "title": gettext("Trạng thái"),
            "name": "state",
            "items": [
                items_of(
                    code,
                    state_label(code, CaseKind.PETITION, lang),
                    facets.states.get(code, 0),
                    filters.states,
                )
                for code in states
            ],
        },
        {
            "title": gettext("Đã kết thúc"),
            "name": "phase",
            "items": [
                {
                    "value": Phase.CLOSED,
                    "text": gettext("Chỉ vụ việc đã kết thúc"),
                    "count": None,
                    "checked": Phase.CLOSED in filters.phases,
                }
            ],
        },
        {
            "title": gettext("Lĩnh vực"),
            "name": "field",
            "items": [
                items_of(code, label(code, lang), facets.fields.get(code, 0), filters.fields)
                for code in fields
            ],
        },
    ]


class _Items:
    """Makes one checkbox of a group; counts are left out where the list is too long for them."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown

    def __call__(
        self, code: StrEnum, text: str, number: int, chosen: frozenset[Any]
    ) -> dict[str, Any]:
        return {
            "value": code,
            "text": text,
            "count": wording.number_of(Count(number)) if self._shown else None,
            "checked": code in chosen,
        }


def _panel(person: Actor, calendar: WorkCalendar) -> dict[str, Any] | None:
    """The case chosen in the list, if it is there for this person."""
    number = request.args.get("case", "")[:20]
    if not number:
        return None
    try:
        panel = case_panel(person, number, today(), calendar)
    except NotFound:
        return None
    return {
        "case": panel,
        "buttons": steps.buttons(panel.head),
        "term": steps.term(panel.running, current_language()),
    }
