"""The forms of letters: what fills one, its text as it is worked over, how it went out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, cast

from wtforms import HiddenField

from citizenfeedback.documents.formats import format_date, format_size
from citizenfeedback.documents.labels import error_text, label
from citizenfeedback.documents.letters import field_label, section_label
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.law.forms import FIELDS, FieldKind, LetterForm
from citizenfeedback.domain.law.grounds import ground
from citizenfeedback.domain.letter_acts import NOTICE_RULES, asked_entries, asked_fields
from citizenfeedback.domain.letters import SECTIONS, Value, lines_of
from citizenfeedback.domain.vocabulary import Action, SendingWay
from citizenfeedback.queries.case_head import CaseHead
from citizenfeedback.queries.letters import Enclosure, LetterPage
from citizenfeedback.queries.templates import ParagraphLine
from citizenfeedback.services.lettering import LONGEST_SECTION, Prepared
from citizenfeedback.web.fields import (
    ChoiceField,
    DateField,
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
from citizenfeedback.web.inbox.forms import act_form, values_of
from citizenfeedback.web.signing import signing_fields

FIELD_PREFIX = "f_"
_ROWS_HINT = _l("Mỗi dòng một mục, các cột cách nhau bằng dấu |.")
_LONGEST_FIELD = 20_000
_SECTION_ROWS = {"summary": 2, "addressee": 2, "bases": 5, "body": 18, "recipients": 4}
_SECTION_HINTS = {
    "body": _l("Mỗi dòng là một đoạn. “Điều 1.” tự in đậm. Dòng bắt đầu bằng # đứng giữa, in đậm."),
}


def entries_form(
    action: Action,
    head: CaseHead,
    actor: Actor,
    today: date,
    kept: Mapping[str, object] | None = None,
) -> Form:
    """The entries of an act that its letter does not give; `kept` fills them in."""
    form = act_form(action, head, actor, today)
    wanted = {name for name, _ in asked_entries(head.kind, action)}
    for name in [field.name for field in form]:
        if name not in wanted and name != "csrf_token":
            del form[name]
    for name, value in (kept or {}).items():
        if name not in form:
            continue
        lines = isinstance(value, list | tuple) and not isinstance(form[name], ManyChoiceField)
        form[name].data = "\n".join(map(str, cast("Iterable[object]", value))) if lines else value
    return form


def entry_words(value: object, name: str, lang: str) -> str:
    """What was entered for an act, in words."""
    if isinstance(value, bool):
        return gettext("Có") if value else gettext("Không")
    if name == "ground":
        return ground(str(value)).label(lang)
    if isinstance(value, StrEnum):
        return label(value, lang)
    if isinstance(value, date):
        return format_date(value, lang)
    if isinstance(value, list | tuple):
        return "; ".join(entry_words(one, "", lang) for one in value)
    return "; ".join(lines_of(str(value)))


class DraftForm:
    """What is asked before a letter is drafted: entries of its act, fields, who signs."""

    def __init__(
        self, prepared: Prepared, head: CaseHead, actor: Actor, today: date, action: Action | None
    ) -> None:
        """Make the form, empty or filled with what was posted."""
        self.action = action
        self.asked = () if action is None else asked_entries(head.kind, action)
        self.entries = self._entries(head, actor, today)
        row = prepared.offer.form
        names = asked_fields(row, head.kind, action)
        made: dict[str, Any] = {
            FIELD_PREFIX + name: letter_field(name, row, prepared.values.get(name))
            for name in names
        }
        if not row.signers:
            made |= signing_fields(prepared.signing)
        form_class = type("LetterFieldsForm", (Form,), made)
        self.fields: Form = form_class()
        self.names = names

    def _entries(self, head: CaseHead, actor: Actor, today: date) -> Form | None:
        if self.action is None:
            return None
        return entries_form(self.action, head, actor, today)

    def validate(self) -> bool:
        """Whether everything is in its shape; both parts are looked at."""
        entries = self.entries is None or self.entries.validate()
        return self.fields.validate() and entries

    @property
    def error_list(self) -> list[tuple[str, str]]:
        """All errors, of the act first."""
        found = [] if self.entries is None else self.entries.error_list
        return [*found, *self.fields.error_list]

    def shown_entries(self) -> list[Any]:
        """The fields of the act as the page draws them."""
        if self.entries is None:
            return []
        return [field for field in self.entries if field.name != "csrf_token"]

    def values(self) -> dict[str, Any]:
        """The entries of the act as it takes them."""
        if self.entries is None or self.action is None:
            return {}
        return values_of(self.entries, self.action)

    def field_values(self) -> dict[str, Value]:
        """The fields of the letter."""
        return {name: self.fields[FIELD_PREFIX + name].data for name in self.names}

    def show(self, refused: RuleBroken) -> None:
        """Put the reason of a refusal where it belongs."""
        entry = str(refused.values.get("entry") or "")
        text = error_text(refused.code, refused.values, current_language())
        if self.entries is not None and entry in self.entries:
            self.entries.add_errors({entry: text})
        else:
            self.fields.add_errors({FIELD_PREFIX + entry: text})


def letter_field(name: str, row: LetterForm, known: Value) -> Any:
    """The unbound field of a form's field, with what is known of it."""
    kind, title = FIELDS[name], field_label(name, current_language())
    # A gap is allowed in a draft; before the leader sees it, it must be gone.
    later: dict[str, Any] = {"needed_later": name in row.required}
    if kind is FieldKind.DAY:
        return DateField(title, default=known if isinstance(known, date) else None, **later)
    if kind is FieldKind.NUMBER:
        return NumberField(title, default=known if isinstance(known, int) else None, **later)
    text = "" if known is None else str(known)
    if kind is FieldKind.LINE:
        return TextField(title, max_length=500, default=text, **later)
    hint = _ROWS_HINT if kind is FieldKind.ROWS else None
    return LongTextField(
        title, hint, max_length=_LONGEST_FIELD, rows=4, count=False, default=text, **later
    )


