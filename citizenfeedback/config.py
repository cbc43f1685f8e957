"""Settings of one installation: read once from the environment, checked together, then frozen.

The only reader of the environment. Front rooms get the values (`app.config`), never this type.
`docs/settings.md` describes each setting and is compared with this file both ways by the tests.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from citizenfeedback.domain.privacy import Span, read_spans
from citizenfeedback.domain.vocabulary import Kept

PROJECT = Path(__file__).resolve().parent.parent
"""The folder that holds the package, the migrations and, unless set otherwise, `instance/`."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Value = TypeVar("Value")


class SettingsProblem(Exception):
    """One or more settings are missing or wrong; `problems` names each."""

    def __init__(self, problems: list[str]) -> None:
        """Keep every problem, so that all can be put right at once."""
        super().__init__("wrong settings:\n" + "\n".join(f"  {problem}" for problem in problems))
        self.problems = problems


def _text(raw: str) -> str:
    return raw


def _yes(raw: str) -> bool:
    known = {"1": True, "yes": True, "true": True, "on": True}
    known |= {"0": False, "no": False, "false": False, "off": False}
    if raw.lower() not in known:
        raise ValueError("must be 1 or 0")
    return known[raw.lower()]


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(raw: str) -> int:
        if not raw.isascii() or not raw.isdigit() or not least <= int(raw) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(raw)

    return read


def _one_of(*known: str) -> Callable[[str], str]:
    def read(raw: str) -> str:
        if raw not in known:
            raise ValueError(f"must be one of {', '.join(known)}")
        return raw

    return read


def _folder(raw: str) -> Path:
    return Path(raw).expanduser().absolute()


def _networks(raw: str) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(part.strip()) for part in raw.split(",") if part.strip())


def _database(raw: str) -> str:
    for short in ("postgres://", "postgresql://"):
        if raw.startswith(short):
            raw = "postgresql+psycopg://" + raw.removeprefix(short)
    try:
        driver = make_url(raw).drivername
    except ArgumentError:
        raise ValueError("is not a database address") from None
    if driver not in {"sqlite", "postgresql+psycopg"}:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return raw


def _address(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise ValueError("must look like https://feedback.example.vn")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ValueError("must begin with https:// (http is for this machine alone)")
    return f"{parts.scheme}://{parts.netloc}"


def _endpoint(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise ValueError("must look like https://sms.example.vn/send")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ValueError("must begin with https:// (http is for this machine alone)")
    return raw


def _rising_days(raw: str) -> tuple[int, int, int]:
    parts = [part.strip() for part in raw.split(",")]
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError("must be three numbers of days, like 30,40,45")
    first, second, third = (int(part) for part in parts)
    if not 0 < first < second < third <= 365:
        raise ValueError("must be three rising numbers of days, like 30,40,45")
    return first, second, third


def _mailbox(raw: str) -> str:
    if raw.count("@") != 1 or any(letter in raw for letter in "\r\n"):
        raise ValueError("must hold one mail address")
    return raw


def is_loopback(host: str) -> bool:
    """Whether `host` can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _setting(default: Value, read: Callable[[str], Value]) -> Value:
    """One setting: its value when the environment is silent, and how its text is read."""
    made: Value = field(default=default, metadata={"read": read})
    return made


NO_PROXIES: tuple[Network, ...] = ()
NO_SPANS: tuple[tuple[Kept, Span], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything an installation may choose; the name in the environment is the field's in capitals."""

    instance_path: Path = _setting(PROJECT / "instance", _folder)
    database_url: str = _setting("", _database)
    public_url: str = _setting("", _address)
    host: str = _setting("127.0.0.1", _text)
    port: int = _setting(5000, _whole(1, 65535))
    processes: int = _setting(2, _whole(1, 32))
    threads: int = _setting(8, _whole(1, 64))
    trusted_proxies: tuple[Network, ...] = _setting(NO_PROXIES, _networks)
    language: str = _setting("vi", _one_of("vi", "en"))
    session_hours: int = _setting(10, _whole(1, 24))
    max_upload_mb: int = _setting(20, _whole(1, 200))
    rate_limits: bool = _setting(True, _yes)
    proof_of_work: int = _setting(5000, _whole(0, 200_000))
    demo_public: bool = _setting(False, _yes)
    metrics_token: str = _setting("", _text)
    mail_server: str = _setting("", _text)
    mail_port: int = _setting(25, _whole(1, 65535))
    mail_security: str = _setting("none", _one_of("none", "starttls", "tls"))
    mail_username: str = _setting("", _text)
    mail_password: str = _setting("", _text)
    mail_sender: str = _setting("", _mailbox)
    sms_url: str = _setting("", _endpoint)
    sms_token: str = _setting("", _text)
    sms_sender: str = _setting("", _text)
    group_threshold: int = _setting(5, _whole(2, 1000))
    petition_days: int = _setting(10, _whole(1, 365))
    draft_code_days: int = _setting(14, _whole(1, 60))
    verdict_days: int = _setting(30, _whole(1, 365))
    retention: tuple[tuple[Kept, Span], ...] = _setting(NO_SPANS, read_spans)
    retention_warning_days: int = _setting(30, _whole(1, 365))
    denunciation_roll: str = _setting("once", _one_of("once", "each"))
    ratings_minimum: int = _setting(5, _whole(1, 1000))
    published_minimum: int = _setting(5, _whole(1, 100))
    reminder_days: int = _setting(5, _whole(1, 365))
    age_days: tuple[int, int, int] = _setting((30, 40, 45), _rising_days)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings from `environ`; blank counts as not set.

        Raises `SettingsProblem` naming everything that is wrong at once.
        """
        values: dict[str, Any] = {}
        problems: list[str] = []
        for one in fields(cls):
            raw = environ.get(env_name(one), "").strip()
            if not raw:
                continue
            try:
                values[one.name] = one.metadata["read"](raw)
            except ValueError as error:
                problems.append(f"{env_name(one)} {error}")
        settings = cls(**values)
        problems += settings._contradictions()
        if problems:
            raise SettingsProblem(problems)
        return settings

    def _contradictions(self) -> list[str]:
        problems = []
        if self.mail_server and not self.mail_sender:
            problems.append("MAIL_SENDER is needed when MAIL_SERVER is set")
        if self.mail_password and not self.mail_username:
            problems.append("MAIL_USERNAME is needed when MAIL_PASSWORD is set")
        if self.sms_url and not self.sms_token:
            problems.append("SMS_TOKEN is needed when SMS_URL is set")
        if self.metrics_token and len(self.metrics_token) < MIN_TOKEN:
            problems.append(f"METRICS_TOKEN needs at least {MIN_TOKEN} characters")
        return problems

    @property
    def database_address(self) -> str:
        """The database in use: the one set, or the file in the instance folder."""
        return self.database_url or f"sqlite:///{self.instance_path / 'citizenfeedback.db'}"

    @property
    def public_address(self) -> str:
        """The address in mail and codes: the one set, or this machine's."""
        return self.public_url or f"http://127.0.0.1:{self.port}"

    @property
    def secure(self) -> bool:
        """Whether people reach the site over https."""
        return self.public_address.startswith("https://")


MIN_TOKEN = 16


def env_name(one: Field[Any]) -> str:
    """The name of a setting in the environment."""
    return one.name.upper()


def setting_names() -> tuple[str, ...]:
    """The names of all settings in the environment, in their order."""
    return tuple(env_name(one) for one in fields(Settings))
