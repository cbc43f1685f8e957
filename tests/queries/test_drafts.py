"""What a browser's token opens: its own draft, or the numbers of what it just sent."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.drafts import DraftContent
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import CaseKind, ClockKind
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.files import MemoryFiles
from citizenfeedback.gateways.keys import Box, Keys
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.drafts import OpenDraft, Sent, draft_in, receipt_facts
from citizenfeedback.services import intake
from tests.conftest import NOON
from tests.people import make_unit

pytestmark = pytest.mark.both_databases

REPORT = DraftContent(kind=CaseKind.REFLECTION, words="Đèn đường hỏng")


def new_box(keys: Keys) -> Box:
    return keys.box("draft", secrets.token_urlsafe(32))


def sent_from(box: Box, keys: Keys, content: DraftContent) -> Sent:
    intake.start_draft(box, content, now=NOON)
    needs = intake.Filing(keys, MemoryFiles(keys), work_calendar(), Policy(), "vi")
    return intake.file_case(box, needs, today=NOON.date(), now=NOON)


def test_does_a_token_open_its_own_draft_only(session: Session, keys: Keys) -> None:
    box = new_box(keys)
    intake.start_draft(box, REPORT, now=NOON)
    found = draft_in(box, now=NOON)
    assert isinstance(found, OpenDraft)
    assert (found.content, found.saved_at, found.files) == (REPORT, NOON, ())
    assert draft_in(new_box(keys), now=NOON) is None


def test_is_a_draft_gone_when_its_day_is_over(session: Session, keys: Keys) -> None:
    box = new_box(keys)
    intake.start_draft(box, REPORT, now=NOON)
    assert draft_in(box, now=NOON + timedelta(hours=24)) is None


def test_what_does_the_receipt_tell(session: Session, keys: Keys, gateways: Gateways) -> None:
    make_unit(gateways, "QN", name="UBND tỉnh", name_en="Province", address="Hồng Gai")
    box = new_box(keys)
    sent = sent_from(box, keys, REPORT)
    assert draft_in(box, now=NOON) == sent
    facts = receipt_facts(sent)
    assert (facts.number, facts.access_code) == (sent.number, sent.access_code)
    assert (facts.unit_name, facts.unit_name_en, facts.unit_address) == (
        "UBND tỉnh",
        "Province",
        "Hồng Gai",
    )
    assert facts.clock is ClockKind.SETTLEMENT
    assert facts.explanation is not None
    assert facts.registered_at == NOON


def test_has_information_about_a_breach_no_term(
    session: Session, keys: Keys, gateways: Gateways
) -> None:
    make_unit(gateways, "QN")
    told = replace(REPORT, kind=CaseKind.DENUNCIATION, respondent="Ông Tám")
    facts = receipt_facts(sent_from(new_box(keys), keys, told))
    assert (facts.formal, facts.clock, facts.explanation) == (False, None, None)
