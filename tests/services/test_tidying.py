"""What no row speaks of goes from the store; what one speaks of stays, whoever it belongs to."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.drafts import DraftContent
from citizenfeedback.domain.vocabulary import Action, CaseKind, Letter
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.services import intake, tidying
from citizenfeedback.services.handling import keep_paper
from citizenfeedback.services.tidying import METADATA, STORE_COLUMNS, remove_stray_files
from tests.services.desk import DUC, Desk, open_desk
from tests.services.letters import approve, draft, issue
from tests.services.test_intake import picture
from tests.services.test_refusing import approved
from tests.services.test_refusing import issue as issue_refusal

pytestmark = pytest.mark.both_databases


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office of the tests."""
    return open_desk(session, keys)


def fill(desk: Desk) -> None:
    """A paper of a case, a letter, a notice of a refusal and a file of a draft."""
    case = desk.file()
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
    paper = keep_paper(desk.files, "a.png", picture(), sealed=False, most_bytes=10**6)
    desk.act(DUC, case, Action.ADD_DOCUMENT, document=paper)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    approve(desk, case, letter)
    issue(desk, case, letter)
    issue_refusal(desk, approved(desk))
    box = desk.keys.box("draft", secrets.token_urlsafe(32))
    intake.start_draft(box, DraftContent(kind=CaseKind.PETITION), now=desk.now)
    intake.add_file(box, desk.files, "b.png", picture(), most_bytes=10**6, now=desk.now)


def test_what_is_named_stays_and_what_is_not_goes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "CHUNK", 2)
    fill(desk)
    named = set(desk.files.lying)
    assert len(named) == 1 + 2 + 2 + 1
    strays = {desk.files.put(b"mo coi").key for _ in range(3)}
    assert remove_stray_files(desk.files, now=desk.now) == 3
    assert set(desk.files.lying) == named
    assert not strays & named
    assert remove_stray_files(desk.files, now=desk.now) == 0


def test_what_an_act_may_still_name_stays(desk: Desk) -> None:
    young, old = desk.files.put(b"moi").key, desk.files.put(b"cu").key
    desk.files.written |= {young: desk.now - timedelta(hours=23), old: desk.now - timedelta(days=2)}
    assert remove_stray_files(desk.files, now=desk.now) == 1
    assert set(desk.files.lying) == {young}


def test_every_column_that_names_a_file_is_known() -> None:
    """A table with files of its own must be told here, or its files would go."""
    named = {
        (table.name, column.name)
        for table in METADATA.tables.values()
        for column in table.columns
        if column.name.endswith("_key")
    }
    assert named == {(table, column) for table, names in STORE_COLUMNS.items() for column in names}
