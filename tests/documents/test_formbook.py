"""Does the page on the statutory forms name every form and column?"""

from __future__ import annotations

from citizenfeedback.documents.formbook import forms_markdown
from citizenfeedback.domain.law.form_sets import FORM_SETS
from citizenfeedback.domain.law.statistics import CURRENT


def test_the_page_names_every_form_column_and_check() -> None:
    """Is each form a heading, and each column a row of its table?"""
    page = forms_markdown()
    for forms in FORM_SETS.values():
        for form in forms.forms.values():
            name = form.code if forms is CURRENT else f"{form.code} of {forms.code}"
            part = page.split(f"## {name}\n")[1].split("\n## ")[0]
            assert part.count("\n| ") == len(form.columns) + 2
            assert f"Circular {forms.circular}" in part
            assert ("Checks: `" in part) is bool(forms.checks_of(form.code))
