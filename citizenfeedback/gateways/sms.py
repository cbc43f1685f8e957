"""Text messages: handed to the office's own provider over HTTP, recorded, or thrown away.

One request a message, as `docs/operations.md` describes it; the provider answers 2xx when it has
taken the message. The id is the same however often a message is handed over.
"""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, field
from typing import Protocol
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from citizenfeedback.gateways.mail import MailFailed

PATIENCE_SECONDS = 10.0
COUNTRY = "+84"
_ANSWERS_FOR_GOOD = range(400, 500)
_WORTH_ANOTHER_TRY = frozenset({401, 403, 407, 408, 409, 425, 429})
"""Refusals that a corrected setting or some time may end."""


@dataclass(frozen=True, kw_only=True)
class Sms:
    """One text message; `to` is a number as dialled in the country."""

    to: str
    text: str
    message_id: str


class SmsGateway(Protocol):
    """Takes text messages out of the office."""

    @property
    def delivers(self) -> bool:
        """Whether messages really leave; when not, none is offered."""
        ...

    def send(self, sms: Sms) -> None:
        """Hand one message over; `MailFailed` when it was not taken."""
        ...


class NullSms:
    """For installations without a provider: no message is offered, and none leaves."""

    delivers = False

    def send(self, sms: Sms) -> None:
        """Refuse for good: somebody asked for messages while there was a provider."""
        raise MailFailed("no_sms_provider", for_good=True)


@dataclass
class RecordingSms:
    """Keeps messages instead of sending them."""

    sent: list[Sms] = field(default_factory=list)
    delivers: bool = False

    def send(self, sms: Sms) -> None:
        """Keep the message."""
        self.sent.append(sms)


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Never carry a message to where the settings do not say."""


class HttpSms:
    """The provider at `address`, asked with a bearer token."""

    delivers = True

    def __init__(self, address: str, token: str, sender: str) -> None:
        """Use this address (https, or this machine), token and sender's name."""
        self._address, self._token, self._sender = address, token, sender
        self._opener = build_opener(ProxyHandler({}), _NoRedirects)

    def send(self, sms: Sms) -> None:
        """Hand one message over; `MailFailed` when it was not taken."""
        body = {
            "id": sms.message_id,
            "to": COUNTRY + sms.to.removeprefix("0"),
            "text": sms.text,
            "from": self._sender,
        }
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Authorization": f"Bearer {self._token}",
            "Idempotency-Key": sms.message_id,
        }
        content = json.dumps(body).encode()
        # The settings take http and https alone.
        asked = Request(self._address, content, headers, method="POST")  # noqa: S310
        try:
            self._opener.open(asked, timeout=PATIENCE_SECONDS).close()
        except HTTPError as refusal:
            refusal.close()
            status = refusal.code
            for_good = status in _ANSWERS_FOR_GOOD and status not in _WORTH_ANOTHER_TRY
            raise MailFailed(f"provider_said_{status}", for_good=for_good) from None
        except (OSError, http.client.HTTPException) as error:
            raise MailFailed(type(error).__name__) from None
