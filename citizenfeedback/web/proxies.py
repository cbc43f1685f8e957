"""Who really sent a request that came through a proxy: believed only from the proxies named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

Network = IPv4Network | IPv6Network


class TrustedProxies:
    """Takes the sender's address and scheme from forwarded headers when a named proxy wrote them."""

    def __init__(self, inner: Callable[..., Any], trusted: tuple[Network, ...]) -> None:
        """Wrap `inner`; `trusted` are the networks whose proxies are believed."""
        self._inner = inner
        self._trusted = trusted

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Set the sender, then pass the request on."""
        if self._trusted and self._is_trusted(environ.get("REMOTE_ADDR", "")):
            self._believe(environ)
        return self._inner(environ, start_response)

    def _believe(self, environ: dict[str, Any]) -> None:
        """Walk the chain from the near end to the first sender that is no proxy of ours."""
        chain = environ.pop("HTTP_X_FORWARDED_FOR", "").split(",")
        for hop in reversed([hop.strip() for hop in chain]):
            if not _is_address(hop):
                break
            environ["REMOTE_ADDR"] = hop
            if not self._is_trusted(hop):
                break
        scheme = environ.pop("HTTP_X_FORWARDED_PROTO", "").split(",")[-1].strip()
        if scheme in {"http", "https"}:
            environ["wsgi.url_scheme"] = scheme

    def _is_trusted(self, address: str) -> bool:
        if not _is_address(address):
            return False
        sender = ip_address(address)
        return any(sender in network for network in self._trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
