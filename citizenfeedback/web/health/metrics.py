"""Counts of requests, written by hand: five lines of text format need no library."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """Requests of this process by method and class of answer, and how long they took."""

    def __init__(self) -> None:
        """Begin at nought."""
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str]] = Counter()
        self._buckets = [0] * (len(BOUNDS) + 1)
        self._seconds = 0.0

    def count(self, method: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        known = method if method in METHODS else "other"
        with self._lock:
            self._requests[known, f"{status // 100}xx"] += 1
            self._buckets[bisect_left(BOUNDS, seconds)] += 1
            self._seconds += seconds

    def text(self, *, pool_in_use: int) -> str:
        """The counts in Prometheus' text format."""
        with self._lock:
            requests = sorted(self._requests.items())
            buckets, seconds = list(self._buckets), self._seconds
        lines = [
            "# HELP citizenfeedback_requests_total Requests answered.",
            "# TYPE citizenfeedback_requests_total counter",
        ]
        lines += [
            f'citizenfeedback_requests_total{{method="{method}",status="{status}"}} {number}'
            for (method, status), number in requests
        ]
        lines += [
            "# HELP citizenfeedback_request_seconds How long answers took.",
            "# TYPE citizenfeedback_request_seconds histogram",
        ]
        below = 0
        for bound, number in zip((*map(str, BOUNDS), "+Inf"), buckets, strict=True):
            below += number
            lines.append(f'citizenfeedback_request_seconds_bucket{{le="{bound}"}} {below}')
        lines += [
            f"citizenfeedback_request_seconds_sum {seconds:.6f}",
            f"citizenfeedback_request_seconds_count {below}",
            "# HELP citizenfeedback_database_connections Connections in use.",
            "# TYPE citizenfeedback_database_connections gauge",
            f"citizenfeedback_database_connections {pool_in_use}",
        ]
        return "\n".join(lines) + "\n"
