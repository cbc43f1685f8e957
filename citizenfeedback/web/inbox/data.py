"""Answering what citizens ask about their data: one request at a time, the oldest first."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from wtforms import HiddenField

from citizenfeedback.documents.formats import format_date, format_size
from citizenfeedback.documents.labels import error_text, label
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.intake import LIMITS
from citizenfeedback.domain.law.sources import cite
from citizenfeedback.domain.privacy import GROUND_SOURCES, OF_PERSON, REFUSING
from citizenfeedback.domain.vocabulary import (
    Action,
    DataGround,
    DataOutcome,
    DataWish,
)
from citizenfeedback.queries.privacy import DataPage, OwnPaper, data_page
from citizenfeedback.services.casework import Seen
from citizenfeedback.services.privacy import Answer as DataAnswer
from citizenfeedback.services.privacy import answer_data_request
from citizenfeedback.web.context import actor, gateways, today
from citizenfeedback.web.desk import office
from citizenfeedback.web.fields import (
    ChoiceField,
    Form,
    LongTextField,
    ManyChoiceField,
    SelectField,
    TextField,
)
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.inbox import wording
from citizenfeedback.web.inbox.room import REFUSED, WRONG, Answer, blueprint


class DataAnswerForm(Form):
    """What is done, on which ground not, and what the citizen is told."""

    request_id = HiddenField()
    outcome = ChoiceField(_l("Đã làm gì?"), required=_l("Chọn kết quả"))
    value = TextField(
        _l("Nội dung đúng"),
        _l("Thay cho nội dung đang giữ. Nội dung cũ được xóa hẳn."),
        max_length=LIMITS["address"],
    )
    papers = ManyChoiceField(_l("Giấy tờ xóa khỏi hồ sơ"), _l("Xóa hẳn, không lấy lại được."))
    ground = SelectField(
        _l("Căn cứ không làm, hoặc chỉ làm một phần"),
        _l("Chỉ chọn khi không làm đủ như yêu cầu."),
    )
    text = LongTextField(
        _l("Trả lời người gửi đơn"),
        _l("Người gửi đơn chỉ đọc được sau khi xác nhận thêm một lần."),
        max_length=LIMITS["wish"],
        rows=4,
        required=_l("Viết câu trả lời cho người gửi đơn"),
    )

    def __init__(self, page: DataPage, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        lang, asked = current_language(), page.waiting
        self.outcome.choices = [(one.value, label(one, lang)) for one in DataOutcome]
        self.ground.choices = [
            (one.value, f"{label(one, lang)} ({cite(GROUND_SOURCES[one], lang)})")
            for one in REFUSING
        ]
        if asked is None:
            return
        corrects = asked.wish is DataWish.CORRECTION and asked.part in OF_PERSON
        if not corrects:
            del self.value
        if page.papers and asked.wish is DataWish.ERASURE:
            self.papers.choices = [(str(one.id), _paper(one)) for one in page.papers]
        else:
            del self.papers

    def answer(self) -> DataAnswer:
        """What was entered, as the service takes it."""
        chosen = self.papers.data or [] if "papers" in self else []
        return DataAnswer(
            outcome=DataOutcome(self.outcome.data),
            text=self.text.data or "",
            ground=DataGround(self.ground.data) if self.ground.data else None,
            value=(self.value.data or "") if "value" in self else "",
            papers=tuple(int(one) for one in chosen),
        )


def _paper(one: OwnPaper) -> str:
    lang = current_language()
    name = one.name or gettext("Tài liệu được niêm phong")
    return f"{name}, {format_size(one.size, lang)}, {format_date(one.at, lang)}"


@blueprint.get("/cases/<number>/data")
@requires(Action.ANSWER_DATA_REQUEST)
def data_requests(number: str) -> Answer:
    """The requests of a case, and the form to answer the one that has waited longest."""
    page = data_page(actor(), number, today())
    return _shown(page, DataAnswerForm(page))


@blueprint.post("/cases/<number>/data")
@requires(Action.ANSWER_DATA_REQUEST)
def answer_data(number: str) -> Answer:
    """Answer it, or show what is to be put right."""
    page = data_page(actor(), number, today())
    form = DataAnswerForm(page)
    if not form.validate():
        return _shown(page, form), WRONG
    request_id = str(form.request_id.data or "")
    asked = int(request_id) if request_id.isascii() and request_id.isdigit() else 0
    try:
        answer_data_request(
            actor(), Seen(number), asked, form.answer(), files=gateways().files, office=office()
        )
    except NotFound:
        raise
    except RuleBroken as refused:
        entry = _ENTRIES.get(refused.code, "outcome")
        said = error_text(refused.code, refused.values, current_language())
        shown = page.waiting is not None
        form.add_errors({(entry if entry in form else "outcome") if shown else "": said})
        return _shown(page, form), REFUSED
    flash(gettext("Đã trả lời. Người gửi đơn thấy ở trang theo dõi."), "success")
    return redirect(url_for("inbox.case", number=number), 303)


_ENTRIES = {
    "ground_needed": "ground",
    "value_needed": "value",
    "papers_needed": "papers",
    "paper_went_out": "papers",
    "unknown_paper": "papers",
}


def _shown(page: DataPage, form: DataAnswerForm) -> str:
    lang, waiting = current_language(), page.waiting
    if waiting is not None:
        form.request_id.data = str(waiting.id)
    return render_template(
        "inbox/data_requests.html",
        page=page,
        head=page.head,
        form=form,
        words=wording,
        label=lambda code: label(code, lang),
    )
