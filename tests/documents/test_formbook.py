"""Does the page on the statutory forms name every form and column?"""

from __future__ import annotations

from citizenfeedback.documents.formbook import forms_markdown
from citizenfeedback.domain.law.statistics import FORMS


def test_the_page_names_every_form_column_and_check() -> None:
    """Is each form a heading, and each column a row of its table?"""
    page = forms_markdown()
    for form in FORMS.values():
        assert f"## {form.code}" in page
        part = page.split(f"## {form.code}\n")[1].split("\n## ")[0]
        assert part.count("\n| ") == len(form.columns) + 2
        assert "Checks: `" in part
