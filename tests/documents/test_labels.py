"""Every code has words in both languages, and the sentences read well."""

import ast
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from string import Formatter

import pytest

import citizenfeedback
from citizenfeedback.documents import citizen_words, happenings, refusals, words
from citizenfeedback.documents.catalogue import translate
from citizenfeedback.documents.labels import (
    button,
    error_text,
    event_text,
    input_label,
    kind_meaning,
    kind_question,
    kind_reason,
    label,
    problem_text,
    standing_sentence,
    state_label,
)
from citizenfeedback.domain import intake, receptions, similar, vocabulary, workflow
from citizenfeedback.domain.law import competence
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    ClockKind,
    EventKind,
    Instance,
    ReceptionKind,
    State,
)

LANGUAGES = ("vi", "en")
ENUMS = sorted(
    (
        thing
        for module in (vocabulary, competence, similar)
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, Enum)
        and thing.__module__ == module.__name__
    ),
    key=lambda enum: enum.__name__,
)
PACKAGE = Path(citizenfeedback.__file__).parent


def texts() -> set[str]:
    """Every Vietnamese text of the four tables."""
    found: set[str] = {refusals.ANY_REFUSAL, citizen_words.OVERDUE, citizen_words.TO_FILE_IN_FORM}
    for table in words.LABELS.values():
        found |= set(table.values())
    for table in (
        words.BUTTONS,
        words.STATES,
        words.INPUTS,
        refusals.REFUSALS,
        refusals.REQUIRED,
        citizen_words.STANDING,
        citizen_words.NEXT,
        citizen_words.SETTLED_BY,
        citizen_words.KIND_QUESTIONS,
        citizen_words.KIND_REASONS,
        citizen_words.MEANINGS,
    ):
        found |= set(table.values())
    for lines in happenings.HAPPENINGS.values():
        found |= set(lines)
    return found


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_has_every_member_of_the_vocabulary_a_label_of_its_own(enum: type[Enum], lang: str) -> None:
    told = [label(member, lang) for member in enum]
    assert all(told)
    assert len(set(told)) == len(told)


def test_is_every_text_translated_with_the_same_values() -> None:
    fields = Formatter().parse
    for text in texts():
        english = translate(text, "en")
        assert english != text, text
        assert {f[1] for f in fields(text)} == {f[1] for f in fields(english)}, text


def test_is_the_same_code_of_two_enumerations_kept_apart() -> None:
    assert label(ReceptionKind.NONE)
    assert label(Instance.SECOND, "en") == "Second"


