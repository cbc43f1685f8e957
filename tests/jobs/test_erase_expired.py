"""What has been kept its time goes by night."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from citizenfeedback.gateways import Gateways
from citizenfeedback.jobs import erase_expired
from citizenfeedback.models.ratings import RatingComment
from tests.conftest import NOON
from tests.services.test_retaining import rate


def test_is_said_how_much_of_each_kind_went(at: Any, session: Any, gateways: Gateways) -> None:
    rate("Đợi hơi lâu")
    assert erase_expired.run(at(NOON + timedelta(days=700))) == ""
    assert erase_expired.run(at(NOON + timedelta(days=740))) == "rating_comment 1"
    assert session.scalars(select(RatingComment.body)).all() == []
    assert gateways.keys is not None
