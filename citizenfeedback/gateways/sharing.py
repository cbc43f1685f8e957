"""Numbers that all processes of one server see: plain memory, shared by fork, never on disk.

Made before the processes part. Nothing here locks across them, since a process that is killed while
it holds a lock would stop all others: two that change one place at the same instant may lose a
change, so what must be exact gives each process a row of its own.
"""

from __future__ import annotations

from mmap import mmap


class SharedNumbers:
    """A table of numbers, all nought at first."""

    def __init__(self, rows: int, columns: int) -> None:
        """Make room for `rows` times `columns` numbers."""
        self.rows, self.columns = rows, columns
        self._cells = memoryview(mmap(-1, 8 * rows * columns)).cast("d")

    def row(self, number: int) -> memoryview[float]:
        """One row, to read and to write."""
        start = number * self.columns
        return self._cells[start : start + self.columns]

    def sums(self) -> list[float]:
        """Each column summed over all rows."""
        every = [self.row(number) for number in range(self.rows)]
        return [sum(column) for column in zip(*every, strict=True)]

    def clear(self) -> None:
        """Set everything back to nought."""
        for number in range(self.rows):
            self.row(number)[:] = memoryview(bytes(8 * self.columns)).cast("d")
