"""Five hundred taps on three screens, with power and network cut at each step: each counts once."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.devices import KioskTap
from citizenfeedback.models.ratings import Rating
from citizenfeedback.services import kiosks
from tests.conftest import NOON
from tests.people import Visitor, visitor
from tests.places import make_counter

TAPS, SCREENS, MOST = 500, 3, 100


@dataclass
class Device:
    """The disk of a screen and how it sends: what is on the disk survives, the rest does not."""

    browser: Visitor
    code: str
    queue: str
    series: str = field(default_factory=lambda: str(uuid4()))
    disk: dict[int, dict[str, object]] = field(default_factory=dict)
    numbers: int = 0

    def tap(self, at: datetime, score: int) -> None:
        """Write a tap to the disk, then thank."""
        self.numbers += 1
        moment = int(at.timestamp() * 1000)
        self.disk[self.numbers] = {
            "kind": "tap",
            "seq": self.numbers,
            "at": moment,
            "score": score,
        }

    def deliver(self, now: datetime, cut: str) -> None:
        """Send the oldest; `cut` says where network or power fail on the way."""
        if cut == "before":
            return
        entries = [self.disk[seq] for seq in sorted(self.disk)[:MOST]]
        body = {
            "queue": self.queue,
            "series": self.series,
            "sent": int(now.timestamp() * 1000),
            "waiting": len(self.disk),
            "version": "1",
            "entries": entries,
        }
        answer = self.browser.client.post(f"/kiosk/{self.code}/deliver", json=body)
        assert answer.status_code == 200
        if cut == "answer lost":
            return
        told = list(answer.json["stored"])
        if cut == "half forgotten":
            told = told[: len(told) // 2]
        for seq in told:
            self.disk.pop(seq, None)


def enrolled(app: Flask, gateways: Gateways, number: int) -> Device:
    code = f"QN-BC-Q{number:02}"
    point = make_counter("Nguyễn Thị Hồng Liên", code=code).point_id
    now = gateways.clock.now()
    issued = kiosks.create_device(SYSTEM, point, "Một", ["vi"], keys=gateways.keys, now=now)
    browser = visitor(app)
    browser.post("/kiosk/enrol", {"code": issued.code})
    queue = browser.get("/kiosk/mine/data").json["queue"]
    return Device(browser, code, queue)


@pytest.mark.slow
def test_are_five_hundred_taps_five_hundred_ratings(
    app: Flask, session: Session, gateways: Gateways
) -> None:
    chance = random.Random(4)
    devices = [enrolled(app, gateways, number) for number in range(SCREENS)]
    now = datetime.now(UTC) if gateways.clock.now() > NOON else NOON
    cuts = ("", "before", "answer lost", "half forgotten")
    given = {device.series: [] for device in devices}
    for number in range(TAPS):
        device, score = devices[number % SCREENS], chance.randint(1, 5)
        now += timedelta(seconds=20)
        device.tap(now, score)
        given[device.series].append(score)
        device.deliver(now, cuts[number // SCREENS % len(cuts)])
    for device in devices:
        while device.disk:
            device.deliver(now, "")
    assert session.scalar(select(func.count()).select_from(Rating)) == TAPS
    for device in devices:
        found = session.scalars(
            select(Rating.overall)
            .join(KioskTap, KioskTap.rating_id == Rating.id)
            .where(KioskTap.series == device.series)
            .order_by(KioskTap.seq)
        )
        assert found.all() == given[device.series]
