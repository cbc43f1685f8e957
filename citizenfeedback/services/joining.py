"""Reflections shown to others, so that one joins instead of repeating: put up by an official, counted.

What is shown is the office's own summary; a text that names the sender or holds a number by which
somebody could be known is refused. Of those who join nothing is kept but that they were one more.
"""

import re

from sqlalchemy import delete, insert, select, update

from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.leaks import SealedIdentity, find_leaks
from citizenfeedback.domain.vocabulary import Action, CaseKind
from citizenfeedback.models.cases import Case, CasePerson, PublicReflection
from citizenfeedback.services.casework import Office, Seen, Work, working_on
from citizenfeedback.services.transaction import transaction

LONGEST = 500
_NUMBERS = re.compile(r"\d[\d .\-]{7,}\d")


def show_public(actor: Actor, seen: Seen, *, text: str = "", office: Office) -> None:
    """Show a reflection in these words to others who file; without words, take it down.

    Raises `RuleBroken`: "public_too_long", "public_names_somebody".
    """
    with working_on(actor, seen, Action.SHOW_PUBLIC, office) as work:
        of_case = PublicReflection.case_id == work.facts.id
        work.details["shown"] = bool(text)
        if not text:
            work.session.execute(delete(PublicReflection).where(of_case))
            return
        if len(text) > LONGEST:
            raise RuleBroken("public_too_long", limit=LONGEST)
        if _NUMBERS.search(text) or find_leaks(text, _identity(work)):
            raise RuleBroken("public_names_somebody")
        before = work.session.scalar(select(PublicReflection.case_id).where(of_case))
        if before is not None:
            work.session.execute(update(PublicReflection).where(of_case).values(summary=text))
            return
        work.session.execute(
            insert(PublicReflection).values(
                case_id=work.facts.id, summary=text, shown_on=office.today, joined=0
            )
        )


def join(case_id: int) -> None:
    """Count one more whom a public reflection concerns."""
    with transaction() as session:
        found = session.scalar(
            select(PublicReflection.case_id)
            .join(Case, Case.id == PublicReflection.case_id)
            .where(Case.id == case_id, Case.kind == CaseKind.REFLECTION)
        )
        if found is None:
            raise NotFound("reflection")
        session.execute(
            update(PublicReflection)
            .where(PublicReflection.case_id == case_id)
            .values(joined=PublicReflection.joined + 1)
        )


def _identity(work: Work) -> SealedIdentity:
    people = work.session.execute(
        select(
            CasePerson.name,
            CasePerson.phone,
            CasePerson.email,
            CasePerson.address,
            CasePerson.id_no,
        ).where(CasePerson.case_id == work.facts.id)
    ).all()
    columns = [tuple(part for part in column if part) for column in zip(*people, strict=True)]
    names, phones, emails, addresses, numbers = columns or ((), (), (), (), ())
    # A hamlet may be named: it is where the thing is. A house may not.
    houses = tuple(one for one in addresses if any(letter.isdigit() for letter in one))
    return SealedIdentity(names, phones, emails, houses, numbers)
