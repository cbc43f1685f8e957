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
from citizenfeedback.domain.law.form_sets import FORM_SETS
from citizenfeedback.domain.law.statistics import CURRENT, Form, FormSet

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
        "`--forms 01/2024` and `--forms 02/2021` give the forms of earlier circulars, for windows",
        "before 2025-09-30. Their columns are known from the templates of a deployed system and from",
        "printed copies, not from the annexes. A blank cell (null) is not nought: nothing in the",
        "product records that column, or the source leaves open how it is counted, as the column then",
        "says; a check of a blank column is not made. Recorded nowhere: matters of the Party and of",
        "associations, urging another body on, replies of the bodies to which a submission went, and",
        "what is given back told apart by organisations and people. The day on which 01/2024 came into",
        "force and the day on which 02/2021 was issued are not in the sources.",
    ]
    for forms in FORM_SETS.values():
        for form in forms.forms.values():
            lines += ["", *_form(forms, form)]
    return "\n".join(lines) + "\n"


def _form(forms: FormSet, form: Form) -> Iterable[str]:
    yield f"## {form.code}" if forms is CURRENT else f"## {form.code} of {forms.code}"
    yield ""
    yield f"{translate(form.title, LANG)} *({form.printed}, {form.title})*"
    yield ""
    force = f"in force from {forms.in_force:%Y-%m-%d}" if forms.in_force else "no longer in force"
    yield f"Circular {forms.circular}, {force}. Source: {forms.source}."
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
    rules = [f"`{check.rule(form.code)}`" for check in forms.checks_of(form.code)]
    if rules:
        yield ""
        yield f"Checks: {'; '.join(rules)}."
