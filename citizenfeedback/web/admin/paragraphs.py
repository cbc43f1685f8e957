"""Canned paragraphs: texts that offices use again and again in their letters."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from wtforms import HiddenField

from citizenfeedback.documents.labels import label
from citizenfeedback.documents.letters import (
    field_label,
    fill_paragraph,
    template_problem_text,
)
from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.law.forms import forms
from citizenfeedback.domain.vocabulary import Action, CaseField, Letter
from citizenfeedback.queries.directory import unit_choices
from citizenfeedback.queries.templates import ParagraphLine, all_paragraphs, one_paragraph
from citizenfeedback.services import templating
from citizenfeedback.services.templating import Paragraph, allowed_in, mark_of
from citizenfeedback.web.admin.room import WRONG, Answer, blueprint, show_refusal
from citizenfeedback.web.context import actor, gateways, now
from citizenfeedback.web.fields import (
    Form,
    LongTextField,
    SelectField,
    TextField,
    TickField,
)
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l


class ParagraphForm(Form):
    """A paragraph and where it fits."""

    title = TextField(_l("Tên đoạn mẫu"), required=_l("Nhập tên đoạn mẫu"), max_length=120)
    body = LongTextField(
        _l("Nội dung"),
        _l("Trường viết {{ person }}. Khi chèn, phần mềm điền theo vụ việc."),
        required=_l("Nhập nội dung"),
        max_length=5000,
        rows=6,
        count=False,
    )
    letter = SelectField(_l("Cho văn bản"), empty=_l("Mọi văn bản"))
    field = SelectField(_l("Cho lĩnh vực"), empty=_l("Mọi lĩnh vực"))
    unit = SelectField(_l("Dùng cho"), empty=_l("Toàn tỉnh"))
    active = TickField(_l("Đang dùng"))
    seen = HiddenField()


@blueprint.get("/paragraphs")
@requires(Action.MANAGE_TEMPLATES)
def paragraphs() -> str:
    """All paragraphs."""
    lang = current_language()
    found = all_paragraphs(actor())
    return render_template(
        "admin/paragraphs.html",
        rows=found,
        letters={one.letter: label(one.letter, lang) for one in found if one.letter},
        fields={one.field: label(one.field, lang) for one in found if one.field},
    )


@blueprint.get("/paragraphs/new")
@requires(Action.MANAGE_TEMPLATES)
def new_paragraph() -> str:
    """Ask for a new paragraph."""
    return _page(ParagraphForm(formdata=None, active=True), None)


@blueprint.post("/paragraphs/new")
@requires(Action.MANAGE_TEMPLATES)
def add_paragraph() -> Answer:
    """Add it."""
    return _save(None)


@blueprint.get("/paragraphs/<int(max=2147483647):paragraph>")
@requires(Action.MANAGE_TEMPLATES)
def paragraph(paragraph: int) -> str:
    """One paragraph to be changed."""
    found = one_paragraph(actor(), paragraph)
    form = ParagraphForm(
        formdata=None,
        title=found.title,
        body=found.body,
        letter=str(found.letter or ""),
        field=str(found.field or ""),
        unit=str(found.unit_id or ""),
        active=found.active,
        seen=mark_of(_stored(found)),
    )
    return _page(form, paragraph)


@blueprint.post("/paragraphs/<int(max=2147483647):paragraph>")
@requires(Action.MANAGE_TEMPLATES)
def change_paragraph(paragraph: int) -> Answer:
    """Keep the change."""
    return _save(paragraph)


def _save(paragraph: int | None) -> Answer:
    form = ParagraphForm()
    _choices(form)
    if not form.validate():
        return _page(form, paragraph), WRONG
    wanted = Paragraph(
        form.title.data or "",
        form.body.data or "",
        CaseField(form.field.data) if form.field.data else None,
        Letter(form.letter.data) if form.letter.data else None,
        int(form.unit.data) if form.unit.data else None,
        bool(form.active.data),
    )
    problems = fill_paragraph(wanted.body, {}, allowed_in(wanted.letter)).problems
    if problems:
        form.add_errors({"body": template_problem_text(problems[0], current_language())})
        return _page(form, paragraph), WRONG
    try:
        templating.save_paragraph(
            actor(),
            wanted,
            paragraph=paragraph,
            seen=str(form.seen.data or ""),
            keys=gateways().keys,
            now=now(),
        )
    except NotFound:
        raise
    except ChangedMeanwhile as refused:
        show_refusal(form, refused)
        theirs = one_paragraph(actor(), paragraph or 0)
        form.seen.data = mark_of(_stored(theirs))
        return _page(form, paragraph, theirs), WRONG
    except RuleBroken as refused:
        show_refusal(form, refused)
        return _page(form, paragraph), WRONG
    flash(gettext("Đã lưu đoạn mẫu."), "success")
    return redirect(url_for("admin.paragraphs"), 303)


def _stored(line: ParagraphLine) -> Paragraph:
    return Paragraph(line.title, line.body, line.field, line.letter, line.unit_id, line.active)


def _choices(form: ParagraphForm) -> None:
    lang = current_language()
    known = dict.fromkeys(row.letter for row in forms())
    form.letter.choices = [(one, label(one, lang)) for one in known]
    form.field.choices = [(one, label(one, lang)) for one in CaseField]
    form.unit.choices = [(str(key), name) for key, name in unit_choices()]


def _page(form: ParagraphForm, paragraph: int | None, theirs: ParagraphLine | None = None) -> str:
    _choices(form)
    lang = current_language()
    return render_template(
        "admin/paragraph.html",
        form=form,
        paragraph=paragraph,
        theirs=theirs,
        fields=[(name, field_label(name, lang)) for name in sorted(allowed_in(None))],
    )
