"""One thread answers at a time while it goes briskly; nobody waits behind a long request."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from citizenfeedback.threads import Threads

PATIENCE = 20
FOR_EVER = 3600.0


class Request:
    """A request that does something when it is answered."""

    def __init__(self, answer: Callable[[], object] = lambda: None) -> None:
        self.answer = answer
        self.over, self.dropped = threading.Event(), False

    def service(self) -> None:
        try:
            self.answer()
        finally:
            self.over.set()

    def cancel(self) -> None:
        self.dropped = True


@pytest.fixture
def crew() -> Iterator[Callable[..., Threads]]:
    made: list[Threads] = []

    def make(most: int, **how: float) -> Threads:
        made.append(Threads(most, **how))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.shutdown()


def send(threads: Threads, requests: list[Request]) -> None:
    for one in requests:
        threads.add_task(one)


def all_over(requests: list[Request]) -> bool:
    return all(one.over.wait(PATIENCE) for one in requests)


def test_are_brisk_requests_answered_one_by_one_in_their_order(
    crew: Callable[..., Threads],
) -> None:
    order: list[int] = []
    inside, together = set[int](), set[int]()

    def answer(number: int) -> None:
        inside.add(number)
        together.add(len(inside))
        order.append(number)
        inside.remove(number)

    requests = [Request(lambda number=number: answer(number)) for number in range(50)]  # type: ignore[misc]
    send(crew(4, brisk=FOR_EVER), requests)
    assert all_over(requests)
    assert order == sorted(order)
    assert together == {1}


def test_does_another_thread_join_where_one_is_held_up(crew: Callable[..., Threads]) -> None:
    free = threading.Event()
    long = [Request(lambda: free.wait(PATIENCE)) for _ in range(2)]
    short = [Request() for _ in range(5)]
    send(crew(3, brisk=0.01), [*long, *short])
    assert all_over(short)
    assert not any(one.over.is_set() for one in long)
    free.set()
    assert all_over(long)


def test_do_as_many_answer_at_once_as_are_let(crew: Callable[..., Threads]) -> None:
    meeting = threading.Barrier(3)
    requests = [Request(lambda: meeting.wait(PATIENCE)) for _ in range(3)]
    send(crew(4, at_once=3, brisk=FOR_EVER), requests)
    assert all_over(requests)
    assert not meeting.broken


def test_does_a_request_that_breaks_off_leave_its_thread_at_work(
    crew: Callable[..., Threads],
) -> None:
    def break_off() -> None:
        raise SystemExit

    requests = [Request(break_off), Request(break_off), Request()]
    send(crew(1), requests)
    assert all_over(requests)


def test_is_what_is_in_hand_finished_and_the_rest_dropped_at_the_end(
    crew: Callable[..., Threads],
) -> None:
    begun, free = threading.Event(), threading.Event()

    def answer() -> None:
        begun.set()
        free.wait(PATIENCE)

    in_hand, waiting = Request(answer), Request()
    threads = crew(1, brisk=FOR_EVER)
    send(threads, [in_hand, waiting])
    assert begun.wait(PATIENCE)
    threading.Timer(0.05, free.set).start()
    assert threads.shutdown(timeout=PATIENCE)
    assert in_hand.over.is_set()
    assert (waiting.over.is_set(), waiting.dropped) == (False, True)
