"""Until when a complainant may go to court, as a row: the one term here that is counted in years."""

from dataclasses import dataclass

from citizenfeedback.domain.law.sources import Mark, Provision, cite


@dataclass(frozen=True, slots=True)
class LawsuitTerm:
    """Years from the day a decision was received, or from the end of a term without one."""

    years: int
    provisions: tuple[Provision, ...]
    mark: Mark
    read_in: tuple[str, ...]

    def law(self, lang: str = "vi") -> str:
        """The articles behind the row, ready to print."""
        return cite(self.provisions, lang)


LAWSUIT = LawsuitTerm(
    years=1,
    provisions=(Provision("TTHC", "116", "3"), Provision("TTHC", "116", "5")),
    mark=Mark.READ,
    read_in=("S1",),
)
"""After a complaint: a year from the decision on it, or from the end of the term without one.

Clause 3 a and b; by clause 5 the year is counted as the Civil Code counts.
"""
