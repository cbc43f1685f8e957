"""Drafts go when their day is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from citizenfeedback.gateways import Gateways
from citizenfeedback.jobs import purge_drafts
from citizenfeedback.models.attachments import DraftFile
from citizenfeedback.models.cases import Draft
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON


def test_a_draft_goes_with_its_files_when_its_day_is_over(at: Any, gateways: Gateways) -> None:
    place = gateways.files.put(b"x", sealed=True)
    with transaction() as session:
        draft_id = session.scalar(
            insert(Draft)
            .values(
                token_hash="t",
                submission_id="s",
                ciphertext=b"c",
                expires_at=NOON + timedelta(hours=24),
            )
            .returning(Draft.id)
        )
        session.execute(
            insert(DraftFile).values(
                draft_id=draft_id,
                storage_key=place.key,
                digest=place.digest,
                sealed_name=b"n",
                media_type="application/pdf",
                size=1,
            )
        )
    assert purge_drafts.run(at(NOON + timedelta(hours=23))) == ""
    assert purge_drafts.run(at(NOON + timedelta(hours=25))) == "1 drafts removed"
    assert place.key not in set(gateways.files.keys())
