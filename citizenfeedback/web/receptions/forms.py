"""The forms of the reception book, in the order of its columns."""

from __future__ import annotations

from typing import Any

from citizenfeedback.documents.labels import label
from citizenfeedback.domain.receptions import (
    BOOK_LIMITS,
    PEOPLE_MOST,
    REASON_MOST,
    VISITORS_MOST,
    ReceptionEntry,
    SittingEntry,
)
from citizenfeedback.domain.vocabulary import Action, ReceivedBy, ReceptionKind, SittingKind
from citizenfeedback.queries.receptions import ReceptionDetail, SittingLine, units_for
from citizenfeedback.services.receiving import NewReception
from citizenfeedback.web.context import actor, today
from citizenfeedback.web.fields import (
    ChoiceField,
    DateField,
    Form,
    LongTextField,
    NumberField,
    SelectField,
    TextField,
    TickField,
)
from citizenfeedback.web.i18n import current_language
from citizenfeedback.web.i18n import lazy_gettext as _l


class VisitForm(Form):
    """One visit (Mẫu 03/TCD)."""

    visited_on = DateField(_l("Ngày tiếp"), required=_l("Nhập ngày tiếp"))
    name = TextField(
        _l("Họ và tên người đến"),
        _l("Với nhóm đông người, ghi tên người đại diện."),
        required=_l("Nhập họ và tên"),
        max_length=BOOK_LIMITS["name"],
        autocomplete="off",
    )
    address = TextField(
        _l("Địa chỉ"),
        required=_l("Nhập địa chỉ"),
        max_length=BOOK_LIMITS["address"],
        autocomplete="off",
    )
    id_no = TextField(_l("Số căn cước hoặc hộ chiếu"), max_length=20, width=20, autocomplete="off")
    summary = LongTextField(
        _l("Nội dung vụ việc"),
        _l("Với tố cáo, không ghi điều làm lộ người tố cáo."),
        required=_l("Ghi tóm tắt nội dung"),
        max_length=BOOK_LIMITS["summary"],
        rows=4,
    )
    kind = ChoiceField(_l("Loại đơn"), required=_l("Chọn loại đơn"))
    people = NumberField(_l("Số người cùng nội dung"), minimum=1, maximum=PEOPLE_MOST, default=1)
    matter = TextField(
        _l("Việc này đã có số"),
        _l("Số đơn, ví dụ 26-4K7Q-2, hoặc số sổ của lần tiếp trước."),
        max_length=60,
        width=20,
        autocomplete="off",
    )
    settled_by = TextField(_l("Cơ quan đã giải quyết"), max_length=BOOK_LIMITS["settled_by"])
    competent = ChoiceField(
        _l("Có thuộc thẩm quyền của cơ quan không?"),
        choices=[("yes", _l("Có")), ("no", _l("Không")), ("", _l("Chưa rõ"))],
        inline=True,
        default="",
    )
    guided_to = TextField(
        _l("Hướng dẫn đến cơ quan có thẩm quyền"),
        _l("Tên cơ quan và số văn bản hướng dẫn."),
        max_length=BOOK_LIMITS["guided_to"],
    )
    accepted_by = TextField(
        _l("Cơ quan, đơn vị thụ lý"),
        _l("Tên cơ quan và số văn bản chuyển đơn."),
        max_length=BOOK_LIMITS["accepted_by"],
    )
    follow_up = TextField(_l("Theo dõi kết quả giải quyết"), max_length=BOOK_LIMITS["follow_up"])
    notes = TextField(_l("Ghi chú"), max_length=BOOK_LIMITS["notes"])
    unit = SelectField(_l("Nơi tiếp"), required=_l("Chọn nơi tiếp"), empty=None)
    sitting = ChoiceField(
        _l("Kỳ tiếp"), required=_l("Chọn kỳ tiếp"), inline=True, default=SittingKind.REGULAR
    )
    received_by = ChoiceField(
        _l("Người tiếp"), required=_l("Chọn người tiếp"), inline=True, default=ReceivedBy.OFFICER
    )


class SittingForm(Form):
    """A leader's reception day."""

    held_on = DateField(_l("Ngày tiếp"), required=_l("Nhập ngày tiếp"))
    unit = SelectField(_l("Nơi tiếp"), required=_l("Chọn nơi tiếp"), empty=None)
    kind = ChoiceField(
        _l("Kỳ tiếp"), required=_l("Chọn kỳ tiếp"), inline=True, default=SittingKind.PERIODIC
    )
    received_by = ChoiceField(
        _l("Người tiếp"), required=_l("Chọn người tiếp"), inline=True, default=ReceivedBy.HEAD
    )
    announced = TickField(_l("Lịch tiếp đã được công bố trước"))
    visitors = NumberField(
        _l("Số lượt người đến"),
        _l("Ghi 0 nếu không có ai đến. Ngày tiếp vẫn được tính."),
        minimum=0,
        maximum=VISITORS_MOST,
        required=_l("Nhập số lượt, ghi 0 nếu không có ai đến"),
    )


