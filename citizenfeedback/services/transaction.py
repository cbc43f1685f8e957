"""The one place where work is signed: one transaction a use case, committed once.

SQLite has one writer at a time and lets waiting ones retry in no order, so that under load some
starve. Here writers stand in line: first the threads of this process, first come first served,
then the processes, on a lock file beside the database. Do nothing slow inside the block: no
hashing of passwords, no mail, no files, no reading of uploads.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from citizenfeedback.models.base import BEGIN_OPTION, WRITING, WriteOutsideTransaction, db

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session


REHEARSING = "rehearsing"
"""Marks a session in which a use case runs only to see whether it is refused."""

WRITE_FIRST = "BEGIN IMMEDIATE"
"""How SQLite begins a transaction that writes: it asks for the write lock at once."""


class WritersQueue:
    """Lets one writer of one database file through at a time, in the order they came."""

    def __init__(self, lock_file: str) -> None:
        """Queue for the database whose writers meet at `lock_file`."""
        self._lock_file = lock_file
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._busy = False
        self._descriptor: tuple[int, int] | None = None

    def __enter__(self) -> None:
        """Wait for one's turn."""
        with self._mutex:
            if self._busy:
                turn = threading.Lock()
                turn.acquire()
                self._waiting.append(turn)
            else:
                self._busy = True
                turn = None
        if turn is not None:
            turn.acquire()  # released by the writer before, who hands its place over
        try:
            fcntl.flock(self._file(), fcntl.LOCK_EX)
        except BaseException:
            self._next()
            raise

    def __exit__(self, *_: object) -> None:
        """Let the next one through."""
        try:
            fcntl.flock(self._file(), fcntl.LOCK_UN)
        finally:
            self._next()

    def _next(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._busy = False

    def _file(self) -> int:
        # A lock belongs to the open file, which a forked child would share: each process opens its
        # own.
        process = os.getpid()
        if self._descriptor is None or self._descriptor[0] != process:
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
            self._descriptor = (process, os.open(self._lock_file, flags, 0o600))
        return self._descriptor[1]


_queues: dict[str, WritersQueue] = {}
_queues_mutex = threading.Lock()


def writers_queue(engine: Engine) -> AbstractContextManager[None]:
    """The queue of the engine's writers; PostgreSQL needs none."""
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:":
        return nullcontext()
    queue = _queues.get(path)
    if queue is None:
        with _queues_mutex:
            queue = _queues.setdefault(path, WritersQueue(f"{path}.writers"))
    return queue


def reading() -> Session:
    """The session for looking only, where a service must look before it opens a transaction.

    What is seen may have changed by the time the transaction is open: check again inside.
    """
    return db.session()


@contextmanager
def transaction() -> Iterator[Session]:
    """Open the session for writing; commit when the block ends well, roll back when it does not.

    An open reading transaction is ended first, so what was read before may have changed: load and
    check inside the block. A transaction within a transaction is refused, except in a rehearsal,
    where it is undone.
    """
    session = db.session()
    if REHEARSING in session.info:
        with _undone(session):
            yield session
        return
    if WRITING in session.info:
        raise RuntimeError("a transaction is already open: services do not call each other")
    if session.new or session.dirty or session.deleted:
        raise WriteOutsideTransaction("rows were changed before transaction() was entered")
    bind = session.get_bind()
    _end_reading(session, bind)
    with nullcontext() if isinstance(bind, Connection) else writers_queue(bind):
        session.info[WRITING] = None
        try:
            # Kept for plain inserts, as finding it again costs as much as running one.
            session.info[WRITING] = _begin(session, bind)
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            del session.info[WRITING]


@contextmanager
def rehearsal(session: Session) -> Iterator[None]:
    """Let a use case run within the open transaction and leave nothing of it behind.

    What refuses the use case is raised. Nothing outside the database may be touched by it.
    """
    session.info[REHEARSING] = True
    try:
        yield
    finally:
        del session.info[REHEARSING]


@contextmanager
def _undone(session: Session) -> Iterator[None]:
    point = session.begin_nested()
    try:
        yield
        session.flush()  # what the database itself refuses shows here, not at the commit
    finally:
        point.rollback()


def _end_reading(session: Session, bind: Engine | Connection) -> None:
    """End what was read before.

    On SQLite the connection is kept for writing: giving it back and taking it out of the pool again
    costs as much as several inserts.
    """
    if not session.in_transaction():
        return
    if isinstance(bind, Connection) or bind.dialect.name != "sqlite":
        session.rollback()
        return
    _driver(session.connection()).rollback()
    session.expire_all()


def _begin(session: Session, bind: Engine | Connection) -> Connection:
    """Begin to write; on SQLite with the write lock at once."""
    if session.in_transaction():
        connection = session.connection()
        _driver(connection).execute(WRITE_FIRST)
        return connection
    isolated = isinstance(bind, Connection)
    return session.connection(execution_options={} if isolated else {BEGIN_OPTION: WRITE_FIRST})


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
