"""The form of an act: one field for each entry that the workflow asks for."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import HiddenField

from citizenfeedback.documents.labels import error_text, input_label, label, problem_text
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.intake import LIMITS
from citizenfeedback.domain.law.grounds import GroundList, grounds
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    CaseResult,
    Complexity,
)
from citizenfeedback.domain.workflow import (
    DECISION_RESULTS,
    optional_inputs,
    required_inputs,
)
from citizenfeedback.queries.case_head import CaseHead
from citizenfeedback.queries.colleagues import assignable, units_to_pass_to
from citizenfeedback.web.fields import (
    ChoiceField,
    DateField,
    FilesField,
    Form,
    LongTextField,
    SelectField,
    TextField,
    TickField,
)
from citizenfeedback.web.i18n import current_language
from citizenfeedback.web.i18n import lazy_gettext as _l

ACCEPTED_FILES = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx"
_YES_NO = [("yes", _l("Có")), ("no", _l("Không"))]
_LONG = {"reason": 3, "note": 3, "summary": 3, "text": 8}
_HINTS = {
    (Action.EXAMINE, "eligible"): _l(
        "Đơn tiếng Việt, có ngày, tên, địa chỉ, chữ ký; nêu rõ sự việc và yêu cầu."
    ),
    (Action.EXAMINE, "competent"): _l("Việc này luật giao cho cơ quan của ông/bà giải quyết."),
    (Action.ACCEPT, "on"): _l("Ngày của thông báo thụ lý. Thời hạn giải quyết tính từ ngày này."),
    (Action.RECORD_FORM, "on"): _l("Ngày cơ quan nhận đơn có chữ ký."),
    (Action.SUMMARISE, "summary"): _l("Không ghi tên, địa chỉ hoặc chi tiết làm lộ người tố cáo."),
    (Action.SET_COMPLEXITY, "reason"): _l("Ghi tiêu chí phức tạp theo luật và sự việc tương ứng."),
    (Action.ATTACH, "case_number"): _l("Số của vụ việc đầu tiên, ví dụ 26-4K7Q-2."),
    (Action.WITHDRAW, "on"): _l("Ngày trên đơn rút hoặc biên bản rút có chữ ký."),
    (Action.MESSAGE, "text"): _l("Người dân đọc được bằng mã tra cứu."),
    (Action.ASK_CITIZEN, "text"): _l("Người dân đọc được bằng mã tra cứu. Thời hạn vẫn tính."),
    (Action.NOTE, "text"): _l("Chỉ cán bộ đọc được."),
    (Action.RECLASSIFY, "kind"): _l("Thời hạn được tính lại từ ngày nhận theo loại mới."),
    (Action.SEND, "on"): _l("Ngày gửi đi, có bưu điện hoặc sổ giao nhận làm chứng."),
    (Action.CONTINUE, "on"): _l("Ngày cơ quan nhận đơn mới."),
}
_NARROW = {"document_no": 20, "case_number": 12}


def act_form(action: Action, head: CaseHead, actor: Actor, today: date) -> Form:
    """The form of an act on this case, empty or filled with what was posted."""
    entries = (*required_inputs(action), *optional_inputs(action))
    needed = set(required_inputs(action))
    maker = _Fields(action, head, actor, today)
    fields: dict[str, Any] = {name: maker.make(name, required=name in needed) for name in entries}
    fields |= {
        "version": HiddenField(default=str(head.version)),
        "seq": HiddenField(default=str(head.seq)),
    }
    form_class = type("ActForm", (Form,), fields)
    form: Form = form_class()
    return form


def values_of(form: Form, action: Action) -> dict[str, Any]:
    """The entries as the act takes them; what was left empty is left out."""
    values: dict[str, Any] = {}
    for name in (*required_inputs(action), *optional_inputs(action)):
        data = form[name].data
        if name in ("eligible", "competent"):
            data = data == "yes"
        elif name in ("assignee", "unit") and data:
            data = int(data)
        elif name in _CODES and data:
            data = _CODES[name](data)
        if data not in (None, "", []):
            values[name] = data
    return values


_CODES: dict[str, Any] = {"kind": CaseKind, "complexity": Complexity, "result": CaseResult}


def show_refusal(form: Form, refused: RuleBroken) -> None:
    """Put the reason of a refused act beside the entry it is about, else above the form."""
    entry = str(refused.values.get("entry") or _ABOUT.get(refused.code, ""))
    form.add_errors({entry: error_text(refused.code, refused.values, current_language())})


_ABOUT = {
    "date_in_future": "on",
    "date_too_early": "on",
    "unknown_case_number": "case_number",
    "not_a_first": "case_number",
    "duplicate_of_other_kind": "case_number",
    "cannot_be_given": "assignee",
    "only_leader_gives": "assignee",
    "already_theirs": "assignee",
    "unknown_official": "assignee",
    "unknown_unit": "unit",
    "already_there": "unit",
    "unit_is_denounced": "unit",
    "kind_unchanged": "kind",
    "complexity_unchanged": "complexity",
}


class _Fields:
    """Makes the field of each entry for one act on one case."""

    def __init__(self, action: Action, head: CaseHead, actor: Actor, today: date) -> None:
        self._action, self._head, self._actor, self._today = action, head, actor, today
        self._lang = current_language()

    def make(self, name: str, *, required: bool) -> Any:
        """The unbound field of an entry."""
        hint = _HINTS.get((self._action, name))
        if name == "summary" and not self._head.sealed:
            hint = None  # nothing can be given away where nothing is sealed
        common: dict[str, Any] = {"hint": hint}
        if required:
            common["required"] = problem_text(name, "required", lang=self._lang)
        title = self._title(name)
        if name in ("eligible", "competent"):
            value = getattr(self._head, name)
            asked = None if value is None else ("yes" if value else "no")
            return ChoiceField(title, choices=_YES_NO, inline=True, default=asked, **common)
        if name == "on":
            return DateField(title, latest=date(2100, 12, 31), default=self._today, **common)
        if name == "remote":
            return TickField(title, default=self._head.remote)
        if name == "document":
            return FilesField(title, accept=ACCEPTED_FILES, multiple=False, **common)
        if name in _LONG:
            return LongTextField(
                title,
                max_length=LIMITS[name],
                rows=_LONG[name],
                default=self._known(name),
                **common,
            )
        choices = self._choices(name)
        if choices is not None:
            few = len(choices) <= 4 and name not in ("assignee", "unit")
            field = ChoiceField if few else SelectField
            return field(title, choices=choices, **common)
        return TextField(
            title,
            max_length=LIMITS.get(name, 80),
            width=_NARROW.get(name),
            default=self._known(name),
            **common,
        )

    def _title(self, name: str) -> str:
        special = _TITLES.get((self._action, name))
        return str(special) if special else input_label(name, self._lang)

    def _known(self, name: str) -> str:
        if name == "summary":
            return self._head.summary
        if name == "text" and self._action in (Action.ANSWER, Action.DECIDE, Action.SUBMIT_DRAFT):
            return self._head.draft
        return ""

    def _choices(self, name: str) -> list[tuple[str, Any]] | None:
        head, lang = self._head, self._lang
        if name == "assignee":
            return [
                (str(person.id), f"{person.name} · {person.where}")
                for person in assignable(self._actor)
                if person.id != head.assignee_id
            ]
        if name == "unit":
            return [
                (str(unit.id), unit.title(lang))
                for unit in units_to_pass_to()
                if unit.id != head.unit_id
            ]
        if name == "kind":
            return [(kind, label(kind, lang)) for kind in CaseKind if kind is not head.kind]
        if name == "complexity":
            return [
                (level, label(level, lang))
                for level in Complexity
                if level is not head.complexity
                and (level is not Complexity.SPECIAL or head.kind is CaseKind.DENUNCIATION)
            ]
        if name == "result":
            return [(result, label(result, lang)) for result in DECISION_RESULTS]
        if name == "ground":
            return self._grounds()
        return None

    def _grounds(self) -> list[tuple[str, Any]]:
        group = {
            CaseKind.COMPLAINT: GroundList.COMPLAINT_NOT_ACCEPTED,
            CaseKind.DENUNCIATION: GroundList.DENUNCIATION_NOT_ACCEPTED,
        }.get(self._head.kind, GroundList.SUBMISSION_NOT_ELIGIBLE)
        return [
            (row.code, f"{row.label(self._lang)} ({row.law(self._lang)})")
            for row in grounds(group, self._today)
        ]


_TITLES = {
    (Action.EXAMINE, "eligible"): _l("Đơn có đủ điều kiện xử lý không?"),
    (Action.EXAMINE, "competent"): _l("Cơ quan có thẩm quyền giải quyết không?"),
    (Action.ACCEPT, "on"): _l("Ngày thụ lý"),
    (Action.DECIDE, "on"): _l("Ngày ban hành"),
    (Action.SEND, "on"): _l("Ngày gửi"),
    (Action.DECIDE, "text"): _l("Nội dung gửi người dân"),
    (Action.ANSWER, "text"): _l("Nội dung trả lời"),
    (Action.SUBMIT_DRAFT, "text"): _l("Dự thảo"),
    (Action.MESSAGE, "text"): _l("Tin nhắn"),
    (Action.ASK_CITIZEN, "text"): _l("Cần người dân cho biết hoặc gửi thêm gì?"),
    (Action.NOTE, "text"): _l("Ghi chú"),
    (Action.SUMMARISE, "summary"): _l("Tóm tắt"),
    (Action.GUIDE, "body"): _l("Cơ quan có thẩm quyền"),
}
