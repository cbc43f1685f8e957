"""Leaders' reception days: the list, and entering one."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from citizenfeedback.documents.labels import label
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.vocabulary import Action, ReceivedBy, SittingKind
from citizenfeedback.queries.receptions import Cursor, sittings_page, units_for
from citizenfeedback.services.correcting import plan_sitting
from citizenfeedback.services.receiving import record_sitting
from citizenfeedback.web.context import actor, today
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.receptions.forms import sitting_form, sitting_of
from citizenfeedback.web.receptions.room import (
    WRONG,
    Answer,
    asked_day,
    asked_unit,
    blueprint,
    may,
    number,
    office,
    show_refusal,
    tabs,
)


@blueprint.get("/sittings")
@requires(Action.SEE_RECEPTIONS)
def sittings() -> str:
    """One page of the leaders' days."""
    asked = {"unit_id": asked_unit(), "first": asked_day("from"), "last": asked_day("to")}
    page = sittings_page(actor(), Cursor.read(request.args.get("at", "")), **asked)  # type: ignore[arg-type]
    lang = current_language()
    return render_template(
        "receptions/sittings.html",
        page=page,
        asked=asked,
        active=(asked["unit_id"] is not None)
        + (asked["first"] is not None or asked["last"] is not None),
        units=units_for(actor(), Action.SEE_RECEPTIONS),
        tabs=tabs("sittings"),
        kinds={kind: label(kind, lang) for kind in SittingKind},
        receivers={one: label(one, lang) for one in ReceivedBy},
        number=number,
        next=_address(page.next) if page.next else None,
        registers=may(Action.REGISTER_RECEPTION),
    )


@blueprint.get("/sittings/new")
@requires(Action.REGISTER_RECEPTION)
def new_sitting() -> Answer:
    """Ask for a leader's day."""
    return render_template("receptions/new_sitting.html", form=sitting_form())


@blueprint.post("/sittings/new")
@requires(Action.REGISTER_RECEPTION)
def enter_sitting() -> Answer:
    """Write the day down."""
    form = sitting_form()
    if form.validate():
        try:
            unit_id, entry = sitting_of(form)
            coming = entry.held_on is not None and entry.held_on > today()
            enter = plan_sitting if coming else record_sitting
            made = enter(actor(), unit_id, entry, office=office())
        except RuleBroken as refused:
            show_refusal(form, refused, {"sitting_there_already": "held_on"})
        else:
            flash(gettext("Đã ghi ngày lãnh đạo tiếp."), "success")
            if coming:
                return redirect(url_for("receptions.one_sitting", sitting_id=made), 303)
            return redirect(url_for("receptions.sittings"), 303)
    return render_template("receptions/new_sitting.html", form=form), WRONG


def _address(cursor: Cursor) -> str:
    kept: dict[str, Any] = {
        name: request.args[name] for name in ("unit", "from", "to") if request.args.get(name)
    }
    return url_for("receptions.sittings", **kept, at=str(cursor))
