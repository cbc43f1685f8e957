"""Opening a case with its access code, where wrong codes make the device wait.

Whoever else shares the address is not kept waiting: what is counted there slows wrong codes only, a
right one opens at once. A code has 70 random bits, so this is for peace of mind, not the lock itself.
"""

from datetime import datetime, timedelta

from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.numbers import normalise_code
from citizenfeedback.queries.tracking import case_behind
from citizenfeedback.services.slowing import Patience, minutes_to_wait, note_failure
from citizenfeedback.services.transaction import reading, transaction

DEVICE = Patience(tries=5, longest=timedelta(minutes=15))
PLACE = Patience(tries=100, longest=timedelta(minutes=5))


def open_with_code(keys: Keys, typed: str, *, device: str, place: str, now: datetime) -> int:
    """The case that a code opens, however it is spelt.

    `device` is a browser, `place` the address it comes from. Raises `NotFound`, the same for a
    mistyped and for an unknown code; `RuleBroken("code_wait")` with the minutes to wait.
    """
    device_key = keys.fingerprint("code_device", device)
    place_key = keys.fingerprint("code_place", place)
    waiting = minutes_to_wait(reading(), (device_key,), now)
    if waiting:
        raise RuleBroken("code_wait", minutes=waiting)
    code = normalise_code(typed)
    case_id = case_behind(keys, code) if code else None
    if case_id is not None:
        return case_id
    waiting = minutes_to_wait(reading(), (place_key,), now)
    if waiting:
        raise RuleBroken("code_wait", minutes=waiting)
    with transaction() as session:
        note_failure(session, {device_key: DEVICE, place_key: PLACE}, now)
    raise NotFound("case")
