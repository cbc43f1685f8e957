"""A code brings a draft back another day, or once to another device, and nothing else does."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.drafts import HANDOVER_LIFE, DraftContent
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import CaseKind
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.files import MemoryFiles
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.cases import Draft, DraftKey
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.drafts import OpenDraft, draft_in
from citizenfeedback.services import intake
from citizenfeedback.services.resuming import hand_over, keep_for_later, open_with
from tests.conftest import NOON
from tests.people import make_unit

pytestmark = pytest.mark.both_databases

REPORT = DraftContent(kind=CaseKind.REFLECTION, words="Đèn đường trước chợ hỏng")
WEEK = timedelta(days=7)


@pytest.fixture
def token(session: Session, gateways: Gateways, keys: Keys) -> str:
    make_unit(gateways, "QN")
    made = secrets.token_urlsafe(32)
    intake.start_draft(keys.box("draft", made), REPORT, now=NOON)
    return made


def words(keys: Keys, token: str, *, later: timedelta = timedelta(0)) -> str | None:
    found = draft_in(keys.box("draft", token), now=NOON + later)
    return found.content.words if isinstance(found, OpenDraft) else None


def test_does_a_code_bring_a_draft_back_after_a_week(keys: Keys, token: str) -> None:
    code = keep_for_later(keys, token, days=14, now=NOON)
    assert intake.expire_drafts(MemoryFiles(keys), now=NOON + WEEK) == 0
    assert open_with(keys, code.lower(), now=NOON + WEEK) == token
    assert open_with(keys, code, now=NOON + WEEK) == token, "until it is sent, as often as needed"
    assert words(keys, token, later=WEEK) == REPORT.words


def test_is_a_kept_draft_gone_when_its_time_is_over(
    session: Session, keys: Keys, token: str
) -> None:
    code = keep_for_later(keys, token, days=14, now=NOON)
    with pytest.raises(NotFound):
        open_with(keys, code, now=NOON + 2 * WEEK)
    assert intake.expire_drafts(MemoryFiles(keys), now=NOON + 2 * WEEK) == 1
    assert session.scalar(select(func.count()).select_from(DraftKey)) == 0


def test_does_a_new_code_end_the_old_one(keys: Keys, token: str) -> None:
    old, new = (keep_for_later(keys, token, days=14, now=NOON) for _ in range(2))
    with pytest.raises(NotFound):
        open_with(keys, old, now=NOON)
    assert open_with(keys, new, now=NOON) == token


def test_does_the_code_end_with_sending(keys: Keys, token: str) -> None:
    code = keep_for_later(keys, token, days=14, now=NOON)
    needs = intake.Filing(keys, MemoryFiles(keys), work_calendar(), Policy(), "vi")
    box = keys.box("draft", token)
    intake.file_case(box, needs, today=NOON.date(), now=NOON)
    with pytest.raises(NotFound):
        open_with(keys, code, now=NOON)
    assert draft_in(box, now=NOON + timedelta(hours=1)) is None, "the receipt goes in half an hour"


def test_is_a_draft_handed_over_to_one_device_only(session: Session, keys: Keys) -> None:
    code = hand_over(keys, REPORT, now=NOON)
    token = open_with(keys, code, now=NOON)
    assert words(keys, token) == REPORT.words
    with pytest.raises(NotFound):
        open_with(keys, code, now=NOON)
    late = hand_over(keys, REPORT, now=NOON)
    with pytest.raises(NotFound):
        open_with(keys, late, now=NOON + HANDOVER_LIFE)
    assert intake.expire_drafts(MemoryFiles(keys), now=NOON + HANDOVER_LIFE) == 1
    assert session.scalar(select(func.count()).select_from(Draft)) == 1, "the one taken over"


@pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAA-AAAA", "x" * 400])
def test_is_a_wrong_code_the_same_as_none(keys: Keys, token: str, code: str) -> None:
    with pytest.raises(NotFound):
        open_with(keys, code, now=NOON)


def test_does_the_database_tell_no_code_and_no_words(
    session: Session, keys: Keys, token: str
) -> None:
    code = keep_for_later(keys, token, days=14, now=NOON)
    row = session.execute(select(DraftKey.token_hash, DraftKey.ciphertext)).one()
    told = repr(row) + repr(session.execute(select(Draft.ciphertext)).all())
    assert code not in told
    assert token not in told
    assert "chợ" not in told
