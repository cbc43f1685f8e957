"""The generated page on the statutory forms: every column, what it counts, what must hold."""

from __future__ import annotations

from collections.abc import Iterable

from citizenfeedback.documents.catalogue import translate
from citizenfeedback.documents.form_words import (
    UNIT_WORDS,
    column_definition,
    full_heading,
    number_line,
)
from citizenfeedback.documents.handbook import GENERATED, markdown_table
from citizenfeedback.domain.law.statistics import FORM_SETS, Form, FormSet, checks_of

LANG = "en"


def forms_markdown() -> str:
    """The text of `docs/forms.md`."""
    lines = ["# Statutory forms", "", GENERATED, ""]
    lines += [
        "The forms of `report 01-TCD` to `report 06-QLKNTC`, as `citizenfeedback/domain/law/`",
        "`statistics.py` has them. A line counts the rows of its own unit; the last line adds up all",
        "lines. A submission is counted with its duplicates, a case without them. Columns of amounts",
        "count what decisions order (recorded after the decision) and what was carried out of it.",
        "",
        "A decision whose outcome nobody recorded is counted in the window in which it was issued and",
        "not carried over to the next one: whether anything of it is left to do is not known.",
        "",
        "06/QLKNTC counts the register of state management (documents, training, inspections), kept",
        "at `/reports/oversight`. An inspection is carried over until it has a conclusion, a",
        "conclusion until it is recorded as carried out.",
        "",
        "The sets of circulars 01/2024 and 02/2021 are not filled in; `--forms` refuses them.",
    ]
    for forms in FORM_SETS.values():
        for form in forms.forms.values():
            lines += ["", *_form(forms, form)]
    return "\n".join(lines) + "\n"


def _form(forms: FormSet, form: Form) -> Iterable[str]:
    yield f"## {form.code}"
    yield ""
    yield f"{translate(form.title, LANG)} *({form.printed}, {form.title})*"
    yield ""
    yield f"Circular {forms.circular}, in force from {forms.in_force:%Y-%m-%d}."
    yield ""
    yield from markdown_table(
        ("column", "heading", "counts"),
        (
            (
                number_line(column),
                f"{full_heading(column, LANG)} *({full_heading(column)})*",
                f"{column_definition(column, LANG)} {translate(UNIT_WORDS[column.unit], LANG)}".strip(),
            )
            for column in form.columns
        ),
    )
    yield ""
    yield (
        "Checks: " + "; ".join(f"`{check.rule(form.code)}`" for check in checks_of(form.code)) + "."
    )
