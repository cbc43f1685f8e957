"""A closed loop of clients: each keeps one connection and sends its next request when answered.

Standard library only, one process, loopback only. An answer with another status than the one
expected is counted as bad and its time is thrown away, so that an error page never passes for speed.
"""

from __future__ import annotations

import asyncio
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

LOOPBACK = "127.0.0.1"
PATIENCE = 30.0

Ask = Callable[[int], bytes]
"""Makes the next request of one client, which is named by its number."""


@dataclass
class Measured:
    """What one round of load gave."""

    seconds: float
    milliseconds: list[float] = field(default_factory=list)
    bad: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.milliseconds) / self.seconds

    @property
    def failures(self) -> int:
        """Answers that were not the one expected; a lost connection counts as status 0."""
        return sum(self.bad.values())

    def centile(self, share: float) -> float:
        """The time in milliseconds within which `share` of the good answers came."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0

    @property
    def median(self) -> float:
        """The middle time in milliseconds."""
        return statistics.median(self.milliseconds) if self.milliseconds else 0.0


@dataclass
class Answer:
    """Status, head and body of one answer."""

    status: int
    head: str
    body: bytes

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies that the answer sets."""
        return dict(re.findall(r"(?im)^set-cookie:\s*([^=;\s]+)=([^;\r\n]*)", self.head))

    @property
    def csrf_token(self) -> str:
        """The token in the forms of the page."""
        found = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', self.body)
        return found.group(1).decode() if found else ""


class Connection:
    """One keep-alive connection; opened again when the server has closed it."""

    def __init__(self, port: int) -> None:
        """Talk to the server at `port` of this machine."""
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def send(self, request: bytes) -> Answer:
        """Send a request and read the whole answer."""
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(LOOPBACK, self._port)
        try:
            self._writer.write(request)
            head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = re.search(r"(?i)content-length:\s*(\d+)", head)
            if length is None:
                raise ConnectionError("an answer without a length")
            body = await self._reader.readexactly(int(length.group(1)))
        except (OSError, EOFError, asyncio.LimitOverrunError):
            self.close()
            raise
        if "connection: close" in head.lower():
            self.close()
        return Answer(int(head[9:12]), head, body)

    def close(self) -> None:
        """Let go of the connection."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


def request(
    method: str, path: str, *, cookies: dict[str, str] | None = None, form: str | None = None
) -> bytes:
    """One request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {LOOPBACK}"]
    if cookies:
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
    body = b""
    if form is not None:
        body = form.encode()
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def ask_once(port: int, one: bytes) -> Answer:
    """One request outside the measurement."""

    async def once() -> Answer:
        connection = Connection(port)
        try:
            return await asyncio.wait_for(connection.send(one), PATIENCE)
        finally:
            connection.close()

    return asyncio.run(once())


def load(
    port: int, ask: Ask, *, clients: int, seconds: float, status: int, warm: float = 0.3
) -> Measured:
    """Let `clients` ask for `seconds` after a short warming up; times in the warming do not count."""
    measured = Measured(seconds)

    async def client(number: int, begin: float, end: float) -> None:
        connection = Connection(port)
        while time.perf_counter() < end:
            one = ask(number)
            sent = time.perf_counter()
            try:
                answer = await asyncio.wait_for(connection.send(one), PATIENCE)
            except (OSError, EOFError, TimeoutError):
                measured.bad[0] += 1
                continue
            came = time.perf_counter()
            if answer.status != status:
                measured.bad[answer.status] += 1
            elif sent >= begin and came <= end:
                measured.milliseconds.append(1000 * (came - sent))
        connection.close()

    async def everyone() -> None:
        begin = time.perf_counter() + warm
        async with asyncio.TaskGroup() as group:
            for number in range(clients):
                group.create_task(client(number, begin, begin + seconds))

    asyncio.run(everyone())
    return measured
