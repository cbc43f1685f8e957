"""Rounds in turn (A B A B …), the medians over them, and what they are held to."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.load import Ask, Measured, load


@dataclass(frozen=True)
class Target:
    """One server under load: where it listens, what is asked, and the status of a good answer."""

    name: str
    port: int
    ask: Ask
    status: int


@dataclass
class Rounds:
    """What one target gave in each round."""

    measured: list[Measured] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Good answers a second, the median of the rounds."""
        return statistics.median(one.rate for one in self.measured)

    @property
    def median(self) -> float:
        """The middle time in milliseconds, the median of the rounds."""
        return statistics.median(one.median for one in self.measured)

    @property
    def tail(self) -> float:
        """The time of 99 of 100 answers in milliseconds, the median of the rounds."""
        return statistics.median(one.centile(0.99) for one in self.measured)

    @property
    def failures(self) -> int:
        """Answers that were not the one expected, in all rounds."""
        return sum(one.failures for one in self.measured)


def in_turn(
    targets: list[Target], *, clients: int, seconds: float, rounds: int
) -> dict[str, Rounds]:
    """Load the targets one after another, again and again, so that a disturbance meets them all."""
    found = {target.name: Rounds() for target in targets}
    for _ in range(rounds):
        for one in targets:
            measured = load(one.port, one.ask, clients=clients, seconds=seconds, status=one.status)
            found[one.name].measured.append(measured)
    return found


def share(product: Rounds, bare: Rounds) -> float:
    """The product's rate as a share of the bare one: the median of the rounds' own shares."""
    pairs = zip(product.measured, bare.measured, strict=True)
    return statistics.median(one.rate / other.rate for one, other in pairs if other.rate)


@dataclass
class Report:
    """What was measured, line by line, and whether each goal was reached."""

    say: Callable[[str], None]
    missed: list[str] = field(default_factory=list)

    def line(self, text: str) -> None:
        """Write one line."""
        self.say(text)

    def rounds(self, name: str, clients: int, found: Rounds) -> None:
        """Write what one target gave."""
        self.say(
            f"  {name:<22} {clients:>3} clients {found.rate:9.1f} a second"
            f"  p50 {found.median:8.2f} ms  p99 {found.tail:8.2f} ms  failures {found.failures}"
        )

    def goal(self, what: str, value: float, goal: float, *, at_least: bool) -> None:
        """Write a figure beside its goal."""
        reached = value >= goal if at_least else value <= goal
        sign = ">=" if at_least else "<="
        self.say(
            f"  {'reached' if reached else 'MISSED ':<8} {what}: {value:.3g} (goal {sign} {goal:g})"
        )
        if not reached:
            self.missed.append(what)