class CorrectVisitForm(VisitForm):
    """A visit as it should read, and why; unit, number and matter stay."""

    name = TextField(_l("Họ và tên người đến"), max_length=BOOK_LIMITS["name"], autocomplete="off")
    address = TextField(_l("Địa chỉ"), max_length=BOOK_LIMITS["address"], autocomplete="off")
    unit = None  # type: ignore[assignment]  # so WTForms leaves it out
    matter = None  # type: ignore[assignment]
    reason = TextField(_l("Lý do sửa"), required=_l("Ghi lý do."), max_length=REASON_MOST)


class CorrectSittingForm(SittingForm):
    """A leader's day as it should read, and why; the unit stays."""

    unit = None  # type: ignore[assignment]  # so WTForms leaves it out
    reason = TextField(_l("Lý do sửa"), required=_l("Ghi lý do."), max_length=REASON_MOST)


class LinkForm(Form):
    """Which case a visit was about."""

    number = TextField(
        _l("Số đơn của vụ việc"),
        _l("Ví dụ 26-4K7Q-2."),
        required=_l("Nhập mã vụ việc."),
        max_length=60,
        width=12,
        autocomplete="off",
    )


def visit_form() -> VisitForm:
    """The form with the choices of this person, empty or filled with what was posted."""
    lang = current_language()
    form = VisitForm()
    form.kind.choices = [(kind, label(kind, lang)) for kind in ReceptionKind]
    form.sitting.choices = [(kind, label(kind, lang)) for kind in SittingKind]
    form.received_by.choices = [(one, label(one, lang)) for one in ReceivedBy]
    _dated(form, form.visited_on)
    return form


def sitting_form() -> SittingForm:
    """The same for a leader's day."""
    lang = current_language()
    form = SittingForm()
    form.kind.choices = [
        (kind, label(kind, lang)) for kind in SittingKind if kind is not SittingKind.REGULAR
    ]
    form.received_by.choices = [
        (one, label(one, lang)) for one in ReceivedBy if one is not ReceivedBy.OFFICER
    ]
    _dated(form, form.held_on)
    return form


def _dated(form: Any, day: DateField) -> None:
    units = units_for(actor(), Action.REGISTER_RECEPTION)
    form.unit.choices = [(str(unit.id), unit.title(current_language())) for unit in units]
    if form.is_submitted():
        return
    day.data = today()
    if any(unit.id == actor().unit_id for unit in units):
        form.unit.data = str(actor().unit_id)


_TEXTS = (
    "name",
    "address",
    "id_no",
    "summary",
    "settled_by",
    "guided_to",
    "accepted_by",
    "follow_up",
    "notes",
)


def correct_visit_form(found: ReceptionDetail | None) -> CorrectVisitForm:
    """The form filled with a visit as it stands, or with what was posted."""
    lang = current_language()
    form = CorrectVisitForm(data=_as_data(found) if found is not None else None)
    form.kind.choices = [(kind, label(kind, lang)) for kind in ReceptionKind]
    form.sitting.choices = [(kind, label(kind, lang)) for kind in SittingKind]
    form.received_by.choices = [(one, label(one, lang)) for one in ReceivedBy]
    return form


def _as_data(found: ReceptionDetail) -> dict[str, Any]:
    return {
        "visited_on": found.on,
        "people": found.people,
        "sitting": found.sitting,
        "received_by": found.received_by,
        "kind": found.kind,
        "competent": {True: "yes", False: "no", None: ""}[found.competent],
        **{name: getattr(found, name) for name in _TEXTS},
    }


def correct_sitting_form(line: SittingLine | None) -> CorrectSittingForm:
    """The form filled with a leader's day as it stands, or with what was posted."""
    lang = current_language()
    data = None
    if line is not None:
        data = {
            "held_on": line.on,
            "kind": line.kind,
            "received_by": line.received_by,
            "announced": line.announced,
            "visitors": line.visitors,
        }
    form = CorrectSittingForm(data=data)
    form.kind.choices = [
        (kind, label(kind, lang)) for kind in SittingKind if kind is not SittingKind.REGULAR
    ]
    form.received_by.choices = [
        (one, label(one, lang)) for one in ReceivedBy if one is not ReceivedBy.OFFICER
    ]
    return form


def entry_of(form: VisitForm) -> ReceptionEntry:
    """The line of the book that was entered."""
    return ReceptionEntry(
        visited_on=form.visited_on.data,
        people=form.people.data or 1,
        sitting=SittingKind(form.sitting.data),
        received_by=ReceivedBy(form.received_by.data),
        kind=ReceptionKind(form.kind.data),
        **{name: form[name].data or "" for name in _TEXTS},
    )


def visit_of(form: VisitForm) -> NewReception:
    """What was entered, as the service takes it."""
    return NewReception(
        unit_id=int(form.unit.data),
        entry=entry_of(form),
        competent={"yes": True, "no": False}.get(form.competent.data),
        matter=form.matter.data or "",
    )


def sitting_of(form: SittingForm) -> tuple[int, SittingEntry]:
    """The unit and its leader's day."""
    return int(form.unit.data), sitting_entry_of(form)


def sitting_entry_of(form: SittingForm) -> SittingEntry:
    """The leader's day that was entered."""
    return SittingEntry(
        held_on=form.held_on.data,
        kind=SittingKind(form.kind.data),
        received_by=ReceivedBy(form.received_by.data),
        announced=bool(form.announced.data),
        visitors=form.visitors.data or 0,
    )
