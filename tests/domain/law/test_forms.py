"""Is every document of the law in the table, once for every day, and safe for a denouncer?"""

from datetime import date, timedelta
from itertools import combinations

import pytest

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.law.forms import (
    AUTHOR_FIELDS,
    BASES,
    FIELDS,
    FORMS,
    Addressee,
    DocumentKind,
    Layout,
    bases,
    form,
    form_of_template,
    forms,
    forms_for,
)
from citizenfeedback.domain.law.regimes import START_OF_LAW_136
from citizenfeedback.domain.law.sources import INSTRUMENTS, READ_IN, Mark
from citizenfeedback.domain.law.terms import codes
from citizenfeedback.domain.vocabulary import CaseKind, Instance, Letter
from citizenfeedback.domain.workflow import TRANSITIONS

OLD, NEW = date(2020, 12, 31), date(2026, 11, 23)


def test_is_every_letter_a_row() -> None:
    assert {row.letter for row in FORMS} == set(Letter)


def test_does_one_row_at_most_hold_for_a_letter_on_a_day() -> None:
    for one, other in combinations(FORMS, 2):
        if one.letter is not other.letter or not one.kinds & other.kinds:
            continue
        if one.instance is not None and other.instance not in (None, one.instance):
            continue
        assert not any(
            one.holds_on(day) and other.holds_on(day)
            for day in (OLD, START_OF_LAW_136 - timedelta(days=1), START_OF_LAW_136, NEW)
        ), (one.template, other.template)


def test_is_every_row_made_of_what_is_known() -> None:
    keys = {basis.instrument for basis in BASES}
    rules = set(codes()) | {"KN-03", "KN-10"}
    for row in FORMS:
        assert set(row.fields) <= set(FIELDS), row.template
        assert not set(row.required) & set(row.optional), row.template
        assert set(row.laws) <= keys
        assert set(row.read_in) <= set(READ_IN)
        assert all(one.instrument in INSTRUMENTS for one in row.provisions)
        assert row.sending_rule in rules | {""}
        assert row.kinds
        assert row.addressees
        assert row.mark in Mark
    assert len({row.template for row in FORMS}) == len(FORMS)


def test_is_the_denouncer_unknown_where_others_read() -> None:
    others = {Addressee.DENOUNCED, Addressee.RECEIVING_BODY, Addressee.LOWER_UNIT}
    others |= {Addressee.VERIFIER, Addressee.EXPERT, Addressee.SETTLER, Addressee.CONCERNED}
    for row in FORMS:
        if CaseKind.DENUNCIATION not in row.kinds:
            continue
        if set(row.addressees) & others:
            assert not row.names_denouncer, row.template
        if not row.names_denouncer:
            assert not row.fields & set(AUTHOR_FIELDS), row.template


def test_has_every_letter_of_an_act_its_form() -> None:
    for transition in TRANSITIONS:
        for letter in transition.letters:
            for kind in transition.kinds:
                for instance in Instance:
                    assert form(letter, kind, NEW, instance).letter is letter


@pytest.mark.parametrize(
    ("letter", "kind", "on", "instance", "number", "template"),
    [
        ("complaint_accepted", "complaint", OLD, 1, "03", "nd124/complaint_accepted"),
        ("complaint_accepted", "complaint", NEW, 2, "03", "nd155/complaint_accepted"),
        ("complaint_decision", "complaint", NEW, 1, "15", "nd124/complaint_decision"),
        ("complaint_decision", "complaint", NEW, 2, "16", "nd124/complaint_decision_second"),
        ("verification_team", "complaint", NEW, 1, "06", "nd124/verification_team"),
        ("verification_team", "denunciation", NEW, 1, "07", "nd31/verification_team"),
        ("withdrawal_record", "denunciation", OLD, 1, "03", "nd31/withdrawal_record"),
        ("withdrawal_record", "denunciation", NEW, 1, "03", "nd156/withdrawal_record"),
        ("reception_refused", "petition", NEW, 1, "01/TCD", "nd154/reception_refused"),
        ("complaint_suspended", "complaint", NEW, 1, "14a", "nd155/complaint_suspended"),
    ],
)
def test_which_form_holds(
    letter: str, kind: str, on: date, instance: int, number: str, template: str
) -> None:
    row = form(Letter(letter), CaseKind(kind), on, Instance(instance))
    assert (row.number, row.template) == (number, template)
    assert form_of_template(template) is row
    assert row in forms(row.letter)
    assert row in forms_for(CaseKind(kind), on, Instance(instance))


def test_is_what_the_law_does_not_know_refused() -> None:
    with pytest.raises(RuleBroken, match="no_such_form"):
        form(Letter.COMPLAINT_SUSPENDED, CaseKind.COMPLAINT, OLD)
    with pytest.raises(RuleBroken, match="no_such_form"):
        form(Letter.PETITION_ANSWER, CaseKind.DENUNCIATION, NEW)
    with pytest.raises(RuleBroken, match="no_such_template"):
        form_of_template("nd0/nothing")


def test_are_the_laws_cited_as_they_stand() -> None:
    laws = ("KN", "L136", "ND124")
    assert [line.split(" ngày")[0] for line in bases(laws, OLD)] == [
        "Căn cứ Luật Khiếu nại",
        "Căn cứ Nghị định số 124/2020/NĐ-CP",
    ]
    assert "75/2012/NĐ-CP" in bases(laws, date(2019, 6, 1))[-1]
    assert len(bases(laws, NEW)) == 3
    assert bases(laws, NEW)[-1].endswith("Nghị định số 155/2026/NĐ-CP ngày 15 tháng 5 năm 2026;")
    for key in {basis.instrument for basis in BASES} - {"L136"}:
        for day in (date(2019, 1, 1), OLD, NEW):
            assert len(bases((key,), day)) == 1, (key, day)


def test_are_the_names_of_forms_and_terms_those_of_the_law() -> None:
    assert form(Letter.DENUNCIATION_CONCLUSION, CaseKind.DENUNCIATION, NEW).sending_rule == "TC-09"
    assert form(Letter.COMPLAINT_ACCEPTED, CaseKind.COMPLAINT, NEW).law("vi") == (
        "Nghị định 155/2026/NĐ-CP"
    )
    for row in FORMS:
        assert row.numbered or row.document is not DocumentKind.DECISION
        assert (row.title == "") == (row.layout is Layout.OFFICIAL_LETTER)
        assert row.layout is not Layout.PETITION or not row.numbered
