"""The citizen's word on the result: said once for each answer, and changed only for a while."""

from dataclasses import dataclass
from datetime import date, timedelta

from citizenfeedback.domain.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class GivenVerdict:
    """What was said; `given_on` is the day it was first said of the answer, which sets its end."""

    verdict: Verdict
    given_on: date

    def holds_for(self, sent_on: date | None) -> bool:
        """Whether it was said of the answer sent on that day, not of an earlier one."""
        return sent_on is None or self.given_on >= sent_on

    def last_change(self, days: int) -> date:
        """The last day on which it may be changed."""
        return self.given_on + timedelta(days=days)


def may_say(given: GivenVerdict | None, sent_on: date | None, today: date, days: int) -> bool:
    """Whether the citizen may say it now: for the first time, of a new answer, or otherwise."""
    if given is None or not given.holds_for(sent_on):
        return True
    return today <= given.last_change(days)
