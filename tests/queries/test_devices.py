"""Screens as administrators see them, and as they prove themselves."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy.orm import Session

from citizenfeedback.domain.devices import DeviceState
from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import NOBODY, SYSTEM
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.queries.devices import devices, screen_of
from citizenfeedback.services import kiosks
from tests.conftest import NOON
from tests.places import CODE, make_counter

pytestmark = pytest.mark.both_databases


def test_is_each_screen_listed_as_it_stands_and_known_by_its_key(
    session: Session, keys: Keys
) -> None:
    point = make_counter().point_id
    made = [
        kiosks.create_device(SYSTEM, point, name, ["vi"], keys=keys, now=NOON)
        for name in ("Một", "Hai", "Ba")
    ]
    first, second = (kiosks.enrol(one.code, keys=keys, now=NOON) for one in made[:2])
    kiosks.revoke_device(SYSTEM, made[1].device_id, keys=keys, now=NOON)
    later = NOON + timedelta(hours=1)
    lines = devices(SYSTEM, later, at=time(13), working_day=True)
    assert [(one.name, one.state) for one in lines] == [
        ("Một", DeviceState.SILENT),
        ("Ba", DeviceState.WAITING),
        ("Hai", DeviceState.REVOKED),
    ]

    def proved(enrolled: kiosks.Enrolled, key: str = "") -> object:
        hashed = keys.fingerprint(kiosks.KEY_PURPOSE, key or enrolled.key)
        return screen_of(enrolled.public_id, hashed)

    found = screen_of(first.public_id, keys.fingerprint(kiosks.KEY_PURPOSE, first.key))
    assert found is not None
    assert (found.id, found.point_code, found.languages) == (made[0].device_id, CODE, ("vi",))
    assert proved(second) is None
    assert proved(first, second.key) is None


def test_are_screens_hidden_from_strangers(session: Session) -> None:
    with pytest.raises(NotFound):
        devices(NOBODY, NOON, at=time(12), working_day=True)