def edit_form(page: LetterPage, paragraphs: tuple[ParagraphLine, ...]) -> Form:
    """The text of a letter in its sections, who signs, what goes along."""
    lang = current_language()
    sections = page.written.text.sections()
    made: dict[str, Any] = {
        name: LongTextField(
            section_label(name, lang),
            _SECTION_HINTS.get(name),
            required=_l("Nhập nội dung văn bản.") if name == "body" else None,
            marked=not sections[name],
            max_length=LONGEST_SECTION,
            rows=_SECTION_ROWS[name],
            count=False,
            default=sections[name],
        )
        for name in SECTIONS
    }
    if not page.form.signers:
        made |= signing_fields(page.written.signing)
    if page.papers:
        made["along"] = ManyChoiceField(
            _l("Giấy tờ gửi kèm"),
            choices=[(str(paper.id), paper_title(paper)) for paper in page.papers],
            default=[str(paper.id) for paper in page.papers if paper.along],
        )
    if paragraphs:
        made["paragraph"] = SelectField(
            _l("Đoạn mẫu"),
            _l("Đoạn được chọn nối vào cuối phần Nội dung. Điều đã nhập vẫn giữ nguyên."),
            choices=[(str(one.id), one.title) for one in paragraphs],
        )
    made["version"] = HiddenField(default=str(page.version))
    form_class = type("LetterTextForm", (Form,), made)
    form: Form = form_class()
    return form


def paper_title(paper: Enclosure) -> str:
    """What a paper is called where one is chosen; a sealed one by its place only."""
    name = gettext("Tài liệu được niêm phong") if paper.sealed else paper.name
    whose = label(paper.author, current_language())
    return (
        f"{name or gettext('Tài liệu')} · {whose} · {format_size(paper.size, current_language())}"
    )


def sections_of(form: Form) -> Mapping[str, str]:
    """The sections as they were typed."""
    return {name: form[name].data or "" for name in SECTIONS}


def along_of(form: Form) -> list[int]:
    """The papers chosen to go along."""
    return [int(one) for one in form["along"].data or ()] if "along" in form else []


def send_form(page: LetterPage, today: date) -> Form:
    """How a letter went out: the way, the day, the proof."""
    lang = current_language()
    ways = [one for one in SendingWay if one is not SendingWay.MAIL or page.address_confirmed]
    hints = {
        SendingWay.MAIL: gettext("Thư chỉ báo có tin. Người dân đọc trên trang, sau khi xác nhận."),
        SendingWay.POST: gettext("Ghi số hiệu bưu gửi."),
        SendingWay.HANDED_OVER: gettext("Ghi người ký nhận."),
    }
    made = {
        "way": ChoiceField(
            _l("Gửi bằng cách nào?"),
            choices=[
                (one, label(one, lang), hints[one]) if one in hints else (one, label(one, lang))
                for one in ways
            ],
            required=_l("Chọn cách gửi."),
        ),
        "on": DateField(_l("Ngày gửi"), required=_l("Ghi ngày gửi."), default=today),
        "proof": TextField(_l("Số hiệu bưu gửi, hoặc người ký nhận"), max_length=200),
    }
    rule = page.form.sending_rule
    if rule in NOTICE_RULES and Action.RECORD_NOTICE in page.head.actions:
        made["notice"] = TickField(
            _l("Đã thông báo cho tất cả người phải được thông báo"),
            _l(
                "Đánh dấu thì bước “Ghi nhận đã gửi thông báo” được làm luôn, thời hạn thông báo dừng."
            ),
            default=False,
        )
    form_class = type("SendForm", (Form,), made)
    form: Form = form_class()
    return form


class ReasonForm(Form):
    """A step that needs a reason."""

    reason = LongTextField(
        _l("Lý do"), required=_l("Ghi lý do."), max_length=500, rows=2, count=False
    )
