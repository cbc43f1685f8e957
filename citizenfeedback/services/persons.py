"""The people behind a case, for an act that takes them along to another one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.keys import Unsealer
from citizenfeedback.domain.leaks import SealedIdentity
from citizenfeedback.domain.vocabulary import PersonRole, SealedPart
from citizenfeedback.models.cases import CasePerson, NoticeContact, SealedRecord
from citizenfeedback.services.casework import Work
from citizenfeedback.services.registering import Other, Person

EVERYBODY = (SealedPart.IDENTITY, SealedPart.PEOPLE)
"""The denouncers, and who speaks for them: each part has its own record."""


@dataclass(frozen=True, slots=True, repr=False)
class Behind:
    """Who filed, and who signs with them, speaks for them or is authorised."""

    people: tuple[Person, ...] = ()
    others: tuple[Other, ...] = ()


def people_of(work: Work) -> Behind:
    """Who stands behind the case; in a denunciation unsealed, to be sealed again elsewhere."""
    if work.facts.sealed:
        rows: Sequence[Mapping[str, str] | RowMapping] = sealed_people(
            work.session, work.office.keys, work.facts.id, EVERYBODY
        )
    else:
        rows = _open_people(work)
    people, others = [], []
    for row in rows:
        parts = dict(row)
        role = PersonRole(parts.pop("role", PersonRole.FILER))
        document_no = parts.pop("document_no", "")
        person = Person(**parts)
        if role is PersonRole.FILER:
            people.append(person)
        else:
            others.append(Other(person, role, document_no))
    return Behind(tuple(people), tuple(others))


def sealed_people(
    session: Session, keys: Unsealer, case_id: int, parts: Iterable[SealedPart]
) -> list[dict[str, str]]:
    """The people in these sealed parts of a denunciation, unsealed, in the order they came."""
    ciphertexts = session.scalars(
        select(SealedRecord.ciphertext)
        .where(SealedRecord.case_id == case_id, SealedRecord.part.in_(parts))
        .order_by(SealedRecord.id)
    )
    return [person for sealed in ciphertexts for person in json.loads(keys.unseal(sealed))]


def sealed_identity(session: Session, keys: Unsealer, case_id: int) -> SealedIdentity:
    """All by which the people behind a denunciation could be known, to search a text for it."""
    people = sealed_people(session, keys, case_id, EVERYBODY)
    contact = session.scalar(
        select(NoticeContact.ciphertext).where(NoticeContact.case_id == case_id)
    )
    emails = [person.get("email", "") for person in people]
    phones = [person.get("phone", "") for person in people]
    if contact is not None:
        address = keys.unseal(contact)
        (emails if "@" in address else phones).append(address)
    return SealedIdentity(
        names=_told(person.get("name", "") for person in people),
        phones=_told(phones),
        emails=_told(emails),
        addresses=_told(person.get("address", "") for person in people),
        numbers=_told(person.get("id_no", "") for person in people),
    )


def _told(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _open_people(work: Work) -> Sequence[RowMapping]:
    found = work.session.execute(
        select(
            CasePerson.role,
            CasePerson.document_no,
            CasePerson.name,
            CasePerson.id_no,
            CasePerson.phone,
            CasePerson.email,
            CasePerson.address,
        )
        .where(CasePerson.case_id == work.facts.id)
        .order_by(CasePerson.id)
    )
    return found.mappings().all()
