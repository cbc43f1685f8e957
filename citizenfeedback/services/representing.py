"""Who speaks for others: the representatives of a group, and somebody authorised.

Their numbers and papers are rules (`domain/representation.py`). In a denunciation the names are
sealed with the others; only how many they are stands in the open.
"""

import json
from dataclasses import asdict

from sqlalchemy import delete, insert

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor, CaseFacts
from citizenfeedback.domain.law.regimes import START_OF_LAW_136
from citizenfeedback.domain.representation import (
    GROUP,
    Authorisation,
    Group,
    appointment_problem,
    authorisation_problem,
    authorised_once,
    representatives_problem,
)
from citizenfeedback.domain.vocabulary import (
    Action,
    AuthorisationProof,
    CaseKind,
    PersonRole,
    SealedPart,
)
from citizenfeedback.models.cases import CasePerson, SealedRecord
from citizenfeedback.services.casework import (
    Office,
    Seen,
    Work,
    refresh_search,
    working_on,
)
from citizenfeedback.services.persons import sealed_people
from citizenfeedback.services.registering import Person

NAME_LENGTH, ADDRESS_LENGTH = 120, 250
NAMED = (PersonRole.REPRESENTATIVE, PersonRole.AUTHORISED)


def represent(
    actor: Actor,
    seen: Seen,
    *,
    role: PersonRole,
    names: str,
    people: int | None = None,
    document_no: str = "",
    certification: AuthorisationProof | None = None,
    office: Office,
) -> None:
    """Record who represents the group, or who is authorised; whoever was named before gives way.

    `names` holds one person a line, an address after a comma; `people` is how many signed the
    appointment. Raises what `domain/representation.py` finds wanting.
    """
    with working_on(actor, seen, Action.REPRESENT, office) as work:
        role = PersonRole(role)
        if role not in NAMED:
            raise RuleBroken("role_not_named", entry="role")
        named = named_people(names)
        if not named:
            raise RuleBroken("required", entry="names")
        if role is PersonRole.REPRESENTATIVE:
            _check_group(work.facts, len(named), people)
            work.set(representatives=len(named))
        else:
            proof = AuthorisationProof(certification) if certification else None
            _check_authorisation(document_no, proof, office)
            _check_one_each(work, named)
        _keep(work, role, named, document_no)
        work.details |= {"role": role, "count": len(named)}
        if document_no:
            work.details["document_no"] = document_no


def named_people(text: str) -> tuple[Person, ...]:
    """The people of a text: one a line, what follows the first comma is the address."""
    found = []
    for line in text.splitlines():
        name, _, address = line.partition(",")
        person = Person(name.strip()[:NAME_LENGTH], address=address.strip()[:ADDRESS_LENGTH])
        if person.name:
            found.append(person)
    return tuple(found)


def _check_group(facts: CaseFacts, representatives: int, appointed_by: int | None) -> None:
    group = Group(
        people=facts.signatories,
        representatives=representatives,
        signed=facts.signatories,
        appointed_by=appointed_by,
    )
    problem = representatives_problem(group)
    bound = (
        facts.kind is CaseKind.COMPLAINT
        and facts.signatories >= GROUP
        and facts.received_on >= START_OF_LAW_136
    )
    if problem is None and bound:
        problem = appointment_problem(group)
    if problem is not None:
        raise RuleBroken(problem)


def _check_authorisation(
    document_no: str, certification: AuthorisationProof | None, office: Office
) -> None:
    paper = Authorisation(
        written=bool(document_no),
        by_organisation=certification is AuthorisationProof.BY_ORGANISATION,
        notarised=certification is AuthorisationProof.NOTARISED,
        certified=certification is AuthorisationProof.CERTIFIED,
    )
    problem = authorisation_problem(paper, office.today)
    if problem is not None:
        raise RuleBroken(problem)


def _check_one_each(work: Work, named: tuple[Person, ...]) -> None:
    """One content of a complaint is not given to several people (NĐ 155/2026 art. 3)."""
    bound = work.facts.kind is CaseKind.COMPLAINT and work.office.today >= START_OF_LAW_136
    problem = authorised_once([work.row.number] * len(named))
    if bound and problem is not None:
        raise RuleBroken(problem, entry="names")


def _keep(work: Work, role: PersonRole, named: tuple[Person, ...], document_no: str) -> None:
    if work.facts.sealed:
        _keep_sealed(work, role, named, document_no)
        return
    session, case_id = work.session, work.facts.id
    session.execute(
        delete(CasePerson).where(CasePerson.case_id == case_id, CasePerson.role == role)
    )
    session.execute(
        insert(CasePerson),
        [
            {"case_id": case_id, "role": role, "document_no": document_no, **asdict(person)}
            for person in named
        ],
    )
    refresh_search(session, work.row, summary=work.row.summary, sealed=False)


def _keep_sealed(work: Work, role: PersonRole, named: tuple[Person, ...], document_no: str) -> None:
    session, keys, case_id = work.session, work.office.keys, work.facts.id
    spokespeople = sealed_people(session, keys, case_id, [SealedPart.PEOPLE])
    others = [person for person in spokespeople if person.get("role") != role]
    session.execute(
        delete(SealedRecord).where(
            SealedRecord.case_id == case_id, SealedRecord.part == SealedPart.PEOPLE
        )
    )
    content = others + [
        {"role": str(role), "document_no": document_no, **asdict(person)} for person in named
    ]
    session.execute(
        insert(SealedRecord).values(
            case_id=case_id,
            part=SealedPart.PEOPLE,
            ciphertext=keys.seal(json.dumps(content, ensure_ascii=False)),
        )
    )
