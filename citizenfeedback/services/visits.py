"""Shared steps between the reception book and the register: who came, and which case came of it.

Called inside other services; nothing here commits. A visitor who turns out to be a denouncer is
sealed in the book too.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.keys import Sealer
from citizenfeedback.domain.records import without_identity
from citizenfeedback.domain.vocabulary import Action, CaseKind, ReceptionKind
from citizenfeedback.models.receptions import Reception
from citizenfeedback.queries.receptions import readable
from citizenfeedback.services.registering import Person

WORDS = ("summary", "settled_by", "guided_to", "accepted_by", "follow_up", "notes")
"""The columns of the book in which an officer writes freely."""


def sealed_visitor(session: Session, keys: Sealer, actor: Actor, reception_id: int) -> Person:
    """Who came about a denunciation, to be sealed anew in the case; nobody is shown it.

    Raises `NotFound` for a visit out of reach; a blank person for one that is not sealed.
    """
    row = session.execute(
        select(Reception.sealed).where(
            Reception.id == reception_id, readable(actor, Action.REGISTER_RECEPTION)
        )
    ).first()
    if row is None:
        raise NotFound("reception")
    people = json.loads(keys.unseal(row.sealed)) if row.sealed else []
    return Person(**people[0]) if people else Person()


def sealed_columns(keys: Sealer, person: Person, words: dict[str, str]) -> dict[str, Any]:
    """The columns of a visit about a denunciation: the visitor encrypted, the words freed of them."""
    identity: Sequence[str] = (person.name, person.id_no)
    text = json.dumps([asdict(person)], ensure_ascii=False)
    return {
        **{name: without_identity(word, identity) for name, word in words.items()},
        "kind": ReceptionKind.DENUNCIATION,
        "citizen_name": "",
        "id_no": "",
        "address": "",
        "sealed": keys.seal(text) if person else None,
    }


def bind_to_case(
    session: Session,
    keys: Sealer,
    actor: Actor,
    reception_id: int,
    *,
    case_id: int,
    kind: CaseKind,
    matter: str = "",
) -> str:
    """Note in the book which case a visit was about; returns the number of the visit.

    Without a matter the visit keeps its own. Raises `NotFound` for a visit out of reach.
    """
    row = session.execute(
        select(
            Reception.id,
            Reception.book_no,
            Reception.kind,
            Reception.citizen_name,
            Reception.id_no,
            Reception.address,
            *(getattr(Reception, name) for name in WORDS),
        )
        .where(
            Reception.id == reception_id,
            ~Reception.struck,
            readable(actor, Action.REGISTER_RECEPTION),
        )
        .with_for_update(of=Reception)
    ).first()
    if row is None:
        raise NotFound("reception")
    columns: dict[str, Any] = {"case_id": case_id}
    if matter:
        columns["matter"] = matter
    if kind is CaseKind.DENUNCIATION and row.kind is not ReceptionKind.DENUNCIATION:
        person = Person(name=row.citizen_name, id_no=row.id_no, address=row.address)
        columns |= sealed_columns(keys, person, {name: getattr(row, name) for name in WORDS})
    session.execute(update(Reception).where(Reception.id == row.id).values(**columns))
    return str(row.book_no)
