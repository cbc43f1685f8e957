"""Reflections shown to others: in the office's words, naming nobody, joined and counted."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.vocabulary import Action, CaseKind
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import PublicReflection
from citizenfeedback.queries.public_reflections import similar_reflections
from citizenfeedback.services.joining import LONGEST, join
from tests.services.desk import DUC, Desk, open_desk

pytestmark = pytest.mark.both_databases

SUMMARY = "Đèn đường thôn Khe Cát hỏng từ tháng tám"


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


def test_is_a_reflection_shown_joined_and_taken_down(session: Session, desk: Desk) -> None:
    case = desk.file(CaseKind.REFLECTION)
    desk.act(DUC, case, Action.SHOW_PUBLIC, text=SUMMARY)
    join(case.id)
    join(case.id)
    desk.act(DUC, case, Action.SHOW_PUBLIC, text=f"{SUMMARY}.")
    session.expire_all()
    shown = session.scalars(select(PublicReflection)).one()
    assert (shown.summary, shown.joined) == (f"{SUMMARY}.", 2)
    assert desk.events(case)[-1] == "public_shown"
    desk.act(DUC, case, Action.SHOW_PUBLIC)
    assert session.scalars(select(PublicReflection.case_id)).all() == []
    with pytest.raises(NotFound):
        join(case.id)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bà Lò Thị Măng báo đèn hỏng", "public_names_somebody"),
        ("Gọi 0987 654 321 để biết thêm", "public_names_somebody"),
        ("x" * (LONGEST + 1), "public_too_long"),
    ],
)
def test_is_nobody_named(desk: Desk, text: str, code: str) -> None:
    case = desk.file(CaseKind.REFLECTION)
    with pytest.raises(RuleBroken, match=code):
        desk.act(DUC, case, Action.SHOW_PUBLIC, text=text)


def test_is_no_other_kind_shown(desk: Desk) -> None:
    for kind in (CaseKind.COMPLAINT, CaseKind.PETITION):
        with pytest.raises(RuleBroken):
            desk.act(DUC, desk.file(kind), Action.SHOW_PUBLIC, text=SUMMARY)


def test_is_only_what_speaks_of_the_same_things_found(desk: Desk) -> None:
    case = desk.file(CaseKind.REFLECTION)
    desk.act(DUC, case, Action.SHOW_PUBLIC, text=SUMMARY)
    found = similar_reflections("Den duong o thon Khe Cat hong lau roi, toi di rat so", desk.today)
    assert [one.case_id for one in found] == [case.id]
    assert similar_reflections("Nhà tôi bị nứt tường", desk.today) == ()
    desk.put(case, kind=CaseKind.PETITION)
    assert similar_reflections(SUMMARY, desk.today) == ()
    with pytest.raises(NotFound):
        join(case.id)
