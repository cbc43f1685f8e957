"""The product as it is run: an installation of its own, filled, and its production server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from flask import Flask

from citizenfeedback.app import create_app
from citizenfeedback.config import Settings
from citizenfeedback.gateways import Gateways

PATIENCE = 90
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Ran:
    """What a command took."""

    seconds: float
    most_megabytes: float
    output: str


@dataclass(frozen=True)
class Installation:
    """One installation of the benchmark, in its own folder."""

    folder: Path

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of its commands: nothing of this shell's settings but the search path."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**kept, "INSTANCE_PATH": str(self.folder), "RATE_LIMITS": "off", **more}

    def run(self, *words: str) -> Ran:
        """Run one command; its time and the most memory it held."""
        begin = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "citizenfeedback", *words],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            output = process.stdout.read()
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"citizenfeedback {' '.join(words)} ended with {process.returncode}")
        return Ran(time.perf_counter() - begin, used.ru_maxrss / 1024, output)

    def application(self) -> Flask:
        """The application of this installation in this process, to fill its database."""
        return create_app(Settings.from_env(self.environment()))

    @contextmanager
    def served(self) -> Iterator[int]:
        """Serve it with the production server, worker included; gives the port."""
        port = free_port()
        words = ["citizenfeedback", "serve"]
        with (
            (self.folder / "server.log").open("a") as log,
            serving(words, port, log, self.environment(PORT=str(port)), path="/healthz"),
        ):
            yield port


def gateways_of(app: Flask) -> Gateways:
    """The gateways of an application."""
    gateways: Gateways = app.extensions["citizenfeedback_gateways"]
    return gateways


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serving(
    module: list[str],
    port: int,
    log: IO[str],
    environment: dict[str, str] | None = None,
    *,
    path: str = "/nothing",
) -> Iterator[None]:
    """Run a module as a server until the block ends; ready when `path` is answered at all."""
    process = subprocess.Popen(
        [sys.executable, "-m", *module], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        _wait_until_answered(process, f"http://127.0.0.1:{port}{path}")
        yield
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_answered(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - loopback
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"no answer from {address}; see server.log")
