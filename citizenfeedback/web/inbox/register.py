"""The register of documents: which number went to which paper; entering numbers given by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from citizenfeedback.documents.catalogue import translate
from citizenfeedback.documents.labels import error_text, label
from citizenfeedback.documents.letter_words import DOCUMENT_LABELS
from citizenfeedback.documents.register_book import (
    note_of,
    register_csv,
    register_xlsx,
    what_it_is,
    who_gets_it,
)
from citizenfeedback.documents.tables import MEDIA_TYPES
from citizenfeedback.domain.access import can, can_at, scope_of
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.law.forms import NUMBERED_KINDS, DocumentKind
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.domain.windows import Window
from citizenfeedback.queries.receptions import units_for
from citizenfeedback.queries.register import (
    Narrowing,
    Next,
    next_numbers,
    register_book,
    register_page,
)
from citizenfeedback.services.paper_numbers import (
    HIGHEST,
    LONGEST,
    Paper,
    cancel_paper,
    enter_paper,
)
from citizenfeedback.services.reporting import record_export
from citizenfeedback.web.context import actor, gateways, now, today
from citizenfeedback.web.desk import office
from citizenfeedback.web.fields import (
    DateField,
    Form,
    LongTextField,
    NumberField,
    SelectField,
    TextField,
)
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.inbox.cases import download
from citizenfeedback.web.inbox.room import REFUSED, WRONG, Answer, blueprint

MOST = 2**31


class PaperForm(Form):
    """A paper that was numbered by hand."""

    unit = SelectField(_l("Sổ của đơn vị"), required=_l("Chọn đơn vị"), empty=None)
    document = SelectField(_l("Loại văn bản"), required=_l("Chọn loại văn bản"))
    number = NumberField(
        _l("Số đã ghi trên văn bản"), required=_l("Nhập số"), minimum=1, maximum=HIGHEST
    )
    dated = DateField(_l("Ngày văn bản"), required=_l("Nhập ngày văn bản"))
    summary = LongTextField(
        _l("Trích yếu"),
        _l("Về tố cáo, không ghi tên, địa chỉ, số điện thoại người tố cáo."),
        required=_l("Ghi trích yếu"),
        max_length=LONGEST["summary"],
        rows=2,
    )
    recipients = TextField(_l("Nơi nhận"), max_length=LONGEST["recipients"])
    signer = TextField(_l("Người ký"), max_length=LONGEST["signer"], autocomplete="off")
    case_number = TextField(_l("Mã vụ việc (nếu có)"), max_length=16, width=20, autocomplete="off")


@blueprint.get("/register")
@requires(Action.SEE_REGISTER)
def register() -> str:
    """The numbers asked for, newest first."""
    return _register_page()


@blueprint.post("/register/export")
@requires(Action.SEE_REGISTER)
def export_register() -> Answer:
    """Hand out the registers of a unit and a year to print or to go on with; noted in the audit."""
    kind = "csv" if request.form.get("form") == "csv" else "xlsx"
    wanted, lang = _narrowing(request.form), current_language()
    try:
        books = register_book(actor(), wanted, gateways().keys)
    except NotFound:
        raise
    except RuleBroken as refused:
        return _register_page(error_text(refused.code, refused.values, lang)), REFUSED
    made = register_csv(books, lang) if kind == "csv" else register_xlsx(books, lang)
    year = books[0][0].year
    record_export(
        actor(),
        "register",
        kind,
        unit=books[0][0].unit,
        window=Window(date(year, 1, 1), date(year, 12, 31)),
        keys=gateways().keys,
        now=now(),
    )
    name = " ".join([gettext("Sổ văn bản đi"), wanted.symbol, str(year)]).replace("/", "-")
    return download(made, f"{' '.join(name.split())}.{kind}", MEDIA_TYPES[kind])


@blueprint.get("/register/enter")
@requires(Action.ENTER_NUMBER)
def new_paper() -> str:
    """Ask for a paper that was numbered by hand; the next number of each register is said."""
    form = _paper_form()
    if not form.is_submitted():
        form["dated"].data = today()
    return _enter_page(form)


@blueprint.post("/register/enter")
@requires(Action.ENTER_NUMBER)
def enter_number() -> Answer:
    """Enter it, so that the series goes on from there."""
    form = _paper_form()
    if not form.validate():
        return _enter_page(form), WRONG
    paper = Paper(
        unit_id=int(form["unit"].data),
        document=DocumentKind(form["document"].data),
        number=form["number"].data,
        dated=form["dated"].data,
        summary=form["summary"].data or "",
        recipients=form["recipients"].data or "",
        signer=form["signer"].data or "",
        case_number=form["case_number"].data or "",
    )
    try:
        given = enter_paper(actor(), paper, office=office())
    except NotFound:
        raise
    except RuleBroken as refused:
        entry = str(refused.values.get("entry") or "dated")
        form.add_errors({entry: error_text(refused.code, refused.values, current_language())})
        return _enter_page(form), REFUSED
    flash(gettext("Đã vào sổ văn bản số %(number)s.", number=given), "success")
    return redirect(url_for("inbox.register", unit=paper.unit_id, year=paper.dated.year), 303)


@blueprint.post("/register/<int(max=2147483647):number_id>/cancel")
@requires(Action.ENTER_NUMBER)
def cancel_number(number_id: int) -> Answer:
    """Cancel the number of a paper that was entered wrongly; it stays with the reason."""
    try:
        cancel_paper(actor(), number_id, request.form.get("reason", ""), office=office())
    except NotFound:
        raise
    except RuleBroken as refused:
        told = error_text(refused.code, refused.values, current_language())
        return _register_page(told), REFUSED
    flash(gettext("Đã hủy số. Số này vẫn nằm trong sổ cùng lý do."), "success")
    return redirect(url_for("inbox.register"), 303)


def _register_page(refusal: str = "") -> str:
    wanted, lang = _narrowing(request.args), current_language()
    before = request.args.get("before", type=int)
    page = register_page(
        actor(),
        wanted,
        gateways().keys,
        before=None if before is None else min(max(before, 0), MOST - 1),
    )
    told = {"unit": wanted.unit_id, "kind": wanted.symbol, "year": wanted.year, "q": wanted.q}
    kept: dict[str, Any] = {name: value for name, value in told.items() if value}
    enters = can(actor(), Action.ENTER_NUMBER)
    return render_template(
        "inbox/register.html",
        page=page,
        wanted=wanted,
        refusal=refusal,
        told={
            line.id: (what_it_is(line, lang), who_gets_it(line, lang), note_of(line, lang))
            for line in page.lines
        },
        states={line.state: label(line.state, lang) for line in page.lines},
        active=len(kept),
        next=url_for("inbox.register", **kept, before=page.next_before)
        if page.next_before
        else None,
        enters=enters,
        cancels={
            line.id
            for line in page.lines
            if line.by_hand and enters and can_at(actor(), Action.ENTER_NUMBER, line.unit_id)
        },
    )


def _narrowing(asked: Mapping[str, str]) -> Narrowing:
    """The unit, kind, year and words of an address or a form; what is none of them is left out."""
    unit, year = asked.get("unit", ""), asked.get("year", "")
    return Narrowing(
        unit_id=int(unit) if _is_number(unit) and len(unit) < 10 else None,
        symbol=asked.get("kind", "")[:40],
        year=int(year) if _is_number(year) and len(year) == 4 else None,
        q=asked.get("q", "")[:100],
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _paper_form() -> PaperForm:
    lang = current_language()
    form = PaperForm()
    form["unit"].choices = [
        (str(one.id), one.title(lang)) for one in units_for(actor(), Action.ENTER_NUMBER)
    ]
    form["document"].choices = [
        (kind.value, translate(DOCUMENT_LABELS[kind], lang)) for kind in NUMBERED_KINDS
    ]
    return form


def _enter_page(form: PaperForm) -> str:
    units = scope_of(actor(), Action.ENTER_NUMBER).unit_ids
    asked = request.values.get("unit", "")
    chosen = int(asked) if _is_number(asked) and len(asked) < 10 else actor().unit_id
    lang = current_language()
    coming: tuple[Next, ...] = ()
    if chosen is not None and (units is None or chosen in units):
        coming = next_numbers(actor(), chosen, today().year)
    return render_template(
        "inbox/register_enter.html",
        form=form,
        coming=[
            (translate(DOCUMENT_LABELS[one.document], lang), one.symbol, one.number)
            for one in coming
        ],
    )
