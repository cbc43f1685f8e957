"""What stands between a finished draft and a case: bounds that spam meets and a village does not.

A sending counts once however often its button is pressed: for the browser it comes from, and for the
address, which a whole ward may share. Without the small task done by the device (`domain/effort.py`)
it is taken all the same, and marked for somebody to look at.
"""

from __future__ import annotations

from dataclasses import asdict

from flask import current_app, request

from citizenfeedback.domain import effort
from citizenfeedback.web.context import gateways, now, setting, this_installation
from citizenfeedback.web.limits import again, device, limit
from citizenfeedback.web.public import drafting

TEN_MINUTES, HOUR = 600, 3600
PRESSES = 5000
FROM_BROWSER = 40
FROM_ADDRESS = 1000
FROM_ADDRESS_UNPROVED = 500


def task_to_do() -> dict[str, object] | None:
    """The task for this browser's draft, where the office asks for one."""
    if not asked():
        return None
    keyed, most = gateways().keys.fingerprint, setting("PROOF_OF_WORK")
    return asdict(effort.task(keyed, drafting.own_token(), most, now=now()))


def asked() -> bool:
    """Whether the task is asked for: not where the office left it out, nor in a trial without limits."""
    lifted = not current_app.config["RATE_LIMITS"] and this_installation().for_trial
    return setting("PROOF_OF_WORK") > 0 and not lifted


def proved() -> bool:
    """Whether this sending brings the answer to its task, or needs none."""
    if not asked():
        return True
    keyed, most = gateways().keys.fingerprint, setting("PROOF_OF_WORK")
    answer = request.form.get("effort", "")
    return effort.done(keyed, drafting.own_token(), answer, most, now=now())


def count(*, with_proof: bool) -> None:
    """Count this sending once; 429 when it is one too many. The draft stays as it is."""
    limit("file-press", PRESSES, TEN_MINUTES)
    if again("file", drafting.own_token(), TEN_MINUTES):
        return
    limit("file-browser", FROM_BROWSER, HOUR, device())
    limit("file-address", FROM_ADDRESS, TEN_MINUTES)
    if not with_proof:
        limit("file-unproved", FROM_ADDRESS_UNPROVED, TEN_MINUTES)
