"""Filling an empty database with the demonstration: a province of today with invented people.

Everything enters by the doors an office uses: the services for units, accounts, cases and visits,
the import for the books. Only the clock is moved, so that history, terms and standing are real.
The same seed makes the same demonstration, but for numbers, codes, keys and passwords.
"""

import csv
import heapq
import random
import secrets
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row, delete, func, select

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import NOBODY, SYSTEM, Actor
from citizenfeedback.domain.policy import Policy
from citizenfeedback.domain.receptions import ReceptionEntry
from citizenfeedback.domain.records import RecordKind
from citizenfeedback.domain.vocabulary import (
    Action,
    CaseKind,
    Channel,
    Instance,
    RatingDoubt,
    ReceptionKind,
    Role,
    State,
    Verdict,
)
from citizenfeedback.domain.windows import last_month, previous_window
from citizenfeedback.domain.workflow import in_form, signed_on_arrival
from citizenfeedback.gateways import Gateways
from citizenfeedback.gateways.clock import LOCAL_ZONE
from citizenfeedback.models.accounts import User, UserRole
from citizenfeedback.models.cases import Case, CasePerson
from citizenfeedback.models.directory import Unit
from citizenfeedback.models.installation import InstallationFact
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.models.ratings import Rating
from citizenfeedback.models.receptions import Reception
from citizenfeedback.models.timeline import CaseEvent
from citizenfeedback.queries.accounts import actor_of
from citizenfeedback.queries.calendar import work_calendar
from citizenfeedback.queries.installation import DEMO
from citizenfeedback.services import demonstrating_books as books
from citizenfeedback.services.acts import perform
from citizenfeedback.services.casework import Office, Seen
from citizenfeedback.services.closing import close_window
from citizenfeedback.services.concluding import Opinion, give_verdict
from citizenfeedback.services.demonstrating_places import (
    PROVINCE,
    Desk,
    Login,
    Province,
    found_province,
)
from citizenfeedback.services.demonstrating_stories import Planner, Step, Story, Who
from citizenfeedback.services.doubting import judge
from citizenfeedback.services.following import write_message
from citizenfeedback.services.handling import KeptFile
from citizenfeedback.services.importing import import_records
from citizenfeedback.services.installing import set_purpose
from citizenfeedback.services.overseeing import record_act, record_follow_up
from citizenfeedback.services.publishing import count_months
from citizenfeedback.services.receiving import NewReception, link_to_case, record_reception
from citizenfeedback.services.registering import NewCase, Registered, register
from citizenfeedback.services.transaction import reading, transaction

SEED = 2026
WORDS = "abcdefghjkmnpqrstuvwxyz23456789"

Progress = Callable[[int], None]
"""Told how many more parts of the work are done."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much there is of everything; the least number of cases shows every state once."""

    cases: int = 400
    ratings: int = 6_400
    receptions: int = 1_560
    live_visits: int = 60

    @property
    def parts(self) -> int:
        """How many parts the work has, for a bar."""
        return self.cases + BOOKS_PARTS


BOOKS_PARTS = 60
"""What units, accounts and books count beside one case, on a bar."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was made, and how to sign in."""

    units: int
    cases: int
    ratings: int
    receptions: int
    logins: tuple[Login, ...]


