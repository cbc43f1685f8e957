"""Letter templates and letterheads: the shipped texts, those put in their place, what stands on top."""

from __future__ import annotations

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from wtforms import HiddenField

from citizenfeedback.documents.labels import label
from citizenfeedback.documents.letter_pdf import letter_pdf
from citizenfeedback.documents.letters import (
    check_template,
    field_label,
    render_letter,
    sample_values,
    shipped_template,
    template_problem_text,
)
from citizenfeedback.domain.errors import ChangedMeanwhile, NotFound, RuleBroken
from citizenfeedback.domain.law.forms import LetterForm, form_of_template, forms
from citizenfeedback.domain.letterheads import Entered
from citizenfeedback.domain.letters import Letterhead, Signature
from citizenfeedback.domain.vocabulary import Action, Instance
from citizenfeedback.queries.directory import unit_choices
from citizenfeedback.queries.letterheads import entered_head, head_of_letters
from citizenfeedback.queries.templates import template_body, template_versions
from citizenfeedback.services import templating
from citizenfeedback.services.templating import LONGEST_TEMPLATE, mark_of
from citizenfeedback.web.admin.room import WRONG, Answer, blueprint, show_refusal
from citizenfeedback.web.context import actor, gateways, now, today
from citizenfeedback.web.fields import (
    Choice,
    Form,
    LongTextField,
    SelectField,
    TextField,
)
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l

KEY = "<path:template>"
SAMPLE_HEAD = Letterhead(
    superior="",
    body="Ủy ban nhân dân phường Hồng Gai",
    place="Quảng Ninh",
    short="UBND",
    drafting="VP",
)
SAMPLE_SIGNATURE = Signature(("CHỦ TỊCH",), "Nguyễn Văn Mẫu")


_HEAD = tuple(Entered.__dataclass_fields__)


class TemplateForm(Form):
    """The text of a template, and for whom it is."""

    body = LongTextField(
        _l("Nội dung mẫu"),
        _l("Mỗi phần bắt đầu bằng tên trong ngoặc vuông, ví dụ [body]. Trường viết {{ person }}."),
        required=_l("Nhập nội dung mẫu"),
        max_length=LONGEST_TEMPLATE,
        rows=24,
        count=False,
    )
    unit = SelectField(_l("Dùng cho"), empty=_l("Toàn tỉnh"))


class LetterheadForm(Form):
    """What stands at the head and foot of a unit's letters."""

    superior = TextField(_l("Cơ quan cấp trên"), max_length=200)
    body = TextField(_l("Tên cơ quan ban hành"), max_length=200)
    short = TextField(_l("Viết tắt trong ký hiệu"), max_length=30, width=10)
    drafting = TextField(
        _l("Đơn vị soạn thảo, viết tắt"),
        _l("Dùng trong ký hiệu công văn."),
        max_length=30,
        width=10,
    )
    place = TextField(_l("Địa danh"), max_length=80)
    head_title = TextField(_l("Chức danh người đứng đầu"), max_length=80)
    collective = TextField(
        _l("Tập thể ký thay mặt (TM.)"), _l("Ví dụ Ủy ban nhân dân."), max_length=120
    )
    seen = HiddenField()


@blueprint.get("/letters")
@requires(Action.MANAGE_TEMPLATES)
def letters() -> str:
    """All forms that hold or held, with what replaced their text."""
    lang = current_language()
    replaced: dict[str, set[int | None]] = {}
    for version in reversed(template_versions(actor())):
        places = replaced.setdefault(version.based_on, set())
        if version.active:
            places.add(version.unit_id)
        else:
            places.discard(version.unit_id)
    rows = [
        {
            "template": row.template,
            "title": label(row.letter, lang),
            "number": row.number,
            "law": row.law(lang),
            "since": row.effective_from,
            "until": row.effective_to,
            "holds": row.holds_on(today()),
            "replaced": bool(replaced.get(row.template)),
        }
        for row in forms()
    ]
    return render_template("admin/letters.html", rows=rows, units=unit_choices())


@blueprint.get(f"/letters/text/{KEY}")
@requires(Action.MANAGE_TEMPLATES)
def template(template: str) -> str:
    """One text: as shipped or as replaced, its fields, its history."""
    row = _row(template)
    version = request.args.get("version", "")
    body, unit_id = shipped_template(row), None
    if version.isdigit() and len(version) < 10:
        based_on, unit_id, body = template_body(actor(), int(version))
        if based_on != template:
            raise NotFound("template")
    form = TemplateForm(formdata=None, body=body, unit=str(unit_id or ""))
    return _template_page(row, form)


