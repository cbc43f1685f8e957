"""Letters from templates: a versioned text per form, filled with the data of a case, then edited.

A template has sections under heads such as `[body]`. In it stand variables of the form, a few
filters and conditions, and nothing else: no loops, calls or attributes, so that a text which an
office wrote itself can neither hang nor reach anything. Letters are Vietnamese; that is the law.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from citizenfeedback.documents.catalogue import SOURCE_LANGUAGE, translate
from citizenfeedback.documents.letter_words import (
    FIELD_LABELS,
    PROBLEMS,
    SAMPLES,
    SECTION_LABELS,
)
from citizenfeedback.domain.law.forms import (
    AUTHOR_FIELDS,
    FIELDS,
    FieldKind,
    Layout,
    LetterForm,
    bases,
)
from citizenfeedback.domain.letters import (
    SECTIONS,
    LetterContent,
    Letterhead,
    LetterText,
    Signature,
    Value,
    Values,
    day_words,
    full_title,
    lines_of,
    signatures_of,
)
from citizenfeedback.domain.text import clean, clean_lines
from citizenfeedback.domain.vocabulary import CaseKind, Instance

TEMPLATES = Path(__file__).resolve().parent / "templates" / "letters"
DOTS = "……………"
_DOTTED: Mapping[FieldKind, str] = {
    FieldKind.DAY: "ngày …… tháng …… năm ………",
    FieldKind.NUMBER: "……",
    FieldKind.ROWS: "|".join([DOTS] * 3),
}
_KIND_NAMES: Mapping[CaseKind, str] = {
    CaseKind.COMPLAINT: "khiếu nại",
    CaseKind.DENUNCIATION: "tố cáo",
    CaseKind.PETITION: "kiến nghị",
    CaseKind.REFLECTION: "phản ánh",
}
_INSTANCE_NAMES: Mapping[Instance, str] = {Instance.FIRST: "lần đầu", Instance.SECOND: "lần hai"}
_NO_NAMES = frozenset({"ông", "bà", "ông/bà", "anh", "chị", "công", "cán"})
_HEAD = re.compile(r"^\[([a-z_]+)\][^\S\n]*$", re.MULTILINE)
_LISTED = re.compile(r"^(?:[-+•]|\(?\d{1,2}[.)]|[a-zđ]\))\s*")
_SPARE_SPACES = re.compile(r" +(?=[,.;:!?])| {2,}")


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """What is wrong with a template: a code, what it is about, and the line within the text."""

    code: str
    about: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A canned paragraph with its variables filled; empty when something is wrong with it."""

    text: str
    problems: tuple[TemplateProblem, ...] = ()


def shipped_template(form: LetterForm) -> str:
    """The text that comes with the product for a form."""
    return (TEMPLATES / f"{form.template}.txt").read_text(encoding="utf-8")


def draft_text(
    form: LetterForm,
    template: str,
    values: Values,
    *,
    kind: CaseKind,
    on: date,
    instance: Instance = Instance.FIRST,
) -> LetterText:
    """The text of a letter filled with the data of a case, for an official to go on with.

    A required field that is missing is dotted, so that the gap is seen; `missing_fields` names
    them before the issue. `on` is the day of drafting: it decides which laws are cited.
    """
    filled = _filled(form, values, kind, on, instance)
    sections = {
        name: _rendered(source, filled) for name, _line, source in _sections(template) if name
    }
    # The last of the bases ends with a full stop, whichever of them that is.
    if sections.get("bases", "").endswith(";"):
        sections["bases"] = f"{sections['bases'][:-1]}."
    return LetterText(**{name: sections.get(name, "") for name in SECTIONS})


def letter_content(
    form: LetterForm,
    text: LetterText,
    letterhead: Letterhead,
    signature: Signature | None,
    *,
    case_number: str = "",
    number: int | None = None,
    dated: date | None = None,
    year: int | None = None,
    draft: bool = False,
) -> LetterContent:
    """The edited text with what the paper bears besides: heading, number and date, signatures.

    `signature` is the head's block (see `domain.letters.signature`); forms signed by others, as
    minutes are, take no notice of it. `draft` prints a watermark.
    """
    return LetterContent(
        title=form.title,
        document=form.document,
        layout=form.layout,
        text=text,
        letterhead=letterhead,
        signatures=signatures_of(form, signature),
        numbered=form.numbered,
        number=number,
        dated=dated,
        year=year,
        case_number=case_number,
        draft=draft,
    )


def render_letter(
    form: LetterForm,
    template: str,
    values: Values,
    letterhead: Letterhead,
    signature: Signature | None,
    *,
    kind: CaseKind,
    on: date,
    instance: Instance = Instance.FIRST,
) -> LetterContent:
    """A draft as it would be printed now: the filled text in its layout, without number."""
    text = draft_text(form, template, values, kind=kind, on=on, instance=instance)
    return letter_content(
        form,
        text,
        letterhead,
        signature,
        case_number=str(values.get("case_number") or ""),
        year=on.year,
        draft=True,
    )


