"""The commands that stay: what they refuse, that they start, and that they leave nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from citizenfeedback.console import console
from citizenfeedback.services.installing import set_purpose
from citizenfeedback.serving import refuse_unfit

PATIENCE = 40


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "citizenfeedback", *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture
def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path, free_port: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A real server with its worker, on an installation of its own."""
    environment = {**os.environ, "INSTANCE_PATH": str(tmp_path), "PORT": free_port}
    process = subprocess.Popen(
        [sys.executable, "-m", "citizenfeedback", "serve", "--init"],
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    yield process, f"http://127.0.0.1:{free_port}"
    process.kill()
    process.wait()


def eventually(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def children_of(process: subprocess.Popen[bytes], words: str) -> list[int]:
    """The processes that the server has started and that do this."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    found = []
    for child in children:
        try:
            called = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if words in called and not gone(int(child)):
            found.append(int(child))
    return sorted(found)


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    return children_of(process, "worker --with-server")


def servers_of(process: subprocess.Popen[bytes]) -> list[int]:
    return children_of(process, "serve --init")


def gone(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


@pytest.mark.slow
def test_serving_brings_the_worker_along_and_both_leave_together(
    server: tuple[subprocess.Popen[bytes], str],
) -> None:
    process, address = server
    assert eventually(lambda: status(f"{address}/healthz") == 200)
    assert eventually(lambda: status(f"{address}/readyz") == 200), "the worker was never seen"
    (worker,) = workers_of(process)
    os.kill(worker, signal.SIGKILL)
    assert eventually(lambda: workers_of(process) not in ([], [worker])), "no new worker"
    (worker,) = workers_of(process)
    process.terminate()
    assert process.wait(PATIENCE) == 0
    assert eventually(lambda: gone(worker))


@pytest.mark.slow
def test_a_worker_does_not_outlive_a_server_that_was_killed(
    server: tuple[subprocess.Popen[bytes], str],
) -> None:
    process, address = server
    assert eventually(lambda: status(f"{address}/readyz") == 200)
    (worker,) = workers_of(process)
    process.kill()
    assert eventually(lambda: gone(worker))


@pytest.mark.slow
def test_a_serving_process_that_dies_is_replaced_and_none_outlives_the_first(
    server: tuple[subprocess.Popen[bytes], str],
) -> None:
    process, address = server
    assert eventually(lambda: status(f"{address}/healthz") == 200)
    # The worker, too, is called so for the blink between its fork and its own name.
    assert eventually(lambda: len(servers_of(process)) == 2)
    before = servers_of(process)
    os.kill(before[0], signal.SIGKILL)
    assert status(f"{address}/healthz") == 200, "the other still answers"
    assert eventually(lambda: len(servers_of(process)) == 2)
    now = servers_of(process)
    assert before[0] not in now
    process.kill()
    assert eventually(lambda: all(gone(one) for one in now))
    assert eventually(lambda: status(f"{address}/healthz") == 0)


@pytest.mark.slow
def test_whichever_process_is_asked_tells_the_numbers_of_all(
    server: tuple[subprocess.Popen[bytes], str],
) -> None:
    _process, address = server
    assert eventually(lambda: status(f"{address}/healthz") == 200)

    def answered() -> list[int]:
        told = []
        for _ in range(8):
            with urllib.request.urlopen(f"{address}/metrics", timeout=5) as answer:
                lines = answer.read().decode().splitlines()
            (line,) = [one for one in lines if 'requests_total{method="GET",status="2xx"}' in one]
            told.append(int(line.split()[1]))
        return told

    first = answered()
    assert first == list(range(first[0], first[0] + 8))


@pytest.mark.slow
def test_wrong_settings_are_told_together_and_end_with_two(tmp_path: Path) -> None:
    done = run("init", PORT="x", THREADS="0", INSTANCE_PATH=str(tmp_path))
    assert done.returncode == 2
    assert "PORT" in done.stderr
    assert "THREADS" in done.stderr
    assert done.stdout == ""


@pytest.mark.slow
def test_a_key_that_others_may_read_ends_with_one(tmp_path: Path) -> None:
    assert run("init", INSTANCE_PATH=str(tmp_path)).returncode == 0
    (tmp_path / "keys" / "seal.keys").chmod(0o644)
    done = run("init", INSTANCE_PATH=str(tmp_path))
    assert (done.returncode, "chmod 600" in done.stderr) == (1, True)


@pytest.mark.slow
def test_an_unmade_database_is_not_served(tmp_path: Path) -> None:
    done = run("serve", INSTANCE_PATH=str(tmp_path))
    assert (done.returncode, "citizenfeedback init" in done.stderr) == (1, True)


def test_help_needs_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "x")
    result = CliRunner().invoke(console(), ["--help"])
    assert result.exit_code == 0
    assert all(name in result.output for name in ("init", "serve", "worker"))


def test_a_demonstration_is_shown_to_this_machine_only(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        refuse_unfit("0.0.0.0")
        set_purpose("demo")
        refuse_unfit("127.0.0.1")
        with pytest.raises(Exception, match="this machine only"):
            refuse_unfit("0.0.0.0")
        monkeypatch.setitem(app.config, "DEMO_PUBLIC", True)
        refuse_unfit("0.0.0.0")


def test_limits_are_lifted_for_trials_only(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "RATE_LIMITS", False)
    with app.app_context():
        with pytest.raises(Exception, match="demonstration databases only"):
            refuse_unfit("127.0.0.1")
        set_purpose("benchmark")
        refuse_unfit("127.0.0.1")
        with pytest.raises(Exception, match="purpose_is_fixed"):
            set_purpose("demo")


def test_a_worker_whose_server_was_gone_before_it_came_leaves(tmp_path: Path) -> None:
    assert run("init", INSTANCE_PATH=str(tmp_path)).returncode == 0
    nobody = str(2**22 + 1)  # above every number of a process
    assert run("worker", "--with-server", nobody, INSTANCE_PATH=str(tmp_path)).returncode == 0
