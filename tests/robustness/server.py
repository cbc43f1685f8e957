"""A real server on an installation of its own, to be treated badly."""

from __future__ import annotations

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

PATIENCE = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass
class Server:
    """`citizenfeedback serve` with its worker; what it writes goes to a log file."""

    folder: Path
    port: int
    log: Path
    process: subprocess.Popen[bytes] | None = None
    behind_proxy: bool = False

    def start(self) -> None:
        """Start it and wait until it answers."""
        environment = {**os.environ, "INSTANCE_PATH": str(self.folder), "PORT": str(self.port)}
        if self.behind_proxy:
            environment["TRUSTED_PROXIES"] = "127.0.0.1"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "citizenfeedback", "serve", "--init"],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                if get(self.port, "/healthz").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(self.log.read_text())

    def kill(self) -> None:
        """Kill server and worker at once, with no chance to tidy up."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass
class Answer:
    """What came back."""

    status: int
    content: bytes
    cookies: dict[str, str]

    @property
    def text(self) -> str:
        """What came back, read as text."""
        return self.content.decode("utf-8", "replace")

    @property
    def token(self) -> str:
        """The token in the page's forms."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.text)
        return found.group(1) if found else ""


def get(port: int, path: str, cookies: dict[str, str] | None = None) -> Answer:
    """Open a page."""
    return send(port, "GET", path, cookies or {}, None)


def post(
    port: int, path: str, form: dict[str, str], cookies: dict[str, str], address: str = ""
) -> Answer:
    """Send a form, from an address of its own where the server stands behind a proxy."""
    return send(port, "POST", path, cookies, urlencode(form), address=address)


def upload(
    port: int,
    path: str,
    form: dict[str, str],
    files: list[tuple[str, str, bytes]],
    cookies: dict[str, str],
    address: str = "",
) -> Answer:
    """Send a form with files: (field, name, content)."""
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
        for name, value in form.items()
    ]
    parts += [
        f'Content-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode()
        + content
        for field, name, content in files
    ]
    line = secrets.token_hex(16)
    body = b"".join(f"--{line}\r\n".encode() + part + b"\r\n" for part in parts)
    body += f"--{line}--\r\n".encode()
    return send(port, "POST", path, cookies, body, f"multipart/form-data; boundary={line}", address)


def send(
    port: int,
    method: str,
    path: str,
    cookies: dict[str, str],
    body: str | bytes | None,
    kind: str = "application/x-www-form-urlencoded",
    address: str = "",
) -> Answer:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    if address:
        headers["X-Forwarded-For"] = address
    if body is not None:
        headers["Content-Type"] = kind
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        new = [value.split(";")[0] for value in answer.headers.get_all("Set-Cookie", [])]
        return Answer(answer.status, content, dict(one.split("=", 1) for one in new))
    except http.client.HTTPException as failure:
        raise OSError(str(failure)) from failure
    finally:
        connection.close()
