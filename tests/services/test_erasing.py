"""What is taken out of a case is gone from the database and from the store."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.vocabulary import Action, CaseKind, Letter
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.attachments import Attachment
from citizenfeedback.models.cases import SealedRecord
from citizenfeedback.models.letters import LetterEnclosure
from citizenfeedback.queries.tracking import citizen
from citizenfeedback.services import following
from citizenfeedback.services.erasing import remove_files, take_out_papers
from citizenfeedback.services.registering import Registered
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.services.desk import DUC, Desk, open_desk
from tests.services.letters import draft
from tests.services.test_following import picture

pytestmark = pytest.mark.both_databases


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


def add_paper(desk: Desk, case: Registered, name: str = "anh.jpg") -> int:
    """A picture that the sender adds; its id."""
    following.add_document(
        citizen(case.id),
        desk.keys,
        desk.files,
        name,
        picture(),
        most_bytes=10**6,
        today=desk.today,
        now=NOON,
    )
    newest = select(Attachment.id).order_by(Attachment.id.desc()).limit(1)
    return int(desk.session.scalars(newest).one())


@pytest.mark.parametrize("kind", [CaseKind.PETITION, CaseKind.DENUNCIATION])
def test_goes_a_paper_with_its_bytes_and_its_sealed_name(
    session: Session, desk: Desk, kind: CaseKind
) -> None:
    case = desk.file(kind)
    kept, gone = add_paper(desk, case), add_paper(desk, case)
    with transaction() as writing:
        keys = take_out_papers(writing, case.id, [gone])
    remove_files(desk.files, keys)
    assert session.scalars(select(Attachment.id)).all() == [kept]
    assert len(list(desk.files.keys())) == 1
    sealed = session.scalars(select(SealedRecord.attachment_id)).all()
    assert gone not in sealed


def test_stays_a_paper_of_another_case_or_one_that_went_out(session: Session, desk: Desk) -> None:
    case, other = desk.file(), desk.file()
    paper = add_paper(desk, case)
    with pytest.raises(RuleBroken, match="unknown_paper"), transaction() as writing:
        take_out_papers(writing, other.id, [paper])
    desk.act(DUC, case, Action.EXAMINE, eligible=True, competent=True)
    letter = draft(desk, case, Letter.COMPLAINT_ACCEPTED, Action.ACCEPT)
    with transaction() as writing:
        writing.execute(insert(LetterEnclosure).values(letter_id=letter, attachment_id=paper))
    with pytest.raises(RuleBroken, match="paper_went_out"), transaction() as writing:
        take_out_papers(writing, case.id, [paper])
    assert session.scalars(select(Attachment.id)).all() == [paper]
