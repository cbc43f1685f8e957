"""Leaders' reception days: the list, and entering one."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for

from citizenfeedback.documents.labels import label
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.vocabulary import Action, ReceivedBy, SittingKind
from citizenfeedback.queries.receptions import Cursor, sittings_page, units_for
from citizenfeedback.services.correcting import plan_sitting
from citizenfeedback.services.receiving import record_sitting
from citizenfeedback.web.context import actor, today
from citizenfeedback.web.desk import office, show_refusal
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.receptions.forms import sitting_form, sitting_of
from citizenfeedback.web.receptions.room import (
    WRONG,
    Answer,
    asked,
    blueprint,
    further,
    may,
    number,
    tabs,
)


@blueprint.get("/sittings")
@requires(Action.SEE_RECEPTIONS)
def sittings() -> str:
    """One page of the leaders' days."""
    wanted, lang = asked(), current_language()
    page = sittings_page(
        actor(),
        Cursor.read(request.args.get("at", "")),
        unit_id=wanted.unit_id,
        first=wanted.first,
        last=wanted.last,
    )
    return render_template(
        "receptions/sittings.html",
        page=page,
        asked=wanted,
        units=units_for(actor(), Action.SEE_RECEPTIONS),
        tabs=tabs("sittings"),
        kinds={kind: label(kind, lang) for kind in SittingKind},
        receivers={one: label(one, lang) for one in ReceivedBy},
        number=number,
        next=further("receptions.sittings", page.next),
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
