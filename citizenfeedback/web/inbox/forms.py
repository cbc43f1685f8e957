"""The form of an act: one field for each entry that the workflow asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from wtforms import HiddenField
from wtforms.validators import StopValidation

from citizenfeedback.documents.formats import format_date
from citizenfeedback.documents.labels import error_text, input_label, label, problem_text
from citizenfeedback.domain.clocks import ClockEntry, extending, recounting
from citizenfeedback.domain.dialogue import first_day
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.examination import grounds_for
from citizenfeedback.domain.explanations import Roll
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.intake import LIMITS
from citizenfeedback.domain.law.grounds import GroundList, grounds
from citizenfeedback.domain.outcomes import (
    MOST,
    OUTCOME_AMOUNTS,
    PROGRESS_AMOUNTS,
    square_metres,
    tenths_of_metres,
)
from citizenfeedback.domain.vocabulary import (
    Action,
    Attendance,
    CaseKind,
    CaseResult,
    ClockKind,
    Complexity,
    FirstDecision,
    Instance,
    PublicationWay,
    SendingWay,
)
from citizenfeedback.domain.workflow import (
    DECISION_RESULTS,
    NO_NOTICE,
    clock_rule,
    optional_inputs,
    required_inputs,
)
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.case_head import CaseHead
from citizenfeedback.queries.colleagues import surroundings, units_to_pass_to
from citizenfeedback.queries.ledger import foretold
from citizenfeedback.queries.proceedings import OutcomeLines, outcome_of
from citizenfeedback.queries.public_reflections import public_words
from citizenfeedback.web.desk import office
from citizenfeedback.web.fields import (
    ChoiceField,
    DateField,
    FilesField,
    Form,
    LongTextField,
    ManyChoiceField,
    NumberField,
    SelectField,
    TextField,
    TickField,
)
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.inbox.examined import HINTS, TITLES, Examined, examined

ACCEPTED_FILES = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx"
_YES_NO = [("yes", _l("Có")), ("no", _l("Không"))]
_LONG = {"reason": 3, "note": 3, "summary": 3, "text": 8, "names": 5, "public_answer": 4}
_HINTS = {
    (Action.EXAMINE, "eligible"): _l(
        "Đơn tiếng Việt, có ngày, tên, địa chỉ, chữ ký; nêu rõ sự việc và yêu cầu."
    ),
    (Action.EXAMINE, "competent"): _l("Việc này luật giao cho cơ quan của ông/bà giải quyết."),
    (Action.ACCEPT, "on"): _l("Ngày của thông báo thụ lý. Thời hạn giải quyết tính từ ngày này."),
    (Action.RECORD_FORM, "on"): _l("Ngày cơ quan nhận đơn có chữ ký."),
    (Action.SUBMIT_DRAFT, "text"): _l(
        "Để trống nếu dự thảo là một văn bản đã soạn của vụ việc này."
    ),
    (Action.SUMMARISE, "summary"): _l("Không ghi tên, địa chỉ hoặc chi tiết làm lộ người tố cáo."),
    (Action.SET_COMPLEXITY, "reason"): _l("Ghi sự việc tương ứng với tiêu chí đã chọn."),
    (Action.SUSPEND, "on"): _l("Ngày của quyết định. Thời hạn dừng tính từ ngày này."),
    (Action.LIFT_SUSPENSION, "on"): _l("Ngày của quyết định. Thời hạn tính tiếp từ ngày này."),
    (Action.FORM_TEAM, "names"): _l(
        "Người đầu tiên là tổ trưởng. Chức vụ ghi sau dấu phẩy. Tố cáo cần ít nhất hai người."
    ),
    (Action.PLAN_DIALOGUE, "hour"): _l("Ví dụ 08:30."),
    (Action.PLAN_DIALOGUE, "place"): _l("Người khiếu nại đọc được ngày, giờ và nơi này."),
    (Action.RECORD_DIALOGUE, "attendance"): _l(
        "Vắng mặt có lý do chính đáng thì phải hẹn lại trước khi quyết định."
    ),
    (Action.SHOW_PUBLIC, "text"): _l(
        "Viết lại bằng lời của cơ quan, không có tên hay số điện thoại. Để trống là gỡ xuống."
    ),
    (Action.SHOW_PUBLIC, "public_answer"): _l(
        "Hiện khi vụ việc kết thúc. Người cùng góp tiếng nói nhận một thư có đường dẫn tới đây."
    ),
    (Action.PUBLISH, "publication"): _l(
        "Niêm yết ít nhất 15 ngày. Cuộc họp phải báo trước ít nhất 3 ngày."
    ),
    (Action.RECORD_OUTCOME, "on"): _l("Ghi theo quyết định hoặc kết luận. Để trống là không có."),
    (Action.RECORD_PROGRESS, "on"): _l("Chỉ ghi phần làm thêm sau lần ghi trước."),
    (Action.REMIND, "text"): _l("Thư báo cho đơn vị chỉ nêu số đơn và ngày phải báo cáo."),
    (Action.ATTACH, "case_number"): _l("Ví dụ 26-4K7Q-2."),
    (Action.WITHDRAW, "on"): _l("Ngày trên đơn rút hoặc biên bản rút có chữ ký."),
    (Action.MESSAGE, "text"): _l("Người dân đọc được bằng mã tra cứu."),
    (Action.ASK_CITIZEN, "text"): _l("Người dân đọc được bằng mã tra cứu. Thời hạn vẫn tính."),
    (Action.NOTE, "text"): _l("Chỉ cán bộ đọc được."),
    (Action.RECLASSIFY, "kind"): _l("Thời hạn được tính lại từ ngày nhận theo loại mới."),
    (Action.SEND, "on"): _l("Ngày gửi đi, có bưu điện hoặc sổ giao nhận làm chứng."),
    (Action.CONTINUE, "on"): _l("Ngày cơ quan nhận đơn mới."),
}
_NARROW = {"document_no": 20, "case_number": 12, "hour": 5}


def act_form(action: Action, head: CaseHead, actor: Actor, today: date) -> Form:
    """The form of an act on this case, empty or filled with what was posted."""
    own = examined(action, head, actor, today)
    entries = [name for name in asked(action, head) if not own.leaves_out(name)]
    needed = {name for name in entries if name in required_inputs(action) or own.needs(name)}
    if action is Action.DECIDE:
        needed.add("first_decision")
    maker = _Fields(action, head, actor, today, own)
    fields: dict[str, Any] = {name: maker.make(name, required=name in needed) for name in entries}
    fields |= {
        "version": HiddenField(default=str(head.version)),
        "seq": HiddenField(default=str(head.seq)),
    }
    form_class = type("ActForm", (Form,), fields)
    form: Form = form_class()
    return form


def asked(action: Action, head: CaseHead) -> tuple[str, ...]:
    """The entries of an act that make sense for this case: only a second complaint has a first."""
    second = head.kind is CaseKind.COMPLAINT and head.instance == Instance.SECOND
    return tuple(
        name
        for name in (*required_inputs(action), *optional_inputs(action))
        if name != "first_decision" or second
    )


def values_of(form: Form, action: Action) -> dict[str, Any]:
    """The entries as the act takes them; what was left empty is left out."""
    values: dict[str, Any] = {}
    for name in (*required_inputs(action), *optional_inputs(action)):
        if name not in form:
            continue
        data = form[name].data
        if name in ("eligible", "competent"):
            data = data == "yes"
        elif name in ("assignee", "unit", "respondent_unit") and data:
            data = int(data)
        elif name == "papers":
            data = [int(paper) for paper in data]
        elif name in _CODES and data:
            data = _CODES[name](data)
        if data not in (None, "", []):
            values[name] = data
    return values


_CODES: dict[str, Any] = {
    "kind": CaseKind,
    "result": CaseResult,
    "first_decision": FirstDecision,
    "attendance": Attendance,
    "publication": PublicationWay,
    "way": SendingWay,
}


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
    "forwarded_already": "reason",
    "unknown_official": "assignee",
    "unknown_unit": "unit",
    "already_there": "unit",
    "unit_is_denounced": "unit",
    "kind_unchanged": "kind",
    "complexity_unchanged": "criteria",
    "suspension_backwards": "on",
    "too_many_representatives": "names",
    "group_needs_representatives": "names",
    "appointment_not_written": "people",
    "appointment_not_signed_by_all": "people",
    "authorisation_not_written": "document_no",
    "authorisation_not_certified": "certification",
    "authorisation_needs_certification": "certification",
    "reason_too_short": "reason",
    "no_partial_withdrawal_yet": "on",
    "team_out_of_range": "names",
    "team_too_small": "names",
}


_AMOUNTS = frozenset({*OUTCOME_AMOUNTS, *PROGRESS_AMOUNTS})
_LISTS: dict[str, Any] = {
    "first_decision": FirstDecision,
    "attendance": Attendance,
    "publication": PublicationWay,
    "way": SendingWay,
}
_SQUARE_METRES = re.compile(r"(?:[0-9]{1,9}|[0-9]{1,3}(?:[. ][0-9]{3}){1,2})(?:,[0-9])?")


class AreaField(TextField):
    """Square metres with one decimal, kept in tenths; typed as people write them: 1.250,5."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, max_length=20, inputmode="decimal", **options)
        self.typed = ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number; what is none stays to be corrected."""
        super().process_formdata(valuelist)
        self.typed, self.data = str(self.data or ""), None
        if not self.typed:
            return
        if not _SQUARE_METRES.fullmatch(self.typed):
            raise ValueError(gettext("Nhập diện tích bằng số, ví dụ 1.250,5"))
        plain = self.typed.replace(".", "").replace(" ", "").replace(",", ".")
        self.data = tenths_of_metres(Decimal(plain))

    def pre_validate(self, form: Any) -> None:
        """A number that could not be read keeps its own message."""
        if self.process_errors:
            raise StopValidation

    @property
    def value(self) -> str:
        """What was typed, or the area."""
        if self.typed or self.data is None:
            return self.typed
        return str(square_metres(self.data)).replace(".", ",")


class _Fields:
    """Makes the field of each entry for one act on one case."""

    def __init__(
        self, action: Action, head: CaseHead, actor: Actor, today: date, own: Examined
    ) -> None:
        self._action, self._head, self._actor, self._today = action, head, actor, today
        self._examined = own
        self._lang = current_language()

    def make(self, name: str, *, required: bool) -> Any:
        """The unbound field of an entry."""
        hint = self._plain_hint(name)
        if name == "criteria":
            hint = self._criteria_hint()
        if name == "day":
            hint = self._dialogue_hint()
        if self._action is Action.EXTEND and name == "reason":
            hint = self._extension_hint()
        common: dict[str, Any] = {"hint": hint}
        if required:
            common["required"] = problem_text(name, "required", lang=self._lang)
        title = self._title(name)
        made = self._examined.field(name, title, common)
        if made is not None:
            return made
        if name in _LONG:
            return LongTextField(
                title,
                max_length=LIMITS.get(name, 2_000),
                rows=_LONG[name],
                default=self._known(name),
                **common,
            )
        made = self._special(name, title, common)
        if made is not None:
            return made
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

    def _plain_hint(self, name: str) -> Any:
        """The hint by act and entry; another where the kind has no such paper or seal."""
        if (self._action, name) == (Action.ACCEPT, "on") and self._head.kind in NO_NOTICE:
            return gettext("Thời hạn vẫn tính từ ngày nhận đơn. Không phải gửi thông báo thụ lý.")
        if self._action is Action.SUMMARISE and not self._head.sealed:
            return None  # nothing can be given away where nothing is sealed
        return _HINTS.get((self._action, name)) or HINTS.get((self._action, name))

    def _criteria_hint(self) -> str:
        head = self._head
        if head.kind is CaseKind.COMPLAINT:
            longer = replace(head.facts, complexity=Complexity.COMPLEX)
            rule = clock_rule(head.kind, longer.instance, ClockKind.SETTLEMENT, longer) or ""
            moves = self._moves(lambda start: recounting(rule, self._today, start=start))
            return " ".join((gettext("Một tiêu chí là phức tạp."), moves)).strip()
        return gettext(
            "Một tiêu chí là phức tạp, được gia hạn một lần. "
            "Từ hai tiêu chí là đặc biệt phức tạp, được gia hạn hai lần."
        )

    def _extension_hint(self) -> str:
        return self._moves(lambda _start: extending(self._head.complexity, self._today))

    def _moves(self, more: Callable[[date], ClockEntry]) -> str:
        """What an entry more would make of the day by which the case must be settled."""
        roll = Roll(office().policy.denunciation_roll)
        then, now = foretold(self._head.id, more, roll), self._head.settle_by
        if then is None or now is None or then == now:
            return ""
        return gettext(
            "Hạn giải quyết từ %(now)s thành %(then)s.",
            now=format_date(now, self._lang),
            then=format_date(then, self._lang),
        )

    def _dialogue_hint(self) -> str:
        earliest = first_day(self._today, work_calendar())
        return gettext(
            "Phải thông báo trước ít nhất 5 ngày: sớm nhất là ngày %(day)s.",
            day=format_date(earliest, self._lang),
        )

    def _special(self, name: str, title: str, common: dict[str, Any]) -> Any:
        """The field of an entry that is neither text nor one of a list; None for those."""
        if name in ("eligible", "competent"):
            value = getattr(self._head, name)
            found = None if value is None else ("yes" if value else "no")
            return ChoiceField(title, choices=_YES_NO, inline=True, default=found, **common)
        if name in ("on", "day"):
            default = self._today if name == "on" else None
            return DateField(title, latest=date(2100, 12, 31), default=default, **common)
        if name in ("remote", "finished"):
            return TickField(title, default=name == "remote" and self._head.remote)
        if name == "criteria":
            known = self._head.complexity_criteria
            return ManyChoiceField(title, choices=self._criteria(), default=known, **common)
        if name == "document":
            return FilesField(title, accept=ACCEPTED_FILES, multiple=False, **common)
        return self._amount(name, title) if name in _AMOUNTS else None

    def _title(self, name: str) -> str:
        special = TITLES.get((self._action, name)) or _TITLES.get((self._action, name))
        return str(special) if special else input_label(name, self._lang)

    def _known(self, name: str) -> str:
        if name == "summary":
            return self._head.summary
        if name == "text" and self._action in (Action.ANSWER, Action.DECIDE, Action.SUBMIT_DRAFT):
            return self._head.draft
        if self._action is Action.SHOW_PUBLIC:
            shown = public_words(self._head.id)
            return shown.summary if name == "text" else shown.answer
        return self._examined.known(name)

    def _choices(self, name: str) -> list[tuple[str, Any]] | None:
        head, lang = self._head, self._lang
        if name == "assignee":
            return [
                (str(person.id), f"{person.name} · {person.where}")
                for person in surroundings(self._actor).people
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
        if name in _LISTS:
            return [(code, label(code, lang)) for code in _LISTS[name]]
        if name == "result":
            return [(result, label(result, lang)) for result in DECISION_RESULTS]
        if name == "ground":
            return self._grounds()
        return None

    def _criteria(self) -> list[tuple[str, Any]]:
        return [(row.code, row.label(self._lang)) for row in grounds(GroundList.COMPLEX_MATTER)]

    def _amount(self, name: str, title: str) -> Any:
        """The field of a sum, an area or a number; an outcome shows what was recorded before."""
        known = 0
        if self._action is Action.RECORD_OUTCOME and self._outcome is not None:
            known = getattr(self._outcome.outcome, name)
        if name.startswith("land_"):
            return AreaField(title, default=known or None, width=10)
        most = MOST - 1 if name.startswith("money_") else 1_000_000
        return NumberField(
            title, maximum=most, default=known or None, width=20 if most > 1_000_000 else 5
        )

    @cached_property
    def _outcome(self) -> OutcomeLines | None:
        return outcome_of(self._head.id)

    def _grounds(self) -> list[tuple[str, Any]]:
        offered = grounds_for(self._head.kind, self._action, self._today)
        return [(row.code, row.label(self._lang)) for row in offered]


_TITLES = {
    (Action.EXAMINE, "eligible"): _l("Đơn có đủ điều kiện xử lý không?"),
    (Action.EXAMINE, "competent"): _l("Cơ quan có thẩm quyền giải quyết không?"),
    (Action.ACCEPT, "on"): _l("Ngày thụ lý"),
    (Action.DECIDE, "on"): _l("Ngày ban hành"),
    (Action.SEND, "on"): _l("Ngày gửi"),
    (Action.SUSPEND, "on"): _l("Ngày quyết định tạm đình chỉ"),
    (Action.LIFT_SUSPENSION, "on"): _l("Ngày quyết định tiếp tục giải quyết"),
    (Action.TERMINATE, "on"): _l("Ngày quyết định đình chỉ"),
    (Action.RECORD_DIALOGUE, "on"): _l("Ngày đối thoại"),
    (Action.RECORD_DIALOGUE, "text"): _l("Nội dung và kết quả đối thoại"),
    (Action.RECORD_VERIFICATION, "text"): _l("Kết quả xác minh"),
    (Action.SHOW_PUBLIC, "text"): _l("Tóm tắt cho người dân khác đọc"),
    (Action.PUBLISH, "on"): _l("Ngày công khai"),
    (Action.PUBLISH, "place"): _l("Nơi công khai"),
    (Action.REMIND, "text"): _l("Nội dung đôn đốc"),
    (Action.REPORT_BACK, "text"): _l("Nội dung báo cáo"),
    (Action.DECIDE, "text"): _l("Nội dung gửi người dân"),
    (Action.ANSWER, "text"): _l("Nội dung trả lời"),
    (Action.SUBMIT_DRAFT, "text"): _l("Dự thảo"),
    (Action.MESSAGE, "text"): _l("Tin nhắn"),
    (Action.ASK_CITIZEN, "text"): _l("Cần người dân cho biết hoặc gửi thêm gì?"),
    (Action.NOTE, "text"): _l("Ghi chú"),
    (Action.SUMMARISE, "summary"): _l("Tóm tắt"),
}