def demonstrate(
    gateways: Gateways,
    policy: Policy,
    *,
    now: datetime,
    scale: Scale | None = None,
    seed: int = SEED,
    progress: Progress | None = None,
) -> Demonstration:
    """Fill the database; raises `RuleBroken("demo_needs_empty")` where anything is there already."""
    scale, tell = scale or Scale(), progress or (lambda _more: None)
    refuse_used()
    set_purpose(DEMO)
    chance = random.Random(seed)  # noqa: S311 - made-up people, no secrets
    keys = gateways.keys
    begun = now - timedelta(days=366)
    province = found_province(
        chance, keys=keys, passwords=gateways.passwords, new_password=_password, now=begun
    )
    tell(BOOKS_PARTS // 3)
    made = _fill_books(chance, province, gateways, policy, scale, now=now)
    _doubt_some(now=now)
    tell(BOOKS_PARTS // 3)
    calendar = work_calendar()
    planner = Planner(chance, province.at_work, calendar, now=now)
    stage = _Stage(gateways, policy, calendar, province, planner.plan(scale.cases))
    stage.play(tell)
    _say_how_it_was(gateways, now=now)
    visits = _recent_visits(chance, province, gateways, policy, calendar, scale, now=now)
    _write_to_nobody()
    _manage(province, gateways, policy, now=now)
    _close_months(gateways, policy, now=now)
    tell(BOOKS_PARTS - 2 * (BOOKS_PARTS // 3))
    return Demonstration(
        units=len(province.places),
        cases=len(stage.stories),
        ratings=made[RecordKind.RATINGS],
        receptions=made[RecordKind.RECEPTIONS] + visits,
        logins=province.logins,
    )


def _say_how_it_was(gateways: Gateways, *, now: datetime) -> None:
    """Two in three citizens say how their result was, some days after it was sent."""
    ended = reading().execute(
        select(Case.id, func.max(CaseEvent.at))
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .where(Case.state == State.DONE)
        .group_by(Case.id)
        .order_by(Case.id)
    )
    said = (Verdict.SOLVED, Verdict.PARTLY, Verdict.SOLVED, Verdict.NOT, Verdict.SOLVED)
    for place, (case_id, last) in enumerate(ended.all()):
        at = last + timedelta(days=1 + place % 5)
        if place % 3 == 2 or at >= now:
            continue
        citizen = Actor(case_id=case_id, roles=frozenset({Role.CITIZEN}))
        opinion = Opinion(said[place % len(said)])
        give_verdict(
            citizen, gateways.keys, opinion, days=1, today=at.astimezone(LOCAL_ZONE).date(), now=at
        )


def _supervisor() -> Actor:
    found = reading().scalar(select(UserRole.user_id).where(UserRole.role == Role.SUPERVISOR))
    return actor_of(found or 0) or SYSTEM


def _manage(province: Province, gateways: Gateways, policy: Policy, *, now: datetime) -> None:
    """The supervisor has kept the register of state management."""
    office, supervisor = Office(gateways.keys, policy, now), _supervisor()
    for act in books.oversight(province.at_work, now=now):
        act_id = record_act(supervisor, province.places[act.unit].id, act.entry, office=office)
        for follow_up in act.follow_ups:
            record_follow_up(supervisor, act_id, follow_up, office=office)


def _close_months(gateways: Gateways, policy: Policy, *, now: datetime) -> None:
    """The supervisor has closed the last two months; the others are counted for citizens."""
    today = now.astimezone(LOCAL_ZONE).date()
    closer = _supervisor()
    for window in (previous_window(last_month(today)), last_month(today)):
        close_window(
            closer,
            PROVINCE,
            window,
            group_size=policy.group_threshold,
            keys=gateways.keys,
            today=today,
            now=now,
        )
    count_months(today=today, now=now)


def refuse_used() -> None:
    """Raise `RuleBroken("demo_needs_empty")` where there are records or a purpose already."""
    session = reading()
    tables = (Unit.id, User.id, Case.id, Rating.id, Reception.id)
    purpose = select(InstallationFact.key).where(InstallationFact.key == "purpose")
    used = any(session.execute(select(column).limit(1)).first() for column in tables)
    if used or session.execute(purpose).first():
        raise RuleBroken("demo_needs_empty")


def _password() -> str:
    """Four groups of four letters that are not mistaken for one another."""
    return "-".join("".join(secrets.choice(WORDS) for _ in range(4)) for _ in range(4))


def _fill_books(
    chance: random.Random,
    province: Province,
    gateways: Gateways,
    policy: Policy,
    scale: Scale,
    *,
    now: datetime,
) -> dict[RecordKind, int]:
    calendar, places = work_calendar(), province.at_work
    counters = books.points(places)
    people = books.staff(chance, counters)
    files: dict[RecordKind, list[books.Row]] = {
        RecordKind.POINTS: counters,
        RecordKind.STAFF: people,
        RecordKind.RATINGS: _ratings(chance, people, calendar, scale, now=now),
        RecordKind.RECEPTIONS: books.receptions(
            chance, places, calendar, count=scale.receptions, now=now
        ),
        RecordKind.SITTINGS: books.sittings(chance, places, calendar, now=now),
        RecordKind.DOSSIERS: books.dossiers(chance, places, now=now),
    }
    added = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind, rows in files.items():
            path = Path(folder) / f"{kind}.csv"
            _write(path, rows)
            result = import_records(
                SYSTEM, kind, [path], keys=gateways.keys, policy=policy, now=now
            )
            if not result.accepted:
                raise RuntimeError(f"the demonstration's {kind} are refused: {result.problems[0]}")
            added[kind] = result.added
    return added


def _ratings(
    chance: random.Random,
    people: Sequence[books.Row],
    calendar: WorkCalendar,
    scale: Scale,
    *,
    now: datetime,
) -> list[books.Row]:
    """A year of ratings with some among them that are to be counted apart."""
    days = books.working_days(calendar, until=now.astimezone(LOCAL_ZONE).date(), back=365)
    doubtful = books.doubtful_ratings(chance, people, days)
    honest = scale.ratings - len(doubtful)
    rows = books.ratings(chance, people, calendar, count=honest, now=now)
    return sorted([*rows, *doubtful], key=lambda row: str(row["rated_at"]))


_DOUBTED = {
    books.RUN: (RatingDoubt.BURST, "Bảy lượt chấm điểm 5 trong một phút trên cùng một máy."),
    books.LATE_PRAISE: (
        RatingDoubt.OWN_BUTTON,
        "Chấm điểm 5 liên tiếp sau giờ đóng cửa, khi quầy không còn người dân.",
    ),
}


def _doubt_some(*, now: datetime) -> None:
    """The supervisor counts apart what is doubtful, and takes one of them back."""
    supervisor = reading().scalar(select(UserRole.user_id).where(UserRole.role == Role.SUPERVISOR))
    judging = actor_of(supervisor or 0) or SYSTEM
    last = None
    for begins, (doubt, why) in _DOUBTED.items():
        found = select(Rating.id, Rating.rated_at).where(Rating.reference.startswith(begins))
        for row in reading().execute(found.order_by(Rating.id)).all():
            at = min(row.rated_at + timedelta(days=2), now)
            judge(judging, row.id, doubt, why, now=at)
            last = row.id
    if last is not None:
        seen = "Đã xem lại: có người dân làm xong hồ sơ muộn và chấm điểm."
        judge(judging, last, None, seen, now=now)


def _write(path: Path, rows: Sequence[books.Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


class _Stage:
    """Plays all stories at once, step by step in order of time."""

    def __init__(
        self,
        gateways: Gateways,
        policy: Policy,
        calendar: WorkCalendar,
        province: Province,
        stories: list[Story],
    ) -> None:
        self.stories = stories
        self._gateways, self._policy, self._calendar = gateways, policy, calendar
        self._province = province
        self._desks: dict[int, Desk] = {}
        self._cases: dict[int, Registered] = {}

    def play(self, tell: Progress) -> None:
        """Take every step of every story."""
        queue = [(story.steps[0].at, number, 0) for number, story in enumerate(self.stories)]
        heapq.heapify(queue)
        while queue:
            _at, number, place = heapq.heappop(queue)
            story = self.stories[number]
            self._take(number, story, story.steps[place])
            if place + 1 < len(story.steps):
                heapq.heappush(queue, (story.steps[place + 1].at, number, place + 1))
            else:
                tell(1)

    def _take(self, number: int, story: Story, step: Step) -> None:
        office = Office(self._gateways.keys, self._policy, step.at)
        if step.action is None:
            self._enter(number, story, step, office)
        elif step.action is Action.CONTINUE:
            previous = story.after if story.after is not None else number
            self._desks[number] = self._desks[previous]
            made = self._act(previous, step, office)
            if made is None:
                raise RuntimeError("a continued case has no number")
            self._cases[number] = made
            self._desks[number] = self._province.desks[story.unit]
        elif step.action is Action.WRITE_MESSAGE:
            citizen = Actor(case_id=self._cases[number].id, roles=frozenset({Role.CITIZEN}))
            text = str(step.inputs["text"])
            write_message(citizen, office.keys, text, today=office.today, now=step.at)
        else:
            self._act(number, step, office)

    def _enter(self, number: int, story: Story, step: Step, office: Office) -> None:
        places = self._province.places
        place = places[story.unit]
        desk = self._desks[number] = self._province.desks[story.unit]
        unseen = story.kind is CaseKind.DENUNCIATION and step.who is Who.CITIZEN
        respondent = places.get(story.respondent_unit)
        new = NewCase(
            kind=story.kind,
            field=story.what.field,
            channel=story.channel,
            unit_id=place.id,
            received_on=story.received_on,
            summary="" if unseen else story.what.summary,
            words=story.words,
            wish=story.what.wish,
            people=story.people,
            instance=Instance.FIRST,
            respondent=story.what.respondent,
            respondent_unit_id=respondent.id if respondent else None,
            signatories=story.signatories,
            formal=in_form(story.kind, story.channel),
            signed=signed_on_arrival(story.kind, story.channel),
        )
        actor = NOBODY if step.who is Who.CITIZEN else desk.receiver
        with transaction() as session:
            self._cases[number] = register(
                session, office.keys, self._calendar, self._policy, actor, new, now=step.at
            )

    def _act(self, number: int, step: Step, office: Office) -> Registered | None:
        desk, action = self._desks[number], step.action
        if action is None:
            raise RuntimeError("an entry into the register is no act")
        inputs = dict(step.inputs)
        if action is Action.ASSIGN:
            inputs["assignee"] = desk.handler.user_id
        elif action is Action.PASS_ON:
            inputs["unit"] = self._province.places[inputs["unit"]].id
        elif action is Action.ATTACH:
            first = self.stories[number].duplicate_of
            inputs["case_number"] = self._cases[first or 0].number
        elif action is Action.ADD_DOCUMENT:
            inputs["document"] = self._document(self.stories[number])
        superior = self._province.desks[PROVINCE].leader
        actor = {
            Who.LEADER: desk.leader,
            Who.HANDLER: desk.handler,
            Who.SUPERIOR: superior,
        }.get(step.who, desk.receiver)
        seen = Seen(self._cases[number].number)
        files = self._gateways.files
        return perform(actor, seen, action, inputs, files=files, office=office)

    def _document(self, story: Story) -> KeptFile:
        sealed = story.kind is CaseKind.DENUNCIATION
        content = paper(f"Bien ban lam viec, {story.received_on:%d/%m/%Y}")
        stored = self._gateways.files.put(content, sealed=sealed)
        return KeptFile(
            storage_key=stored.key,
            digest=stored.digest,
            name="bien-ban-lam-viec.pdf",
            media_type="application/pdf",
            size=stored.size,
            sealed=sealed,
        )


def paper(text: str) -> bytes:
    """A small PDF of one line, for an attachment."""
    drawing = f"BT /F1 14 Tf 60 760 Td ({text}) Tj ET".encode("ascii")
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    content, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(content))
    )


def _recent_visits(
    chance: random.Random,
    province: Province,
    gateways: Gateways,
    policy: Policy,
    calendar: WorkCalendar,
    scale: Scale,
    *,
    now: datetime,
) -> int:
    """The visits of the last days, entered as officers do; some are about cases of those days."""
    today = now.astimezone(LOCAL_ZONE).date()
    days = books.working_days(calendar, until=today, back=books.LIVE_DAYS)
    places = province.at_work
    by_id = {place.id: place for place in places}
    filed = [one for one in _filed_in_person(since=days[0]) if one.unit_id in by_id]
    # Who brings a paper in person is in the book as well; the others come and go without one.
    known = [(one.received_on, by_id[one.unit_id], one) for one in filed[: scale.live_visits]]
    others = [
        (on, books.visited(chance, places), None)
        for on in chance.choices(days, k=scale.live_visits - len(known))
    ]
    for on, place, case in sorted([*known, *others], key=lambda visit: visit[0]):
        row = books.visit(chance, place, places)
        moment = datetime.combine(on, time(8, 10), tzinfo=LOCAL_ZONE).astimezone(UTC)
        moment += timedelta(minutes=chance.randint(0, 480))
        office = Office(gateways.keys, policy, moment)
        entry = ReceptionEntry(
            visited_on=on,
            people=row["people"],
            kind=row["kind"],
            name=row["citizen_name"],
            **{
                name: row[name]
                for name in ("id_no", "address", "summary", "settled_by", "guided_to")
            },
        )
        if case is not None:
            entry = replace(
                entry,
                kind=ReceptionKind(case.kind),
                summary=case.summary,
                name=case.name or entry.name,
                people=case.signatories,
                guided_to="",
            )
        receiver = province.desks[place.code].receiver
        competent = case is not None or row["competent"] == "yes"
        new = NewReception(place.id, entry, competent=competent)
        recorded = record_reception(receiver, new, office=office)
        if case is not None:
            link_to_case(receiver, recorded.id, case.number, office=office)
    return scale.live_visits


def _filed_in_person(*, since: date) -> Sequence[Row[Any]]:
    """Cases that somebody brought in person since that day; denunciations left out."""
    return (
        reading()
        .execute(
            select(
                Case.unit_id,
                Case.received_on,
                Case.kind,
                Case.number,
                Case.summary,
                Case.signatories,
                select(CasePerson.name)
                .where(CasePerson.case_id == Case.id)
                .limit(1)
                .scalar_subquery()
                .label("name"),
            )
            .where(
                Case.channel == Channel.IN_PERSON,
                Case.received_on >= since,
                Case.kind != CaseKind.DENUNCIATION,
                Case.previous_id.is_(None),
            )
            .order_by(Case.id)
        )
        .all()
    )


def _write_to_nobody() -> None:
    """Take out what the year put into the outbox: nobody here has a mailbox."""
    with transaction() as session:
        session.execute(delete(OutgoingMessage))


__all__ = ["Demonstration", "Login", "Scale", "demonstrate", "paper", "refuse_used"]
