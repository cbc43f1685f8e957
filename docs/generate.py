"""Write the pages of this folder that follow from tables in the code; `--check` only compares.

The wording of workflow, permissions and figures comes from the printing room; the page of the data
is made here, because nothing but this script may read the models for it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from sqlalchemy import Column, Enum, Table, UniqueConstraint
from sqlalchemy.orm import Mapper

import citizenfeedback.models  # noqa: F401 - every table must be known
from citizenfeedback.documents.catalogue import translate
from citizenfeedback.documents.competence import competence_markdown
from citizenfeedback.documents.formbook import forms_markdown
from citizenfeedback.documents.handbook import GENERATED, permissions_markdown, workflow_markdown
from citizenfeedback.documents.lawbook import deadlines_markdown
from citizenfeedback.documents.letterbook import letters_markdown
from citizenfeedback.domain.indicators import INDICATORS, Indicator
from citizenfeedback.models.base import Base, UtcDateTime

DOCS = Path(__file__).resolve().parent


def figures_markdown() -> str:
    """The text of `docs/figures.md`: what every published number means."""
    lines = ["# Figures", "", GENERATED, ""]
    lines += [
        "Every number of `report monthly`, with the question it answers and what is counted. The",
        "pages and the exports take both from the same table, `citizenfeedback/domain/indicators.py`.",
        "A rate is printed with its numerator and denominator; without a denominator it is null.",
    ]
    for key, indicator in INDICATORS.items():
        lines += ["", f"## {key}", "", *_figure(indicator)]
    return "\n".join(lines) + "\n"


def _figure(indicator: Indicator) -> Iterable[str]:
    yield f"{translate(indicator.question, 'en')} *({indicator.question})*"
    yield ""
    yield translate(indicator.definition, "en")
    yield ""
    yield f"Counted over: {indicator.over}. Kind of number: {indicator.measure}."


def data_markdown() -> str:
    """The text of `docs/data.md`: every table with its columns."""
    about = {str(mapper.local_table): _about(mapper) for mapper in Base.registry.mappers}
    lines = ["# Data", "", GENERATED, ""]
    lines += [
        "Moments are kept in UTC. Codes are text that the database itself checks. What a denunciation",
        "seals lies encrypted in the tables whose columns hold bytes, and nowhere else.",
    ]
    for table in Base.metadata.sorted_tables:
        lines += ["", f"## {table.name}", "", about.get(table.name, ""), ""]
        lines += ["| Column | Type | May be blank | Points to |", "| --- | --- | --- | --- |"]
        lines += [_column(column) for column in table.columns]
        unique = _unique(table)
        if unique:
            lines += ["", f"Unique: {', '.join(unique)}."]
    return "\n".join(lines) + "\n"


def _about(mapper: Mapper[object]) -> str:
    return " ".join((mapper.class_.__doc__ or "").split())


def _column(column: Column[object]) -> str:
    kind = column.type
    if isinstance(kind, Enum):
        named = f"code: {', '.join(f'`{value}`' for value in kind.enums)}"
    elif isinstance(kind, UtcDateTime):
        named = "moment"
    else:
        named = str(kind).lower()
    target = ", ".join(f"`{key.target_fullname}`" for key in column.foreign_keys) or "–"
    return f"| `{column.name}` | {named} | {'yes' if column.nullable else 'no'} | {target} |"


def _unique(table: Table) -> list[str]:
    constraints = [rule for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    columns = [" + ".join(f"`{column.name}`" for column in rule.columns) for rule in constraints]
    return sorted(columns)


PAGES: dict[str, Callable[[], str]] = {
    "workflow.md": workflow_markdown,
    "permissions.md": permissions_markdown,
    "figures.md": figures_markdown,
    "data.md": data_markdown,
    "deadlines.md": deadlines_markdown,
    "letters.md": letters_markdown,
    "competence.md": competence_markdown,
    "forms.md": forms_markdown,
}


def out_of_step() -> list[str]:
    """The generated pages that do not say what the code says."""
    return [name for name, make in PAGES.items() if _read(name) != make()]


def _read(name: str) -> str:
    page = DOCS / name
    return page.read_text(encoding="utf-8") if page.exists() else ""


def write() -> None:
    """Write every generated page anew."""
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    if "--check" not in sys.argv:
        write()
    elif stale := out_of_step():
        sys.exit(f"out of step with the code: {', '.join(stale)} (make docs)")
