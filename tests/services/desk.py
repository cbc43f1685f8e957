"""An office to act in: a province, two departments, people of every role, and cases on request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.vocabulary import (
    CaseField,
    CaseKind,
    Channel,
    Role,
    State,
    UnitLevel,
)
from citizenfeedback.gateways.files import MemoryFiles
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.accounts import User, UserRole
from citizenfeedback.models.cases import Case
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.installation import InstallationFact
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.queries.accounts import actor_of
from citizenfeedback.queries.calendar import CALENDAR_VERSION, work_calendar
from citizenfeedback.services.acts import perform
from citizenfeedback.services.casework import Office, Seen
from citizenfeedback.services.registering import NewCase, Person, Registered, register
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON

PROVINCE, BUILDING, LAND, TEAM = 1, 2, 3, 4
_UNITS = (
    (PROVINCE, "UBND tỉnh", None, "/1/"),
    (BUILDING, "Sở Xây dựng", 1, "/1/2/"),
    (LAND, "Sở Tài nguyên", 1, "/1/3/"),
    (TEAM, "Đội trật tự", 2, "/1/2/4/"),
)
HOA, DUC, LAN, CHIEF, MINH, QUAN, TRA = range(1, 8)
_PEOPLE = (
    (HOA, "Nguyễn Thị Hoa", BUILDING, Role.HANDLER),
    (DUC, "Trần Văn Đức", BUILDING, Role.UNIT_LEADER),
    (LAN, "Phạm Thị Lan", BUILDING, Role.RECEPTION_OFFICER),
    (CHIEF, "Lê Quang Tỉnh", PROVINCE, Role.UNIT_LEADER),
    (MINH, "Vũ Minh", LAND, Role.HANDLER),
    (QUAN, "Đỗ Quân", BUILDING, Role.HANDLER),
    (TRA, "Bùi Thanh Tra", PROVINCE, Role.INSPECTOR),
)


@dataclass
class Desk:
    """Acts in the name of people by their ids, as if a day had passed between two acts."""

    session: Session
    keys: Keys
    now: datetime
    files: MemoryFiles

    @property
    def office(self) -> Office:
        """What acts need."""
        return Office(self.keys, Policy(), self.now)

    @property
    def today(self) -> date:
        """The day it is."""
        return self.office.today

    def actor(self, user_id: int) -> Actor:
        """The person as the rules see them."""
        actor = actor_of(user_id)
        assert actor is not None
        return actor

    def file(self, kind: CaseKind = CaseKind.COMPLAINT, **values: Any) -> Registered:
        """Put a case into the books, received ten days ago unless said otherwise."""
        new = NewCase(
            **{
                "kind": kind,
                "field": CaseField.LAND,
                "channel": Channel.IN_PERSON,
                "unit_id": BUILDING,
                "received_on": self.today - timedelta(days=10),
                "summary": "Nhà bên xây sai phép, làm nứt tường",
                "words": "Nhà tôi bị nứt tường từ tháng chín.",
                "people": (Person("Lò Thị Măng", "022190001234", "0912345678", "", "Khe Cát"),),
                **values,
            }
        )
        with transaction() as session:
            return register(
                session,
                self.keys,
                work_calendar(),
                Policy(),
                self.actor(DUC),
                new,
                now=self.now,
            )

    def act(self, user_id: int, case: Registered | str, action: Any, **inputs: Any) -> Any:
        """Do one act with the version that stands now."""
        number = case if isinstance(case, str) else case.number
        seen = inputs.pop("seen", None) or Seen(number, self.row(number).version)
        return perform(
            self.actor(user_id), seen, action, inputs, files=self.files, office=self.office
        )

    def row(self, case: Registered | str) -> Any:
        """The case as it lies in the table."""
        number = case if isinstance(case, str) else case.number
        self.session.expire_all()
        return self.session.execute(select(Case).where(Case.number == number)).scalar_one()

    def events(self, case: Registered) -> list[str]:
        """The kinds of all events of a case, in order."""
        return [
            str(kind)
            for kind in self.session.scalars(
                select(CaseEvent.kind).where(CaseEvent.case_id == case.id).order_by(CaseEvent.seq)
            )
        ]

    def put(self, case: Registered, **values: Any) -> None:
        """Set columns of a case past all rules, to stand in a state without the way there."""
        from sqlalchemy import update

        from citizenfeedback.domain.vocabulary import PHASE_OF, Phase

        if "state" in values:
            phase = PHASE_OF[State(values["state"])]
            values |= {"phase": phase, "is_open": phase is not Phase.CLOSED}
        with transaction() as session:
            session.execute(update(Case).where(Case.id == case.id).values(**values))

    def at(self, moment: datetime) -> Desk:
        """The same desk at another moment."""
        return replace(self, now=moment)


def open_desk(session: Session, keys: Keys, now: datetime = NOON) -> Desk:
    """Set up the office."""
    with transaction() as writing:
        writing.execute(insert(InstallationFact).values(key=CALENDAR_VERSION, value="desk"))
        for unit, name, parent, path in _UNITS:
            writing.execute(
                insert(Unit).values(
                    id=unit,
                    code=f"U{unit}",
                    name=name,
                    name_en=f"Unit {unit}",
                    level=UnitLevel.DEPARTMENT,
                    parent_id=parent,
                    path=path,
                )
            )
        for user, name, unit, role in _PEOPLE:
            writing.execute(
                insert(User).values(
                    id=user,
                    email=f"u{user}@example.vn",
                    name=name,
                    unit_id=unit,
                    created_at=now,
                )
            )
            writing.execute(insert(UserRole).values(user_id=user, role=role))
    return Desk(session, keys, now, MemoryFiles(keys))
