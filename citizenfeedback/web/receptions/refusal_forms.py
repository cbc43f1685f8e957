"""The forms of refusals to receive: the record, the text of the notice, its sending."""

from __future__ import annotations

from citizenfeedback.documents.labels import label
from citizenfeedback.documents.letters import section_label
from citizenfeedback.domain.receptions import REFUSAL_LIMITS, RefusalEntry, refusal_grounds
from citizenfeedback.domain.vocabulary import Action, ReceptionKind, SendingWay
from citizenfeedback.queries.receptions import units_for
from citizenfeedback.queries.refusals import NoticeDetail
from citizenfeedback.services.refusing import WAYS, Sending
from citizenfeedback.web.context import actor, today
from citizenfeedback.web.fields import (
    ChoiceField,
    DateField,
    Form,
    LongTextField,
    SelectField,
    TextField,
)
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.signing import signing_fields

SECTION_FIELDS = ("summary", "addressee", "bases", "body", "recipients")


class RefusalForm(Form):
    """Somebody who was not received."""

    refused_on = DateField(_l("Ngày từ chối"), required=_l("Nhập ngày từ chối"))
    unit = SelectField(_l("Nơi tiếp"), required=_l("Chọn nơi tiếp"), empty=None)
    ground = ChoiceField(
        _l("Căn cứ từ chối"),
        _l("Chỉ từ chối theo các căn cứ trong danh sách này."),
        required=_l("Chọn căn cứ từ chối"),
    )
    name = TextField(
        _l("Họ và tên người đến"),
        _l("Ghi theo những gì biết được."),
        max_length=REFUSAL_LIMITS["name"],
        autocomplete="off",
    )
    id_no = TextField(_l("Số căn cước hoặc hộ chiếu"), max_length=20, width=20, autocomplete="off")
    address = TextField(
        _l("Địa chỉ"),
        _l("Bắt buộc khi phải gửi thông báo bằng văn bản."),
        max_length=REFUSAL_LIMITS["address"],
        autocomplete="off",
    )
    kind = ChoiceField(_l("Loại đơn"), required=_l("Chọn loại đơn"), inline=True)
    summary = LongTextField(
        _l("Nội dung vụ việc"),
        _l("Với tố cáo, không ghi điều làm lộ người tố cáo."),
        required=_l("Ghi tóm tắt nội dung"),
        max_length=REFUSAL_LIMITS["summary"],
        rows=3,
    )
    explanation = LongTextField(
        _l("Đã giải thích cho người đến"),
        required=_l("Ghi lời giải thích"),
        max_length=REFUSAL_LIMITS["explanation"],
        rows=3,
    )


class NoticeForm(Form):
    """The text of a notice."""

    summary = TextField(_l("Trích yếu"), max_length=300)
    addressee = TextField(_l("Kính gửi"), max_length=300)
    bases = LongTextField(_l("Căn cứ"), max_length=20_000, rows=4)
    body = LongTextField(_l("Nội dung"), required=_l("Nhập nội dung"), max_length=20_000, rows=12)
    recipients = LongTextField(_l("Nơi nhận"), max_length=20_000, rows=3)


class ReasonForm(Form):
    """Why a notice goes back or is cancelled."""

    reason = TextField(_l("Lý do"), required=_l("Ghi lý do."), max_length=500)


class SendingForm(Form):
    """How a notice went out."""

    way = ChoiceField(
        _l("Cách gửi"), required=_l("Chọn cách gửi"), inline=True, default=SendingWay.POST
    )
    on = DateField(_l("Ngày gửi"), required=_l("Nhập ngày gửi"))
    proof = TextField(
        _l("Chứng từ gửi"),
        _l("Số hiệu bưu gửi, hoặc người ký nhận."),
        required=_l("Ghi số hiệu bưu gửi, hoặc người ký nhận."),
        max_length=200,
    )


def refusal_form() -> RefusalForm:
    """The form with the choices of this person; every ground has its article beside it."""
    lang = current_language()
    form = RefusalForm()
    form.kind.choices = [(kind, label(kind, lang)) for kind in ReceptionKind]
    form.ground.choices = [
        (
            one.code,
            gettext(
                "%(ground)s (%(law)s)%(notice)s",
                ground=one.label(lang),
                law=one.law(lang),
                notice=gettext(" – phải có thông báo bằng văn bản") if one.written_notice else "",
            ),
        )
        for one in refusal_grounds(None if form.is_submitted() else today())
    ]
    units = units_for(actor(), Action.REGISTER_RECEPTION)
    form.unit.choices = [(str(unit.id), unit.title(lang)) for unit in units]
    if not form.is_submitted():
        form.refused_on.data = today()
        form.kind.data = ReceptionKind.NONE
        if any(unit.id == actor().unit_id for unit in units):
            form.unit.data = str(actor().unit_id)
    return form


def refusal_of(form: RefusalForm) -> tuple[int, RefusalEntry]:
    """The unit and what was entered."""
    return int(form.unit.data), RefusalEntry(
        refused_on=form.refused_on.data,
        ground=form.ground.data or "",
        kind=ReceptionKind(form.kind.data),
        **{
            name: form[name].data or ""
            for name in ("name", "id_no", "address", "summary", "explanation")
        },
    )


def notice_form(notice: NoticeDetail, *, as_kept: bool = False) -> NoticeForm:
    """The text of a notice, with the names its sections have on paper, and who signs it."""
    form_class = type("NoticeTextForm", (NoticeForm,), signing_fields(notice.signing))
    form: NoticeForm = form_class(data=dict(notice.sections)) if as_kept else form_class()
    lang = current_language()
    for name in SECTION_FIELDS:
        form[name].label.text = section_label(name, lang)
    return form


def sending_form() -> SendingForm:
    """How a notice went out: posted or handed over, today unless said otherwise."""
    form = SendingForm()
    form.way.choices = [(way, label(way, current_language())) for way in WAYS]
    if form.on.data is None and not form.on.typed:
        form.on.data = today()
    return form


def sending_of(form: SendingForm) -> Sending:
    """What was entered."""
    return Sending(SendingWay(form.way.data), form.on.data, form.proof.data or "")
