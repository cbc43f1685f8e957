"""The post room: everything that leaves the office or comes from outside the database.

`Gateways` is the record of those in use, built once by `app.py`; front rooms hand the one that a
use case needs to the service as an argument.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citizenfeedback.gateways.clock import Clock
    from citizenfeedback.gateways.files import FileStore
    from citizenfeedback.gateways.keys import Keys
    from citizenfeedback.gateways.mail import MailGateway
    from citizenfeedback.gateways.passwords import Passwords
    from citizenfeedback.gateways.sms import SmsGateway


@dataclass(frozen=True, kw_only=True)
class Gateways:
    """The gateways in use: real ones, or ones that only record, by the settings."""

    clock: Clock
    keys: Keys
    passwords: Passwords
    mail: MailGateway
    sms: SmsGateway
    files: FileStore
