"""The entries and the advice of the acts from receipt to acceptance, and of withdrawals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import request
from wtforms import HiddenField

from citizenfeedback.documents.catalogue import SOURCE_LANGUAGE
from citizenfeedback.documents.labels import label
from citizenfeedback.documents.requests import reminder_text, request_text
from citizenfeedback.domain.escalation import unanswered_in_time
from citizenfeedback.domain.examination import CLOSED_LISTS, conditions, seen_lacking
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.intake import LIMITS, SIGNATORIES_MOST
from citizenfeedback.domain.law.competence import RespondentKind, RightDoor
from citizenfeedback.domain.representation import representatives_allowed
from citizenfeedback.domain.vocabulary import (
    Action,
    AuthorisationProof,
    CaseField,
    CaseKind,
    Instance,
    PersonRole,
    ReplyOutcome,
    State,
    WithdrawalProof,
)
from citizenfeedback.queries.case_head import CaseHead
from citizenfeedback.queries.case_page import paper_choices
from citizenfeedback.queries.colleagues import units_to_pass_to
from citizenfeedback.queries.competence import Competence, competence_of
from citizenfeedback.queries.likeness import Alike, alike_to, forwarded_before
from citizenfeedback.web.fields import (
    ChoiceField,
    Form,
    LongTextField,
    ManyChoiceField,
    NumberField,
    SelectField,
    TickField,
)
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l

ON_COMPETENCE = frozenset({Action.EXAMINE, Action.GUIDE, Action.FORWARD})
_ADDRESSED = frozenset({CaseKind.COMPLAINT, CaseKind.DENUNCIATION})
HINTS: Mapping[tuple[Action, str], Any] = {
    (Action.EXAMINE, "lacking"): _l("Chọn điều còn thiếu khi đơn không đủ điều kiện."),
    (Action.EXAMINE, "several_places"): _l(
        "Khi đó thời hạn xem xét là 10 ngày làm việc, không phải 7 (Luật Tố cáo, điều 24)."
    ),
    (Action.FORWARD, "reason"): _l(
        "Chỉ ghi khi tố cáo gần giống đã được chuyển: mỗi nội dung chỉ chuyển một lần."
    ),
    (Action.REFER, "ground"): _l("Nơi nhận theo từng trường hợp ghi ở mục đã chọn."),
    (Action.REPRESENT, "names"): _l("Mỗi người một dòng. Địa chỉ ghi sau dấu phẩy."),
    (Action.REPRESENT, "people"): _l("Chỉ ghi khi có văn bản cử người đại diện."),
    (Action.REPRESENT, "certification"): _l("Chỉ chọn khi ghi người được ủy quyền."),
    (Action.SPLIT, "summary"): _l("Chỉ nội dung tách ra. Tố cáo: không nêu tên người gửi."),
    (Action.SPLIT, "first_summary"): _l(
        "Chỉ khi tách tố cáo: lời trình bày gốc được niêm phong theo tố cáo. "
        "Viết lại tóm tắt của vụ việc đầu, không nhắc đến tố cáo. Tin nhắn và ghi chú ở lại."
    ),
    (Action.SPLIT, "open_persons"): _l(
        "Chỉ khi người gửi đồng ý. Phải ghi lý do; việc này được ghi lại như một lần đọc bản gốc."
    ),
    (Action.SPLIT, "papers"): _l("Giấy tờ chuyển sang tố cáo được niêm phong."),
    (Action.WITHDRAW_PART, "text"): _l("Người dân đọc được bằng mã tra cứu."),
    (Action.RECORD_REPLY, "text"): _l("Người dân đọc được bằng mã tra cứu."),
    (Action.TAKE_BACK, "on"): _l("Ngày cơ quan nhận lại đơn. Thời hạn tính lại từ ngày này."),
}
TITLES: Mapping[tuple[Action, str], Any] = {
    (Action.GUIDE, "body"): _l("Cơ quan, người có thẩm quyền"),
    (Action.FORWARD, "body"): _l("Cơ quan, người có thẩm quyền"),
    (Action.FORWARD, "reason"): _l("Khác đơn đã chuyển ở điểm nào?"),
    (Action.REFER, "ground"): _l("Vì sao chuyển, và chuyển đến đâu?"),
    (Action.RECORD_REPLY, "on"): _l("Ngày của văn bản trả lời"),
    (Action.RECORD_REPLY, "text"): _l("Nội dung trả lời"),
    (Action.REPRESENT, "people"): _l("Số người ký văn bản cử người đại diện"),
    (Action.REPRESENT, "document_no"): _l("Văn bản cử đại diện hoặc ủy quyền"),
    (Action.SPLIT, "kind"): _l("Nội dung tách ra là gì?"),
    (Action.SPLIT, "summary"): _l("Tóm tắt nội dung tách ra"),
    (Action.WITHDRAW_PART, "text"): _l("Nội dung được rút"),
    (Action.WITHDRAW_PART, "on"): _l("Ngày rút"),
}


@dataclass(frozen=True)
class Examined:
    """What the forms of these acts know of a case: entries, defaults and advice."""

    action: Action
    head: CaseHead
    actor: Actor
    today: date
    lang: str

    def field(self, name: str, title: str, common: Mapping[str, Any]) -> Any:
        """The unbound field of an entry that is at home here, else None."""
        maker = self._makers.get(name)
        return maker(title, dict(common)) if maker is not None else None

    def leaves_out(self, name: str) -> bool:
        """Whether an entry makes no sense for this case."""
        if name == "several_places":
            return (
                self.head.kind is not CaseKind.DENUNCIATION or self.head.instance != Instance.FIRST
            )
        if self.action is Action.FORWARD and name == "reason":
            return forwarded_before(self.head.id) is None
        if self.action is Action.SPLIT:
            if name == "papers":
                return not self._papers
            if name == "open_persons":
                return not (self.head.sealed and self.head.may_unseal)
            if name == "first_summary":
                return self.head.sealed
        return False

    def needs(self, name: str) -> bool:
        """Whether the law asks for an entry that the act itself may go without."""
        return name == "ground" and (self.head.kind, self.action) in CLOSED_LISTS

    def known(self, name: str) -> str:
        """What stands in a text entry before anything is typed."""
        if name == "body" and self.action in (Action.GUIDE, Action.FORWARD):
            return self._body
        if name == "text" and self.action is Action.ASK_CITIZEN:
            return self._request
        if name == "text" and self.action is Action.REMIND:
            return self._reminder
        if name == "case_number" and self.action is Action.ATTACH:
            return request.args.get("first", "")[:20]
        return ""

    @cached_property
    def competence(self) -> Competence:
        """Who must decide the case."""
        asked = request.args.get("about", "") or request.form.get("respondent_kind", "")
        return competence_of(self.head, asked)

    @cached_property
    def alike(self) -> tuple[Alike, ...]:
        """What may be the same submission."""
        return alike_to(self.actor, self.head)

    def advice(self) -> dict[str, Any] | None:
        """Who must decide and why, for the page; None where the act has nothing to do with it."""
        if self.action not in ON_COMPETENCE:
            return None
        found = self.competence
        return {
            "about": self._about_form(found) if self.head.kind in _ADDRESSED else None,
            "who": self._who(found),
            "why": found.proposal.why(self.lang) if found.proposal else "",
            "law": found.proposal.law(self.lang) if found.proposal else "",
            "doubt": self._doubt(found),
            "ours": found.ours,
            "ways": [self._way(door) for door in found.doors] if found.ours is not True else [],
        }

    def _about_form(self, found: Competence) -> Form:
        field = SelectField(
            gettext("Đơn nói về ai?"),
            choices=[(kind, label(kind, self.lang)) for kind in RespondentKind],
            default=found.respondent,
        )
        form: Form = type("AboutForm", (Form,), {"about": field})(
            formdata=None, meta={"csrf": False}
        )
        return form

    def _who(self, found: Competence) -> str:
        if found.proposal is None:
            return ""
        who = label(found.proposal.settler, self.lang)
        unit = found.unit_title(self.lang)
        return f"{who} ({unit})" if unit else who

    def _doubt(self, found: Competence) -> str:
        doubt = found.proposal.doubt if found.proposal else None
        if doubt is None:
            return ""
        return doubt.vi if self.lang == "vi" else doubt.en

    def _way(self, door: RightDoor) -> dict[str, str]:
        return {"text": door.row.why(self.lang), "law": door.row.law(self.lang)}

    @property
    def _body(self) -> str:
        found = self.competence
        return "" if found.ours is True else self._who(found)[: LIMITS["body"]]

    @property
    def _request(self) -> str:
        head = self.head
        if head.state not in (State.REGISTERED, State.EXAMINING):
            return ""
        return request_text(
            head.kind,
            head.lacking,
            signed=head.signed,
            number=head.number,
            unit=head.unit_en if head.language == "en" and head.unit_en else head.unit,
            lang=head.language,
        )

    @property
    def _reminder(self) -> str:
        head = self.head
        unsettled = head.kind is CaseKind.DENUNCIATION and unanswered_in_time(
            head.kind, head.state, head.settle_by, self.today
        )
        return reminder_text(
            number=head.number,
            unit=head.unit,
            received_on=head.received_on,
            due_on=head.settle_by if unsettled else head.due_on,
            today=self.today,
            lang=SOURCE_LANGUAGE,
            unsettled=unsettled,
        )

    @cached_property
    def _papers(self) -> tuple[tuple[int, str], ...]:
        return paper_choices(self.head.id)

    @cached_property
    def _makers(self) -> Mapping[str, Callable[[str, dict[str, Any]], Any]]:
        makers: dict[str, Callable[[str, dict[str, Any]], Any]] = {
            "lacking": self._lacking,
            "respondent_kind": self._respondent_kind,
            "reply": self._codes(ReplyOutcome),
            "proof": self._codes(WithdrawalProof),
            "role": self._codes((PersonRole.REPRESENTATIVE, PersonRole.AUTHORISED)),
            "certification": self._certification,
            "several_places": lambda title, common: TickField(title, common.get("hint")),
        }
        if self.action is Action.REPRESENT:
            makers["people"] = self._people
        if self.action is Action.SPLIT:
            makers |= {
                "kind": self._codes(CaseKind),
                "field": self._case_field,
                "summary": self._summary,
                "first_summary": self._summary,
                "respondent_unit": self._respondent_unit,
                "papers": self._which_papers,
                "open_persons": lambda title, common: TickField(title, common.get("hint")),
            }
        return makers

    def _codes(self, members: Any) -> Callable[[str, dict[str, Any]], Any]:
        choices = [(member, label(member, self.lang)) for member in members]
        return lambda title, common: ChoiceField(title, choices=choices, **common)

    def _lacking(self, title: str, common: dict[str, Any]) -> Any:
        head = self.head
        found = head.lacking or seen_lacking(
            head.kind,
            signed=head.signed or not head.formal,
            named=True,
            about=bool(head.respondent or head.respondent_unit),
            stated=True,
            forwarded=forwarded_before(head.id) is not None,
        )
        choices = [(row.code, row.label(self.lang)) for row in conditions(head.kind, self.today)]
        return ManyChoiceField(title, choices=choices, default=found, **common)

    def _respondent_kind(self, _title: str, _common: dict[str, Any]) -> Any:
        shown = self.head.kind in _ADDRESSED and self.competence.respondent
        return HiddenField(default=str(shown) if shown else "")

    def _certification(self, title: str, common: dict[str, Any]) -> Any:
        choices = [(proof, label(proof, self.lang)) for proof in AuthorisationProof]
        return SelectField(title, choices=choices, empty=_l("Không có"), **common)

    def _people(self, title: str, common: dict[str, Any]) -> Any:
        common["hint"] = self._how_many()
        return NumberField(title, minimum=1, maximum=SIGNATORIES_MOST, width=5, **common)

    def _how_many(self) -> str:
        people = self.head.signatories
        allowed = representatives_allowed(people)
        return gettext(
            "Đơn có %(people)s người ký, được cử nhiều nhất %(most)s người đại diện (%(law)s).",
            people=people,
            most=allowed.most,
            law=allowed.law(self.lang),
        )

    def _case_field(self, title: str, common: dict[str, Any]) -> Any:
        choices = [(field, label(field, self.lang)) for field in CaseField]
        return SelectField(title, choices=choices, default=self.head.field, **common)

    def _summary(self, title: str, common: dict[str, Any]) -> Any:
        return LongTextField(title, max_length=LIMITS["summary"], rows=3, **common)

    def _respondent_unit(self, title: str, common: dict[str, Any]) -> Any:
        choices = [(str(unit.id), unit.title(self.lang)) for unit in units_to_pass_to()]
        common["hint"] = gettext("Chỉ khi tách tố cáo. Cơ quan này sẽ không thấy đơn.")
        empty = _l("Không phải cơ quan trong danh sách")
        return SelectField(title, choices=choices, empty=empty, **common)

    def _which_papers(self, title: str, common: dict[str, Any]) -> Any:
        sealed = gettext("Tài liệu được niêm phong")
        choices = [
            (str(id_), name or f"{sealed} {number}")
            for number, (id_, name) in enumerate(self._papers, start=1)
        ]
        return ManyChoiceField(title, choices=choices, **common)


def examined(action: Action, head: CaseHead, actor: Actor, today: date) -> Examined:
    """What the forms of these acts know of a case."""
    return Examined(action, head, actor, today, current_language())
