"""The register of documents: which number went to which letter, and what became of it."""

from __future__ import annotations

from flask import render_template, request

from citizenfeedback.documents.labels import label
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries.register import RegisterPage, register_page
from citizenfeedback.web.context import actor
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language
from citizenfeedback.web.inbox.room import blueprint

MOST = 2**31


@blueprint.get("/register")
@requires(Action.SEE_REGISTER)
def register() -> str:
    """One register, newest number first; it cannot be changed here or anywhere."""
    page = _asked()
    lang = current_language()
    return render_template(
        "inbox/register.html",
        page=page,
        states={line.state: label(line.state, lang) for line in page.lines},
        letters={line.letter: label(line.letter, lang) for line in page.lines if line.letter},
    )


def _asked() -> RegisterPage:
    unit, _, rest = request.args.get("of", "").partition(".")
    year, _, symbol = rest.partition(".")
    before = request.args.get("before", type=int)
    if before is not None:
        before = min(max(before, 0), MOST - 1)
    chosen = unit.isdigit() and year.isdigit() and len(unit) < 10 and len(year) == 4
    if not chosen:
        return register_page(actor(), before=before)
    return register_page(
        actor(), unit_id=int(unit), symbol=symbol[:40], year=int(year), before=before
    )
