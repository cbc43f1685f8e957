"""Which letters a case may have, what each gives its act, and who may take which step."""

from dataclasses import replace
from datetime import date

import pytest

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.law.forms import FORMS, Layout, form
from citizenfeedback.domain.letter_acts import (
    asked_entries,
    asked_fields,
    carried_by,
    checked_for_identity,
    find_offer,
    form_of_act,
    given_by_letter,
    numbers_own_paper,
    offers,
    packed,
    steps_for,
    to_citizen,
    unpacked,
)
from citizenfeedback.domain.letters import LetterStep
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    CaseResult,
    Instance,
    Letter,
    LetterState,
    Role,
    State,
)
from citizenfeedback.domain.workflow import TRANSITIONS

TODAY = date(2026, 11, 2)
CASE = CaseFacts(
    id=1,
    kind=CaseKind.COMPLAINT,
    state=State.EXAMINING,
    unit_id=2,
    received_on=date(2026, 10, 20),
    assignee_id=7,
    eligible=True,
    competent=True,
)


def official(role: Role, user: int = 7) -> Actor:
    return Actor(user, frozenset({role}), 2, frozenset({2}), frozenset({1, 2}))


HANDLER, LEADER = official(Role.HANDLER), official(Role.UNIT_LEADER, 8)


def test_is_the_letter_of_each_allowed_act_offered_and_every_other_by_itself() -> None:
    found = offers(CASE, HANDLER, TODAY)
    with_act = {(one.form.letter, one.action) for one in found if one.action is not None}
    assert (Letter.COMPLAINT_ACCEPTED, Action.ACCEPT) in with_act
    assert (Letter.COMPLAINT_REFUSED, Action.REFUSE) in with_act
    assert Letter.SETTLEMENT_REMINDER not in {one.form.letter for one in found}
    alone = {one.form.letter for one in found if one.action is None}
    assert Letter.DIALOGUE_NOTICE in alone
    assert Letter.COMPLAINT_ACCEPTED not in alone
    assert not any(one.form.layout is Layout.PETITION for one in found)


def test_is_a_letter_that_the_law_of_the_day_does_not_know_not_offered() -> None:
    accepted = replace(CASE, state=State.VERIFYING, accepted_on=date(2026, 6, 1))
    assert carried_by(accepted, Action.SUSPEND, date(2026, 6, 2)) is None
    assert carried_by(accepted, Action.SUSPEND, TODAY) is not None
    assert carried_by(CASE, Action.NOTE, TODAY) is None


def test_is_a_letter_out_of_place_refused() -> None:
    for letter, action in (
        (Letter.COMPLAINT_REFUSED, Action.ACCEPT),
        (Letter.COMPLAINT_ACCEPTED, None),
        (Letter.PETITION_ANSWER, None),
    ):
        with pytest.raises(RuleBroken, match="letter_not_offered"):
            find_offer(CASE, letter, action, TODAY)
    assert find_offer(CASE, Letter.DIALOGUE_NOTICE, None, TODAY).action is None


def test_are_day_number_and_text_given_by_the_letter_and_the_rest_asked() -> None:
    assert given_by_letter(CaseKind.COMPLAINT, Action.REFUSE) == {"on", "document_no"}
    assert dict(asked_entries(CaseKind.COMPLAINT, Action.DECIDE))["result"]
    assert "text" not in given_by_letter(CaseKind.DENUNCIATION, Action.DECIDE)
    assert "text" not in dict(asked_entries(CaseKind.DENUNCIATION, Action.DECIDE))
    assert "on" in dict(asked_entries(CaseKind.COMPLAINT, Action.WITHDRAW))


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row.template)
def test_is_the_denouncer_never_asked_for(row: object) -> None:
    assert not {"person", "person_address", "person_identity", "person_contact"} & set(
        asked_fields(row, CaseKind.DENUNCIATION, None)  # type: ignore[arg-type]
    )


def test_is_what_the_act_asks_not_asked_twice() -> None:
    row = form(Letter.COMPLAINT_REFUSED, CaseKind.COMPLAINT, TODAY)
    asked = asked_fields(row, CaseKind.COMPLAINT, Action.REFUSE)
    assert "ground" not in asked
    assert "ground_law" not in asked
    decided = form(Letter.COMPLAINT_DECISION, CaseKind.COMPLAINT, TODAY)
    assert "result" not in asked_fields(decided, CaseKind.COMPLAINT, Action.DECIDE)
    assert "findings" in asked_fields(decided, CaseKind.COMPLAINT, Action.DECIDE)


