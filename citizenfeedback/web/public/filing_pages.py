"""The pages of filing as the views put them together: forms filled, offices listed, answers shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from flask import render_template, request, url_for

from citizenfeedback.documents.formats import sentence
from citizenfeedback.documents.kinds import follow_up_meaning, meaning, second_meaning
from citizenfeedback.documents.labels import error_text, label, problem_text, state_label
from citizenfeedback.domain.drafts import (
    MOST_NAMED,
    OF_SOMEBODY,
    PLACED,
    QUESTION_OF,
    DraftContent,
    Question,
    Standing,
    people_problem,
    questions,
)
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.intake import KIND_QUESTIONS, Problem
from citizenfeedback.domain.routing import commune_of_place, office_of_field
from citizenfeedback.domain.vocabulary import CaseKind, UnitLevel
from citizenfeedback.queries.competence import deciding_office
from citizenfeedback.queries.drafts import OpenDraft, Sent
from citizenfeedback.queries.offices import Office, matching, receiving_offices
from citizenfeedback.queries.public_reflections import Shown, similar_reflections
from citizenfeedback.queries.verdicts import left_unanswered
from citizenfeedback.services.intake import Incomplete
from citizenfeedback.web.context import setting, today
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.public import drafting, sending
from citizenfeedback.web.public.forms import (
    UNKNOWN,
    AuthorisedForm,
    DraftForm,
    FieldForm,
    FilesForm,
    OfficeChoice,
    OfficeForm,
    RespondentForm,
    SignersForm,
    StandingForm,
    WishForm,
    WordsForm,
    YouForm,
)
from citizenfeedback.web.security import allow_recording

FORMS: Mapping[Question, type[DraftForm]] = {
    Question.WORDS: WordsForm,
    Question.WISH: WishForm,
    Question.FIELD: FieldForm,
    Question.RESPONDENT: RespondentForm,
    Question.OFFICE: OfficeForm,
    Question.STANDING: StandingForm,
    Question.YOU: YouForm,
}
LONGEST = 20_000
"""What a draft keeps of a text that is too long to be sent, so that it can be shortened."""


@dataclass(frozen=True, slots=True)
class OfficeList:
    """The offices of a page as radio items: those found, and all of them by level.

    `proposed` is the one that decides such a matter, with the reason and the article.
    """

    searched: str
    found: Sequence[Mapping[str, Any]]
    groups: Sequence[tuple[str, Sequence[Mapping[str, Any]]]]
    unknown: Mapping[str, Any]
    proposed: Mapping[str, Any] | None = None
    why: tuple[str, ...] = ()


def filled_form(question: Question, draft: OpenDraft) -> DraftForm:
    """The form of a question, showing what the draft holds."""
    return _prepared(question, draft, formdata=None)


def sent_form(question: Question, draft: OpenDraft) -> DraftForm:
    """The form of a question as it was sent."""
    return _prepared(question, draft)


def _prepared(question: Question, draft: OpenDraft, **options: Any) -> DraftForm:
    content = draft.content
    shown: dict[str, Any] = asdict(content)
    shown["field"] = content.field.value if content.field else None
    if question is Question.OFFICE:
        passed = question.value in content.passed
        shown["search"] = content.office_search
        shown["unit"] = _unit_choice(content.unit_id, passed=passed)
    elif question is Question.RESPONDENT:
        shown["search"] = content.respondent_search
        shown["unit"] = _unit_choice(content.respondent_unit_id, passed=True)
    form = FORMS[question](data=shown, **options)
    form.adapt(content.kind)
    if isinstance(form, OfficeChoice):
        form.offices = receiving_offices(today())
        lang = current_language()
        offices = [(str(one.id), one.title(lang)) for one in form.offices]
        form.unit.choices = [(UNKNOWN, _unknown(question, form.offices)), *offices]
    return form


def _unit_choice(unit_id: int | None, *, passed: bool) -> str | None:
    if unit_id is not None:
        return str(unit_id)
    return UNKNOWN if passed else None


def _unknown(question: Question, offices: Sequence[Office]) -> str:
    if question is Question.OFFICE:
        return gettext("Tôi không biết, nhờ %(office)s chọn giúp", office=_highest(offices))
    return gettext("Tôi không biết, hoặc không thuộc cơ quan nào")


def _highest(offices: Sequence[Office]) -> str:
    """The name of the office to which goes what names none."""
    lang = current_language()
    return next((one.title(lang) for one in offices if one.parent_id is None), gettext("cơ quan"))


def direction(question: Question, draft: OpenDraft, form: DraftForm) -> str:
    """Where the sender wants to go: next, back, search, or nowhere (`keep`).

    Pressing Enter in the search box sends `next`; a new search with nothing chosen is a search.
    """
    going = request.form.get("go", "next")
    if going in ("back", "keep", "search"):
        return going
    if isinstance(form, OfficeChoice):
        content = draft.content
        office = question is Question.OFFICE
        before = content.office_search if office else content.respondent_search
        searched = form.search.data or ""
        if searched and searched != before and form.unit_id() is None:
            return "search"
    return "next"


def changes(form: DraftForm) -> dict[str, Any]:
    """What the page keeps, right or wrong; a text without measure is cut."""
    return {
        entry: value[:LONGEST] if isinstance(value, str) else value
        for entry, value in form.changes().items()
    }


def answers_right(question: Question, draft: OpenDraft, form: DraftForm) -> bool:
    """Whether the page may be left for the next one; puts the errors beside the fields."""
    if not form.validate():
        return False
    denounces = draft.content.kind is CaseKind.DENUNCIATION
    if question is Question.RESPONDENT and denounces and isinstance(form, OfficeChoice):
        highest = [one.id for one in form.offices if one.parent_id is None]
        if form.unit_id() in highest:
            form.add_errors({"unit": error_text("denounced_is_highest", lang=current_language())})
            return False
    return True


def question_page(question: Question, draft: OpenDraft, form: DraftForm) -> str:
    """The page of one question."""
    return render_template(
        f"public/file/{question.value}.html",
        form=form,
        draft=draft,
        kind=draft.content.kind,
        place=way(question),
        action=drafting.address(question, to_check=to_check()),
        offices=_offices_of(question, draft, form) if isinstance(form, OfficeChoice) else None,
    )


@dataclass(frozen=True, slots=True)
class Proposed:
    """The office to which such a matter goes, and why."""

    unit_id: int
    why: tuple[str, ...]


def _proposed(content: DraftContent, offices: Sequence[Office]) -> Proposed | None:
    """Who decides by the table of competence, else the commune of the place or who leads the field.

    Only one that receives. A reflection about a thing goes to no department: the commune knows it.
    """
    lang, receiving = current_language(), {one.id for one in offices}
    if content.kind in (CaseKind.COMPLAINT, CaseKind.DENUNCIATION):
        if content.respondent_unit_id is None or content.previous_id is not None:
            return None
        found = deciding_office(content.kind, content.respondent_unit_id, today())
        if found is None or found[0] not in receiving:
            return None
        unit_id, rows = found
        why = tuple(f"{sentence(one.why(lang))} ({one.law(lang)})" for one in rows)
        if content.kind is CaseKind.DENUNCIATION and len(rows) > 1:
            higher = gettext(
                "Đơn gửi nơi cao hơn để cơ quan bị tố cáo không thấy. Nơi ấy giao đúng người giải quyết."
            )
            why = (*why, higher)
        return Proposed(unit_id, why)
    by_place = _commune_of(content, offices)
    if by_place is not None:
        return Proposed(by_place, (gettext("Nơi xảy ra việc thuộc xã, phường này."),))
    if content.kind is CaseKind.REFLECTION and content.field not in OF_SOMEBODY:
        return None
    unit_id_of_field = (
        office_of_field(content.field, [(one.id, one.name) for one in offices])
        if content.field
        else None
    )
    if unit_id_of_field is None or content.field is None:
        return None
    leads = gettext("Cơ quan này phụ trách: %(field)s.", field=label(content.field, lang))
    return Proposed(unit_id_of_field, (leads,))


def _commune_of(content: DraftContent, offices: Sequence[Office]) -> int | None:
    if content.kind not in PLACED or not content.place:
        return None
    communes = [(one.id, one.name) for one in offices if one.level is UnitLevel.COMMUNE]
    return commune_of_place(content.place, communes)


def _offices_of(question: Question, draft: OpenDraft, form: OfficeChoice) -> OfficeList:
    """The offices to choose from; where it is asked who receives, with a proposal on top."""
    content, asks_who_receives = draft.content, question is Question.OFFICE
    proposed = _proposed(content, form.offices) if asks_who_receives else None
    near = asks_who_receives and content.kind is CaseKind.REFLECTION
    listed = _office_list(form, proposed.unit_id if proposed else None, near=near)
    return replace(listed, why=proposed.why) if proposed else listed


def files_page(draft: OpenDraft, refused: Sequence[str] = ()) -> str:
    """The page of the files, with what was refused and why."""
    allow_recording()
    form = FilesForm(formdata=None)
    if refused:
        form.files.errors = [gettext("Có tệp không nhận được. Các tệp khác đã được giữ.")]
    return render_template(
        "public/file/files.html",
        form=form,
        draft=draft,
        kind=draft.content.kind,
        refused=refused,
        most=setting("MAX_UPLOAD_MB"),
        place=way(Question.FILES),
        action=drafting.address(Question.FILES, to_check=to_check()),
    )


def people_form(draft: OpenDraft, *, sent: bool) -> SignersForm | AuthorisedForm:
    """The form for those beside the first person, as sent or as the draft holds them."""
    content = draft.content
    options: dict[str, Any] = {} if sent else {"formdata": None}
    if content.standing is Standing.INSTEAD:
        kept = asdict(content.people[0]) if content.people else {}
        kept["document_no"] = content.document_no
        kept["certification"] = content.certification
        return AuthorisedForm(data=kept, **options)
    form = SignersForm(data={"represents": content.represents}, **options)
    form.ask_name(adding=sent and request.form.get("go") == "add")
    return form


def people_page(
    draft: OpenDraft, form: SignersForm | AuthorisedForm, refused: Sequence[str] = ()
) -> str:
    """The page of those who sign too, or of who was authorised."""
    people = draft.content.signatories
    return render_template(
        "public/file/people.html",
        form=form,
        draft=draft,
        kind=draft.content.kind,
        instead=draft.content.standing is Standing.INSTEAD,
        people=people,
        refused=refused,
        place=way(Question.PEOPLE),
        action=drafting.address(Question.PEOPLE, to_check=to_check()),
    )


def people_changes(draft: OpenDraft, form: SignersForm | AuthorisedForm) -> dict[str, Any]:
    """Those named so far with what was sent: one added, or one taken out."""
    kept = form.changes()
    if isinstance(form, AuthorisedForm):
        return kept
    people = draft.content.people
    out = request.form.get("remove", "")
    if out.isascii() and out.isdigit() and len(out) < 4:
        people = tuple(one for place, one in enumerate(people) if place != int(out))
    elif not form.blank and len(people) < MOST_NAMED:
        people = (*people, form.named(represents=bool(form.person_represents.data)))
    return {**kept, "people": people}


def people_right(draft: OpenDraft, form: SignersForm | AuthorisedForm) -> bool:
    """Whether those named may be; puts the error beside the field."""
    wrong = people_problem(draft.content, today())
    if wrong is not None:
        text = problem_text(wrong.entry, wrong.code, wrong.limit, current_language())
        at = "document_no" if isinstance(form, AuthorisedForm) else "name"
        form.add_errors({at: text})
        return False
    if isinstance(form, AuthorisedForm) and not draft.files:
        form.add_errors({"files": gettext("Gửi kèm ảnh hoặc bản chụp giấy ủy quyền")})
        return False
    return True


def kind_page(error: str = "") -> str:
    """The page of the everyday question that finds the kind."""
    draft = drafting.found()
    content = draft.content if isinstance(draft, OpenDraft) else None
    lang, days = current_language(), setting("PETITION_DAYS")
    kept = next((one.code for one in KIND_QUESTIONS if content and one.kind is content.kind), "")
    return render_template(
        "public/file/kind.html",
        draft=draft if isinstance(draft, OpenDraft) else None,
        sent=draft if isinstance(draft, Sent) else None,
        resume=drafting.resume_at(content) if content else "",
        meanings={one.code: meaning(one.kind, today(), days, lang) for one in KIND_QUESTIONS},
        chosen=request.form.get("question") or kept,
        error=error,
        place=drafting.place(Question.KIND),
        code_days=setting("DRAFT_CODE_DAYS"),
        action=drafting.address(Question.KIND, to_check=to_check()),
    )


def to_check() -> bool:
    """Whether the page was opened from the last one to change an answer."""
    return request.args.get("then") == "check"


def way(question: Question) -> drafting.Place:
    """Where one is and what lies before and after."""
    draft = drafting.found()
    content = draft.content if isinstance(draft, OpenDraft) else None
    place = drafting.place(question, content, to_check=to_check())
    others = content is not None and content.standing is not Standing.ALONE
    if question is Question.STANDING and others and to_check():
        return replace(place, onward=drafting.address(Question.PEOPLE, to_check=True))
    return place


def onward(question: Question, going: str) -> str:
    """The address to go to after a page was kept."""
    if going == "back":
        return way(question).back
    if going == "next":
        return way(question).onward
    return drafting.address(question, to_check=to_check())


def _office_list(
    form: OfficeChoice, proposed: int | None = None, *, near: bool = False
) -> OfficeList:
    """Those found and the others by level; what is `near`, the communes, first where asked."""
    offices = form.offices
    items = {item["value"]: item for item in form.unit.items}
    searched = form.search.data or ""
    found = [items[str(one.id)] for one in matching(offices, searched)]
    first = items[str(proposed)] if proposed is not None else None
    chosen = [one for one in items.values() if one["checked"] and one["value"] != UNKNOWN]
    shown = [*found, *(one for one in chosen if one not in found)]
    shown = [one for one in shown if one is not first]
    rest = [one for one in offices if items[str(one.id)] not in shown and one.id != proposed]
    groups = [] if searched else _by_level(rest, items, near=near)
    return OfficeList(searched, shown, groups, items[UNKNOWN], first)


def _by_level(
    offices: Sequence[Office], items: Mapping[str, Mapping[str, Any]], *, near: bool
) -> list[tuple[str, list[Mapping[str, Any]]]]:
    lang = current_language()
    levels = sorted(UnitLevel, key=lambda one: near and one is not UnitLevel.COMMUNE)
    groups = [
        (label(level, lang), [items[str(one.id)] for one in offices if one.level is level])
        for level in levels
    ]
    return [(title, members) for title, members in groups if members]


def check_page(draft: OpenDraft, wrong: Sequence[tuple[str, str]] = ()) -> str:
    """Everything once more before sending; `wrong` are (address, message) to put right."""
    return render_template(
        "public/file/check.html",
        draft=draft,
        kind=draft.content.kind,
        rows=_rows(draft),
        alike=_alike(draft.content),
        wrong=wrong,
        effort=sending.task_to_do(),
        back=drafting.address(Question.YOU),
    )


def _alike(content: DraftContent) -> list[dict[str, Any]]:
    """Public reflections that speak of the same things; only a reflection can be joined."""
    if content.kind is not CaseKind.REFLECTION:
        return []
    return [shown_reflection(one) for one in similar_reflections(content.words, today())]


def shown_reflection(one: Shown) -> dict[str, Any]:
    """One public reflection as pages show it."""
    lang = current_language()
    return {
        "id": one.case_id,
        "summary": one.summary,
        "state": state_label(one.state, CaseKind.REFLECTION, lang),
        "unit": one.unit_title(lang),
        "joined": one.joined,
        "answer": one.answer,
    }


def to_put_right(refused: RuleBroken) -> list[tuple[str, str]]:
    """What kept a draft from being sent: where to put it right, and the words for it."""
    lang = current_language()
    if isinstance(refused, Incomplete):
        return [_pointed(problem, lang) for problem in refused.problems]
    at = drafting.address(Question.RESPONDENT, to_check=True)
    return [(at, error_text(refused.code, refused.values, lang))]


def _pointed(problem: Problem, lang: str) -> tuple[str, str]:
    question = QUESTION_OF.get(problem.entry, Question.KIND)
    text = problem_text(problem.entry, problem.code, problem.limit, lang)
    return drafting.address(question, to_check=True), text


def _rows(draft: OpenDraft) -> list[dict[str, Any]]:
    content, asked = draft.content.as_asked(), questions(draft.content)
    lang = current_language()
    offices = receiving_offices(today())
    names = {one.id: one.title(lang) for one in offices}
    nothing = gettext("Không có")
    about = [content.respondent, names.get(content.respondent_unit_id or 0, "")]
    who = [content.name, content.id_no, content.phone, content.address]
    rows = [
        (Question.KIND, gettext("Loại đơn"), label(content.kind, lang) if content.kind else ""),
        (Question.WORDS, gettext("Chuyện đã xảy ra"), content.words),
        *([(Question.WORDS, gettext("Ở đâu"), content.place)] if content.kind in PLACED else []),
        (Question.WISH, gettext("Mong muốn"), content.wish),
        (Question.FIELD, gettext("Lĩnh vực"), label(content.field, lang) if content.field else ""),
        (Question.RESPONDENT, gettext("Nói về ai, việc gì"), _lines(about)),
        (Question.OFFICE, gettext("Cơ quan nhận"), _office_name(content, offices)),
        (Question.FILES, gettext("Tệp gửi kèm"), _lines(file.name for file in draft.files)),
        (Question.YOU, gettext("Ông/bà"), _lines(who) or gettext("Không ghi tên")),
        (Question.YOU, gettext("Email nhận tin"), content.mail_for_news),
        (Question.STANDING, gettext("Đơn của"), standing_text(content.standing)),
        *_people_rows(content, lang),
    ]
    return [
        {
            "key": title,
            "value": value or nothing,
            "actions": [
                (
                    drafting.address(question, to_check=True),
                    gettext("Sửa"),
                    title,
                )
            ],
        }
        for question, title, value in rows
        if question in asked
    ]


def standing_text(standing: Standing) -> str:
    """For whom somebody writes, in a few words."""
    return {
        Standing.ALONE: gettext("Của riêng tôi"),
        Standing.TOGETHER: gettext("Của tôi và những người cùng ký"),
        Standing.INSTEAD: gettext("Tôi làm thay người khác (có giấy ủy quyền)"),
    }[standing]


def _people_rows(content: DraftContent, lang: str) -> list[tuple[Question, str, str]]:
    """Those beside the first person as the last page shows them."""
    if content.standing is Standing.ALONE:
        return []
    named = _lines(
        ", ".join(
            part
            for part in (
                one.name,
                one.id_no,
                one.phone,
                one.address,
                gettext("đại diện") if one.represents else "",
            )
            if part
        )
        for one in content.people
    )
    if content.standing is Standing.INSTEAD:
        proof = label(content.certification, lang) if content.certification else ""
        paper = _lines([content.document_no, proof])
        return [
            (Question.PEOPLE, gettext("Người được ủy quyền"), named),
            (Question.PEOPLE, gettext("Giấy ủy quyền"), paper),
        ]
    if content.represents:
        named = _lines([gettext("Ông/bà đại diện cho cả nhóm"), named])
    return [(Question.PEOPLE, gettext("Những người cùng ký"), named)]


def _office_name(content: DraftContent, offices: Sequence[Office]) -> str:
    lang = current_language()
    chosen = [one.title(lang) for one in offices if one.id == content.unit_id]
    return chosen[0] if chosen else _highest(offices)


def _lines(parts: Any) -> str:
    return "\n".join(part for part in parts if part)


def meaning_page(draft: OpenDraft, kind: CaseKind) -> str:
    """What the kind means for name, readers and term, before the first field."""
    lang = current_language()
    onward_to = url_for("public.check_answers") if to_check() else drafting.address(Question.WORDS)
    told = meaning(kind, today(), setting("PETITION_DAYS"), lang)
    if kind is CaseKind.COMPLAINT and draft.content.previous_id is not None:
        told = second_meaning(told, today(), lang)
    if kind is CaseKind.DENUNCIATION and draft.content.previous_id is not None:
        unsettled = left_unanswered(draft.content.previous_id, today())
        told = follow_up_meaning(told, today(), lang, unsettled=unsettled)
    return render_template(
        "public/file/meaning.html",
        draft=draft,
        kind=kind,
        meaning=told,
        back=url_for("public.file_start", then="check" if to_check() else None),
        onward=onward_to,
    )