def literal_codes() -> set[str]:
    """Every code that the package gives to a refusal or a problem as plain text."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            place = {"RuleBroken": 0, "FileRefused": 0, "error_text": 0, "Problem": 1}.get(
                node.func.id
            )
            if place is None or len(node.args) <= place:
                continue
            code = node.args[place]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                found.add(code.value)
    return found


def guard_codes() -> set[str]:
    """Every code that a condition of the workflow may give, read from its source."""
    tree = ast.parse((PACKAGE / "domain" / "conditions.py").read_text("utf-8"))
    return {
        leaf.value
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for statement in node.body[1:]
        for leaf in ast.walk(statement)
        if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)
    }


def test_has_every_refusal_a_sentence() -> None:
    codes = literal_codes() | guard_codes() | set(workflow.NEVER.values())
    codes |= {"not_found", "changed_meanwhile", "not_allowed_here", "required", "too_long"}
    assert codes - set(refusals.REFUSALS) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_how_is_a_refusal_worded(lang: str) -> None:
    told = error_text("not_allowed_here", {"action": Action.SEND, "state": State.DONE}, lang)
    assert label(Action.SEND, lang) in told
    assert label(State.DONE, lang) in told
    assert "zz" in error_text("zz", {}, lang)
    # A sentence with a hole is never shown.
    assert "not_in_force" in error_text("not_in_force", {"rule": "KN-03"}, lang)
    assert "01/07/2026" in error_text(
        "not_in_force", {"rule": "KN-03", "on": date(2026, 7, 1)}, lang
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_is_every_problem_of_an_entry_worded(lang: str) -> None:
    for kind in CaseKind:
        for channel in vocabulary.Channel:
            for entry in intake.required_fields(kind, channel):
                assert problem_text(entry, "required", lang=lang)
    assert problem_text("people", "required", lang=lang) == error_text("required", {}, lang)
    assert "300" in problem_text("summary", "too_long", 300, lang)
    assert "10" in problem_text("people", "people_out_of_range", receptions.PEOPLE_MOST, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_has_every_act_its_button_and_every_entry_its_name(lang: str) -> None:
    for row in workflow.TRANSITIONS:
        for kind in row.kinds:
            assert button(row.action, kind, lang)
            assert all(letter in vocabulary.Letter for letter in row.letters)
        for name in (
            *workflow.required_inputs(row.action),
            *workflow.optional_inputs(row.action),
        ):
            assert input_label(name, lang)
        for name in workflow.required_inputs(row.action):
            assert name in refusals.REQUIRED
    assert button(Action.DECIDE, CaseKind.DENUNCIATION) == "Ban hành kết luận"
    assert state_label(State.DECIDED, CaseKind.PETITION, "en") == "Answer written, not yet sent"
    assert state_label(State.EXAMINING, CaseKind.PETITION) == label(State.EXAMINING)


@pytest.mark.parametrize(
    ("kind", "details", "vi", "en"),
    [
        (EventKind.CASE_ASSIGNED, {"assignee": "Nguyễn Thị Hoa"}, "Giao cho Nguyễn Thị Hoa", "Assigned to Nguyễn Thị Hoa"),
        (EventKind.CASE_ASSIGNED, {}, "Giao người xử lý", "Assigned to a handler"),
        (EventKind.CASE_ASSIGNED, {"assignee": 12}, "Giao người xử lý", "Assigned to a handler"),
        (EventKind.CASE_ASSIGNED, {"assignee": None}, "Giao người xử lý", "Assigned to a handler"),
        (EventKind.TERM_EXTENDED, {"due": "2026-12-04"}, "Gia hạn giải quyết đến 04/12/2026", "Term extended to 04/12/2026"),
        (EventKind.CASE_DECIDED, {"result": "upheld"}, "Ban hành kết quả: Đúng", "Decision issued: Upheld"),
        (EventKind.CASE_RECLASSIFIED, {"from_kind": "petition", "kind": "complaint"}, "Đổi loại đơn từ Kiến nghị sang Khiếu nại", "Kind changed from Petition to Complaint"),
        (EventKind.EXAMINATION_STARTED, {"eligible": True, "competent": False}, "Đơn đủ điều kiện xử lý, không thuộc thẩm quyền giải quyết", "Examined: eligible, outside competence"),
        (EventKind.CASE_PROCESSED, {"direction": "sideways"}, "Xử lý đơn: sideways", "Processed: sideways"),
        (EventKind.NOTE_ADDED, {"x": 1.5}, "Thêm ghi chú nội bộ", "Internal note added"),
    ],
)  # fmt: skip
def test_how_does_an_entry_of_the_timeline_read(
    kind: EventKind, details: dict[str, object], vi: str, en: str
) -> None:
    assert event_text(kind, details) == vi
    assert event_text(kind, details, "en") == en


def test_are_values_written_as_people_write_them() -> None:
    told = error_text("date_too_early", {"earliest": datetime(2026, 7, 1, 5, tzinfo=UTC)})
    assert told == "Ngày không thể trước 01/07/2026."
    assert (
        error_text("file_too_large", {"megabytes": 2.5}, "en") == "The file is larger than 2.5 MB."
    )
    assert "zeta" in error_text("flag_not_applicable", {"flag": "zeta", "rule": "KN-04"})
    assert "reset" in error_text("purpose_is_fixed", {"purpose": Plain.RESET})


class Plain(Enum):
    """An enumeration that has no labels."""

    RESET = "reset"


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("kind", CaseKind)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_does_the_citizen_read_short_sentences(state: State, kind: CaseKind, lang: str) -> None:
    for clock in (None, *ClockKind):
        for today in (None, date(2027, 1, 1)):
            told = standing_sentence(
                kind,
                state,
                "Ủy ban nhân dân phường Hồng Gai",
                lang,
                due_on=date(2026, 12, 4),
                clock=clock,
                today=today,
            )
            assert "{" not in told
            for one in told.split(". "):
                assert len(one.split()) <= 20, one


def test_what_does_the_first_sentence_of_tracking_say() -> None:
    told = standing_sentence(
        CaseKind.COMPLAINT,
        State.VERIFYING,
        "Sở Xây dựng",
        due_on=date(2026, 12, 4),
        clock=ClockKind.SETTLEMENT,
        today=date(2026, 11, 23),
    )
    assert told == "Sở Xây dựng đang xác minh. Có quyết định chậm nhất thứ Sáu 04/12/2026."
    assert standing_sentence(CaseKind.PETITION, State.DONE, "sở X").startswith("Sở X")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_has_every_question_about_the_kind_its_words(lang: str) -> None:
    codes = [question.code for question in intake.KIND_QUESTIONS] + [intake.NONE_OF_THESE]
    for code in codes:
        assert len(kind_question(code, lang).split()) <= 20
        assert kind_reason(code, lang)
    assert all(kind_meaning(kind, lang) for kind in CaseKind)
