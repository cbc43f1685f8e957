"""The likest public reflections come first, a few of them, in the language asked for."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.vocabulary import Action, CaseKind
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.queries.public_reflections import MOST_SHOWN, similar_reflections
from tests.services.desk import DUC, Desk, open_desk

pytestmark = pytest.mark.both_databases


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


def test_come_the_likest_first(desk: Desk) -> None:
    texts = ["Đèn đường thôn Khe Cát hỏng", "Đèn đường thôn Khe Cát hỏng cạnh trường học cũ"]
    cases = [desk.file(CaseKind.REFLECTION) for _ in range(4)]
    for case, text in zip(cases, [texts[1], *texts, texts[1]], strict=False):
        desk.act(DUC, case, Action.SHOW_PUBLIC, text=text)
    found = similar_reflections("Đèn đường thôn Khe Cát hỏng đã lâu", desk.today)
    assert len(found) == MOST_SHOWN
    assert found[0].summary == texts[0]
    assert found[0].unit_title("en") == "Unit 2"
