"""Who may speak for others: the representatives of a group, and those with an authorisation.

A check gives None, or the code of what is missing, like the conditions of the workflow.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from citizenfeedback.domain.law.regimes import START_OF_LAW_136, in_force
from citizenfeedback.domain.law.sources import Mark, Provision, cite
from citizenfeedback.domain.vocabulary import CaseKind

GROUP = 5


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many may represent a group of this size. `most_people` None is open."""

    least_people: int
    most_people: int | None
    least: int
    most: int
    provisions: tuple[Provision, ...]
    mark: Mark = Mark.READ
    read_in: tuple[str, ...] = ("S1",)

    def law(self, lang: str = "vi") -> str:
        """The article the numbers come from."""
        return cite(self.provisions, lang)

    def covers(self, people: int) -> bool:
        """Whether a group of this size stands in this row."""
        return self.least_people <= people and (
            self.most_people is None or people <= self.most_people
        )


_TCD29 = (Provision("TCD", "29"),)
# Below the number that makes a group the law asks for nobody; naming one is the office's custom.
ALLOWANCES: tuple[Allowance, ...] = (
    Allowance(1, 1, 0, 0, _TCD29, Mark.MEMORY, ()),
    Allowance(2, GROUP - 1, 0, 1, _TCD29, Mark.MEMORY, ()),
    Allowance(GROUP, 10, 1, 2, _TCD29),
    Allowance(11, None, 1, 5, _TCD29),
)


@dataclass(frozen=True, slots=True)
class Group:
    """The people behind one submission, and how they named who speaks for them.

    `signed` counts those who signed the submission, `appointed_by` those who signed the written
    appointment; None: there is no such paper.
    """

    people: int
    representatives: int
    signed: int = 0
    appointed_by: int | None = None


@dataclass(frozen=True, slots=True)
class Authorisation:
    """The paper by which one person lets another act; what it says of itself."""

    written: bool
    by_organisation: bool = False
    notarised: bool = False
    certified: bool = False


@dataclass(frozen=True, slots=True)
class ProofRule:
    """What proves the authorisation of an individual between two dates (NĐ 155/2026)."""

    notarised: bool
    certified: bool
    provisions: tuple[Provision, ...]
    effective_from: date | None = None
    effective_to: date | None = None
    mark: Mark = Mark.READ
    read_in: tuple[str, ...] = ("S6",)
    doubt: str = ""

    def law(self, lang: str = "vi") -> str:
        """The article that asks for the proof."""
        return cite(self.provisions, lang)

    def holds_on(self, day: date) -> bool:
        """Whether the rule holds on a day."""
        return in_force(self.effective_from, self.effective_to, day)


END_OF_NOTARISATION = date(2026, 12, 31)
PROOF_RULES: tuple[ProofRule, ...] = (
    ProofRule(
        notarised=True,
        certified=True,
        provisions=(Provision("ND124"),),
        effective_to=date(2026, 6, 30),
        mark=Mark.MEMORY,
        read_in=(),
        doubt="the article of Decree 124/2020 was not read",
    ),
    ProofRule(
        notarised=True,
        certified=True,
        provisions=(Provision("ND155", "3"), Provision("ND155", "21", "2")),
        effective_from=START_OF_LAW_136,
        effective_to=END_OF_NOTARISATION,
    ),
    ProofRule(
        notarised=False,
        certified=True,
        provisions=(Provision("ND155", "3"), Provision("ND155", "21", "2")),
        effective_from=date(2027, 1, 1),
        doubt="that certification alone remains is a reading of article 21 clause 2",
    ),
)


def representatives_allowed(people: int) -> Allowance:
    """How many representatives people of this number may, or must, name (Luật TCD art. 29)."""
    return next(row for row in ALLOWANCES if row.covers(max(people, 1)))


def representatives_problem(group: Group) -> str | None:
    """Whether the number of representatives is lawful for the size of the group."""
    allowed = representatives_allowed(group.people)
    if group.representatives < allowed.least:
        return "group_needs_representatives"
    return "too_many_representatives" if group.representatives > allowed.most else None


def appointment_problem(group: Group) -> str | None:
    """Whether the representatives were appointed in writing by everybody (Luật TCD art. 29)."""
    if not group.representatives:
        return None
    if group.appointed_by is None:
        return "appointment_not_written"
    return "appointment_not_signed_by_all" if group.appointed_by < group.people else None


def group_acceptable(kind: CaseKind, group: Group, day: date) -> str | None:
    """What keeps a group's complaint from being accepted (NĐ 155/2026 art. 10, since 2026-07-01).

    Other kinds, other sizes and earlier days: the missing paper is asked for, and bars nothing.
    """
    if kind is not CaseKind.COMPLAINT or group.people < GROUP or day < START_OF_LAW_136:
        return None
    if group.signed < group.people:
        return "group_not_signed_by_all"
    return representatives_problem(group) or appointment_problem(group)


def proof_rule(day: date) -> ProofRule:
    """What proves an individual's authorisation on a day; there is one rule for every day."""
    return next(rule for rule in PROOF_RULES if rule.holds_on(day))


def authorisation_problem(paper: Authorisation, day: date) -> str | None:
    """Whether an authorisation is good on the day on which it was given."""
    if not paper.written:
        return "authorisation_not_written"
    if paper.by_organisation:
        return None
    rule = proof_rule(day)
    proven = (paper.certified and rule.certified) or (paper.notarised and rule.notarised)
    if proven:
        return None
    return "authorisation_not_certified" if rule.notarised else "authorisation_needs_certification"


def authorised_once(contents: Iterable[str]) -> str | None:
    """One content is not given to several people: the contents of all authorisations in force."""
    given = list(contents)
    return None if len(set(given)) == len(given) else "content_authorised_twice"
