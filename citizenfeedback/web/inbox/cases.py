"""The page of a case, and its open papers."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import quote

from flask import Response, abort, make_response, render_template

from citizenfeedback.domain.access import can, can_at
from citizenfeedback.domain.privacy import kept_until, retention
from citizenfeedback.domain.vocabulary import Action, ClockKind, Phase
from citizenfeedback.gateways.clock import local_date
from citizenfeedback.queries.case_head import CaseHead
from citizenfeedback.queries.case_page import case_page, open_paper
from citizenfeedback.queries.letters import case_letters
from citizenfeedback.queries.likeness import alike_at_first_sight
from citizenfeedback.web.context import actor, gateways, setting, today
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language
from citizenfeedback.web.inbox import settled, steps, wording
from citizenfeedback.web.inbox.room import Answer, blueprint


@blueprint.get("/cases/<number>")
@requires(Action.SEE_CASE)
def case(number: str) -> Answer:
    """Everything of one case that this person may see, and what may be done next."""
    page = case_page(actor(), number, today(), gateways().keys)
    lang = current_language()
    letters = case_letters(actor(), page.head, page.letters, today())
    return render_template(
        "inbox/case.html",
        page=page,
        head=page.head,
        settling=settled.settling_rows(page.head, page.proceedings, lang),
        after=settled.after_rows(page.head, page.proceedings, lang),
        letters=letters,
        words=wording,
        goes_after=_goes_after(page.head),
        data_due=next(
            (one.due_on for one in page.clocks if one.runs and one.clock is ClockKind.DATA_REQUEST),
            None,
        ),
        demand_by=next(
            (one.due_on for one in page.clocks if one.runs and one.clock is ClockKind.DEMAND), None
        ),
        may_demand=can(actor(), Action.REMIND),
        takes_papers=can_at(actor(), Action.REGISTER_RECEPTION, page.head.unit_id),
        alike=alike_at_first_sight(actor(), page),
        buttons=steps.buttons(page.head, letters),
        term=steps.term(page.running, lang),
        terms=[steps.term(clock, lang) for clock in page.clocks if clock is not page.running],
        ledger=steps.ledger(page.ledger, lang),
        timeline=[wording.event_line(event) for event in page.events],
    )


def _goes_after(head: CaseHead) -> date | None:
    """The last day before the content goes, once that is announced."""
    if head.held or head.erased_on is not None or head.phase is not Phase.CLOSED:
        return None
    rules = retention(setting("RETENTION"))
    last = kept_until(
        rules,
        ineligible=head.eligible is False and head.accepted_on is None,
        entered_on=local_date(head.registered_at),
        processed_on=head.processed_on,
        ended_on=head.sent_on or head.closed_on or head.processed_on,
    )
    days = setting("RETENTION_WARNING_DAYS")
    return last if last is not None and last <= today() + timedelta(days=days) else None


@blueprint.get("/cases/<number>/papers/<int:paper>")
@requires(Action.SEE_CASE)
def paper(number: str, paper: int) -> Response:
    """One open paper, to be kept rather than shown; a sealed one is not found here."""
    found = open_paper(actor(), number, paper) if paper < 2**31 else None
    if found is None:
        abort(404)
    return download(gateways().files.read(found.storage_key), found.name, found.media_type)


def download(content: bytes, name: str, media_type: str) -> Response:
    """Bytes as a file to keep: never run or shown by the browser."""
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
