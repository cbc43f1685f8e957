"""The forms of the register of state management: documents, training, inspections and their steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from citizenfeedback.documents.labels import label
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.oversight import (
    CONCLUSION_COUNTS,
    COUNT_MOST,
    DOCUMENTS,
    FOLLOW_UP_COUNTS,
    OVERSIGHT_LIMITS,
    Conclusion,
    FollowUp,
    OversightEntry,
)
from citizenfeedback.domain.receptions import REASON_MOST
from citizenfeedback.domain.vocabulary import Action, OversightKind
from citizenfeedback.queries.oversight import OversightDetail
from citizenfeedback.queries.receptions import units_for
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
from citizenfeedback.web.i18n import LazyText, current_language
from citizenfeedback.web.i18n import lazy_gettext as _l


def _count(name: LazyText, hint: LazyText | None = None, least: int = 0) -> NumberField:
    return NumberField(
        name,
        hint,
        minimum=least,
        maximum=COUNT_MOST,
        default=least,
        required=_l("Nhập số, ghi 0 nếu không có."),
    )


class PlacedForm(Form):
    """Whose act it is; asked once, for a correction keeps it."""

    unit = SelectField(_l("Đơn vị"), required=_l("Chọn đơn vị."), empty=None)


class DocumentForm(Form):
    """A document of direction."""

    kind = ChoiceField(
        _l("Loại văn bản"),
        required=_l("Chọn loại văn bản."),
        default=OversightKind.DOCUMENT_ISSUED,
    )
    number = TextField(
        _l("Số, ký hiệu"),
        required=_l("Nhập số văn bản."),
        max_length=OVERSIGHT_LIMITS["number"],
        width=20,
        autocomplete="off",
    )
    title = LongTextField(
        _l("Trích yếu nội dung"),
        required=_l("Ghi nội dung."),
        max_length=OVERSIGHT_LIMITS["title"],
        rows=3,
    )
    on = DateField(_l("Ngày ban hành"), required=_l("Nhập ngày."))


class TrainingForm(Form):
    """Classes, and how many people came."""

    title = LongTextField(
        _l("Nội dung tập huấn"),
        required=_l("Ghi nội dung."),
        max_length=OVERSIGHT_LIMITS["title"],
        rows=3,
    )
    on = DateField(_l("Ngày kết thúc"), required=_l("Nhập ngày."))
    classes = _count(_l("Số lớp"), least=1)
    people = _count(_l("Số người dự"))


class InspectionForm(Form):
    """An inspection of how heads answer for reception and settlement."""

    number = TextField(
        _l("Số quyết định thanh tra"),
        max_length=OVERSIGHT_LIMITS["number"],
        width=20,
        autocomplete="off",
    )
    title = LongTextField(
        _l("Nội dung thanh tra"),
        required=_l("Ghi nội dung."),
        max_length=OVERSIGHT_LIMITS["title"],
        rows=3,
    )
    on = DateField(_l("Ngày quyết định thanh tra"), required=_l("Nhập ngày."))
    units = _count(_l("Số đơn vị được thanh tra"), _l("Theo quyết định thanh tra."), least=1)


class ConclusionForm(Form):
    """The conclusion of an inspection, with whom it recommends for handling."""

    conclusion_no = TextField(
        _l("Số kết luận"),
        required=_l("Nhập số kết luận."),
        max_length=OVERSIGHT_LIMITS["number"],
        width=20,
        autocomplete="off",
    )
    concluded_on = DateField(_l("Ngày ban hành kết luận"), required=_l("Nhập ngày."))
    organisations_disciplined = _count(_l("Kiến nghị xử lý hành chính: số tổ chức"))
    people_disciplined = _count(_l("Kiến nghị xử lý hành chính: số cá nhân"))
    organisations_referred = _count(_l("Chuyển cơ quan điều tra: số tổ chức"))
    people_referred = _count(_l("Chuyển cơ quan điều tra: số cá nhân"))


class FollowUpForm(Form):
    """What was done of a conclusion since the entry before."""

    on = DateField(_l("Ngày"), required=_l("Nhập ngày."))
    organisations_handled = _count(_l("Đã xử lý hành chính: số tổ chức"))
    people_handled = _count(_l("Đã xử lý hành chính: số cá nhân"))
    prosecuted_cases = _count(_l("Đã khởi tố: số vụ"))
    prosecuted_people = _count(_l("Đã khởi tố: số đối tượng"))
    finished = TickField(
        _l("Đã thực hiện xong kết luận"), _l("Kết luận này thôi chuyển sang kỳ sau.")
    )


class ReasonForm(Form):
    """Why a line is struck out, or stands again."""

    reason = TextField(_l("Lý do"), required=_l("Ghi lý do."), max_length=REASON_MOST)


class EnterDocumentForm(PlacedForm, DocumentForm):
    """A new document."""


class EnterTrainingForm(PlacedForm, TrainingForm):
    """A new training."""


class EnterInspectionForm(PlacedForm, InspectionForm):
    """A new inspection."""


class _Corrected(Form):
    """A correction: the reason is asked."""

    reason = TextField(_l("Lý do sửa"), required=_l("Ghi lý do."), max_length=REASON_MOST)


class CorrectDocumentForm(_Corrected, DocumentForm):
    """A document as it should read."""


class CorrectTrainingForm(_Corrected, TrainingForm):
    """A training as it should read."""


class CorrectInspectionForm(_Corrected, InspectionForm):
    """An inspection as it should read, without a conclusion yet."""


class CorrectConcludedForm(_Corrected, ConclusionForm, InspectionForm):
    """An inspection with its conclusion as they should read."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sort of entry: its name in addresses, its kinds, its words and its form."""

    name: str
    kinds: tuple[OversightKind, ...]
    entering: LazyText
    form: type[Form]
    correction: type[Form]


