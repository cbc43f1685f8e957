"""How often one address may knock: counted in memory, in fixed windows, by a keyed hash.

The addresses themselves are kept nowhere, and the key dies with the process. Locking out somebody
who guesses passwords is another matter: that is counted in the database and survives a restart.
With several web processes each counts for itself, so the bound grows by their number.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

from citizenfeedback.gateways.clock import monotonic
from citizenfeedback.web.context import this_installation

View = TypeVar("View", bound=Callable[..., Any])

MOST_KEYS = 50_000


class Limiter:
    """Counts knocks per key and window."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Count by `clock`, in seconds."""
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._counts: dict[bytes, tuple[float, int]] = {}

    def knock(self, what: str, who: str, most: int, seconds: int) -> int:
        """Count one knock of `who` at `what`; seconds to wait when it is one too many, else 0."""
        text = f"{what}\0{who}".encode()
        key = hashlib.blake2b(text, key=self._key, digest_size=12).digest()
        now = self._clock()
        with self._lock:
            if len(self._counts) >= MOST_KEYS:
                self._forget(now)
            ends, count = self._counts.get(key, (0.0, 0))
            if ends <= now:
                ends, count = now + seconds, 0
            self._counts[key] = (ends, count + 1)
        return 0 if count < most else max(1, round(ends - now))

    def clear(self) -> None:
        """Forget all knocks."""
        with self._lock:
            self._counts.clear()

    def _forget(self, now: float) -> None:
        """Drop the windows that are over; all of them when that frees nothing."""
        self._counts = {key: value for key, value in self._counts.items() if value[0] > now}
        if len(self._counts) >= MOST_KEYS:
            self._counts.clear()


def limit(what: str, most: int, seconds: int, who: str | None = None) -> None:
    """Answer 429 when `who` (else the sender's address) does `what` more than `most` times."""
    if not current_app.config["RATE_LIMITS"] and this_installation().for_trial:
        return
    limiter: Limiter = current_app.extensions["citizenfeedback_limiter"]
    wait = limiter.knock(what, who or request.remote_addr or "", most, seconds)
    if wait:
        raise TooManyRequests(retry_after=wait)


def limited(what: str, most: int, seconds: int) -> Callable[[View], View]:
    """Bound how often one address may send a form to the view; looking at it is free."""

    def wrap(view: View) -> View:
        @wraps(view)
        def bounded(*args: Any, **kwargs: Any) -> Any:
            if request.method == "POST":
                limit(what, most, seconds)
            return view(*args, **kwargs)

        return bounded  # type: ignore[return-value]

    return wrap


def init_app(app: Flask) -> None:
    """Start counting with this application."""
    app.extensions["citizenfeedback_limiter"] = Limiter()
