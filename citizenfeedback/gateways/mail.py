"""Mail: handed to the office's own server through Flask-Mail, recorded, or thrown away.

Flask-Mail encodes the subject and then folds it a second time, which breaks about a quarter of
Vietnamese subjects; `WholeMessage` switches the second folding off.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email import policy
from email.mime.base import MIMEBase
from email.utils import parseaddr
from typing import Any, Protocol

from flask import Flask
from flask_mail import Connection, Message
from flask_mail import Mail as FlaskMail

ONE_FOLDING = policy.SMTP.clone(refold_source="none")
PATIENCE_SECONDS = 20.0
FOR_GOOD = 500


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail as it leaves the office; `message_id` is the same however often it is sent."""

    to: str
    subject: str
    text: str
    message_id: str
    language: str = "vi"


class MailFailed(Exception):
    """The mail was not taken. `code` names the failure, without any address or text."""

    def __init__(self, code: str, *, for_good: bool = False) -> None:
        """Say what failed and whether trying again is of no use."""
        super().__init__(code)
        self.code = code
        self.for_good = for_good


class MailGateway(Protocol):
    """Takes mail out of the office."""

    @property
    def delivers(self) -> bool:
        """Whether mail really leaves; when not, links must be handed over in another way."""
        ...

    def send(self, mail: Mail) -> None:
        """Hand one mail over; `MailFailed` when it was not taken."""
        ...


class NullMail:
    """For installations without a mail server: mail is dropped, and nobody is told it was sent."""

    delivers = False

    def send(self, mail: Mail) -> None:
        """Drop the mail."""


@dataclass
class RecordingMail:
    """Keeps mail instead of sending it; `failing` makes it refuse."""

    sent: list[Mail] = field(default_factory=list)
    failing: MailFailed | None = None
    delivers: bool = True

    def send(self, mail: Mail) -> None:
        """Keep the mail."""
        if self.failing is not None:
            raise self.failing
        self.sent.append(mail)


class WholeMessage(Message):
    """A message whose headers are folded once, so that every letter arrives."""

    def _message(self) -> MIMEBase:
        message = super()._message()
        message.policy = ONE_FOLDING
        return message


class PatientConnection(Connection):
    """A connection that gives up after a while and checks the server's certificate."""

    def configure_host(self) -> smtplib.SMTP | smtplib.SMTP_SSL:
        """Connect, secure and sign in as the settings say."""
        trusted = ssl.create_default_context()
        host: smtplib.SMTP | smtplib.SMTP_SSL
        if self.mail.use_ssl:
            host = smtplib.SMTP_SSL(
                self.mail.server, self.mail.port, timeout=PATIENCE_SECONDS, context=trusted
            )
        else:
            host = smtplib.SMTP(self.mail.server, self.mail.port, timeout=PATIENCE_SECONDS)
        if self.mail.use_tls:
            host.starttls(context=trusted)
        if self.mail.username and self.mail.password:
            host.login(self.mail.username, self.mail.password)
        return host


class SmtpMail(FlaskMail):
    """Flask-Mail, set up from this installation's settings."""

    delivers = True
    app: Flask

    def init_app(self, app: Flask) -> Any:
        """Give Flask-Mail its settings under the names it knows."""
        security = app.config["MAIL_SECURITY"]
        app.config.update(
            MAIL_USE_TLS=security == "starttls",
            MAIL_USE_SSL=security == "tls",
            MAIL_DEFAULT_SENDER=app.config["MAIL_SENDER"],
            MAIL_SUPPRESS_SEND=False,
        )
        self.app = app
        return super().init_app(app)

    def connect(self) -> Connection:
        """Open a connection to the mail server."""
        return PatientConnection(self.app.extensions["mail"])

    def send(self, mail: Mail) -> None:  # type: ignore[override]
        """Hand one mail over; `MailFailed` when it was not taken."""
        with self.app.app_context():
            try:
                with self.connect() as connection:
                    connection.send(self._message(mail))
            except smtplib.SMTPRecipientsRefused as error:
                codes = [code for code, _said in error.recipients.values()]
                raise MailFailed(
                    "recipient_refused", for_good=all(code >= FOR_GOOD for code in codes)
                ) from None
            except smtplib.SMTPResponseException as error:
                raise MailFailed(f"server_said_{error.smtp_code}") from None
            except (smtplib.SMTPException, OSError) as error:
                raise MailFailed(type(error).__name__) from None

    def _message(self, mail: Mail) -> Message:
        sender = self.app.extensions["mail"].default_sender
        message = WholeMessage(
            subject=mail.subject,
            recipients=[mail.to],
            body=mail.text,
            sender=parseaddr(sender) if "<" in sender else sender,
            extra_headers={"Content-Language": mail.language, "Auto-Submitted": "auto-generated"},
        )
        host = parseaddr(sender)[1].rpartition("@")[2]
        message.msgId = f"<{mail.message_id}@{host}>"
        return message
