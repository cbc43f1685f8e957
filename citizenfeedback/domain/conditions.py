"""What must hold for a step besides the state: named conditions over the facts of a case.

Each gives None, or the code of what is missing; `workflow.py` names them in its rows.
"""

from collections.abc import Mapping
from types import MappingProxyType

from citizenfeedback.domain.facts import CaseFacts
from citizenfeedback.domain.representation import Group, group_acceptable
from citizenfeedback.domain.vocabulary import CaseKind, Channel, Complexity, Instance

EXTENSIONS_ALLOWED: Mapping[Complexity, int] = MappingProxyType(
    {Complexity.NORMAL: 0, Complexity.COMPLEX: 1, Complexity.SPECIAL: 2}
)


def examined(facts: CaseFacts) -> str | None:
    """Whether it was found eligible or not, and competent or not (TT 05/2021)."""
    return "not_examined" if facts.eligible is None or facts.competent is None else None


def acceptable(facts: CaseFacts) -> str | None:
    """Whether the office must take it up: in form, eligible, and within its competence."""
    if facts.kind is CaseKind.DENUNCIATION and not facts.formal:
        return "not_in_form"
    if facts.kind is CaseKind.COMPLAINT and not facts.signed:
        return "unsigned"
    if (missing := examined(facts)) is not None:
        return missing
    if not facts.competent:
        return "not_competent"
    return (None if facts.eligible else "not_eligible") or represented(facts)


def represented(facts: CaseFacts) -> str | None:
    """Whether a group that complains has named in writing who speaks for it (NĐ 155/2026)."""
    group = Group(
        people=facts.signatories,
        representatives=facts.representatives,
        signed=facts.signatories,
        # Representatives are recorded only from a paper that all signed.
        appointed_by=facts.signatories if facts.representatives else None,
    )
    return group_acceptable(facts.kind, group, facts.received_on)


def refusable(facts: CaseFacts) -> str | None:
    """Refusal is for what the office could settle; the rest is guided or forwarded."""
    if (missing := examined(facts)) is not None:
        return missing
    return None if facts.competent else "not_ours_to_refuse"


def outside_competence(facts: CaseFacts) -> str | None:
    """Guiding on and forwarding are for what another body must settle."""
    if facts.competent is None:
        return "not_examined"
    return "is_competent" if facts.competent else None


def forwardable(facts: CaseFacts) -> str | None:
    """Only an eligible submission is forwarded; the rest is returned or filed."""
    return outside_competence(facts) or (None if facts.eligible else "not_eligible")


def ineligible(facts: CaseFacts) -> str | None:
    """Filing without action is for what fails the conditions (TT 07/2014 art. 28)."""
    if facts.eligible is None:
        return "not_examined"
    return "is_eligible" if facts.eligible else None


def returnable(facts: CaseFacts) -> str | None:
    """Papers go back when the office will not take the submission up."""
    if (missing := examined(facts)) is not None:
        return missing
    return "must_be_accepted" if facts.eligible and facts.competent else None


def still_unsigned(facts: CaseFacts) -> str | None:
    """A signature is recorded once."""
    return "already_signed" if facts.signed else None


def accepted(facts: CaseFacts) -> str | None:
    """The settlement term runs from formal acceptance only."""
    return "not_accepted" if facts.accepted_on is None else None


def not_accepted(facts: CaseFacts) -> str | None:
    """A duplicate is attached before it becomes a case of its own."""
    return None if facts.accepted_on is None else "already_accepted"


def extendable(facts: CaseFacts) -> str | None:
    """Once when complex, twice when specially complex (Luật Tố cáo art. 30)."""
    if (missing := accepted(facts)) is not None:
        return missing
    allowed = EXTENSIONS_ALLOWED[facts.complexity]
    if not allowed:
        return "extension_needs_complexity"
    return None if facts.extensions < allowed else "extensions_used_up"


def first_instance(facts: CaseFacts) -> str | None:
    """After a second complaint the way leads to court, not to a third one (art. 11.7)."""
    return "no_third_complaint" if facts.instance is Instance.SECOND else None


def unanswered_first(facts: CaseFacts) -> str | None:
    """A first complaint under a term; once the term is over it may be taken further."""
    return first_instance(facts) or accepted(facts)


def referred(facts: CaseFacts) -> str | None:
    """Only what another body sent here is reported back to it (Luật Tiếp công dân art. 27.2)."""
    return None if facts.channel is Channel.REFERRAL else "nobody_sent_it"


def not_held(facts: CaseFacts) -> str | None:
    """A file is held back from erasure once."""
    return "already_held" if facts.held else None


def held(facts: CaseFacts) -> str | None:
    """Only what is held back is let go."""
    return None if facts.held else "not_held"
