"""The job that sends mail uses the site's own address."""

from __future__ import annotations

from typing import Any

from citizenfeedback.domain.facts import SYSTEM
from citizenfeedback.domain.vocabulary import Role
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.mail import RecordingMail
from citizenfeedback.jobs import send_mail
from citizenfeedback.services.accounts import NewAccount, create_account
from tests.conftest import NOON
from tests.people import make_unit


def test_an_invitation_leads_to_this_site(at: Any, gateways: Gateways) -> None:
    new = NewAccount(
        email="moi@qn.vn",
        name="Trần Mới",
        unit_id=make_unit(gateways, "QN"),
        roles=frozenset({Role.HANDLER}),
    )
    link = create_account(SYSTEM, new, keys=gateways.keys, now=NOON, mail=True)
    assert send_mail.run(at(NOON)) == "1 sent, 0 put off, 0 given up"
    assert isinstance(gateways.mail, RecordingMail)
    assert f"http://127.0.0.1:5000/account/link/{link.token}" in gateways.mail.sent[0].text
    assert send_mail.run(at(NOON)) == ""
