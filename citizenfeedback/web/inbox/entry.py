"""Entering what came on paper, by word of mouth or by telephone, and printing the slip."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField

from citizenfeedback.documents.labels import error_text, label, problem_text
from citizenfeedback.documents.receipt import code_picture, receipt
from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.intake import LIMITS, SIGNATORIES_MOST
from citizenfeedback.domain.text import shorten
from citizenfeedback.domain.vocabulary import Action, CaseField, CaseKind, Channel, ReceptionKind
from citizenfeedback.gateways.keys import CannotUnseal
from citizenfeedback.queries.case_page import slip_facts
from citizenfeedback.queries.colleagues import Choice, units_to_pass_to, units_within
from citizenfeedback.queries.receptions import ReceptionDetail, reception
from citizenfeedback.queries.search import similar
from citizenfeedback.services.registering import Registered
from citizenfeedback.services.registration import (
    PAPER,
    Incomplete,
    PaperSubmission,
    register_submission,
)
from citizenfeedback.web.context import actor, gateways, setting, today
from citizenfeedback.web.desk import office
from citizenfeedback.web.fields import (
    ChoiceField,
    DateField,
    EmailField,
    Form,
    LongTextField,
    NumberField,
    PhoneField,
    SelectField,
    TextField,
    TickField,
)
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.inbox import wording
from citizenfeedback.web.inbox.room import REFUSED, WRONG, Answer, blueprint

SLIP = "slip"

_ASKED = _l("Nộp trực tiếp thì phải ghi, trừ phản ánh. Đơn gửi đến thì ghi nếu có.")


class PaperForm(Form):
    """What an official copies from the paper, in the order in which a paper says it."""

    kind = ChoiceField(
        _l("Loại đơn"),
        required=_l("Chọn loại đơn"),
        choices=[
            (CaseKind.COMPLAINT, _l("Khiếu nại"), _l("Không đồng ý một quyết định, việc làm.")),
            (CaseKind.DENUNCIATION, _l("Tố cáo"), _l("Báo người vi phạm pháp luật. Được giữ kín.")),
            (CaseKind.PETITION, _l("Kiến nghị"), _l("Đề xuất hoặc xin một việc.")),
            (CaseKind.REFLECTION, _l("Phản ánh"), _l("Kể một việc thấy hoặc gặp.")),
        ],
    )
    second = TickField(_l("Khiếu nại lần hai hoặc tố cáo tiếp"))
    channel = ChoiceField(_l("Cách gửi"), required=_l("Chọn cách gửi"), inline=True)
    received_on = DateField(_l("Ngày nhận"), required=_l("Nhập ngày nhận đơn"))
    late_reason = TextField(
        _l("Lý do vào sổ muộn"),
        _l("Chỉ khi vào sổ sau hơn 5 ngày làm việc."),
        max_length=LIMITS["late_reason"],
    )
    name = TextField(
        _l("Họ và tên"), _ASKED, max_length=LIMITS["name"], marked=False, autocomplete="off"
    )
    id_no = TextField(
        _l("Số căn cước hoặc hộ chiếu"),
        _l("Khiếu nại, tố cáo nộp trực tiếp phải ghi. Đơn gửi đến thì ghi nếu có."),
        marked=False,
        max_length=LIMITS["id_no"],
        width=20,
        autocomplete="off",
    )
    address = TextField(
        _l("Địa chỉ"), _ASKED, max_length=LIMITS["address"], marked=False, autocomplete="off"
    )
    phone = PhoneField(_l("Số điện thoại"), autocomplete="off")
    email = EmailField(_l("Địa chỉ email"), autocomplete="off")
    signatories = NumberField(_l("Số người ký tên"), minimum=1, maximum=SIGNATORIES_MOST, default=1)
    signed = TickField(_l("Đơn có chữ ký hoặc điểm chỉ"), default=True)
    respondent = TextField(
        _l("Đơn nói về ai, cơ quan nào"),
        _l("Khiếu nại và tố cáo phải ghi."),
        max_length=LIMITS["respondent"],
        autocomplete="off",
    )
    respondent_unit = SelectField(
        _l("Cơ quan hoặc người đứng đầu cơ quan bị tố cáo"),
        _l("Cơ quan này và người của cơ quan sẽ không thấy đơn."),
        empty=_l("Không phải cơ quan trong danh sách"),
    )
    field = SelectField(_l("Lĩnh vực"), required=_l("Chọn lĩnh vực"))
    unit = SelectField(_l("Đơn vị nhận"), required=_l("Chọn đơn vị nhận"))
    summary = LongTextField(
        _l("Tóm tắt nội dung"),
        _l("Với tố cáo, không ghi điều làm lộ người tố cáo."),
        required=_l("Ghi tóm tắt nội dung"),
        max_length=LIMITS["summary"],
        rows=3,
    )
    words = LongTextField(_l("Lời trình bày"), max_length=LIMITS["words"], rows=6)
    wish = LongTextField(_l("Yêu cầu"), max_length=LIMITS["wish"], rows=2)
    papers = NumberField(
        _l("Số giấy tờ nộp kèm"),
        _l("Ghi trên giấy biên nhận. Danh mục giấy tờ lập sau, ở trang vụ việc."),
        maximum=999,
    )
    submission = HiddenField()
    reception = HiddenField()
    confirmed = HiddenField()


@blueprint.get("/new")
@requires(Action.REGISTER_SUBMISSION)
def new() -> Answer:
    """An empty page of the register, or one with what the reception book holds of a visit."""
    form = _form()
    visit = _visit(request.args.get("reception", ""))
    if visit is not None:
        form.reception.data = str(visit.id)
        form.kind.data = "" if visit.kind is ReceptionKind.NONE else visit.kind
        form.received_on.data = visit.on
        form.unit.data = str(visit.unit_id)
        form.summary.data = shorten(visit.summary, LIMITS["summary"])
        form.signatories.data = visit.people
        form.name.data, form.id_no.data, form.address.data = (
            visit.name,
            visit.id_no,
            visit.address,
        )
    return _page(form)


@blueprint.post("/new")
@requires(Action.REGISTER_SUBMISSION)
def enter() -> Answer:
    """Enter it; if something like it is there already, ask first."""
    form = _form()
    if not form.validate():
        return _page(form), WRONG
    if not form.confirmed.data and form.kind.data != CaseKind.DENUNCIATION:
        found = similar(actor(), str(form.name.data or ""), str(form.id_no.data or ""))
        if found:
            form.confirmed.data = "1"
            return _page(form, found)
    try:
        registered = register_submission(
            actor(), _command(form), submission_id=_submission(form), office=office()
        )
    except Incomplete as wanting:
        form.add_errors(
            {
                problem.entry: problem_text(
                    problem.entry, problem.code, problem.limit, current_language()
                )
                for problem in wanting.problems
            }
        )
        return _page(form), WRONG
    except RuleBroken as refused:
        form.add_errors({"": error_text(refused.code, refused.values, current_language())})
        return _page(form), REFUSED
    keep_slip(registered, papers=form.papers.data)
    return redirect(url_for("inbox.slip"), 303)


@blueprint.get("/slip")
@requires(Action.REGISTER_SUBMISSION, Action.CONTINUE, Action.SPLIT)
def slip() -> Answer:
    """The slip of the case just entered, to be printed and handed over."""
    kept = _kept_slip()
    if kept is None:
        return redirect(url_for("inbox.cases"), 303)
    slip = slip_facts(actor(), kept["number"], kept["code"])
    facts = slip.receipt
    return render_template(
        "inbox/slip.html",
        slip=slip,
        facts=facts,
        papers=kept.get("papers"),
        receipt=receipt(facts, current_language()),
        track=setting("PUBLIC_URL") + "/track",
        sealed=facts.kind is CaseKind.DENUNCIATION,
        code=code_picture(setting("PUBLIC_URL"), facts.access_code, current_language()),
    )


@blueprint.post("/slip")
@requires(Action.REGISTER_SUBMISSION, Action.CONTINUE, Action.SPLIT)
def slip_done() -> Response:
    """The slip was handed over: the code is forgotten here."""
    kept = _kept_slip()
    session.pop(SLIP, None)
    if kept is None:
        return redirect(url_for("inbox.cases"), 303)
    return redirect(url_for("inbox.case", number=kept["number"]), 303)


def keep_slip(registered: Registered, *, papers: int | None = None) -> None:
    """Keep what the slip says, encrypted, in this session until it is handed over.

    `papers` is how many came with the submission; their list is the receipt 02/TCD of the case.
    """
    told = {"number": registered.number, "code": registered.access_code, "papers": papers}
    session[SLIP] = gateways().keys.seal(json.dumps(told)).decode()


def _kept_slip() -> dict[str, Any] | None:
    try:
        kept: dict[str, Any] = json.loads(
            gateways().keys.unseal(str(session.get(SLIP, "")).encode())
        )
    except CannotUnseal:
        return None
    return kept


def _form() -> PaperForm:
    lang = current_language()
    units = _units()
    form = PaperForm()
    form.channel.choices = [(channel, label(channel, lang)) for channel in PAPER]
    form.field.choices = [(field, label(field, lang)) for field in CaseField]
    form.unit.choices = [(str(unit.id), unit.title(lang)) for unit in units]
    form.respondent_unit.choices = [(str(unit.id), unit.title(lang)) for unit in units_to_pass_to()]
    form.received_on.latest = today()
    if not form.is_submitted():
        form.submission.data = str(uuid.uuid4())
        form.channel.data = Channel.IN_PERSON
        form.received_on.data = today()
        if any(unit.id == actor().unit_id for unit in units):
            form.unit.data = str(actor().unit_id)
    return form


def _units() -> list[Choice]:
    """The units at which this person may enter submissions."""
    reached = scope_of(actor(), Action.REGISTER_SUBMISSION).unit_ids
    return [unit for unit in units_within(actor()) if reached is None or unit.id in reached]


def _visit(text: str) -> ReceptionDetail | None:
    """The visit from which a submission is entered; one out of reach is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    try:
        found = reception(actor(), int(text))
    except NotFound:
        return None
    return None if found.case_number else found