def form_to_fill_in(
    form: LetterForm, template: str, values: Values, *, kind: CaseKind, on: date
) -> LetterContent:
    """A form for somebody to fill in and sign: what is known stands there, the rest is dotted."""
    known = {name: value for name, value in values.items() if name in form.fields}
    text = draft_text(form, template, known, kind=kind, on=on)
    return letter_content(form, text, Letterhead("", "", "", ""), None)


def sample_values(form: LetterForm) -> dict[str, Value]:
    """Values of nobody, for the preview of a template."""
    return {name: SAMPLES[name] for name in FIELDS if name in form.fields and name in SAMPLES}


def check_template(form: LetterForm, template: str) -> tuple[TemplateProblem, ...]:
    """What must be put right before an office may use this text for this form."""
    found = list(_of_sections(template))
    used: set[str] = set()
    for name, line, source in _sections(template):
        if name in SECTIONS:
            used |= _names(source)
            found += _of_source(source, form.fields, line)
    found += [TemplateProblem("missing_field", name) for name in form.required if name not in used]
    return tuple(found)


def fill_paragraph(text: str, values: Values, allowed: frozenset[str] | None = None) -> Paragraph:
    """A canned paragraph with its variables filled.

    `allowed` are the variables of the letter it goes into (`form.fields`), by default all. What is
    not known of the case is dotted.
    """
    wanted = frozenset(FIELDS) if allowed is None else allowed
    problems = tuple(_of_source(text, wanted, 1))
    if problems:
        return Paragraph("", problems)
    filled = {name: _worded(name, values.get(name)) or _dots(name) for name in wanted}
    return Paragraph(_rendered(text, filled))


def editable_text(content: LetterContent) -> dict[str, str]:
    """The sections as an official edits them; `domain.letters.text_from_sections` reads them back."""
    return content.text.sections()


def field_label(name: str, lang: str = SOURCE_LANGUAGE) -> str:
    """What a variable of a template is called."""
    return translate(FIELD_LABELS[name], lang)


def section_label(name: str, lang: str = SOURCE_LANGUAGE) -> str:
    """What a section of a letter is called."""
    return translate(SECTION_LABELS[name], lang)


def template_problem_text(problem: TemplateProblem, lang: str = SOURCE_LANGUAGE) -> str:
    """The sentence for one problem of a template."""
    about = problem.about
    if about in FIELD_LABELS:
        about = f"{about} ({field_label(about, lang)})"
    return translate(PROBLEMS[problem.code], lang).format(about=about, line=problem.line or 1)


def _sections(template: str) -> Iterator[tuple[str, int, str]]:
    """The sections with the line on which their text begins; what stands before the first has no name."""
    heads = list(_HEAD.finditer(template))
    ends = [*(head.start() for head in heads[1:]), len(template)][: len(heads)]
    before = template[: heads[0].start()] if heads else template
    if before.strip():
        yield "", 1, before
    for head, end in zip(heads, ends, strict=True):
        line = template.count("\n", 0, head.end()) + 2
        yield head[1], line, template[head.end() + 1 : end]


def _of_sections(template: str) -> Iterator[TemplateProblem]:
    names = []
    for name, line, _source in _sections(template):
        if name not in SECTIONS:
            yield TemplateProblem("unknown_section", name, max(line - 1, 1))
        elif name in names:
            yield TemplateProblem("section_twice", name, line - 1)
        names.append(name)
    if "body" not in names:
        yield TemplateProblem("no_body")


# The whole language of templates: text, variables, filters, conditions.
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Filter,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.Const,
    nodes.Not,
    nodes.And,
    nodes.Or,
)


def _of_source(source: str, known: frozenset[str], line: int) -> Iterator[TemplateProblem]:
    try:
        tree = _environment().parse(source)
    except TemplateSyntaxError as error:
        yield TemplateProblem("syntax", error.message or "", line + error.lineno - 1)
        return
    at = line
    for node in _walk(tree):
        # The sign of a comparison has no line of its own; it stands where what came before does.
        at = line + node.lineno - 1 if node.lineno else at
        if not isinstance(node, _ALLOWED) or not _can_be_filled(node):
            yield TemplateProblem("not_allowed", type(node).__name__, at)
        elif isinstance(node, nodes.Filter) and node.name not in _FILTERS:
            yield TemplateProblem("unknown_filter", node.name, at)
        elif isinstance(node, nodes.Name) and node.name not in known:
            code = "denouncer_named" if node.name in AUTHOR_FIELDS else "unknown_variable"
            yield TemplateProblem(code, node.name, at)