@pytest.mark.parametrize(
    ("row", "kind"),
    [(row, kind) for row in FORMS for kind in sorted(row.kinds)],
    ids=lambda value: getattr(value, "template", str(value)),
)
def test_is_every_letter_of_a_denunciation_searched_but_those_to_the_denouncer(
    row: object, kind: CaseKind
) -> None:
    names = row.names_denouncer  # type: ignore[attr-defined]
    checked = checked_for_identity(kind, row)  # type: ignore[arg-type]
    assert checked == (kind is CaseKind.DENUNCIATION and not names)


# Who may take which step with a letter, by its state: the complaint's letters are the leader's.
STEPS = [
    (HANDLER, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT, LetterState.DRAFT, "edit submit cancel"),
    (HANDLER, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT, LetterState.SUBMITTED, "cancel"),
    (HANDLER, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT, LetterState.APPROVED, "cancel"),
    (HANDLER, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT, LetterState.ISSUED, ""),
    (LEADER, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT, LetterState.DRAFT, "edit submit cancel"),
    (
        LEADER,
        Letter.COMPLAINT_ACCEPTED,
        Action.ACCEPT,
        LetterState.SUBMITTED,
        "send_back approve cancel",
    ),
    (
        LEADER,
        Letter.COMPLAINT_ACCEPTED,
        Action.ACCEPT,
        LetterState.APPROVED,
        "send_back issue cancel",
    ),
    (LEADER, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT, LetterState.ISSUED, "cancel"),
    (HANDLER, Letter.WORKING_MINUTES, None, LetterState.DRAFT, "edit issue cancel"),
    (
        official(Role.SUPERVISOR, 9),
        Letter.COMPLAINT_ACCEPTED,
        Action.ACCEPT,
        LetterState.APPROVED,
        "",
    ),
]


@pytest.mark.parametrize(("actor", "letter", "action", "state", "steps"), STEPS)
def test_who_may_take_which_step(
    actor: Actor, letter: Letter, action: Action | None, state: LetterState, steps: str
) -> None:
    row = form(letter, CaseKind.COMPLAINT, TODAY)
    found = steps_for(actor, CASE, row, action, state)
    assert set(found) == {LetterStep(step) for step in steps.split()}


def test_does_a_handler_sign_the_answer_to_a_petition_only() -> None:
    petition = replace(CASE, kind=CaseKind.PETITION, state=State.ACCEPTED)
    row = form(Letter.PETITION_ANSWER, CaseKind.PETITION, TODAY)
    assert LetterStep.ISSUE in steps_for(
        HANDLER, petition, row, Action.ANSWER, LetterState.APPROVED
    )


def test_is_each_first_letter_of_a_step_known_to_the_table_of_forms() -> None:
    letters = {row.letter for row in FORMS}
    assert [
        row.letters[0] for row in TRANSITIONS if row.letters and row.letters[0] not in letters
    ] == []


def test_does_a_letter_to_a_citizen_show_to_them() -> None:
    assert to_citizen(form(Letter.COMPLAINT_ACCEPTED, CaseKind.COMPLAINT, TODAY))
    assert not to_citizen(form(Letter.DENUNCIATION_CONTENT_NOTICE, CaseKind.DENUNCIATION, TODAY))


def test_do_entries_come_back_as_they_went() -> None:
    entries = {
        "on": TODAY,
        "result": CaseResult.UPHELD,
        "names": ("A", "B"),
        "remote": True,
        "reason": "x",
        "n": 3,
        "none": None,
    }
    assert unpacked(packed(entries)) == entries
    with pytest.raises(TypeError):
        packed({"file": object()})


def test_whose_number_is_typed_at_an_act() -> None:
    assert numbers_own_paper(Action.DECIDE)
    assert numbers_own_paper(Action.SET_COMPLEXITY)
    assert not numbers_own_paper(Action.RECORD_REPLY)
    assert not numbers_own_paper(Action.REPRESENT)
    assert not numbers_own_paper(Action.ASSIGN)


def test_which_form_does_an_act_bring_wherever_the_case_stands() -> None:
    day = date(2026, 11, 23)
    found = form_of_act(CaseKind.COMPLAINT, Action.DECIDE, day, Instance.SECOND)
    assert found is not None
    assert (found.letter, found.instance) == (Letter.COMPLAINT_DECISION, Instance.SECOND)
    assert form_of_act(CaseKind.PETITION, Action.ACCEPT, day) is None
    # Before Law 136/2025 the law knew no suspension of a complaint.
    assert form_of_act(CaseKind.COMPLAINT, Action.SUSPEND, date(2025, 1, 6)) is None
