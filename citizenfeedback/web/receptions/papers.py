"""Papers handed in: entering the list, and the receipt (Mẫu 02/TCD) to print and sign."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from citizenfeedback.domain.access import can_at
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.intake import LIMITS
from citizenfeedback.domain.receptions import (
    COPIES_MOST,
    PAGES_MOST,
    PAPERS_MOST,
    Copy,
    Paper,
    PapersEntry,
)
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.gateways.clock import LOCAL_ZONE
from citizenfeedback.queries.papers import papers_case, receipts_of
from citizenfeedback.queries.receptions import reception
from citizenfeedback.services.papers import NewPapers, papers_receipt, record_papers
from citizenfeedback.web.context import actor, now, today
from citizenfeedback.web.desk import office, show_refusal
from citizenfeedback.web.fields import DateField, Form, NumberField, SelectField, TextField
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import gettext
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.receptions.refusals import TYPES
from citizenfeedback.web.receptions.room import WRONG, Answer, blueprint

ROWS, MORE_ROWS = 4, 4
_COPIES = (
    (Copy.COPY, _l("Bản sao")),
    (Copy.ORIGINAL, _l("Bản gốc")),
    (Copy.CERTIFIED, _l("Bản sao có chứng thực")),
)


class PapersForm(Form):
    """Who handed papers in, when and where; the rows of the list are added to it."""

    on = DateField(_l("Ngày nhận"), required=_l("Nhập ngày nhận"))
    time = TextField(
        _l("Giờ nhận"),
        _l("Ví dụ 08:30."),
        required=_l("Nhập giờ và phút, ví dụ 08:30."),
        max_length=5,
        width=5,
    )
    place = TextField(_l("Nơi nhận"), required=_l("Nhập nơi nhận"), max_length=LIMITS["address"])
    name = TextField(_l("Người giao"), max_length=LIMITS["name"], autocomplete="off")
    id_no = TextField(_l("Số căn cước hoặc hộ chiếu"), max_length=20, width=20, autocomplete="off")
    address = TextField(_l("Địa chỉ"), max_length=LIMITS["address"], autocomplete="off")
    copies = NumberField(_l("Số bản của giấy này"), minimum=2, maximum=COPIES_MOST, default=2)


@blueprint.get("/papers/new")
@requires(Action.REGISTER_RECEPTION)
def new_papers() -> Answer:
    """An empty list, for a visit or for a case."""
    return _page(_Of.asked(), None)


@blueprint.post("/papers/new")
@requires(Action.REGISTER_RECEPTION)
def enter_papers() -> Answer:
    """Write the papers down, or show more rows to fill."""
    of = _Of.asked()
    rows = _rows_asked()
    if "more" in request.form:
        return _page(of, _form(min(rows + MORE_ROWS, PAPERS_MOST)), rows + MORE_ROWS)
    form = _form(rows)
    if form.validate():
        new = NewPapers(_entry(form, rows), of.reception_id, of.case_number)
        try:
            record_papers(actor(), new, office=office())
        except NotFound:
            raise
        except RuleBroken as refused:
            show_refusal(form, refused, {})
        else:
            flash(gettext("Đã ghi nhận tài liệu. In giấy biên nhận và cùng ký."), "success")
            return redirect(url_for("receptions.new_papers", **of.address), 303)
    return _page(of, form, rows), WRONG


@blueprint.get("/papers/<int(max=2147483647):receipt_id>.<any(pdf,docx):form_of>")
@requires(Action.REGISTER_RECEPTION)
def papers_paper(receipt_id: int, form_of: str) -> Response:
    """The receipt as a file, to print and sign."""
    content = papers_receipt(actor(), receipt_id, form_of, office=office())
    answer = Response(content, mimetype=TYPES[form_of])
    answer.headers["Content-Disposition"] = f"attachment; filename=giay-bien-nhan.{form_of}"
    answer.headers["Cache-Control"] = "no-store"
    return answer


class _Of:
    """What the papers belong to, as the address says: `visit=` or `case=`."""

    def __init__(self, reception_id: int | None, case_number: str) -> None:
        self.reception_id = reception_id
        self.case_number = case_number
        self.address = {"visit": reception_id} if reception_id else {"case": case_number}
        self.filled: dict[str, Any] = {}
        if reception_id is not None:
            found = reception(actor(), reception_id)
            if not can_at(actor(), Action.REGISTER_RECEPTION, found.unit_id):
                raise NotFound("reception")
            self.title = found.book_no
            self.sealed = found.sealed
            self.back = url_for("receptions.visit", reception_id=reception_id)
            self.receipts = receipts_of(actor(), reception_id=reception_id)
            self.filled = {"name": found.name, "id_no": found.id_no, "address": found.address}
            place = found.unit_address or found.unit
        else:
            case = papers_case(actor(), case_number)
            self.title = case.number
            self.sealed = False
            self.back = url_for("inbox.case", number=case.number)
            self.receipts = receipts_of(actor(), case_id=case.id)
            place = case.unit_address or case.unit
        self.filled |= {
            "place": place,
            "on": today(),
            "time": f"{now().astimezone(LOCAL_ZONE):%H:%M}",
        }

    @classmethod
    def asked(cls) -> _Of:
        """Read it from the address; nothing there is nothing to be found."""
        text = request.args.get("visit", "")
        if text.isascii() and text.isdigit() and len(text) < 10:
            return cls(int(text), "")
        if not request.args.get("case"):
            raise NotFound("reception")
        return cls(None, request.args["case"][:20])


def _rows_asked() -> int:
    text = request.form.get("rows", "")
    shaped = text.isascii() and text.isdigit() and len(text) < 4
    return min(max(int(text) if shaped else ROWS, 1), PAPERS_MOST)


def _form(rows: int, filled: dict[str, Any] | None = None) -> PapersForm:
    fields: dict[str, Any] = {}
    for row in range(1, rows + 1):
        fields[f"name_{row}"] = TextField(_l("Tên tài liệu"), max_length=200)
        fields[f"pages_{row}"] = NumberField(
            _l("Số trang"), minimum=1, maximum=PAGES_MOST, default=1
        )
        fields[f"copy_{row}"] = SelectField(
            _l("Bản gốc hay bản sao"), choices=list(_COPIES), empty=None
        )
        fields[f"condition_{row}"] = TextField(_l("Tình trạng"), max_length=100)
    made: PapersForm = type("ListedPapersForm", (PapersForm,), fields)(data=filled)
    return made


def _entry(form: PapersForm, rows: int) -> PapersEntry:
    papers = tuple(
        Paper(
            form[f"name_{row}"].data,
            form[f"pages_{row}"].data or 1,
            Copy(form[f"copy_{row}"].data or Copy.COPY),
            form[f"condition_{row}"].data or "",
        )
        for row in range(1, rows + 1)
        if form[f"name_{row}"].data
    )
    return PapersEntry(
        on=form.on.data,
        copies=form.copies.data or 2,
        papers=papers,
        **{name: form[name].data or "" for name in ("time", "place", "name", "id_no", "address")},
    )


def _page(of: _Of, form: PapersForm | None, rows: int = ROWS) -> str:
    rows = min(rows, PAPERS_MOST)
    return render_template(
        "receptions/papers.html",
        of=of,
        form=form if form is not None else _form(rows, of.filled),
        rows=rows,
    )
