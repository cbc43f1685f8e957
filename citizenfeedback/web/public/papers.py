"""Forms that people fill in and sign by hand: complaint, authorisation, withdrawal; nothing is kept."""

from __future__ import annotations

from flask import Response, make_response, render_template

from citizenfeedback.documents.labels import label
from citizenfeedback.documents.letter_docx import letter_docx
from citizenfeedback.documents.letter_pdf import letter_pdf
from citizenfeedback.documents.letters import form_to_fill_in, shipped_template
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.law.forms import forms_to_fill_in
from citizenfeedback.web.context import today
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.i18n import current_language
from citizenfeedback.web.public.room import blueprint

WHY = "the forms of the law are for everybody"
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@blueprint.get("/forms")
@anyone(WHY)
def paper_forms() -> str:
    """The forms there are, each to print or to fill in on a computer."""
    lang = current_language()
    rows = [(row.letter, label(row.letter, lang)) for row in forms_to_fill_in(today())]
    return render_template("public/forms.html", rows=rows)


@blueprint.get("/forms/<string(maxlength=40):name>.<any(pdf, docx):kind>")
@anyone(WHY)
def paper_form(name: str, kind: str) -> Response:
    """One form with nothing filled in."""
    row = next((row for row in forms_to_fill_in(today()) if row.letter == name), None)
    if row is None:
        raise NotFound("form")
    content = form_to_fill_in(row, shipped_template(row), {}, kind=min(row.kinds), on=today())
    response = make_response(letter_pdf(content) if kind == "pdf" else letter_docx(content))
    response.headers["Content-Type"] = MEDIA_TYPES[kind]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
