"""Only named proxies are believed about who sent a request."""

from ipaddress import ip_network
from typing import Any

import pytest

from citizenfeedback.web.proxies import TrustedProxies

OURS = (ip_network("10.0.0.0/8"), ip_network("127.0.0.1/32"))


def seen(remote: str, forwarded: str, scheme: str = "https") -> tuple[str, str]:
    environ: dict[str, Any] = {
        "REMOTE_ADDR": remote,
        "HTTP_X_FORWARDED_FOR": forwarded,
        "HTTP_X_FORWARDED_PROTO": scheme,
        "wsgi.url_scheme": "http",
    }
    TrustedProxies(lambda _environ, _start: [], OURS)(environ, None)
    return environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]


@pytest.mark.parametrize(
    ("remote", "forwarded", "sender"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.9, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.9, 203.0.113.7, 10.1.1.1", "203.0.113.7"),
        ("127.0.0.1", "rubbish", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_nearest_sender_that_is_no_proxy_of_ours(
    remote: str, forwarded: str, sender: str
) -> None:
    assert seen(remote, forwarded) == (sender, "https")


def test_others_are_not_believed() -> None:
    assert seen("192.0.2.1", "203.0.113.7") == ("192.0.2.1", "http")
    assert seen("127.0.0.1", "203.0.113.7", "gopher") == ("203.0.113.7", "http")
