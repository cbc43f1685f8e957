"""How often one address may knock: counted in memory, in fixed windows, by a keyed hash.

The addresses themselves are kept nowhere, and the key dies with the server. Locking out somebody
who guesses passwords is another matter: that is counted in the database and survives a restart.
All processes of one server count together.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, current_app, request, session
from werkzeug.exceptions import TooManyRequests

from citizenfeedback.gateways.clock import monotonic
from citizenfeedback.gateways.sharing import SharedNumbers
from citizenfeedback.web.context import this_installation

View = TypeVar("View", bound=Callable[..., Any])

MOST_KEYS = 65_536
NEAR = 16
"""In how many places a key may lie; when all are taken, the window that ends first is forgotten."""
NAME_BYTES = 6
"""As many of a key's bytes as a floating number holds exactly."""


class Limiter:
    """Counts knocks per key and window."""

    def __init__(self, clock: Callable[[], float] = monotonic, most_keys: int = MOST_KEYS) -> None:
        """Count by `clock`, in seconds; no more than `most_keys` windows are remembered."""
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        # Each row: the name of the key, when its window ends, how many knocks.
        self._windows = SharedNumbers(most_keys, 3)

    def knock(self, what: str, who: str, most: int, seconds: int) -> int:
        """Count one knock of `who` at `what`; seconds to wait when it is one too many, else 0."""
        text = f"{what}\0{who}".encode()
        key = hashlib.blake2b(text, key=self._key, digest_size=2 * NAME_BYTES).digest()
        name = float(int.from_bytes(key[:NAME_BYTES]))
        place = int.from_bytes(key[NAME_BYTES:])
        now = self._clock()
        with self._lock:
            window = self._window(name, place)
            kept, ends, count = window
            if kept != name or ends <= now:
                ends, count = now + seconds, 0.0
            window[0], window[1], window[2] = name, ends, count + 1
        return 0 if count < most else max(1, round(ends - now))

    def clear(self) -> None:
        """Forget all knocks."""
        with self._lock:
            self._windows.clear()

    def _window(self, name: float, place: int) -> memoryview[float]:
        """The row of a key, or else the one among its places that ends first."""
        most = self._windows.rows
        rows = [self._windows.row((place + step) % most) for step in range(min(NEAR, most))]
        for row in rows:
            if row[0] == name:
                return row
        return min(rows, key=lambda row: row[1])


def limit(what: str, most: int, seconds: int, who: str | None = None) -> None:
    """Answer 429 when `who` (else the sender's address) does `what` more than `most` times."""
    if not current_app.config["RATE_LIMITS"] and this_installation().for_trial:
        return
    limiter: Limiter = current_app.extensions["citizenfeedback_limiter"]
    wait = limiter.knock(what, who or request.remote_addr or "", most, seconds)
    if wait:
        raise TooManyRequests(retry_after=wait)


def again(what: str, who: str, seconds: int) -> bool:
    """Whether `who` did `what` within these seconds before; from now on they did."""
    limiter: Limiter = current_app.extensions["citizenfeedback_limiter"]
    return limiter.knock(what, who, 1, seconds) > 0


def device() -> str:
    """What tells this browser from others behind the same address, until it is closed.

    The token against foreign forms lies in its signed cookie anyway; nothing more is left there.
    """
    return str(session.get("csrf_token") or request.remote_addr or "")


def limited(what: str, most: int, seconds: int) -> Callable[[View], View]:
    """Bound how often one address may send a form to the view; looking at it is free."""

    def wrap(view: View) -> View:
        @wraps(view)
        def bounded(*args: Any, **kwargs: Any) -> Any:
            if request.method == "POST":
                limit(what, most, seconds)
            return view(*args, **kwargs)

        return cast("View", bounded)

    return wrap


def init_app(app: Flask) -> None:
    """Start counting with this application."""
    app.extensions["citizenfeedback_limiter"] = Limiter()
