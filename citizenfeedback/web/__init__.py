"""The front rooms: one blueprint per audience. A view parses, calls one service or query, answers.

Each package of `BLUEPRINTS` gives its `blueprint`; every view in it says who may call it
(`web.guard`), and blueprints know nothing of each other.
"""

from __future__ import annotations

from typing import NamedTuple


class Room(NamedTuple):
    """One blueprint: its package under `citizenfeedback.web`, where it hangs and whom it serves."""

    package: str
    prefix: str | None
    audience: str


BLUEPRINTS = (
    Room("public", None, "citizens"),
    Room("kiosk", None, "citizens at a screen in an office"),
    Room("shell", None, "everyone: how pages look"),
    Room("account", None, "officials: signing in, password"),
    Room("inbox", "/inbox", "officials who handle cases"),
    Room("receptions", "/receptions", "officials who receive citizens"),
    Room("reports", "/reports", "supervisors: figures, what stands behind them, export"),
    Room("admin", "/admin", "administrators and auditors"),
    Room("health", None, "machines that watch this one"),
)
