"""Counts of requests, written by hand: five lines of text format need no library.

Whichever process of the server is asked answers for all of them: each counts in a row of its own.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from itertools import product

from citizenfeedback.gateways.sharing import SharedNumbers

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "other")
CLASSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
REQUESTS = tuple(product(METHODS, CLASSES))
SECONDS = len(REQUESTS)
BUCKETS = SECONDS + 1
COLUMNS = BUCKETS + len(BOUNDS) + 1


class Metrics:
    """Requests by method and class of answer, and how long they took."""

    def __init__(self, processes: int = 1) -> None:
        """Begin at nought, with a row for each process that will serve."""
        self._lock = threading.Lock()
        self._numbers = SharedNumbers(processes, COLUMNS)
        self._own = self._numbers.row(0)

    def take_row(self, process: int) -> None:
        """Count from now on as this one of the server's processes."""
        self._own = self._numbers.row(process)

    def count(self, method: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        known = method if method in METHODS else "other"
        place = REQUESTS.index((known, f"{status // 100}xx"))
        with self._lock:
            self._own[place] += 1
            self._own[SECONDS] += seconds
            self._own[BUCKETS + bisect_left(BOUNDS, seconds)] += 1

    def text(self, *, pool_in_use: int) -> str:
        """The counts in Prometheus' text format."""
        sums = self._numbers.sums()
        requests = [(one, int(sums[place])) for place, one in enumerate(REQUESTS) if sums[place]]
        buckets, seconds = [int(number) for number in sums[BUCKETS:]], sums[SECONDS]
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
