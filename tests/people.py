"""Units and officials for tests, made by the services themselves, and clients signed in as them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.vocabulary import Role, UnitLevel
from citizenfeedback.gateways import Gateways
from citizenfeedback.services import accounts, directory
from tests.conftest import NOON

PASSWORD = "con đường dài 12 cây"


def make_unit(
    gateways: Gateways,
    code: str,
    parent_id: int | None = None,
    *,
    name: str = "",
    level: UnitLevel = UnitLevel.DEPARTMENT,
    **more: Any,
) -> int:
    """A unit in force; returns its id."""
    values: dict[str, Any] = {
        "name": name or f"Đơn vị {code}",
        "name_en": "",
        "level": level,
        "parent_id": parent_id,
        "remote": False,
        "valid_from": None,
        "valid_to": None,
        "receives": True,
        "address": "",
        "phone": "",
        "hours": "",
    }
    wanted = directory.UnitWanted(**(values | more))
    return directory.create_unit(SYSTEM, code, wanted, keys=gateways.keys, now=NOON)


def make_user(
    gateways: Gateways,
    unit_id: int,
    *roles: Role,
    email: str = "hoa@qn.vn",
    name: str = "Nguyễn Thị Hoa",
    password: str = PASSWORD,
) -> int:
    """An official with a password; returns the account's id."""
    new = accounts.NewAccount(
        email=email, name=name, unit_id=unit_id, roles=frozenset(roles or {Role.HANDLER})
    )
    link = accounts.create_account(SYSTEM, new, keys=gateways.keys, now=NOON)
    return accounts.set_password(
        link.token, password, keys=gateways.keys, passwords=gateways.passwords, now=NOON
    )


@dataclass
class Visitor:
    """A client that fills in the form of the page it is on."""

    client: FlaskClient

    def get(self, path: str, **options: Any) -> Any:
        """Open a page."""
        return self.client.get(path, **options)

    def token(self, path: str) -> str:
        """The CSRF token of the page at `path`."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.client.get(path).text)
        return found.group(1) if found else ""

    def hidden(self, path: str) -> dict[str, str]:
        """What the forms of the page at `path` carry along: the CSRF token, and of which case."""
        page = self.client.get(path).text
        found = re.findall(r'name="(csrf_token|of_case)"[^>]*value="([^"]+)"', page)
        return {"csrf_token": "", **dict(found)}

    def post(self, path: str, data: dict[str, Any] | None = None, *, of: str = "") -> Any:
        """Send the form that stands on the page `of` (else at the same address)."""
        return self.client.post(path, data={**self.hidden(of or path), **(data or {})})

    def sign_in(self, email: str = "hoa@qn.vn", password: str = PASSWORD, **more: str) -> Any:
        """Sign in."""
        return self.post("/sign-in", {"email": email, "password": password, **more})


def visitor(app: Flask) -> Visitor:
    """Somebody with a browser of their own."""
    return Visitor(app.test_client())
