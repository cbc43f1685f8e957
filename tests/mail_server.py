"""A mail server of our own, and the real gateway that speaks to it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import Any, cast

from aiosmtpd.controller import Controller
from flask import Flask

from citizenfeedback.gateways.mail import SmtpMail


class Sink:
    """Takes every mail but those to refuse@ and busy@, and keeps each as it came."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []

    @property
    def taken(self) -> list[EmailMessage]:
        """The mails as a mail program reads them."""
        found = [message_from_bytes(mail, policy=policy.default) for mail in self.mails]
        assert all(isinstance(mail, EmailMessage) for mail in found)
        return cast("list[EmailMessage]", found)

    @property
    def raw(self) -> list[Message]:
        """The mails with their headers as they were sent."""
        return [message_from_bytes(mail) for mail in self.mails]

    # aiosmtpd calls its handler by these names.
    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, to: str, _: Any) -> str:  # noqa: N802
        if to.startswith("refuse@"):
            return "550 no such person"
        if to.startswith("busy@"):
            return "451 later"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(envelope.content)
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[tuple[Sink, int]]:
    """Run it; what it took, and its port."""
    handler = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


def gateway(port: int, sender: str = "Tiếng nói người dân <so@example.vn>") -> SmtpMail:
    """The real gateway, set to the sink."""
    app = Flask("test")
    app.config.update(
        MAIL_SERVER="127.0.0.1",
        MAIL_PORT=port,
        MAIL_SECURITY="none",
        MAIL_USERNAME="",
        MAIL_PASSWORD="",
        MAIL_SENDER=sender,
    )
    mail = SmtpMail()
    mail.init_app(app)
    return mail
