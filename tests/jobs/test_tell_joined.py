"""Those who joined hear of an answer, every hour those of that hour."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from citizenfeedback.gateways import Gateways
from citizenfeedback.jobs import tell_joined
from citizenfeedback.models.cases import JoinedContact
from citizenfeedback.services.joining import Wish, join
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.services.desk import open_desk
from tests.services.test_joining import answer, shown


def test_is_said_how_many_were_told(at: Any, session: Any, gateways: Gateways) -> None:
    desk = open_desk(session, gateways.keys)
    case_id = shown(desk)
    join(case_id, desk.keys, Wish("sau@example.vn", "vi"), now=NOON)
    with transaction() as writing:
        writing.execute(update(JoinedContact).values(confirmed_at=NOON))
    assert tell_joined.run(at(NOON)) == ""
    answer(desk, case_id)
    assert tell_joined.run(at(NOON)) == "1 told"
    assert tell_joined.run(at(NOON + timedelta(hours=1))) == ""
