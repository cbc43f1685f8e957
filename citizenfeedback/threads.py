"""The threads of one serving process: one answers at a time while it goes briskly, more when not.

Threads of Python take turns at the interpreter. Several in the midst of short requests only pass
it around between any two statements, the one that holds the writers' place in line among them:
eight clients were then served more slowly than one. So requests wait in the order they came, and a
thread that is done takes the next itself. Only when those at work have had their request in hand
for a while (a large file, a password, a slow disk) does another thread join them.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from time import sleep
from typing import Protocol

from citizenfeedback.gateways.clock import monotonic

BRISK_SECONDS = 0.02
"""A request in hand for longer holds up nobody else: another thread joins."""

log = logging.getLogger("citizenfeedback")


class Task(Protocol):
    """A request as the server hands it over."""

    def service(self) -> None:
        """Answer it."""

    def cancel(self) -> None:
        """Drop it unanswered."""


class _Thread(threading.Thread):
    """One thread with a bell that wakes it."""

    def __init__(self, crew: Threads, number: int) -> None:
        super().__init__(name=f"request-{number}", daemon=True)
        self.crew = crew
        self.bell = threading.Lock()
        self.bell.acquire()

    def run(self) -> None:
        """Answer what there is until the crew leaves."""
        while (task := self.crew.next_task(self)) is not None:
            try:
                task.service()
            except BaseException as failure:  # noqa: BLE001 - the thread is needed for the next
                # Without its words, which may be a person's.
                log.error("a request was not answered: %s", type(failure).__name__)  # noqa: TRY400


class Threads:
    """Answers requests with up to `most` threads, of which `at_once` are brisk at a time.

    It takes the place of the server's own dispatcher and has its methods.
    """

    def __init__(self, most: int, *, at_once: int = 1, brisk: float = BRISK_SECONDS) -> None:
        """Start the threads."""
        self._at_once, self._brisk_seconds = at_once, brisk
        self._lock = threading.Lock()
        self._tasks: deque[Task] = deque()
        self._since: dict[_Thread, float] = {}  # those at work, and since when on this request
        self._resting: list[_Thread] = []
        self._held_up, self._leaving = threading.Event(), False
        self._threads = [_Thread(self, number) for number in range(1, most + 1)]
        for thread in self._threads:
            thread.start()
        threading.Thread(target=self._watch, name="request-watch", daemon=True).start()

    def add_task(self, task: Task) -> None:
        """Put a request at the end of the line."""
        with self._lock:
            self._tasks.append(task)
            if not self._wake():
                self._held_up.set()

    def next_task(self, thread: _Thread) -> Task | None:
        """Wait for a request that is for this thread; None when it is to leave."""
        while True:
            with self._lock:
                self._since.pop(thread, None)
                if self._leaving:
                    return None
                if self._tasks and self._room():
                    self._since[thread] = monotonic()
                    return self._tasks.popleft()
                self._resting.append(thread)
            thread.bell.acquire()  # rung by whoever has work for it

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        """Let the threads finish what they have in hand, for so many seconds; drop the rest."""
        with self._lock:
            self._leaving = True
            resting, self._resting = self._resting, []
        for thread in resting:
            thread.bell.release()
        self._held_up.set()
        end = monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, end - monotonic()))
        with self._lock:
            dropped = list(self._tasks) if cancel_pending else []
            self._tasks.clear()
        for task in dropped:
            task.cancel()
        return bool(dropped)

    def _room(self) -> bool:
        """Whether fewer than `at_once` are briskly at work."""
        since = monotonic() - self._brisk_seconds
        return sum(began > since for began in self._since.values()) < self._at_once

    def _wake(self) -> bool:
        """Ring for one more thread, if there is room and one rests: the one that rested last."""
        if not (self._resting and self._room()):
            return False
        thread = self._resting.pop()
        self._since[thread] = monotonic()
        thread.bell.release()
        return True

    def _watch(self) -> None:
        """While requests wait, see whether those at work are still brisk."""
        while not self._leaving:
            self._held_up.wait()
            self._held_up.clear()
            while self._tasks and not self._leaving:
                sleep(self._brisk_seconds)
                with self._lock:
                    if self._tasks:
                        self._wake()
