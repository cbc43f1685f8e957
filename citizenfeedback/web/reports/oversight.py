"""The register of state management, which form 06/QLKNTC counts: the list, one act, its steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from citizenfeedback.documents.formats import format_date, format_number
from citizenfeedback.documents.labels import label
from citizenfeedback.domain.access import can_at, scope_of
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.vocabulary import Action, OversightKind
from citizenfeedback.queries.oversight import (
    OversightChangeLine,
    OversightDetail,
    OversightFilters,
    OversightLine,
    oversight_act,
    oversight_page,
)
from citizenfeedback.queries.receptions import Cursor
from citizenfeedback.queries.reporting import reach_of
from citizenfeedback.services.overseeing import (
    conclude_inspection,
    correct_act,
    record_act,
    record_follow_up,
    strike_act,
    strike_follow_up,
)
from citizenfeedback.web.context import actor, today
from citizenfeedback.web.desk import office, show_refusal
from citizenfeedback.web.fields import Form
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.reports.oversight_forms import (
    SHEETS,
    ConclusionForm,
    FollowUpForm,
    ReasonForm,
    Sheet,
    act_form,
    conclusion_of,
    correction_form,
    entry_of,
    follow_up_of,
    sheet_named,
    sheet_of,
)
from citizenfeedback.web.reports.room import Asked, blueprint, tabs

WRONG = 422
Answer = Response | str | tuple[str, int]

COLUMNS = {
    "on": _l("Ngày"),
    "kind": _l("Loại"),
    "title": _l("Nội dung"),
    "number": _l("Số, ký hiệu"),
    "classes": _l("Số lớp"),
    "people": _l("Số người dự"),
    "units": _l("Số đơn vị được thanh tra"),
    "concluded_on": _l("Ngày ban hành kết luận"),
    "conclusion_no": _l("Số kết luận"),
    "organisations_disciplined": _l("Kiến nghị xử lý hành chính: số tổ chức"),
    "people_disciplined": _l("Kiến nghị xử lý hành chính: số cá nhân"),
    "organisations_referred": _l("Chuyển cơ quan điều tra: số tổ chức"),
    "people_referred": _l("Chuyển cơ quan điều tra: số cá nhân"),
    "finished_on": _l("Ngày thực hiện xong"),
    "follow_up": _l("Gạch bỏ một lần thực hiện"),
    "struck": _l("Gạch khỏi sổ"),
}
FIELD_OF = {"conclusion_after_follow_up": "concluded_on"}
"""At which field a refusal is shown."""


@blueprint.get("/oversight")
@requires(Action.SEE_OVERSIGHT)
def oversight() -> str:
    """List the acts of state management by unit, kind and day."""
    lang = current_language()
    filters = _filters()
    page = oversight_page(actor(), filters, Cursor.read(request.args.get("at", "")))
    seen = not scope_of(actor(), Action.SEE_REPORTS).nothing
    return render_template(
        "reports/oversight.html",
        page=page,
        filters=filters,
        units=reach_of(actor(), action=Action.SEE_OVERSIGHT).units,
        kinds=[(kind.value, label(kind, lang)) for kind in OversightKind],
        lines=[_line(line) for line in page.lines],
        next=_next(page.next),
        sheets=SHEETS.values(),
        writes=not scope_of(actor(), Action.KEEP_OVERSIGHT).nothing,
        tabs=tabs(Asked.read(), "oversight", ratings=_may(Action.SEE_RATINGS)) if seen else [],
    )


def _may(action: Action) -> bool:
    return not scope_of(actor(), action).nothing


def _filters() -> OversightFilters:
    kind = request.args.get("kind", "")
    return OversightFilters(
        request.args.get("unit", "")[:40],
        OversightKind(kind) if kind in set(OversightKind) else None,
        _day("from"),
        _day("to"),
    )


def _day(name: str) -> date | None:
    """A day of the filter; what is no day narrows nothing."""
    try:
        return date.fromisoformat(request.args.get(name, "")[:10])
    except ValueError:
        return None


def _next(cursor: Cursor | None) -> str | None:
    if cursor is None:
        return None
    names = ("unit", "kind", "from", "to")
    kept: dict[str, Any] = {n: request.args[n] for n in names if request.args.get(n)}
    return url_for("reports.oversight", **kept, at=str(cursor))


def _line(line: OversightLine) -> dict[str, Any]:
    """One act as the list tells it."""
    lang = current_language()
    said = {
        OversightKind.TRAINING: gettext(
            "%(classes)s lớp, %(people)s người",
            classes=format_number(line.classes, lang),
            people=format_number(line.people, lang),
        ),
        OversightKind.INSPECTION: gettext(
            "%(units)s đơn vị", units=format_number(line.units, lang)
        ),
    }
    return {
        "id": line.id,
        "on": line.on,
        "unit": line.unit_en if lang == "en" and line.unit_en else line.unit,
        "kind": label(line.kind, lang),
        "title": line.title,
        "number": line.number,
        "size": said.get(line.kind, ""),
        "standing": standing(line),
        "struck": line.struck,
    }


def standing(line: OversightLine) -> dict[str, str] | None:
    """How far an inspection has come, with the tone of its tag."""
    if line.kind is not OversightKind.INSPECTION:
        return None
    if line.concluded_on is None:
        return {"text": gettext("Chưa có kết luận"), "tone": "working"}
    if line.finished_on is None:
        return {"text": gettext("Đang thực hiện kết luận"), "tone": "soon"}
    return {"text": gettext("Đã thực hiện xong"), "tone": "answered"}


@blueprint.get("/oversight/new/<string:sheet>")
@requires(Action.KEEP_OVERSIGHT)
def new_act(sheet: str) -> Answer:
    """Ask for an act."""
    sort = sheet_named(sheet)
    return _act_page(sort, act_form(sort))


@blueprint.post("/oversight/new/<string:sheet>")
@requires(Action.KEEP_OVERSIGHT)
def enter_act(sheet: str) -> Answer:
    """Write the act down."""
    sort = sheet_named(sheet)
    form = act_form(sort)
    if form.validate():
        try:
            made = record_act(actor(), int(form.unit.data), entry_of(form, sort), office=office())
        except RuleBroken as refused:
            show_refusal(form, refused, FIELD_OF)
        else:
            flash(gettext("Đã ghi vào sổ."), "success")
            return redirect(url_for("reports.one_act", act_id=made), 303)
    return _act_page(sort, form), WRONG


def _act_page(sheet: Sheet, form: Any) -> str:
    return render_template(
        "reports/oversight_form.html",
        form=form,
        heading=sheet.entering,
        lede="",
        action=url_for("reports.enter_act", sheet=sheet.name),
        back=url_for("reports.oversight"),
        submit=gettext("Ghi vào sổ"),
    )


@blueprint.get("/oversight/<int(max=2147483647):act_id>")
@requires(Action.SEE_OVERSIGHT)
def one_act(act_id: int) -> str:
    """Show one act with what became of it, and what may be done next."""
    found = oversight_act(actor(), act_id)
    lang = current_language()
    return render_template(
        "reports/oversight_act.html",
        found=found,
        line=found.line,
        unit=found.line.unit_en if lang == "en" and found.line.unit_en else found.line.unit,
        kind=label(found.line.kind, lang),
        standing=standing(found.line),
        facts=_facts(found),
        changes=[_change(one) for one in found.changes],
        writes=can_at(actor(), Action.KEEP_OVERSIGHT, found.line.unit_id),
    )


def _facts(found: OversightDetail) -> list[dict[str, str]]:
    """What is recorded, in the order of the form."""
    lang, entry = current_language(), found.entry
    training, inspection = (
        entry.kind is kind for kind in (OversightKind.TRAINING, OversightKind.INSPECTION)
    )
    names = ["on", "number", *(["classes", "people"] if training else [])]
    names += ["units"] if inspection else []
    told = [(name, getattr(entry, name)) for name in names]
    if entry.conclusion is not None:
        told += [
            ("concluded_on", entry.conclusion.on),
            ("conclusion_no", entry.conclusion.number),
            ("organisations_disciplined", entry.conclusion.organisations_disciplined),
            ("people_disciplined", entry.conclusion.people_disciplined),
            ("organisations_referred", entry.conclusion.organisations_referred),
            ("people_referred", entry.conclusion.people_referred),
        ]
    if found.line.finished_on is not None:
        told.append(("finished_on", found.line.finished_on))
    return [
        {"key": str(COLUMNS[name]), "value": _said(name, value, lang)}
        for name, value in told
        if value != ""
    ]


def _said(name: str, value: Any, lang: str) -> str:
    """A value of a column as a person reads it."""
    if name == "kind":
        return label(OversightKind(value), lang)
    if value is None or value == "":
        return gettext("(để trống)")
    if isinstance(value, bool):
        return gettext("Có") if value else gettext("Không")
    if isinstance(value, date):
        return format_date(value, lang)
    if name in ("on", "concluded_on", "finished_on"):
        return format_date(date.fromisoformat(value), lang)
    return format_number(value, lang) if isinstance(value, int) else str(value)


def _change(one: OversightChangeLine) -> dict[str, Any]:
    """A correction, or a step that was recorded, with what stood there before."""
    lang = current_language()
    corrected = bool(one.reason)
    return {
        "at": one.at,
        "by": one.by,
        "reason": one.reason,
        "columns": [
            {
                "name": COLUMNS[name],
                "before": _said(name, value, lang) if corrected and name != "follow_up" else "",
            }
            for name, value in one.before.items()
        ],
    }


def _kept(act_id: int) -> OversightDetail:
    """The act, for those who may change it."""
    found = oversight_act(actor(), act_id)
    if not can_at(actor(), Action.KEEP_OVERSIGHT, found.line.unit_id):
        raise NotFound("act")
    return found


def _step(act_id: int, form: Form, act: Callable[[], None], said: str) -> Response | None:
    """Do what a form asks and go back to the act; None where it must be shown again."""
    if not form.validate():
        return None
    try:
        act()
    except NotFound:
        raise
    except RuleBroken as refused:
        show_refusal(form, refused, FIELD_OF)
        return None
    flash(said, "success")
    return redirect(url_for("reports.one_act", act_id=act_id), 303)


def _page(found: OversightDetail, form: Any, endpoint: str, heading: str, **words: Any) -> str:
    """A form of one act."""
    shown = {"lede": found.line.title, "submit": gettext("Lưu"), **words}
    return render_template(
        "reports/oversight_form.html",
        form=form,
        heading=heading,
        action=url_for(f"reports.{endpoint}", act_id=found.line.id, **shown.pop("at", {})),
        back=url_for("reports.one_act", act_id=found.line.id),
        **shown,
    )


@blueprint.get("/oversight/<int(max=2147483647):act_id>/correct")
@requires(Action.KEEP_OVERSIGHT)
def ask_act_correction(act_id: int) -> Answer:
    """The act as it stands, to be put right."""
    found = _kept(act_id)
    return _correction(found, correction_form(found, posted=False))


@blueprint.post("/oversight/<int(max=2147483647):act_id>/correct")
@requires(Action.KEEP_OVERSIGHT)
def put_act_right(act_id: int) -> Answer:
    """Put the act right; what it said before is kept."""
    found = _kept(act_id)
    form = correction_form(found, posted=True)
    done = _step(
        act_id,
        form,
        lambda: correct_act(
            actor(),
            act_id,
            entry_of(form, sheet_of(found.line.kind)),
            reason=form.reason.data or "",
            office=office(),
        ),
        gettext("Đã sửa. Nội dung cũ được lưu lại."),
    )
    return done or (_correction(found, form), WRONG)


def _correction(found: OversightDetail, form: Any) -> str:
    return _page(
        found,
        form,
        "put_act_right",
        gettext("Sửa dòng này"),
        lede=gettext("Nội dung cũ được lưu lại cùng người sửa và lý do."),
        submit=gettext("Lưu bản sửa"),
    )


@blueprint.get("/oversight/<int(max=2147483647):act_id>/conclude")
@requires(Action.KEEP_OVERSIGHT)
def ask_conclusion(act_id: int) -> Answer:
    """Ask for the conclusion of an inspection."""
    found = _kept(act_id)
    form = ConclusionForm(data={"concluded_on": today()})
    return _page(found, form, "conclude_act", gettext("Ghi kết luận thanh tra"))


@blueprint.post("/oversight/<int(max=2147483647):act_id>/conclude")
@requires(Action.KEEP_OVERSIGHT)
def conclude_act(act_id: int) -> Answer:
    """Record the conclusion."""
    found, form = _kept(act_id), ConclusionForm()
    done = _step(
        act_id,
        form,
        lambda: conclude_inspection(actor(), act_id, conclusion_of(form), office=office()),
        gettext("Đã ghi kết luận."),
    )
    heading = gettext("Ghi kết luận thanh tra")
    return done or (_page(found, form, "conclude_act", heading), WRONG)


@blueprint.get("/oversight/<int(max=2147483647):act_id>/follow-up")
@requires(Action.KEEP_OVERSIGHT)
def ask_follow_up(act_id: int) -> Answer:
    """Ask what was done of the conclusion."""
    found = _kept(act_id)
    form = FollowUpForm(data={"on": today()})
    return _page(found, form, "follow_up_act", gettext("Ghi kết quả thực hiện kết luận"))


@blueprint.post("/oversight/<int(max=2147483647):act_id>/follow-up")
@requires(Action.KEEP_OVERSIGHT)
def follow_up_act(act_id: int) -> Answer:
    """Record what was done."""
    found, form = _kept(act_id), FollowUpForm()
    done = _step(
        act_id,
        form,
        lambda: record_follow_up(actor(), act_id, follow_up_of(form), office=office()),
        gettext("Đã ghi kết quả thực hiện."),
    )
    heading = gettext("Ghi kết quả thực hiện kết luận")
    return done or (_page(found, form, "follow_up_act", heading), WRONG)


@blueprint.get("/oversight/<int(max=2147483647):act_id>/strike")
@requires(Action.KEEP_OVERSIGHT)
def ask_act_strike(act_id: int) -> Answer:
    """Ask for the reason, and say what becomes of the line."""
    return _strike(_kept(act_id), ReasonForm(formdata=None))


@blueprint.post("/oversight/<int(max=2147483647):act_id>/strike")
@requires(Action.KEEP_OVERSIGHT)
def strike_line(act_id: int) -> Answer:
    """Strike the line out; one that was struck out stands again."""
    found, form = _kept(act_id), ReasonForm()
    wanted = not found.line.struck
    done = _step(
        act_id,
        form,
        lambda: strike_act(
            actor(), act_id, struck=wanted, reason=form.reason.data or "", office=office()
        ),
        gettext("Đã gạch bỏ dòng này.") if wanted else gettext("Dòng này được khôi phục."),
    )
    return done or (_strike(found, form), WRONG)


def _strike(found: OversightDetail, form: Any) -> str:
    struck = found.line.struck
    heading = gettext("Khôi phục dòng này") if struck else gettext("Gạch bỏ dòng này")
    lede = (
        gettext("Dòng này lại được tính vào số liệu. Lần gạch bỏ vẫn lưu trong lịch sử.")
        if struck
        else gettext("Dùng khi ghi nhầm hoặc ghi hai lần. Dòng vẫn giữ, chỉ không tính.")
    )
    return _page(found, form, "strike_line", heading, lede=lede, submit=heading)


@blueprint.get("/oversight/<int(max=2147483647):act_id>/follow-ups/<int(max=2147483647):entry>")
@requires(Action.KEEP_OVERSIGHT)
def ask_follow_up_strike(act_id: int, entry: int) -> Answer:
    """Ask why an entry of what was done is struck out."""
    return _follow_up_strike(_kept(act_id), ReasonForm(formdata=None), entry)


@blueprint.post("/oversight/<int(max=2147483647):act_id>/follow-ups/<int(max=2147483647):entry>")
@requires(Action.KEEP_OVERSIGHT)
def strike_entry(act_id: int, entry: int) -> Answer:
    """Strike the entry out."""
    found, form = _kept(act_id), ReasonForm()
    done = _step(
        act_id,
        form,
        lambda: strike_follow_up(
            actor(), act_id, entry, reason=form.reason.data or "", office=office()
        ),
        gettext("Đã gạch bỏ lần thực hiện."),
    )
    return done or (_follow_up_strike(found, form, entry), WRONG)


def _follow_up_strike(found: OversightDetail, form: Any, entry: int) -> str:
    if all(one.id != entry for one in found.follow_ups):
        raise NotFound("follow_up")
    heading = gettext("Gạch bỏ lần thực hiện này")
    lede = gettext("Nếu lần này đã ghi là xong, kết luận lại được coi là chưa thực hiện xong.")
    return _page(
        found,
        form,
        "strike_entry",
        heading,
        lede=lede,
        submit=heading,
        at={"entry": entry},
    )
