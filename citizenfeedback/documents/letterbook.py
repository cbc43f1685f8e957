"""The table of documents in words: `docs/letters.md`, made from `domain/law/forms.py`."""

from collections.abc import Iterable, Mapping, Sequence

from citizenfeedback.documents.catalogue import translate
from citizenfeedback.documents.formats import format_date
from citizenfeedback.documents.labels import label
from citizenfeedback.documents.letter_words import ADDRESSEE_LABELS, DOCUMENT_LABELS, FIELD_LABELS
from citizenfeedback.domain.law.forms import (
    AUTHOR_FIELDS,
    FIELDS,
    FORMS,
    DocumentKind,
    LetterForm,
)
from citizenfeedback.domain.vocabulary import CaseKind

LANG = "en"

PARTS: Mapping[str, tuple[str, ...]] = {
    "Reception of citizens": ("nd154/", "tt04/"),
    "Handling of submissions": ("tt05/",),
    "Complaints": ("nd124/", "nd155/"),
    "Denunciations": ("nd31/", "nd156/"),
}

_PREAMBLE = """\
# Letters

Made from the rows of `citizenfeedback/domain/law/forms.py` by `make docs`; edit those, not this file.

Every document of the law that an office issues or prints, with its form, the register that numbers
it and what must stand in it. Which act brings which letter is in [workflow.md](workflow.md); the
terms of sending are in [deadlines.md](deadlines.md). The reception book (03/TCD) is a register with
pages of its own.

- The texts lie in `citizenfeedback/documents/templates/letters/<decree>/`, in Vietnamese alone: that
  is the law. An office can replace one; the check refuses a text that lacks a required field, uses
  one the form does not have, or names the denouncer where he may not be named.
- A denouncer may be named only in what he gets himself. The fields {author} do not exist in any
  other document of a denunciation.
- A form with two rows changed on a day: the row that holds when the letter is drafted is used.
- Marks as in [deadlines.md](deadlines.md): V read in a source, V2 read indirectly, M from memory and
  to be checked before use. The texts are the product's own wording of the listed fields.
- A number stands in the register of its unit, kind of document and year. Minutes, receipts, slips and
  forms to fill in have none.
- A number given by hand is entered into the register and the series goes on from it: one already given
  is refused, and so is one that leaves a gap. A register with no numbers yet may begin with any.
- A number typed at an act, for a paper made elsewhere, enters the register with the act where its
  symbol is one of the unit (`7/QĐ-SXD`, `7/QĐ`, or no symbol: that of the act's own letter). It may
  leave a gap, for the office may number elsewhere; the series passes over it and never gives it
  again. One that another paper has is refused with the act. The number of another body stays with the
  case alone.
- The register is printed in the ten columns of Decree 30/2020, annex IV, as three programs of offices
  list them; the decree itself was not in reach. The number of copies and the receipt are left to the
  hand.

## How a text is written

Sections under heads in brackets: `[summary]`, `[addressee]`, `[bases]`, `[body]`, `[recipients]`. A
line is a paragraph. `Điều 1.` at its beginning is bold, `# ` centres a line in bold, `*a line*` is
bold, lines that begin with `|` are rows of a table, a line that ends with dots is dotted to the
margin. Variables stand in double braces; `{{% if … %}}` leaves out what is not known. Filters: `cap`
and `low` change the first letter, `stop` ends with one full stop, `bare` with none, `dashes` makes a
list, `rows` rows of a table, `upper` capitals; `clauses("…:")` leaves one line as it is and numbers
several under the words given. `low` and `bare` put several lines into one sentence.

## On paper

The page is laid out by Decree 30/2020, annex I (`documents/letter_layout.py`): the same parts become
PDF/A-2b for the archive and DOCX for editing. In the DOCX every kind of paragraph has a style of its
own ("VB …"), so that all of a kind are changed at once. At least two lines of the text stay with the
signature; a heading stays with what follows. The page of a letter shows the same parts.

The compiler makes PDF/A-2b and refuses what that forbids. The tests look at what they can: size,
metadata, output intent, typefaces carried whole with their letters named, no script, film, form or
link to outside. No validator (veraPDF) could be had from the package registries in reach, so none
has judged the files; before a large archive is begun, let one.
"""


def letters_markdown() -> str:
    """The whole of `docs/letters.md`."""
    author = ", ".join(f"`{name}`" for name in AUTHOR_FIELDS)
    lines = [_PREAMBLE.format(author=author)]
    for title, folders in PARTS.items():
        rows = [row for row in FORMS if row.template.startswith(folders)]
        lines += [f"## {title}", "", *_table(_HEADS, map(_cells, rows)), ""]
    lines += ["## Kinds of document", ""]
    kinds = ((kind.value, _both(DOCUMENT_LABELS[kind])) for kind in DocumentKind)
    lines += [*_table(("Symbol", "Kind"), kinds), "", "## Fields", ""]
    fields = ((f"`{name}`", kind.value, _both(FIELD_LABELS[name])) for name, kind in FIELDS.items())
    lines += [*_table(("Variable", "Entered as", "Meaning"), fields), ""]
    return "\n".join(lines)


_HEADS = (
    "Letter",
    "Form",
    "Of",
    "Register",
    "Kinds",
    "Goes to",
    "Denouncer",
    "Approved",
    "Sent within",
    "Required fields",
    "In force",
    "Mark",
)


def _both(text: str) -> str:
    return f"{translate(text, LANG)} ({text})"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    return lines + [f"| {' | '.join(row)} |" for row in rows]


def _cells(row: LetterForm) -> tuple[str, ...]:
    kinds = sorted(row.kinds) if row.kinds != frozenset(CaseKind) else ["all"]
    named = "may be named" if row.names_denouncer else "never named"
    return (
        f"{label(row.letter, LANG)} (`{row.template}`)",
        f"{row.number}{f', instance {row.instance.value}' if row.instance else ''}" or "–",
        row.law(LANG),
        row.document.value if row.numbered else "no number",
        ", ".join(kinds),
        ", ".join(translate(ADDRESSEE_LABELS[one], LANG) for one in row.addressees),
        named if CaseKind.DENUNCIATION in row.kinds else "–",
        "yes" if row.approved else "no",
        row.sending_rule or "–",
        ", ".join(f"`{name}`" for name in row.required) or "none",
        _span(row),
        " ".join([str(row.mark), *row.read_in, *([row.doubt] if row.doubt else [])]),
    )


def _span(row: LetterForm) -> str:
    if row.effective_from is not None:
        return f"from {format_date(row.effective_from, LANG)}"
    return "all" if row.effective_to is None else f"until {format_date(row.effective_to, LANG)}"
