"""Until when a complainant may go to court, as a row: the one term here that is counted in years."""

from dataclasses import dataclass

from citizenfeedback.domain.law.sources import Mark, Provision, cite


@dataclass(frozen=True, slots=True)
class LawsuitTerm:
    """Years from the day a decision was received, or from the end of a term without one.

    `doubt` says what of the row was not read and is to be checked before it is relied on.
    """

    years: int
    provisions: tuple[Provision, ...]
    mark: Mark
    read_in: tuple[str, ...]
    doubt: str

    def law(self, lang: str = "vi") -> str:
        """The article behind the row, ready to print."""
        return cite(self.provisions, lang)


LAWSUIT = LawsuitTerm(
    years=1,
    provisions=(Provision("TTHC", "116", "3"),),
    mark=Mark.INDIRECT,
    read_in=("S91",),
    doubt=(
        "the year from a decision was read indirectly; the year from the end of a term "
        "without a decision is from memory"
    ),
)
"""After a complaint: a year from the decision on it, or from the end of the term without one."""
