"""Settings: read together, refused together, described in the handbook."""

import re
from pathlib import Path

import pytest

from citizenfeedback.config import PROJECT, Settings, SettingsProblem, is_loopback, setting_names


def test_an_empty_environment_is_enough() -> None:
    settings = Settings.from_env({})
    assert settings.database_address == f"sqlite:///{PROJECT / 'instance' / 'citizenfeedback.db'}"
    assert settings.public_address == "http://127.0.0.1:5000"
    assert settings.rate_limits
    assert not settings.secure


def test_every_mistake_is_reported_at_once() -> None:
    wrong = {
        "PORT": "many",
        "THREADS": "0",
        "PUBLIC_URL": "http://feedback.example.vn",
        "DATABASE_URL": "mysql://x/y",
        "TRUSTED_PROXIES": "10.0.0.1, nobody",
        "RATE_LIMITS": "maybe",
        "DENUNCIATION_ROLL": "never",
        "MAIL_SERVER": "mail.example.vn",
        "MAIL_PASSWORD": "secret",
        "METRICS_TOKEN": "short",
    }
    with pytest.raises(SettingsProblem) as caught:
        Settings.from_env(wrong)
    named = {problem.split()[0] for problem in caught.value.problems}
    expected = set(wrong) - {"MAIL_SERVER", "MAIL_PASSWORD"} | {"MAIL_SENDER", "MAIL_USERNAME"}
    assert named == expected
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("short", ["postgres", "postgresql"])
def test_postgresql_is_reached_by_its_usual_address(short: str) -> None:
    settings = Settings.from_env({"DATABASE_URL": f"{short}://me:pw@db/feedback"})
    assert settings.database_address == "postgresql+psycopg://me:pw@db/feedback"


def test_values_are_read_as_what_they_are() -> None:
    settings = Settings.from_env(
        {
            "INSTANCE_PATH": "/srv/feedback",
            "PUBLIC_URL": "https://feedback.example.vn/",
            "TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8",
            "RATE_LIMITS": "off",
            "SESSION_HOURS": "8",
            "HOST": "  ",
        }
    )
    assert settings.instance_path == Path("/srv/feedback")
    assert (settings.public_address, settings.secure) == ("https://feedback.example.vn", True)
    assert [str(network) for network in settings.trusted_proxies] == ["127.0.0.1/32", "10.0.0.0/8"]
    assert (settings.rate_limits, settings.session_hours) == (False, 8)
    assert settings.host == "127.0.0.1"


def test_only_this_machine_is_this_machine() -> None:
    assert [is_loopback(host) for host in ("127.0.0.2", "localhost", "::1")] == [True] * 3
    assert not any(is_loopback(host) for host in ("0.0.0.0", "10.0.0.1", "example.vn"))


def test_each_setting_has_its_heading_and_each_heading_its_setting() -> None:
    headings = re.findall(r"^### (\w+)$", (PROJECT / "docs/settings.md").read_text(), re.MULTILINE)
    assert sorted(headings) == sorted(setting_names())


def test_the_handbook_names_the_defaults_in_force() -> None:
    text = (PROJECT / "docs/settings.md").read_text()
    sections = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL))
    settings = Settings.from_env({})
    for name, said in sections.items():
        default = getattr(settings, name.lower())
        if isinstance(default, bool):
            named = {"on", "1"} if default else {"off", "0"}
        elif isinstance(default, int) or (isinstance(default, str) and default):
            named = {str(default)}
        else:
            continue
        assert any(f"Default: `{word}`" in said for word in named), name