def _can_be_filled(node: nodes.Node) -> bool:
    """Whether nothing about this part fails later, whatever the values are."""
    if isinstance(node, nodes.CondExpr):
        return node.expr2 is not None
    if isinstance(node, nodes.Operand):
        return node.op in ("eq", "ne")
    if isinstance(node, nodes.Filter):
        told = [isinstance(one, nodes.Const) and isinstance(one.value, str) for one in node.args]
        spread = node.kwargs or node.dyn_args or node.dyn_kwargs
        return not spread and told == [True] * (node.name in _OPENED)
    return True


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    for child in node.iter_child_nodes():
        yield child
        yield from _walk(child)


def _names(source: str) -> set[str]:
    try:
        tree = _environment().parse(source)
    except TemplateSyntaxError:
        return set()
    return {node.name for node in tree.find_all(nodes.Name)}


def _filled(
    form: LetterForm, values: Values, kind: CaseKind, on: date, instance: Instance
) -> dict[str, str]:
    derived = {
        "law_bases": "\n".join(bases(form.laws, on)),
        "kind_name": _KIND_NAMES[kind],
        "instance_name": _INSTANCE_NAMES[instance],
    }
    # A printed petition is filled in by hand: whatever is not known is a dotted line.
    by_hand = form.layout is Layout.PETITION
    dotted = form.fields if by_hand else frozenset(form.required)
    filled = {}
    for name in sorted(form.fields - set(derived)):
        told = _worded(name, values.get(name))
        filled[name] = told or (_dots(name, by_hand=by_hand) if name in dotted else "")
    filled["head_title"] = full_title(filled["head_title"], filled["body"])
    return filled | derived


def _dots(name: str, *, by_hand: bool = False) -> str:
    """The gap for a field that is not known; a longer text written by hand has several lines."""
    if by_hand and FIELDS[name] is FieldKind.TEXT:
        return "\n".join([DOTS] * 3)
    return _DOTTED.get(FIELDS[name], DOTS)


def _worded(name: str, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, int):
        return f"{value:02}"
    return clean(value) if FIELDS[name] is FieldKind.LINE else clean_lines(value)


def _rendered(source: str, values: Mapping[str, str]) -> str:
    try:
        written = _environment().from_string(source).render(values)
    except TemplateError as error:
        raise ValueError(f"a template that was not checked: {error}") from error
    lines = (_SPARE_SPACES.sub(_one_space, line) for line in lines_of(written))
    return "\n".join(lines)


def _one_space(match: re.Match[str]) -> str:
    return (
        " " if match.end() < len(match.string) and match.string[match.end()] not in ",.;:!?" else ""
    )


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]


def _low(text: str) -> str:
    """The text going on in a sentence: its first letter small, unless a name or short form opens it."""
    text = _inline(text)
    first, _, rest = text.partition(" ")
    short_form = len(first) > 1 and first.isupper()
    name = rest[:1].isupper() and first.casefold() not in _NO_NAMES
    return text if short_form or name else text[:1].lower() + text[1:]


def _stop(text: str) -> str:
    """The text with one full stop at its end, whatever it came with."""
    return f"{text.rstrip().rstrip('.;,')}."


def _bare(text: str) -> str:
    """The text without the stop at its end, to go on in a sentence."""
    return _inline(text).rstrip().rstrip(".;,")


def _inline(text: str) -> str:
    """Several lines as one, parted by semicolons, for the middle of a sentence."""
    lines = lines_of(text)
    told = (line.lstrip("-+ ").rstrip(".;, ") for line in lines[:-1])
    return "; ".join((*told, lines[-1].lstrip("-+ "))) if len(lines) > 1 else text


def _clauses(text: str, opening: str) -> str:
    """One line as it is; several as a numbered list under the opening words."""
    lines = lines_of(text)
    if len(lines) < 2:
        return text
    told = [_LISTED.sub("", line).rstrip(".; ") for line in lines]
    between = "." if any(". " in line for line in told) else ";"
    listed = [f"{number}. {line}{between}" for number, line in enumerate(told[:-1], 1)]
    return "\n".join((opening, *listed, f"{len(told)}. {told[-1]}."))


def _rows(text: str) -> str:
    """Rows of cells as rows of a table, numbered in the first column."""
    return "\n".join(
        f"| {number} | {line.strip().strip('|').strip()} |"
        for number, line in enumerate(lines_of(text), 1)
    )


def _dashes(text: str) -> str:
    return "\n".join(f"- {line.lstrip('-+ ')}" for line in lines_of(text))


_FILTERS: Mapping[str, Callable[..., str]] = {
    "cap": _cap,
    "low": _low,
    "stop": _stop,
    "bare": _bare,
    "clauses": _clauses,
    "rows": _rows,
    "dashes": _dashes,
    "upper": str.upper,
}


def _of_text(told: Callable[..., str]) -> Callable[..., str]:
    return lambda value, *words: told(str(value), *words)


_OPENED = frozenset({"clauses"})
"""Filters that are given words of the template."""


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    # Plain text, so nothing is escaped; a variable without value is an error of ours.
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
    )
    environment.filters = {name: _of_text(told) for name, told in _FILTERS.items()}
    environment.globals = {}
    return environment
