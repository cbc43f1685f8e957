"""A site with something in every room, and the addresses and visitors that come to it."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.routing import Rule

from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.models.accounts import User
from citizenfeedback.models.base import db
from tests.conftest import NOON

ODD = (
    "\0",
    "\u202etxt.exe\u202c\u2066",
    "ho\u0302\u0300 so\u031b",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "9" * 400,
    "9223372036854775808",
    "-1",
    "1e999",
    "NaN",
    "٣",
    "²",
    "0000-00-00",
    "9999-12-31",
    "2026-02-30",
    "a.99999999999.1.1",
    "a.00000000.99999999999.99999999999",
    "../../../../etc/passwd",
    "//evil.example",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "%",
    "{{ 7*7 }}",
    "%(name)s %s {0}",
    '"*:^()',
    "\ud800",
    "Ế" * 3000,
    "\r\nSet-Cookie: x=1",
    "",
)


@dataclass(frozen=True)
class Site:
    """An application with something in every room, and what somebody may carry in their cookies."""

    app: Flask
    user_id: int
    unit_id: int
    case_id: int
    real: tuple[str, ...]
    draft: str

    def headers(self, *, official: bool) -> dict[str, str]:
        """The cookies and the token of an official with every role, or of a citizen with a case."""
        return self.headers_of(self.user_id if official else None)

    def headers_of(self, user_id: int | None, *, following: bool = True) -> dict[str, str]:
        """The cookies and the token of this official, or of a citizen."""
        now = NOON.timestamp()
        kept: dict[str, Any] = {"csrf_token": "t" * 40}
        if following:
            kept |= {
                "following": {"case": self.case_id, "until": now + 1700, "proven": True},
                "rated": {"reference": "0", "score": 1},
            }
        if user_id is not None:
            epoch = db.session.scalar(select(User.epoch).where(User.id == user_id))
            db.session.rollback()
            kept |= {
                "_user_id": f"{user_id}:{epoch}",
                "_fresh": True,
                "began": NOON.isoformat(),
                "_permanent": True,
            }
        interface: Any = self.app.session_interface
        signed = interface.get_signing_serializer(self.app).dumps(kept)
        token = URLSafeTimedSerializer(self.app.config["SECRET_KEY"], salt="wtf-csrf-token")
        draft = f"; draft={self.draft}" if following else ""
        return {
            "Cookie": f"session={signed}{draft}",
            "X-CSRFToken": token.dumps(kept["csrf_token"]),
        }

    def client(self) -> Any:
        """A browser that keeps no cookies of its own, whose pages are not looked over."""
        client: Any = self.app.test_client(use_cookies=False)
        client.check_pages = False
        return client


def path_of(
    rule: Rule, chance: random.Random, real: tuple[str, ...], *, nonsense: bool = True
) -> str:
    """The address with a value in each place: mostly one that leads on, sometimes nonsense."""

    def odd(share: float) -> bool:
        return nonsense and chance.random() < share

    def fill(place: re.Match[str]) -> str:
        kind, name = place.group(1) or "", place.group(2)
        if kind.startswith("any("):
            return chance.choice(kind[4:-1].split(","))
        if kind.startswith("int"):
            return (
                chance.choice(("0", "2147483647", "9223372036854775808", "9" * 60))
                if odd(0.6)
                else "1"
            )
        if name == "action" and not odd(0.2):
            return chance.choice(list(Action))
        if "length=32" in kind:
            return "é" * 32
        good = real[0] if name == "number" else real[1]
        return (
            quote(chance.choice(ODD) if odd(0.4) else good, safe="", errors="surrogatepass") or "x"
        )

    return re.sub(r"<(?:([^<>]*):)?(\w+)>", fill, rule.rule)