@blueprint.post(f"/letters/text/{KEY}")
@requires(Action.MANAGE_TEMPLATES)
def save_template(template: str) -> Answer:
    """Check the text; with "save" put it in use, with "preview" print it with sample values."""
    row = _row(template)
    form = TemplateForm()
    form.unit.choices = _units()
    if not form.validate():
        return _template_page(row, form), WRONG
    body = form.body.data or ""
    problems = [template_problem_text(one, current_language()) for one in check_template(row, body)]
    if problems:
        form.add_errors({"body": gettext("Mẫu còn chỗ phải sửa. Xem danh sách ở trên.")})
        return _template_page(row, form, problems=problems), WRONG
    if "preview" in request.form:
        return _preview(row, body)
    try:
        templating.replace_template(
            actor(), template, body, unit_id=_unit(form), keys=gateways().keys, now=now()
        )
    except RuleBroken as refused:
        show_refusal(form, refused)
        return _template_page(row, form), WRONG
    flash(gettext("Đã đưa mẫu vào dùng."), "success")
    return redirect(url_for("admin.template", template=template), 303)


@blueprint.post(f"/letters/shipped/{KEY}")
@requires(Action.MANAGE_TEMPLATES)
def use_shipped(template: str) -> Answer:
    """Use the shipped text again; what was written stays in the history."""
    row = _row(template)
    unit = request.form.get("unit", "")
    unit_id = int(unit) if unit.isdigit() and len(unit) < 10 else None
    templating.restore_shipped(
        actor(), row.template, unit_id=unit_id, keys=gateways().keys, now=now()
    )
    flash(gettext("Đã trở về mẫu gốc."), "success")
    return redirect(url_for("admin.template", template=template), 303)


@blueprint.get("/letterheads/<int(max=2147483647):unit_id>")
@requires(Action.MANAGE_TEMPLATES)
def letterhead(unit_id: int) -> str:
    """What stands at the head of a unit's letters."""
    entered = entered_head(unit_id)
    values = {name: getattr(entered, name) for name in entered.__dataclass_fields__}
    return _head_page(unit_id, LetterheadForm(formdata=None, seen=mark_of(entered), **values))


@blueprint.post("/letterheads/<int(max=2147483647):unit_id>")
@requires(Action.MANAGE_TEMPLATES)
def save_letterhead(unit_id: int) -> Answer:
    """Keep it."""
    form = LetterheadForm()
    entered_head(unit_id)
    if not form.validate():
        return _head_page(unit_id, form), WRONG
    entered = Entered(**{name: form[name].data or "" for name in Entered.__dataclass_fields__})
    seen = str(form.seen.data or "")
    try:
        templating.set_letterhead(
            actor(), unit_id, entered, seen=seen, keys=gateways().keys, now=now()
        )
    except ChangedMeanwhile as refused:
        show_refusal(form, refused)
        theirs = entered_head(unit_id)
        form.seen.data = mark_of(theirs)
        return _head_page(unit_id, form, theirs), WRONG
    flash(gettext("Đã lưu đầu văn bản."), "success")
    return redirect(url_for("admin.letters"), 303)


def _row(template: str) -> LetterForm:
    try:
        return form_of_template(template)
    except RuleBroken:
        raise NotFound("template") from None


def _units() -> list[Choice]:
    return [(str(key), name) for key, name in unit_choices()]


def _unit(form: TemplateForm) -> int | None:
    return int(form.unit.data) if form.unit.data else None


def _template_page(row: LetterForm, form: TemplateForm, problems: list[str] | None = None) -> str:
    lang = current_language()
    form.unit.choices = _units()
    versions = template_versions(actor(), row.template)
    newest = {version.unit_id: version for version in reversed(versions)}
    return render_template(
        "admin/letter_template.html",
        row=row,
        form=form,
        title=label(row.letter, lang),
        law=row.law(lang),
        problems=problems or [],
        required=[(name, field_label(name, lang)) for name in row.required],
        others=[(name, field_label(name, lang)) for name in sorted(row.fields - set(row.required))],
        versions=versions,
        in_use=[version for version in newest.values() if version.active],
    )


def _preview(row: LetterForm, body: str) -> Response:
    content = render_letter(
        row,
        body,
        sample_values(row),
        SAMPLE_HEAD,
        None if row.signers else SAMPLE_SIGNATURE,
        kind=min(row.kinds),
        on=today(),
        instance=row.instance or Instance.FIRST,
    )
    response = make_response(letter_pdf(content))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = 'attachment; filename="xem-thu.pdf"'
    return response


def _head_page(unit_id: int, form: LetterheadForm, theirs: Entered | None = None) -> str:
    return render_template(
        "admin/letterhead.html",
        form=form,
        unit_id=unit_id,
        name=dict(unit_choices()).get(unit_id, ""),
        head=head_of_letters(unit_id),
        theirs=[(form[name].label.text, getattr(theirs, name)) for name in _HEAD] if theirs else [],
    )