SHEETS: Mapping[str, Sheet] = {
    sheet.name: sheet
    for sheet in (
        Sheet("document", DOCUMENTS, _l("Ghi văn bản"), EnterDocumentForm, CorrectDocumentForm),
        Sheet(
            "training",
            (OversightKind.TRAINING,),
            _l("Ghi lớp tập huấn"),
            EnterTrainingForm,
            CorrectTrainingForm,
        ),
        Sheet(
            "inspection",
            (OversightKind.INSPECTION,),
            _l("Ghi cuộc thanh tra"),
            EnterInspectionForm,
            CorrectInspectionForm,
        ),
    )
}


def sheet_named(name: str) -> Sheet:
    """The sort of entry that an address names; raises `NotFound("sheet")`."""
    if name not in SHEETS:
        raise NotFound("sheet")
    return SHEETS[name]


def sheet_of(kind: OversightKind) -> Sheet:
    """The sort of entry that a kind is entered by."""
    return next(sheet for sheet in SHEETS.values() if kind in sheet.kinds)


def act_form(sheet: Sheet) -> Any:
    """The form with the units of this person, empty or filled with what was posted."""
    form: Any = sheet.form()
    units = units_for(actor(), Action.KEEP_OVERSIGHT)
    form.unit.choices = [(str(unit.id), unit.title(current_language())) for unit in units]
    _offer_kinds(form, sheet)
    if not form.is_submitted():
        form.on.data = today()
        if any(unit.id == actor().unit_id for unit in units):
            form.unit.data = str(actor().unit_id)
    return form


def correction_form(found: OversightDetail, *, posted: bool) -> Any:
    """The form filled with an act as it stands, or with what was posted."""
    sheet, entry = sheet_of(found.line.kind), found.entry
    data: dict[str, Any] = {
        name: getattr(entry, name)
        for name in ("on", "kind", "title", "number", "classes", "people", "units")
    }
    made: type[Form] = sheet.correction
    if entry.conclusion is not None:
        made = CorrectConcludedForm
        data |= {
            "concluded_on": entry.conclusion.on,
            "conclusion_no": entry.conclusion.number,
            **{name: getattr(entry.conclusion, name) for name in CONCLUSION_COUNTS},
        }
    form = made(data=None if posted else data)
    _offer_kinds(form, sheet)
    return form


def _offer_kinds(form: Any, sheet: Sheet) -> None:
    if "kind" in form:
        form.kind.choices = [(kind, label(kind, current_language())) for kind in sheet.kinds]


def entry_of(form: Any, sheet: Sheet) -> OversightEntry:
    """The act that was entered."""
    kind = OversightKind(form.kind.data) if "kind" in form else sheet.kinds[0]

    def number(name: str) -> int:
        return (form[name].data or 0) if name in form else 0

    return OversightEntry(
        form.on.data,
        kind,
        form.title.data or "",
        (form.number.data or "") if "number" in form else "",
        number("classes"),
        number("people"),
        number("units"),
        conclusion_of(form) if "concluded_on" in form else None,
    )


def conclusion_of(form: Any) -> Conclusion:
    """The conclusion that was entered."""
    return Conclusion(
        form.concluded_on.data,
        form.conclusion_no.data or "",
        **{name: form[name].data or 0 for name in CONCLUSION_COUNTS},
    )


def follow_up_of(form: FollowUpForm) -> FollowUp:
    """What was entered as done."""
    return FollowUp(
        form.on.data,
        **{name: form[name].data or 0 for name in FOLLOW_UP_COUNTS},
        finished=bool(form.finished.data),
    )
