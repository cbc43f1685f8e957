"""Numbers written in one process are read in another."""

import os

from citizenfeedback.gateways.sharing import SharedNumbers


def test_what_a_child_writes_its_parent_reads() -> None:
    numbers = SharedNumbers(2, 3)
    numbers.row(0)[1] = 5
    child = os.fork()
    if child == 0:
        numbers.row(1)[1] += 2.5
        os._exit(0)
    os.waitpid(child, 0)
    assert numbers.sums() == [0, 7.5, 0]


def test_clearing_leaves_nought_everywhere() -> None:
    numbers = SharedNumbers(2, 2)
    numbers.row(1)[:] = numbers.row(1)
    numbers.row(1)[0] = 1
    numbers.clear()
    assert numbers.sums() == [0, 0]
