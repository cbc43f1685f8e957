"""What the import contracts cannot see: where commits, clocks and prints may stand, and that every
file of a room has its tests beside it.
"""

import ast
import configparser
from collections.abc import Iterator
from pathlib import Path

import pytest

from citizenfeedback.config import PROJECT
from citizenfeedback.web import BLUEPRINTS

PACKAGE = PROJECT / "citizenfeedback"
TESTS = PROJECT / "tests"
MIRRORED = ("domain", "services", "queries", "documents", "jobs")
CLOCK = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.monotonic",
    "time.sleep",
}
SIGNED_BY = "services/transaction.py"
CLOCK_READ_BY = "gateways/clock.py"


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def calls(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every call as its line and its dotted end: `session.commit`, `print`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name):
                yield node.lineno, function.id
            elif isinstance(function, ast.Attribute):
                owner = function.value
                before = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                yield node.lineno, f"{before}.{function.attr}"


def test_only_the_transaction_commits_or_rolls_back() -> None:
    strays = [
        f"{name}:{line} {call}"
        for name, tree in modules()
        if name != SIGNED_BY
        for line, call in calls(tree)
        if call.endswith((".commit", ".rollback"))
    ]
    assert strays == []


def test_only_the_clock_reads_the_clock() -> None:
    strays = [
        f"{name}:{line} {call}"
        for name, tree in modules()
        if name != CLOCK_READ_BY
        for line, call in calls(tree)
        if call in CLOCK
    ]
    assert strays == []


def test_nothing_prints() -> None:
    strays = [
        f"{name}:{line}"
        for name, tree in modules()
        for line, call in calls(tree)
        if call == "print"
    ]
    assert strays == []


def test_a_flush_says_why() -> None:
    strays = []
    for path in sorted(PACKAGE.rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        strays += [
            f"{path.relative_to(PACKAGE)}:{number}"
            for number, line in enumerate(lines, start=1)
            if ".flush()" in line
            and "#" not in line
            and "#" not in lines[number - 2]
            and "file.flush()" not in line
        ]
    assert strays == []


def test_only_the_settings_read_the_environment() -> None:
    allowed = {"app.py", "config.py", "console.py"}
    strays = [
        name
        for name, tree in modules()
        if name not in allowed
        and any(
            isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
            for node in ast.walk(tree)
        )
    ]
    assert strays == []


@pytest.mark.parametrize("room", MIRRORED)
def test_every_file_of_a_room_has_its_tests_beside_it(room: str) -> None:
    missing = [
        path.relative_to(PACKAGE).as_posix()
        for path in sorted((PACKAGE / room).rglob("*.py"))
        if path.name != "__init__.py" and not mirrored(path).exists()
    ]
    assert [name for name in missing if name not in elsewhere()] == []


def test_what_is_tested_elsewhere_is_tested_there() -> None:
    """A file that is one half of another may have its tests with it; the list says where."""
    for name, test in elsewhere().items():
        assert (PACKAGE / name).exists(), name
        assert (TESTS / test).exists(), test
        assert not mirrored(PACKAGE / name).exists(), f"{name} has its own tests: take it off"


def elsewhere() -> dict[str, str]:
    lines = (TESTS / "conventions/tested_elsewhere.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines)


def mirrored(path: Path) -> Path:
    inside = path.relative_to(PACKAGE)
    return TESTS / inside.parent / f"test_{inside.name}"


def test_the_contract_of_the_front_rooms_names_every_one() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(PROJECT / "setup.cfg", encoding="utf-8")
    named = contracts["importlinter:contract:rooms"]["modules"].split()
    assert sorted(named) == sorted(f"citizenfeedback.web.{room.package}" for room in BLUEPRINTS)


def test_every_fixture_is_used() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py")}
    fixtures = [
        node.name
        for text in texts.values()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(mark).startswith("pytest.fixture") for mark in node.decorator_list)
        and "autouse" not in " ".join(ast.unparse(mark) for mark in node.decorator_list)
    ]
    everything = "\n".join(texts.values())
    unused = [name for name in fixtures if everything.count(name) < 2]
    assert unused == []


def test_every_decision_has_a_number_of_its_own() -> None:
    names = [path.name for path in sorted((PROJECT / "docs" / "decisions").glob("*.md"))]
    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]
