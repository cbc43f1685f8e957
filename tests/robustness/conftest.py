"""The site that is treated badly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from citizenfeedback.domain.drafts import DraftContent
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import STAFF_ROLES, CaseField, CaseKind, RatingChannel
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.base import db
from citizenfeedback.models.directory import Unit
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.services import intake
from citizenfeedback.services.calendar import seed_shipped
from citizenfeedback.services.installing import set_purpose
from citizenfeedback.services.rating import NewRating, rate
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.people import make_user
from tests.places import CODE, make_counter
from tests.robustness.site import Site


@pytest.fixture
def site(app: Flask, gateways: Gateways, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site whose limits are off, so that every view is reached however often it is asked."""
    for name, value in (
        ("RATE_LIMITS", False),
        ("PROPAGATE_EXCEPTIONS", False),
    ):
        monkeypatch.setitem(app.config, name, value)
    with app.app_context():
        set_purpose("benchmark")
        seed_shipped()
        counter = make_counter("Nguyễn Thị Hoa")
        with transaction() as session:
            session.execute(update(Unit).values(path=f"/{counter.unit_id}/"))
        user_id = make_user(gateways, counter.unit_id, *STAFF_ROLES)
        content = DraftContent(
            kind=CaseKind.PETITION,
            words="Đèn đường hỏng",
            field=CaseField.OTHER,
            unit_id=counter.unit_id,
            name="Trần Văn Bình",
            address="12 Trần Phú",
        )
        first, second = "a" * 43, "b" * 43
        for token in (first, second):
            intake.start_draft(gateways.keys.box("draft", token), content, now=NOON)
        sent = intake.file_case(
            gateways.keys.box("draft", first),
            intake.Filing(gateways.keys, gateways.files, work_calendar(), Policy(), "vi"),
            today=NOON.date(),
            now=NOON,
        )
        rate(
            NewRating("0", counter.point_id, 1, RatingChannel.WEB),
            work_calendar(),
            local=NOON.time(),
            today=NOON.date(),
            now=NOON - timedelta(minutes=1),
        )
        db.session.remove()
        yield Site(
            app,
            user_id,
            counter.unit_id,
            sent.case_id,
            (sent.number, CODE, "1", sent.access_code),
            second,
        )