def _submission(form: PaperForm) -> str:
    try:
        return str(uuid.UUID(str(form.submission.data)))
    except ValueError:
        return str(uuid.uuid4())


def _command(form: PaperForm) -> PaperSubmission:
    visit = _visit(str(form.reception.data or ""))
    texts: dict[str, Any] = {name: form[name].data or "" for name in _TEXTS}
    command = PaperSubmission(
        kind=CaseKind(form.kind.data),
        channel=Channel(form.channel.data),
        field=CaseField(form.field.data),
        unit_id=int(form.unit.data),
        received_on=form.received_on.data,
        signatories=form.signatories.data or 1,
        second=bool(form.second.data),
        signed=bool(form.signed.data),
        reception_id=visit.id if visit else None,
        **texts,
    )
    if command.kind is CaseKind.DENUNCIATION and form.respondent_unit.data:
        command = replace(command, respondent_unit_id=int(form.respondent_unit.data))
    return command


_TEXTS = (
    "summary",
    "words",
    "wish",
    "name",
    "address",
    "id_no",
    "phone",
    "email",
    "respondent",
    "late_reason",
)


def _page(form: PaperForm, found: tuple[Any, ...] = ()) -> str:
    visit = _visit(str(form.reception.data or ""))
    return render_template("inbox/new.html", form=form, found=found, words=wording, visit=visit)
