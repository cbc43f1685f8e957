"""Figures as files. Taking them changes nothing but is written down first, so it goes by POST."""

from __future__ import annotations

from flask import abort, request
from werkzeug.wrappers import Response

from citizenfeedback.documents.tables import MEDIA_TYPES, render
from citizenfeedback.domain.law.statistics import FORMS as STATUTORY
from citizenfeedback.domain.law.statistics import FormCode
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries.closed import frozen_form
from citizenfeedback.queries.reporting import monthly_book, rating_book
from citizenfeedback.queries.returns import form_document
from citizenfeedback.queries.verdicts import verdict_book
from citizenfeedback.services.reporting import record_export
from citizenfeedback.web.context import actor, gateways, now
from citizenfeedback.web.desk import policy
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language
from citizenfeedback.web.reports.room import Asked, blueprint

FORMS = ("xlsx", "pdf", "csv")
FORM_CODES = tuple(code.value for code in STATUTORY)
REPORTS = ("monthly", "ratings", "verdicts", *FORM_CODES)


@blueprint.post("/export")
@requires(Action.EXPORT_REPORTS)
def export() -> Response:
    """Hand out the report of a window as a file, noted in the audit before it is handed out."""
    name, form = request.form.get("report", ""), request.form.get("form", "")
    if name not in REPORTS or form not in FORMS or (name, form) == ("verdicts", "pdf"):
        abort(400)
    asked, who, office = Asked.read(request.form), actor(), policy()
    if name == "ratings":
        document = rating_book(who, asked.unit, asked.window, least_named=office.ratings_minimum)
    elif name == "verdicts":
        document = verdict_book(who, asked.unit, asked.window)
    elif name in FORM_CODES:
        code = FormCode(name)
        # Of a closed window the form as it was closed, whatever the rows give today.
        document = frozen_form(who, code, asked.unit, asked.window) or form_document(
            who, code, asked.unit, asked.window, group_size=office.group_threshold
        )
    else:
        document = monthly_book(who, asked.unit, asked.window, group_size=office.group_threshold)
    content = render(document, form, current_language())
    record_export(
        who,
        name,
        form,
        unit=document["unit"],
        window=asked.window,
        keys=gateways().keys,
        now=now(),
    )
    days = f"{asked.window.first:%Y%m%d}-{asked.window.last:%Y%m%d}"
    response = Response(content, mimetype=MEDIA_TYPES[form])
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{name}-{document["unit"]}-{days}.{form}"'
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
