"""Does every text fill with the data of a case, and is a wrong one told before it is used?"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest

from citizenfeedback.documents.catalogue import LANGUAGES
from citizenfeedback.documents.letters import (
    TEMPLATES,
    check_template,
    draft_text,
    editable_text,
    field_label,
    fill_paragraph,
    render_letter,
    sample_values,
    section_label,
    shipped_template,
    template_problem_text,
)
from citizenfeedback.domain.law.forms import (
    AUTHOR_FIELDS,
    FORMS,
    Addressee,
    LetterForm,
    form,
    form_of_template,
)
from citizenfeedback.domain.leaks import SealedIdentity, find_leaks
from citizenfeedback.domain.letters import SECTIONS, Value, text_from_sections, whole_text
from citizenfeedback.domain.vocabulary import CaseKind, Letter
from tests.documents.letters_made import HEAD, OFFICE, TODAY, content_of, text_of

EVERY = pytest.mark.parametrize("row", FORMS, ids=lambda row: row.template)
ACCEPTED = form(Letter.COMPLAINT_ACCEPTED, CaseKind.COMPLAINT, TODAY)


def codes(row: LetterForm, template: str) -> list[tuple[str, str]]:
    return [(problem.code, problem.about) for problem in check_template(row, template)]


@EVERY
def test_does_every_shipped_text_pass_its_own_check(row: LetterForm) -> None:
    assert codes(row, shipped_template(row)) == []


@EVERY
def test_does_every_text_read_well_when_filled(row: LetterForm) -> None:
    text = whole_text(text_of(row))
    assert not re.search(r"[{}\[\]]|%}", text)
    assert "  " not in text
    assert not re.search(r" [,.;:]", text), text
    assert not re.search(r"[.;,]{2,}|\.;|,\.", text), text
    assert "ngày ngày" not in text.lower()
    assert unicodedata.is_normalized("NFC", text)
    assert all(line == line.strip() for line in text.splitlines())


@EVERY
def test_does_every_text_stand_with_required_fields_alone(row: LetterForm) -> None:
    values = {name: value for name, value in sample_values(row).items() if name not in row.optional}
    text = whole_text(text_of(row, values))
    assert not re.search(r" [,.;:]|,,|\(\)| {2}|: *$", text), text
    assert "None" not in text


@EVERY
def test_are_gaps_dotted_in_a_draft(row: LetterForm) -> None:
    text = whole_text(text_of(row, {}))
    assert "……" in text or not row.required
    assert not re.search(r"[{}]", text)


def test_is_no_text_left_over() -> None:
    known = {f"{row.template}.txt" for row in FORMS}
    assert {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.txt")} == known


def test_does_nobody_but_the_denouncer_read_who_he_is() -> None:
    sealed = SealedIdentity(("Nguyễn Văn Mẫu",), ("0900 000 000",), (), ("số 12, phố Lê Lợi",))
    for row in FORMS:
        if CaseKind.DENUNCIATION not in row.kinds:
            continue
        text = draft_text(
            row,
            shipped_template(row),
            {**dict.fromkeys(row.fields, "x"), **sample_values(row)}
            | dict.fromkeys(AUTHOR_FIELDS, "Nguyễn Văn Mẫu"),
            kind=CaseKind.DENUNCIATION,
            on=row.effective_to or TODAY,
        )
        found = find_leaks(whole_text(text), sealed)
        to_himself = {
            Addressee.DENOUNCER,
            Addressee.VISITOR,
            Addressee.PETITIONER,
            Addressee.OFFICE,
        }
        assert not found or set(row.addressees) & to_himself, row.template
        assert not found or row.names_denouncer, row.template


def test_are_old_and_new_laws_cited_by_the_day() -> None:
    old = text_of(form_of_template("nd124/complaint_accepted")).bases
    new = text_of(form_of_template("nd155/complaint_accepted")).bases
    assert "155/2026" not in old
    assert "155/2026" in new
    assert new.endswith(".")
    assert new.count(";\n") == 2


def test_are_days_and_numbers_written_as_in_letters() -> None:
    text = text_of(ACCEPTED).body
    assert text.startswith("Ngày 03 tháng 8 năm 2026, Ủy ban nhân dân phường Hồng Gai")
    assert "30 ngày" in text
    few = draft_text(
        ACCEPTED,
        "[body]\n{{ term_days }} {{ content }}",
        {"term_days": 7, "content": "{{ person }} *|# [body]"},
        kind=CaseKind.COMPLAINT,
        on=TODAY,
    )
    assert few.body == "07 {{ person }} *|# [body]"


def test_does_a_decision_name_whose_head_takes_it() -> None:
    row = form(Letter.DENUNCIATION_ACCEPTED, CaseKind.DENUNCIATION, TODAY)
    values = sample_values(row) | {"head_title": "Giám đốc", "body": "Sở Xây dựng"}
    assert text_of(row, values).bases.startswith("# GIÁM ĐỐC SỞ XÂY DỰNG\n")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Chậm cấp giấy.", "về chậm cấp giấy."),
        ("UBND phường chậm trả lời", "về UBND phường chậm trả lời"),
        ("Nguyễn Văn Mẫu nhận tiền", "về Nguyễn Văn Mẫu nhận tiền"),
        ("Ông Lê Văn Mẫu nhận tiền", "về ông Lê Văn Mẫu nhận tiền"),
        ("Đòi tiền", "về đòi tiền"),
    ],
)
def test_does_the_matter_go_on_in_the_sentence(content: str, told: str) -> None:
    text = text_of(ACCEPTED, {"content": content}).body
    assert "Nội dung khiếu nại: " in text
    assert fill_paragraph("về {{ content|low }}", {"content": content}).text == told


WHOLE = shipped_template(ACCEPTED)


@pytest.mark.parametrize(
    ("template", "code", "about"),
    [
        (WHOLE.replace("[summary]", "[beginning]"), "unknown_section", "beginning"),
        (WHOLE + "\n[body]\nx", "section_twice", "body"),
        ("chữ thừa\n" + WHOLE, "unknown_section", ""),
        (WHOLE.replace("[body]", "[recipients]", 1), "no_body", ""),
        (WHOLE + "\n{% if %}", "syntax", "Expected an expression, got 'end of statement block'"),
        (
            WHOLE + "\n{{ x",
            "syntax",
            "unexpected end of template, expected 'end of print statement'.",
        ),
        (WHOLE + "\n{% for x in person %}{% endfor %}", "not_allowed", "For"),
        (WHOLE + "\n{{ person.__class__ }}", "not_allowed", "Getattr"),
        (WHOLE + "\n{{ 'a' * 1000000000 }}", "not_allowed", "Mul"),
        (WHOLE + "\n{{ person() }}", "not_allowed", "Call"),
        (WHOLE + "\n{% include 'x' %}", "not_allowed", "Include"),
        (WHOLE + "\n{{ person|tojson }}", "unknown_filter", "tojson"),
        (WHOLE + "\n{{ password }}", "unknown_variable", "password"),
        (WHOLE + "\n{{ expert }}", "unknown_variable", "expert"),
        (WHOLE.replace("{{ due_on|stop }}", ""), "missing_field", "due_on"),
    ],
)
def test_what_is_wrong_with_a_text(template: str, code: str, about: str) -> None:
    found = codes(ACCEPTED, template)
    assert (code, about) in found or (code == "syntax" and code in dict(found)), found


def test_is_a_text_that_names_the_denouncer_refused() -> None:
    row = form(Letter.DENUNCIATION_CONTENT_NOTICE, CaseKind.DENUNCIATION, TODAY)
    text = shipped_template(row) + "\n[body]\n"
    named = shipped_template(row).replace("[body]\n", "[body]\n{{ person }} {{ person_address }}\n")
    assert [code for code, _about in codes(row, text)] == ["section_twice"]
    assert codes(row, named) == [
        ("denouncer_named", "person"),
        ("denouncer_named", "person_address"),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_is_each_problem_said_with_its_line(lang: str) -> None:
    problems = check_template(ACCEPTED, "[body]\n\n{{ expert }}\n{{ x|y }}\n[z]\nx")
    told = [template_problem_text(problem, lang) for problem in problems]
    assert "5" in told[0]
    assert "3" in told[1]
    assert field_label("expert", lang) in told[1]
    assert all(told)
    assert all(section_label(name, lang) for name in SECTIONS)


def test_is_a_canned_paragraph_filled() -> None:
    filled = fill_paragraph(
        "Hạn trả lời: {{ due_on }}. {% if person %}Ông/bà {{ person }}.{% endif %}",
        {"due_on": date(2026, 12, 4)},
    )
    assert filled.text == "Hạn trả lời: ngày 04 tháng 12 năm 2026. Ông/bà ……………."
    assert filled.problems == ()
    refused = fill_paragraph("{{ person }}", {"person": "An"}, frozenset({"content"}))
    assert (refused.text, refused.problems[0].code) == ("", "denouncer_named")


def test_does_the_edited_text_come_back_as_it_was() -> None:
    content = content_of(ACCEPTED)
    assert text_from_sections(editable_text(content)) == content.text


def test_is_a_preview_a_draft_without_number() -> None:
    content = render_letter(
        ACCEPTED,
        WHOLE,
        sample_values(ACCEPTED),
        OFFICE,
        HEAD,
        kind=CaseKind.COMPLAINT,
        on=TODAY,
    )
    assert content.draft
    assert content.number is None
    assert content.dated is None
    assert content.year == 2026
    assert content.case_number == "26-4K7Q-2"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("Trả tiền.", "Điều 2. Trả tiền."),
        ("Trả tiền.\nXin lỗi;", "Điều 2. Gồm:\n1. Trả tiền;\n2. Xin lỗi."),
        ("- Trả tiền\n\n+ Xin lỗi", "Điều 2. Gồm:\n1. Trả tiền;\n2. Xin lỗi."),
        (
            "a) Trả tiền. Hạn 5 ngày\n2) Xin lỗi",
            "Điều 2. Gồm:\n1. Trả tiền. Hạn 5 ngày.\n2. Xin lỗi.",
        ),
    ],
)
def test_are_several_measures_a_numbered_list(value: str, told: str) -> None:
    row = form_of_template("nd124/complaint_decision")
    template = '[body]\nĐiều 2. {{ measures|clauses("Gồm:") }}'
    text = draft_text(row, template, {"measures": value}, kind=CaseKind.COMPLAINT, on=TODAY)
    assert text.body == told


@pytest.mark.parametrize(
    "written",
    [
        "{{ measures|clauses }}",
        "{{ measures|clauses(1) }}",
        "{{ measures|clauses(content) }}",
        "{{ measures|low('a') }}",
        "{{ measures|low(x=1) }}",
        "{{ measures|low(*content) }}",
        "{{ 'a' if measures }}",
        "{% if measures < 5 %}a{% endif %}",
        "{% if 5 in measures %}a{% endif %}",
    ],
)
def test_is_what_could_not_be_filled_refused_when_it_is_saved(written: str) -> None:
    row = form_of_template("nd124/complaint_decision")
    told = codes(row, f"[body]\n{written}")
    assert "not_allowed" in {code for code, _about in told}


def test_is_whatever_passes_the_check_filled() -> None:
    row = form_of_template("nd124/complaint_decision")
    written = "{{ 5|low }}{{ (content == measures)|stop }}{{ 'a' if content else 'b' }}"
    assert not [one for one in codes(row, f"[body]\n{written}") if one[0] == "not_allowed"]
    text = draft_text(row, f"[body]\n{written}", {}, kind=CaseKind.COMPLAINT, on=TODAY)
    assert text.body == "5True.a"


def test_do_several_lines_go_on_in_one_sentence() -> None:
    row = form_of_template("nd124/complaint_decision")
    template = "[body]\nVề {{ content|low|stop }}\n({{ findings|bare }})"
    values: dict[str, Value] = {"content": "Việc một.\n- Việc hai", "findings": "- a;\n- b."}
    text = draft_text(row, template, values, kind=CaseKind.COMPLAINT, on=TODAY)
    assert text.body == "Về việc một; Việc hai.\n(a; b)"


def test_has_a_form_to_fill_in_room_for_what_is_not_known_and_none_for_what_is() -> None:
    row = form_of_template("nd155/complaint_authorisation")
    empty = text_of(row, {}).body
    assert empty.count("……………\n……………\n……………") == 2
    filled = text_of(row).body
    assert "……………" not in filled.partition("*4.")[0]
    listed = text_of(form_of_template("nd155/complaint_petition")).body
    assert "- Hồ sơ địa chính của thửa đất\n- Sổ theo dõi tiếp nhận hồ sơ năm 2026\n" in listed


def test_is_an_unchecked_text_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="not checked"):
        draft_text(ACCEPTED, "[body]\n{{ nothing }}", {}, kind=CaseKind.COMPLAINT, on=TODAY)
