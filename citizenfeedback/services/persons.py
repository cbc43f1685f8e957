"""The people behind a case, for an act that takes them along to another one."""

import json

from sqlalchemy import select

from citizenfeedback.domain.vocabulary import SealedPart
from citizenfeedback.models.cases import CasePerson, SealedRecord
from citizenfeedback.services.casework import Work
from citizenfeedback.services.registering import Person


def people_of(work: Work) -> tuple[Person, ...]:
    """Who stands behind the case; in a denunciation unsealed, to be sealed again elsewhere."""
    if work.facts.sealed:
        sealed = work.session.scalars(
            select(SealedRecord.ciphertext).where(
                SealedRecord.case_id == work.facts.id, SealedRecord.part == SealedPart.IDENTITY
            )
        )
        return tuple(
            Person(**person)
            for ciphertext in sealed
            for person in json.loads(work.office.keys.unseal(ciphertext))
        )
    rows = work.session.execute(
        select(
            CasePerson.name,
            CasePerson.id_no,
            CasePerson.phone,
            CasePerson.email,
            CasePerson.address,
        )
        .where(CasePerson.case_id == work.facts.id)
        .order_by(CasePerson.id)
    )
    return tuple(Person(*row) for row in rows)
