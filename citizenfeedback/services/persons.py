"""The people behind a case, for an act that takes them along to another one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from citizenfeedback.domain.vocabulary import PersonRole, SealedPart
from citizenfeedback.models.cases import CasePerson, SealedRecord
from citizenfeedback.services.casework import Work
from citizenfeedback.services.registering import Other, Person

_SEALED = (SealedPart.IDENTITY, SealedPart.PEOPLE)


@dataclass(frozen=True, slots=True, repr=False)
class Standing:
    """Who filed, and who signs with them, speaks for them or is authorised."""

    people: tuple[Person, ...] = ()
    others: tuple[Other, ...] = ()


def people_of(work: Work) -> Standing:
    """Who stands behind the case; in a denunciation unsealed, to be sealed again elsewhere."""
    rows = _sealed(work) if work.facts.sealed else _open(work)
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
    return Standing(tuple(people), tuple(others))


def _sealed(work: Work) -> Sequence[Mapping[str, Any]]:
    """The denouncers, then who speaks for them: each part has its own record."""
    ciphertexts = work.session.scalars(
        select(SealedRecord.ciphertext)
        .where(SealedRecord.case_id == work.facts.id, SealedRecord.part.in_(_SEALED))
        .order_by(SealedRecord.id)
    )
    return [
        person
        for ciphertext in ciphertexts
        for person in json.loads(work.office.keys.unseal(ciphertext))
    ]


def _open(work: Work) -> Sequence[Mapping[str, Any]]:
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
    return [dict(row) for row in found.mappings()]
