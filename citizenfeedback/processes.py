"""Keeps the processes of a server going: one that dies is started again, and all end together.

The first process serves nobody. It holds the listening sockets, forks those that serve and starts
the worker; it has no threads of its own, so that forking again later is safe.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from threading import Event, Thread
from typing import Protocol

from citizenfeedback.gateways.clock import monotonic
from citizenfeedback.gateways.sharing import SharedNumbers

LOOK_SECONDS = 0.5
RESTART_PAUSE = 2.0
PATIENCE = 20
"""How many seconds a process may take to finish what is at hand."""
BACKLOG = 1024
LET_GO_SECONDS = 0.5
"""How long a process leaves new connections to those that have fewer."""

log = logging.getLogger("citizenfeedback")


class Member(Protocol):
    """A process of the crew, as `multiprocessing.Process` has it."""

    @property
    def exitcode(self) -> int | None:
        """How it ended; None while it runs."""

    def terminate(self) -> None:
        """Ask it to finish."""

    def join(self, timeout: float | None = None) -> None:
        """Wait until it is gone, or for so many seconds."""

    def kill(self) -> None:
        """End it at once."""


class Command:
    """A program of its own as a member of the crew."""

    def __init__(self, words: Sequence[str]) -> None:
        """Start it."""
        self._process = subprocess.Popen(words, stdin=subprocess.DEVNULL)

    @property
    def exitcode(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.poll()

    def terminate(self) -> None:
        """Ask it to finish."""
        self._process.terminate()

    def join(self, timeout: float | None = None) -> None:
        """Wait until it is gone, or for so many seconds."""
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()


class Lifeline:
    """A pipe by which a forked process notices that the first one is gone, even killed."""

    def __init__(self) -> None:
        """Open it in the first process, which alone keeps the end that is never written."""
        self._read, self._kept = os.pipe()

    def hold(self) -> None:
        """In a forked process: finish as if asked to when the first process is gone."""
        os.close(self._kept)
        Thread(target=self._wait, name="lifeline", daemon=True).start()

    def _wait(self) -> None:
        os.read(self._read, 1)
        os.kill(os.getpid(), signal.SIGTERM)


def forked(serve: Callable[[int], None], number: int) -> Member:
    """Fork a process that calls `serve` with its number."""
    process = multiprocessing.get_context("fork").Process(target=serve, args=(number,))
    process.start()
    return process


def keep_going(makers: Mapping[str, Callable[[], Member]], stop: Event) -> None:
    """Start every member and start those again that die, until `stop`; then wait for all to leave."""
    crew = {name: make() for name, make in makers.items()}
    while not stop.wait(LOOK_SECONDS):
        for name, make in makers.items():
            if (code := crew[name].exitcode) is None:
                continue
            log.error("the %s ended with %s and is started again", name, code)
            if stop.wait(RESTART_PAUSE):
                break
            crew[name] = make()
    for member in crew.values():
        member.terminate()
    for member in crew.values():
        member.join(PATIENCE)
        if member.exitcode is None:
            member.kill()
            member.join()


class Listening(Protocol):
    """A server of waitress, which asks itself before each wait whether it would take a connection."""

    readable: Callable[[], bool]
    active_channels: Mapping[int, object]


class EvenShares:
    """Spreads connections over the processes: one that has more than another lets that one go first.

    All wait at the same socket, and whoever woke first used to take every connection that was there.
    Browsers keep theirs, so that one process then did all the work while its neighbour slept. One
    that lets others go first sleeps, so whoever's number changes wakes the rest: without that a
    visitor stood before a closed door until somebody happened to look.
    """

    def __init__(self, processes: int) -> None:
        """Begin without connections; made before the processes part, so that all see the counts."""
        counts = SharedNumbers(processes, 1)
        self._counts = [counts.row(number) for number in range(processes)]
        self._bells = [os.pipe() for _ in range(processes)]
        for ends in self._bells:
            for end in ends:
                os.set_blocking(end, False)

    def keep(self, number: int, servers: Sequence[Listening], channels: dict[int, object]) -> None:
        """In one process: let its servers take a connection only in its turn.

        `channels` is what its loop waits for, to which the bell of this process is added.
        """
        own, since = self._counts[number], monotonic()
        others = [ends[1] for place, ends in enumerate(self._bells) if place != number]
        _bell(self._bells[number][0], channels)

        def let(ready: Callable[[], bool]) -> Callable[[], bool]:
            def readable() -> bool:
                nonlocal since
                held = sum(len(one.active_channels) for one in servers)
                if held != own[0]:
                    own[0] = held
                    _ring(others)
                if not ready():
                    return False
                now = monotonic()
                # The others may be gone or stuck: nobody at the door waits for them for long.
                if own[0] <= min(one[0] for one in self._counts) or now - since > LET_GO_SECONDS:
                    since = now
                    return True
                return False

            return readable

        for one in servers:
            one.readable = let(one.readable)


def _bell(end: int, channels: dict[int, object]) -> None:
    """Let the loop of this process wake, and look again, when its bell is rung."""
    from waitress.wasyncore import file_dispatcher

    class Bell(file_dispatcher):
        """The reading end of a pipe; what is in it says nothing."""

        def handle_read(self) -> None:
            """Empty it."""
            self.recv(4096)

        def writable(self) -> bool:
            """Nothing is ever said back."""
            return False

    Bell(end, channels)


def _ring(bells: Sequence[int]) -> None:
    for bell in bells:
        # A full pipe has rung enough.
        with suppress(BlockingIOError):
            os.write(bell, b".")


def listen(host: str, port: int) -> list[socket.socket]:
    """Open the sockets of a host, which may have an address of each kind; raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    opened: list[socket.socket] = []
    refused: OSError | None = None
    for family, _, _, _, address in dict.fromkeys(found):
        try:
            one = socket.create_server(address, family=family, backlog=BACKLOG)
        except OSError as error:
            refused = error
            continue
        one.setblocking(False)
        opened.append(one)
    if not opened:
        raise refused or OSError(f"{host} has no address")
    return opened
