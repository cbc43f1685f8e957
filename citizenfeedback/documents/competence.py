"""The page `docs/competence.md`: who must decide, as the rows of the law say it."""

from collections.abc import Iterable, Sequence
from datetime import date

from citizenfeedback.documents.formats import format_date
from citizenfeedback.documents.labels import label
from citizenfeedback.domain.law.competence import (
    DOORS,
    ROWS,
    CompetenceRow,
    Door,
    DoorRow,
    RespondentKind,
)
from citizenfeedback.domain.law.sources import Mark
from citizenfeedback.domain.vocabulary import CaseKind

LANG = "en"

_PREAMBLE = """\
# Competence

Made from the rows of `citizenfeedback/domain/law/competence.py` by `make docs`; edit those, not
this file.

Who must decide a submission, by its kind, the respondent, the level of the respondent's unit, the
instance and the day on which the submission at hand was received. There is exactly one row for
every question. The program proposes; a person decides. A row that is not sure says why.

Marks: V read in a source, V2 read indirectly, M from memory and to be checked before use.
"""

_PARTS: tuple[tuple[str, tuple[CaseKind, ...]], ...] = (
    ("Complaints (khiếu nại)", (CaseKind.COMPLAINT,)),
    ("Denunciations (tố cáo)", (CaseKind.DENUNCIATION,)),
    ("Petitions and reports (kiến nghị, phản ánh)", (CaseKind.PETITION, CaseKind.REFLECTION)),
)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def _span(start: date | None, end: date | None) -> str:
    parts = [] if start is None else [f"from {format_date(start, LANG)}"]
    if end is not None:
        parts.append(f"until {format_date(end, LANG)}")
    return " ".join(parts) or "all"


def _mark(mark: Mark, read_in: tuple[str, ...]) -> str:
    return " ".join([str(mark), *read_in])


def _respondents(row: CompetenceRow) -> str:
    if set(row.respondents) == set(RespondentKind):
        return "any"
    named = "; ".join(label(kind, LANG) for kind in row.respondents)
    if not row.levels:
        return named
    return f"{named} (unit: {', '.join(label(level, LANG) for level in row.levels)})"


def _cells(row: CompetenceRow) -> tuple[str, ...]:
    return (
        row.code,
        _respondents(row),
        " and ".join(label(instance, LANG) for instance in row.instances),
        f"{label(row.settler, LANG)} ({label(row.settler)})",
        row.law(LANG),
        _span(row.effective_from, row.effective_to),
        _mark(row.mark, row.read_in),
        row.doubt.en if row.doubt is not None else "-",
    )


def _door_cells(row: DoorRow) -> tuple[str, ...]:
    shows = [label(sign, LANG) for sign in sorted(row.signs)]
    shows += [f"not: {label(sign, LANG)}" for sign in sorted(row.without)]
    return (
        row.code,
        ", ".join(label(kind, LANG) for kind in row.kinds),
        "; ".join(shows) or "-",
        f"{label(row.way, LANG)}: {label(row.door, LANG)}",
        row.why(LANG),
        row.law(LANG),
        _mark(row.mark, row.read_in),
    )


def competence_markdown() -> str:
    """The whole of `docs/competence.md`."""
    lines = [_PREAMBLE]
    head = ("Code", "Respondent", "Instance", "Settler", "Article", "In force", "Mark", "Doubt")
    for title, kinds in _PARTS:
        lines += [f"## {title}", ""]
        lines += [*_table(head, (_cells(row) for row in ROWS if row.kinds == kinds)), ""]
    lines += [
        "## The right door",
        "",
        "Where a submission goes that this office does not settle. The first row that fits ends",
        f"the search, but for “{label(Door.STOP_THE_HARM, LANG)}”, which stands beside another.",
        "",
        *_table(
            ("Code", "Kinds", "Shows", "Way", "Why", "Article", "Mark"),
            (_door_cells(row) for row in DOORS),
        ),
    ]
    return "\n".join(lines) + "\n"
