"""The leaders' duty to receive: what a month asks of each unit's head, beside what was held."""

from __future__ import annotations

from datetime import date

from flask import render_template, request

from citizenfeedback.domain.receptions import DutyPeriod
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries.receptions import duties
from citizenfeedback.web.context import actor, today
from citizenfeedback.web.guard import requires
from citizenfeedback.web.receptions.room import blueprint, tabs


@blueprint.get("/duty")
@requires(Action.SEE_RECEPTIONS)
def duty() -> str:
    """One month, this one unless another is asked for."""
    month = _asked_month()
    return render_template(
        "receptions/duty.html",
        month=month,
        lines=duties(actor(), month),
        weekly=DutyPeriod.WEEK,
        tabs=tabs("sittings"),
    )


def _asked_month() -> date:
    try:
        return date.fromisoformat(f"{request.args.get('month', '')[:7]}-01")
    except ValueError:
        return today().replace(day=1)
