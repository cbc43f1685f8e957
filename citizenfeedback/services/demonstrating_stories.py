"""The plan of the demonstration's cases: what comes in, where it ends, and every step on the way.

Only a plan: `demonstrating` carries it out with the real services, step by step in order of time,
so that history, terms and standing are what they would be in an office.
"""

import math
import random
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.vocabulary import (
    PHASE_OF,
    Action,
    Attendance,
    CaseField,
    CaseKind,
    CaseResult,
    Channel,
    Complexity,
    Instance,
    PersonRole,
    Phase,
    PublicationWay,
    SendingWay,
    State,
    WithdrawalProof,
)
from citizenfeedback.domain.workflow import TRANSITIONS, entry_state, in_form, signed_on_arrival
from citizenfeedback.gateways.clock import LOCAL_ZONE
from citizenfeedback.services.demonstrating_places import (
    INSPECTORATE,
    PROVINCE,
    RECEPTION_BOARD,
    SERVICE_CENTRE,
    Place,
)
from citizenfeedback.services.demonstrating_texts import (
    BODIES,
    Matter,
    identity,
    matter,
    name,
    note_on,
    one_of,
    own_words,
    reply,
    templates,
)
from citizenfeedback.services.registering import Person

DAYS_BACK = 350
EARLIEST = 4
"""The first working day of the year on which a case comes in."""
GROWTH = 0.8
"""By how much more comes in on the last day of the year than on the first."""
LATE_SHARE = 0.14
GROUP = 5
"""From so many signatories on the law asks for representatives."""
NOTICE_DAYS = 9
"""How long before it a dialogue is announced here; the law asks for five days."""

Choice = TypeVar("Choice")


class Who(StrEnum):
    """Who takes a step."""

    LEADER = "leader"
    HANDLER = "handler"
    RECEIVER = "receiver"
    CITIZEN = "citizen"
    SUPERIOR = "superior"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a story. Without an action it is the entry into the register."""

    at: datetime
    who: Who
    action: Action | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Story:
    """One case from its entry to where it stands today."""

    kind: CaseKind
    target: State
    unit: str
    channel: Channel
    received_on: date
    what: Matter
    words: str
    people: tuple[Person, ...]
    signatories: int = 1
    respondent_unit: str = ""
    instance: Instance = Instance.FIRST
    after: int | None = None
    duplicate_of: int | None = None
    steps: list[Step] = field(default_factory=list)


def reachable() -> tuple[tuple[CaseKind, State], ...]:
    """Every state of every kind that the workflow leads to."""
    pairs = {(kind, entry_state(kind, formal=True)) for kind in CaseKind}
    pairs.add((CaseKind.DENUNCIATION, State.INFORMATION))
    pairs |= {
        (kind, row.target) for row in TRANSITIONS for kind in row.kinds if row.target is not None
    }
    return tuple(sorted(pairs))


_SHARES: Mapping[CaseKind, int] = {
    CaseKind.COMPLAINT: 22,
    CaseKind.DENUNCIATION: 10,
    CaseKind.PETITION: 38,
    CaseKind.REFLECTION: 30,
}
_WEIGHTS: Mapping[State, int] = {
    State.DONE: 150,
    State.VERIFYING: 4,
    State.ACCEPTED: 2,
    State.EXAMINING: 2,
    State.REGISTERED: 3,
    State.AWAITING_CITIZEN: 1,
    State.AWAITING_APPROVAL: 1,
    State.DECIDED: 1,
    State.INFORMATION: 1,
    State.GUIDED: 9,
    State.FORWARDED: 9,
    State.REFUSED: 4,
    State.RETURNED: 4,
    State.FILED: 4,
    State.ATTACHED: 6,
    State.WITHDRAWN: 4,
    State.TERMINATED: 1,
    State.SUSPENDED: 1,
}

_TAKEN_UP = (
    State.ACCEPTED,
    State.VERIFYING,
    State.AWAITING_APPROVAL,
    State.DECIDED,
    State.DONE,
    State.SUSPENDED,
    State.WITHDRAWN,
    State.TERMINATED,
)
"""Where a case stands that was formally accepted on its way."""
_DECIDERS = frozenset(
    {
        Action.ACCEPT,
        Action.REFUSE,
        Action.GUIDE,
        Action.FORWARD,
        Action.RETURN,
        Action.FILE,
        Action.WITHDRAW,
    }
)
_LEADERS = frozenset(
    {
        Action.ASSIGN,
        Action.SEND_BACK,
        Action.DECIDE,
        Action.TERMINATE,
        Action.SET_COMPLEXITY,
        Action.EXTEND,
        Action.PASS_ON,
        Action.CORRECT,
        Action.CONTINUE,
    }
)
_FIELD_UNITS: Mapping[CaseField, tuple[str, ...]] = {
    CaseField.LAND: ("QN-SNNMT",),
    CaseField.ENVIRONMENT: ("QN-SNNMT",),
    CaseField.CONSTRUCTION: ("QN-SXD",),
    CaseField.POLICY: ("QN-SNV", "QN-SYT", "QN-SGDDT"),
    CaseField.CONDUCT: (SERVICE_CENTRE, RECEPTION_BOARD),
    CaseField.CORRUPTION: (INSPECTORATE,),
    CaseField.JUDICIAL: ("QN-STP",),
    CaseField.ORDER: ("QN-SCT",),
    CaseField.OTHER: ("QN-SVHTTDL", "QN-STC", RECEPTION_BOARD),
}


class Planner:
    """Makes stories from chance, within the working days of the year before `now`."""

    def __init__(
        self,
        chance: random.Random,
        places: Sequence[Place],
        calendar: WorkCalendar,
        *,
        now: datetime,
    ) -> None:
        self._chance = chance
        self._places = {place.code: place for place in places}
        self._communes = [place for place in places if place.commune]
        today = now.astimezone(LOCAL_ZONE).date()
        first = today - timedelta(days=DAYS_BACK + 15)
        every = (first + timedelta(days=number) for number in range((today - first).days))
        self._days = [day for day in every if calendar.is_working(day)]
        self._stories: list[Story] = []
        self._decks = {kind: self._shuffled(kind) for kind in CaseKind}
        self._dealt = dict.fromkeys(CaseKind, 0)
        self._papers = 100

    def plan(self, cases: int) -> list[Story]:
        """So many cases: each state of each kind at least once, the rest as in an office."""
        pairs = list(reachable())
        while len(pairs) < cases - self._special_count():
            kind = self._one_by_weight(_SHARES)
            states = {state: _WEIGHTS[state] for one, state in reachable() if one is kind}
            pairs.append((kind, self._one_by_weight(states)))
        # A duplicate needs its first, so the many that end well come before.
        for kind, state in sorted(pairs, key=lambda pair: pair[1] is State.ATTACHED):
            if state is State.ATTACHED:
                self._duplicate(kind)
            else:
                self._stories.append(self._story(kind, state))
        self._specials()
        return self._stories

    @staticmethod
    def _special_count() -> int:
        return 24

    def _one_by_weight(self, weights: Mapping[Choice, int]) -> Choice:
        return self._chance.choices(list(weights), list(weights.values()))[0]

    def _shuffled(self, kind: CaseKind) -> list[int]:
        deck = list(range(len(templates(kind))))
        self._chance.shuffle(deck)
        return deck

    def _template(self, kind: CaseKind) -> int:
        """The next template of a kind: all are used before one comes again."""
        deck = self._decks[kind]
        place = self._dealt[kind] % len(deck)
        self._dealt[kind] += 1
        return deck[place]

    # One case.

    def _story(
        self, kind: CaseKind, target: State, *, unit: str = "", late: bool | None = None
    ) -> Story:
        chance = self._chance
        template = templates(kind)[self._template(kind)]
        place = self._places[unit] if unit else self._place(kind, template.field)
        commune = place if place.commune else chance.choice(self._communes)
        what = matter(chance, template, commune.area)
        if kind is CaseKind.COMPLAINT:
            # A first complaint goes to the office whose decision it is about.
            about = f"{what.respondent}: {what.summary[:1].lower()}{what.summary[1:]}"
            what = replace(what, respondent=place.name, summary=about)
        channel = self._channel(kind, target)
        person = self._person(kind, channel, f"{what.quarter}, {commune.area}")
        story = Story(
            kind=kind,
            target=target,
            unit=place.code,
            channel=channel,
            received_on=self._days[0],
            what=what,
            words=own_words(chance, kind, what, person.name or "người dân"),
            people=(person,) if person else (),
            signatories=chance.choice((6, 8, 12, 23, 41)) if self._in_group(kind) else 1,
        )
        if kind is CaseKind.DENUNCIATION and chance.random() < 0.5:
            others = [one for one in self._communes if one.code != place.code]
            story.respondent_unit = chance.choice(others).code
        self._lay_out(story, late=late)
        return story

    def _place(self, kind: CaseKind, about: CaseField) -> Place:
        chance = self._chance
        if kind is CaseKind.DENUNCIATION and chance.random() < 0.6:
            return self._places[INSPECTORATE]
        if about is not CaseField.CORRUPTION and chance.random() < 0.55:
            return chance.choice(self._communes)
        return self._places[chance.choice(_FIELD_UNITS[about])]

    def _channel(self, kind: CaseKind, target: State) -> Channel:
        if target is State.INFORMATION:
            return self._chance.choice((Channel.WEB, Channel.WEB, Channel.PHONE))
        if kind is CaseKind.DENUNCIATION:
            return self._one_by_weight(
                {Channel.IN_PERSON: 40, Channel.POST: 40, Channel.REFERRAL: 8, Channel.WEB: 12}
            )
        if kind is CaseKind.COMPLAINT:
            return self._one_by_weight(
                {Channel.IN_PERSON: 45, Channel.POST: 35, Channel.REFERRAL: 8, Channel.WEB: 12}
            )
        return self._one_by_weight(
            {
                Channel.WEB: 45,
                Channel.IN_PERSON: 25,
                Channel.POST: 10,
                Channel.PHONE: 12,
                Channel.KIOSK: 8,
            }
        )

    def _person(self, kind: CaseKind, channel: Channel, address: str) -> Person:
        chance = self._chance
        if kind is CaseKind.REFLECTION and channel in (Channel.KIOSK, Channel.WEB):
            if chance.random() < 0.35:
                return Person()
        elif kind is CaseKind.DENUNCIATION and channel is Channel.WEB and chance.random() < 0.3:
            return Person()
        id_no, phone = identity(chance)
        full = kind in (CaseKind.COMPLAINT, CaseKind.DENUNCIATION)
        return Person(
            name=name(chance),
            id_no=id_no if full else "",
            phone=phone if chance.random() < 0.7 else "",
            address=address,
        )

    def _in_group(self, kind: CaseKind) -> bool:
        return kind is not CaseKind.DENUNCIATION and self._chance.random() < 0.06

    # Its steps.

    def _lay_out(self, story: Story, *, late: bool | None = None) -> None:
        """Give the story its steps and days; an open one ends yesterday or some days ago."""
        hops = self._hops(story)
        chance = self._chance
        still_open = PHASE_OF[story.target] is not Phase.CLOSED
        if late is None:
            late = chance.random() < LATE_SHARE
        if not still_open and late:
            where = _before_the_end(hops)
            action, who, inputs, _gap = hops[where]
            hops[where] = (action, who, inputs, chance.randint(18, 32))
        length = sum(gap for *_, gap in hops)
        newest = len(self._days) - 1
        if still_open:
            last = newest - (self._overdue_by(story.kind) if late else self._quiet_for(story))
        elif story.kind is CaseKind.COMPLAINT and story.target is State.TERMINATED:
            # The law knows this end since July 2026 only.
            last = newest - chance.randint(1, 50)
        else:
            last = length + self._begun(newest - length - 12)
        place = max(0, last - length)
        story.received_on = self._days[place]
        self._date(story, place, hops)

    def _begun(self, latest: int) -> int:
        """The day on which a closed case came in: all year, somewhat more often of late."""
        share = (math.sqrt(1 + self._chance.random() * (GROWTH * (GROWTH + 2))) - 1) / GROWTH
        return EARLIEST + int(max(0, latest - EARLIEST) * share)

    def _quiet_for(self, story: Story) -> int:
        """How many working days ago the last step of an open case was, with its term not over."""
        if story.target in (State.SUSPENDED, State.INFORMATION):
            return self._some(2, 24)
        long = story.kind in (CaseKind.COMPLAINT, CaseKind.DENUNCIATION)
        if long and story.target in (State.VERIFYING, State.AWAITING_APPROVAL):
            return self._some(0, 10)
        return self._some(0, 3)

    def _overdue_by(self, kind: CaseKind) -> int:
        """So long ago was the last step that a term has run out since."""
        long = kind in (CaseKind.COMPLAINT, CaseKind.DENUNCIATION)
        return self._some(24, 34) if long else self._some(9, 20)

    def _date(self, story: Story, place: int, hops: list["_Hop"]) -> None:
        chance = self._chance
        moment = self._morning(self._days[place])
        story.steps.append(Step(moment, _entered_by(story.channel)))
        for action, who, inputs, gap in hops:
            place = min(place + gap, len(self._days) - 1)
            morning = self._morning(self._days[place])
            moment = max(morning, moment + timedelta(minutes=chance.randint(6, 40)))
            today = moment.astimezone(LOCAL_ZONE).date()
            dated = {"on": today} if "on" in inputs else {}
            if "day" in inputs:
                dated["day"] = _meeting_day(today)
            story.steps.append(Step(moment, who, action, {**inputs, **dated}))

    def _morning(self, day: date) -> datetime:
        minutes = self._chance.randint(0, 400)
        start = datetime.combine(day, time(7, 45), tzinfo=LOCAL_ZONE)
        return (start + timedelta(minutes=minutes)).astimezone(UTC)

    def _hops(self, story: Story) -> list["_Hop"]:
        """The acts on the way to where the case stands, with the working days before each."""
        kind, target = story.kind, story.target
        hops: list[_Hop] = []
        if target is State.INFORMATION:
            noted = note_on(self._chance, story.what.field)
            return [self._hop(Action.NOTE, Who.RECEIVER, 1, text=noted)]
        formal = in_form(kind, story.channel)
        assigned = target is not State.REGISTERED or self._chance.random() < 0.4
        if assigned:
            hops.append(self._hop(Action.ASSIGN, Who.LEADER, self._some(0, 1)))
        if kind is CaseKind.DENUNCIATION and not formal:
            if assigned:
                hops.append(self._hop(Action.SUMMARISE, Who.HANDLER, 0, summary=story.what.summary))
            on_paper = Who.HANDLER if assigned else Who.RECEIVER
            hops.append(self._hop(Action.RECORD_FORM, on_paper, self._some(1, 3), on=None))
        if target is State.REGISTERED:
            return hops
        hops += self._examination(story)
        if target in _TAKEN_UP:
            hops += self._settlement(story)
        return hops

    def _examination(self, story: Story) -> list["_Hop"]:
        chance, kind, target = self._chance, story.kind, story.target
        eligible, competent = _FINDINGS.get(target, (True, True))
        hops = [
            self._hop(
                Action.EXAMINE,
                Who.HANDLER,
                self._some(1, 2),
                eligible=eligible,
                competent=competent,
            )
        ]
        if chance.random() < 0.3:
            noted = note_on(chance, story.what.field)
            hops.append(self._hop(Action.NOTE, Who.HANDLER, 0, text=noted))
        if target is State.AWAITING_CITIZEN:
            ask = one_of(chance, "ask")
            hops.append(self._hop(Action.ASK_CITIZEN, Who.HANDLER, self._some(0, 1), text=ask))
            if chance.random() < 0.35:
                hops.append(self._citizen(1))
        unsigned = not signed_on_arrival(kind, story.channel)
        if kind is CaseKind.COMPLAINT and unsigned and target in _TAKEN_UP:
            hops.append(self._hop(Action.RECORD_FORM, Who.HANDLER, self._some(1, 2), on=None))
        end = _ENDS.get(target)
        if end is not None:
            action, group = end
            texts: dict[str, Any] = {"reason": one_of(chance, group)} if group else {}
            if action is Action.REFUSE and kind in _REFUSED_ON:
                texts["ground"] = _REFUSED_ON[kind]
            if action in (Action.GUIDE, Action.FORWARD):
                texts["body"] = chance.choice(BODIES)
            if action is not Action.FILE:
                texts["document_no"] = self._paper(story, "TB")
            hops.append(self._hop(action, self._decider(kind), self._some(1, 2), on=None, **texts))
        return hops

    def _settlement(self, story: Story) -> list["_Hop"]:
        """From formal acceptance to the end, as far as this case has come."""
        chance, kind, target = self._chance, story.kind, story.target
        long = kind in (CaseKind.COMPLAINT, CaseKind.DENUNCIATION)
        decider = self._decider(kind)
        number = self._paper(story, "TB")
        hops = [self._hop(Action.ACCEPT, decider, self._some(1, 2), on=None, document_no=number)]
        if story.signatories >= GROUP:
            hops.insert(0, self._representatives(story))
        if kind is CaseKind.DENUNCIATION and chance.random() < 0.9:
            hops.append(self._notice(story, "TB"))
        if target is State.ACCEPTED:
            return hops
        hops += self._verification(story, long=long)
        if target is State.VERIFYING:
            return [*hops, self._invitation(story)] if kind is CaseKind.COMPLAINT else hops
        if target is State.SUSPENDED:
            return hops + self._pause(story)
        if target in (State.WITHDRAWN, State.TERMINATED):
            return [*hops, self._early_end(story, decider)]
        return [*hops, *self._findings(story, long=long), *self._ending(story, long=long)]

    def _representatives(self, story: Story) -> "_Hop":
        """Two of a group speak for all, named in a paper that all have signed."""
        known = story.people[0].name if story.people else ""
        named = (known or name(self._chance), name(self._chance))
        texts = {
            "role": PersonRole.REPRESENTATIVE,
            "names": "\n".join(named),
            "people": story.signatories,
            "document_no": self._paper(story, "VB"),
        }
        return self._hop(Action.REPRESENT, Who.HANDLER, 1, **texts)

    def _verification(self, story: Story, *, long: bool) -> list["_Hop"]:
        """How the verification begins, and what happens on the way."""
        chance, kind = self._chance, story.kind
        hops: list[_Hop] = []
        if long and chance.random() < 0.6:
            names = "\n".join((f"{name(chance)}, Tổ trưởng", f"{name(chance)}, Thành viên"))
            paper = self._paper(story, "QĐ")
            team = {"names": names, "document_no": paper}
            hops.append(self._hop(Action.FORM_TEAM, Who.LEADER, 1, on=None, **team))
        else:
            note = one_of(chance, "verify")
            hops.append(self._hop(Action.VERIFY, Who.HANDLER, 1, note=note))
        if chance.random() < 0.3:
            hops.append(self._hop(Action.MESSAGE, Who.HANDLER, 1, text=one_of(chance, "message")))
        if chance.random() < 0.25:
            hops.append(self._citizen(self._some(0, 1)))
        if chance.random() < 0.22:
            hops.append(self._hop(Action.ADD_DOCUMENT, Who.HANDLER, 1))
        if kind is CaseKind.COMPLAINT and chance.random() < 0.15:
            hops.append(self._complex(story, Complexity.COMPLEX))
        return hops

    def _findings(self, story: Story, *, long: bool) -> list["_Hop"]:
        """The dialogue and the report of the verification, before a decision."""
        chance, kind = self._chance, story.kind
        hops: list[_Hop] = []
        if kind is CaseKind.COMPLAINT and chance.random() < 0.4:
            hops += self._dialogue(story)
        if long and chance.random() < 0.5:
            found = {"text": one_of(chance, "verify"), "document_no": self._paper(story, "BC")}
            hops.append(self._hop(Action.RECORD_VERIFICATION, Who.HANDLER, 2, on=None, **found))
        return hops

    def _notice(self, story: Story, mark: str) -> "_Hop":
        texts = {"way": SendingWay.POST, "document_no": self._paper(story, mark)}
        return self._hop(Action.RECORD_NOTICE, Who.HANDLER, self._some(0, 2), on=None, **texts)

    def _pause(self, story: Story) -> list["_Hop"]:
        complaint = story.kind is CaseKind.COMPLAINT
        texts = {
            "ground": "KN11a-1-2" if complaint else "TC34-1-3",
            "reason": one_of(self._chance, "suspend"),
            "document_no": self._paper(story, "QĐ"),
        }
        hops = [self._hop(Action.SUSPEND, Who.LEADER, self._some(1, 3), on=None, **texts)]
        return [*hops, self._notice(story, "TB")] if complaint else hops

    def _early_end(self, story: Story, decider: Who) -> "_Hop":
        if story.target is State.WITHDRAWN:
            texts: dict[str, Any] = {
                "proof": self._chance.choice(tuple(WithdrawalProof)),
                "document_no": self._paper(story, "BB"),
            }
            return self._hop(Action.WITHDRAW, decider, 2, on=None, **texts)
        complaint = story.kind is CaseKind.COMPLAINT
        texts = {
            "ground": "KN11a-2-c" if complaint else "TC34-3-2",
            "reason": one_of(self._chance, "terminate"),
            "document_no": self._paper(story, "QĐ"),
        }
        return self._hop(Action.TERMINATE, Who.LEADER, 2, on=None, **texts)

    def _dialogue(self, story: Story) -> list["_Hop"]:
        """Announced in time and held on its day or the next working day."""
        invitation = self._invitation(story)
        held = {
            "attendance": Attendance.PRESENT,
            "text": one_of(self._chance, "dialogue"),
            "document_no": self._paper(story, "BB"),
        }
        return [
            invitation,
            self._hop(Action.RECORD_DIALOGUE, Who.HANDLER, 8, on=None, **held),
        ]

    def _invitation(self, story: Story) -> "_Hop":
        """To a dialogue that lies ahead; where the case stands still, the citizen reads of it."""
        invited = {
            "hour": "08:30",
            "place": "Trụ sở tiếp công dân",
            "document_no": self._paper(story, "GM"),
        }
        return self._hop(Action.PLAN_DIALOGUE, Who.HANDLER, 1, day=None, **invited)

    def _aftermath(self, story: Story, result: CaseResult) -> list["_Hop"]:
        """What follows a decision that was sent: publication, outcome, carrying out."""
        chance = self._chance
        hops: list[_Hop] = []
        if chance.random() < 0.8:
            way = chance.choice(tuple(PublicationWay))
            place = "Nhà văn hóa khu phố"
            texts = {"publication": way, "place": place}
            hops.append(self._hop(Action.PUBLISH, Who.HANDLER, self._some(2, 6), on=None, **texts))
        if chance.random() < 0.75:
            upheld = result is not CaseResult.REJECTED
            sums = {"money_returned": 1_000_000 * self._some(5, 300)} if upheld else {}
            if upheld and chance.random() < 0.5:
                sums |= {"land_returned": self._some(200, 9_000), "people_disciplined": 1}
            hops.append(self._hop(Action.RECORD_OUTCOME, Who.HANDLER, 1, on=None, **sums))
            if sums and chance.random() < 0.6:
                done = {"money_given_back": sums["money_returned"]}
                if "land_returned" in sums:
                    done["land_given_back"] = sums["land_returned"]
                some: dict[str, Any] = dict(done)
                some["finished"] = chance.random() < 0.7
                hops.append(self._hop(Action.RECORD_PROGRESS, Who.HANDLER, 7, on=None, **some))
        return hops

    def _ending(self, story: Story, *, long: bool) -> list["_Hop"]:
        chance, kind, target = self._chance, story.kind, story.target
        result = chance.choice(
            (CaseResult.UPHELD, CaseResult.PARTLY_UPHELD, CaseResult.REJECTED, CaseResult.REJECTED)
        )
        text = reply(chance, kind, story.what, result if long else "")
        hops: list[_Hop] = []
        laid_before = long or target is State.AWAITING_APPROVAL or chance.random() < 0.5
        days = self._some(4, 9) if long else self._some(1, 3)
        if laid_before:
            hops.append(self._hop(Action.SUBMIT_DRAFT, Who.HANDLER, days, text=text))
            if chance.random() < 0.12:
                back = one_of(chance, "send_back")
                hops.append(self._hop(Action.SEND_BACK, Who.LEADER, 0, reason=back))
                hops.append(self._hop(Action.SUBMIT_DRAFT, Who.HANDLER, 1, text=text))
            days = 1
        if target is State.AWAITING_APPROVAL:
            return hops
        number = self._paper(story, "QĐ" if long else "CV")
        if long:
            texts: dict[str, Any] = {"result": result, "document_no": number, "text": text}
            hops.append(self._hop(Action.DECIDE, Who.LEADER, days, on=None, **texts))
        else:
            who = Who.LEADER if laid_before else Who.HANDLER
            hops.append(self._hop(Action.ANSWER, who, days, text=text, document_no=number))
        if target is State.DONE:
            hops.append(self._hop(Action.SEND, Who.HANDLER, self._some(0, 1), on=None))
            if long:
                hops += self._aftermath(story, result)
        return hops

    def _citizen(self, days: int) -> "_Hop":
        return self._hop(
            Action.WRITE_MESSAGE, Who.CITIZEN, days, text=one_of(self._chance, "citizen")
        )

    def _complex(self, story: Story, how: Complexity) -> "_Hop":
        return self._hop(
            Action.SET_COMPLEXITY,
            Who.LEADER,
            1,
            criteria=("PT-a",) if how is Complexity.COMPLEX else ("PT-a", "PT-b"),
            reason=one_of(self._chance, "complex"),
            document_no=self._paper(story, "TB"),
        )

    def _decider(self, kind: CaseKind) -> Who:
        """A complaint or denunciation is decided by the leader, the rest by who handles it."""
        bound = kind in (CaseKind.COMPLAINT, CaseKind.DENUNCIATION)
        return Who.LEADER if bound else Who.HANDLER

    def _some(self, least: int, most: int) -> int:
        return self._chance.randint(least, most)

    def _paper(self, story: Story, mark: str) -> str:
        self._papers += self._chance.randint(1, 3)
        return f"{self._papers}/{mark}-{story.unit.removeprefix('QN-')}"

    @staticmethod
    def _hop(action: Action, who: Who, days: int, **inputs: Any) -> "_Hop":
        return (action, who, inputs, days)

    # Cases that show something of their own.

    def _duplicate(self, kind: CaseKind) -> None:
        """The same matter filed once more some days later, attached to its first."""
        chance = self._chance
        firsts = [
            number
            for number, story in enumerate(self._stories)
            if story.kind is kind
            and story.target in (State.DONE, State.VERIFYING, State.ACCEPTED)
            and len(story.steps) > 3
        ]
        first_number = chance.choice(firsts)
        first = self._stories[first_number]
        other = name(chance)
        person = Person(
            name=other,
            id_no=identity(chance)[0] if kind is not CaseKind.PETITION else "",
            address=f"{first.what.quarter}",
        )
        place = bisect_left(self._days, first.received_on) + 3
        story = Story(
            kind=kind,
            target=State.ATTACHED,
            unit=first.unit,
            channel=Channel.POST,
            received_on=self._days[min(place, len(self._days) - 2)],
            what=first.what,
            words=own_words(chance, kind, first.what, other),
            people=(person,),
            respondent_unit=first.respondent_unit,
            duplicate_of=first_number,
        )
        hops = [
            self._hop(Action.ASSIGN, Who.LEADER, 0),
            self._hop(Action.ATTACH, Who.HANDLER, 1),
        ]
        self._date(story, bisect_left(self._days, story.received_on), hops)
        self._stories.append(story)

    def _specials(self) -> None:
        for kind in (CaseKind.COMPLAINT, CaseKind.COMPLAINT, CaseKind.DENUNCIATION):
            self._second_instance(kind)
        for how, times in ((Complexity.COMPLEX, 1), (Complexity.SPECIAL, 2)):
            self._extended(how, times)
        for kind in (CaseKind.PETITION, CaseKind.REFLECTION):
            self._reopened(kind)
        for _ in range(3):
            online = self._story(CaseKind.DENUNCIATION, State.INFORMATION, late=False)
            self._stories.append(online)
        for answered in (True, False, False):
            self._reminded(answered=answered)
        self._forgotten()
        self._own_office()
        self._passed_on()
        self._reclassified()
        self._of_the_shown_ward()

    def _of_the_shown_ward(self) -> None:
        """The ward whose people may sign in has something of its own on the desk."""
        ward = self._communes[0].code
        for kind, state in (
            (CaseKind.COMPLAINT, State.VERIFYING),
            (CaseKind.PETITION, State.ACCEPTED),
            (CaseKind.PETITION, State.AWAITING_APPROVAL),
            (CaseKind.REFLECTION, State.REGISTERED),
        ):
            self._stories.append(self._story(kind, state, unit=ward, late=False))

    def _second_instance(self, kind: CaseKind) -> None:
        """A first case that ended, and the one that continues it."""
        first = self._story(kind, State.DONE, late=False)
        # The first must lie far enough back for the second to have come somewhere.
        self._move(first, 60)
        self._stories.append(first)
        second = self._story(kind, State.VERIFYING, unit=PROVINCE, late=False)
        second.what, second.people, second.words = first.what, first.people, ""
        second.respondent_unit, second.signatories = first.respondent_unit, first.signatories
        second.after, second.instance = len(self._stories) - 1, Instance.SECOND
        second.channel = Channel.IN_PERSON
        second.steps.clear()
        place = len(self._days) - 12
        second.received_on = self._days[place]
        self._date(second, place, self._hops(second))
        begun = second.steps[0]
        inputs = {"on": second.received_on, "reason": one_of(self._chance, "continue")}
        second.steps[0] = Step(begun.at, Who.LEADER, Action.CONTINUE, inputs)
        self._stories.append(second)

    def _extended(self, how: Complexity, times: int) -> None:
        story = self._story(CaseKind.DENUNCIATION, State.VERIFYING, unit=INSPECTORATE, late=False)
        self._move(story, 26)
        place = bisect_left(self._days, story.steps[-1].at.astimezone(LOCAL_ZONE).date())
        hops = [self._complex(story, how)]
        for _ in range(times):
            reason, paper = one_of(self._chance, "extend"), self._paper(story, "QĐ")
            hops.append(self._hop(Action.EXTEND, Who.LEADER, 8, reason=reason, document_no=paper))
        self._continue(story, place, hops)
        self._stories.append(story)

    def _reopened(self, kind: CaseKind) -> None:
        story = self._story(kind, State.DONE, late=False)
        story.target = State.VERIFYING
        self._move(story, 12)
        place = bisect_left(self._days, story.steps[-1].at.astimezone(LOCAL_ZONE).date())
        reason = one_of(self._chance, "reopen")
        self._continue(story, place, [self._hop(Action.REOPEN, Who.HANDLER, 5, reason=reason)])
        self._stories.append(story)

    def _reminded(self, *, answered: bool) -> None:
        """A case that lies late below, so that the province reminds of it."""
        unit = self._chance.choice(self._communes).code
        story = self._story(CaseKind.PETITION, State.VERIFYING, unit=unit, late=False)
        self._move(story, 30)
        place = len(self._days) - 8
        texts = {"text": one_of(self._chance, "remind"), "document_no": self._paper(story, "UBND")}
        hops = [self._hop(Action.REMIND, Who.SUPERIOR, 0, **texts)]
        if answered:
            report = {"text": one_of(self._chance, "report_back")}
            hops.append(self._hop(Action.REPORT_BACK, Who.HANDLER, 3, **report))
        self._continue(story, place, hops)
        self._stories.append(story)

    def _forgotten(self) -> None:
        """A submission that nobody has processed for more than 45 days."""
        unit = self._chance.choice(self._communes).code
        story = self._story(CaseKind.PETITION, State.REGISTERED, unit=unit, late=False)
        story.steps = story.steps[:1]
        self._move(story, 40)
        self._stories.append(story)

    def _own_office(self) -> None:
        """A denunciation of the very office that received it: it goes to the office above."""
        commune = self._communes[0]
        story = self._story(CaseKind.DENUNCIATION, State.REGISTERED, unit=commune.code, late=False)
        story.respondent_unit = commune.code
        story.channel = Channel.POST
        story.steps = story.steps[:1]
        self._stories.append(story)

    def _passed_on(self) -> None:
        story = self._story(CaseKind.PETITION, State.REGISTERED, unit=RECEPTION_BOARD, late=False)
        story.steps = story.steps[:1]
        place = bisect_left(self._days, story.received_on)
        reason = one_of(self._chance, "pass_on")
        hops = [self._hop(Action.PASS_ON, Who.LEADER, 1, unit="QN-SXD", reason=reason)]
        self._continue(story, place, hops)
        self._stories.append(story)

    def _reclassified(self) -> None:
        story = self._story(CaseKind.REFLECTION, State.REGISTERED, unit="QN-SXD", late=False)
        story.target = State.EXAMINING
        story.steps = story.steps[:1]
        place = bisect_left(self._days, story.received_on)
        reason = one_of(self._chance, "reclassify")
        inputs = {"kind": CaseKind.PETITION, "reason": reason}
        self._continue(story, place, [self._hop(Action.RECLASSIFY, Who.LEADER, 0, **inputs)])
        self._stories.append(story)

    def _move(self, story: Story, back: int) -> None:
        """Lay the same steps so that the last one is `back` working days ago."""
        last = bisect_left(self._days, story.steps[-1].at.astimezone(LOCAL_ZONE).date())
        offset = max(0, len(self._days) - 1 - back) - last
        steps, story.steps = story.steps, []
        for step in steps:
            day = bisect_left(self._days, step.at.astimezone(LOCAL_ZONE).date())
            to = self._days[min(max(day + offset, 0), len(self._days) - 1)]
            at = datetime.combine(to, step.at.astimezone(LOCAL_ZONE).timetz()).astimezone(UTC)
            inputs = {**step.inputs, "on": to} if "on" in step.inputs else step.inputs
            if "day" in inputs:
                inputs = {**inputs, "day": _meeting_day(to)}
            story.steps.append(Step(at, step.who, step.action, inputs))
        story.received_on = story.steps[0].at.astimezone(LOCAL_ZONE).date()

    def _continue(self, story: Story, place: int, hops: list["_Hop"]) -> None:
        """Add steps after those that are there."""
        before = story.steps[-1].at
        more = Story(**{**_fields(story), "steps": []})
        self._date(more, place, hops)
        for step in more.steps[1:]:
            before = max(step.at, before + timedelta(minutes=7))
            story.steps.append(Step(before, step.who, step.action, step.inputs))


_Hop = tuple[Action, Who, dict[str, Any], int]

_FINDINGS: Mapping[State, tuple[bool, bool]] = {
    State.REFUSED: (False, True),
    State.GUIDED: (True, False),
    State.FORWARDED: (True, False),
    State.RETURNED: (False, True),
    State.FILED: (False, True),
}
_REFUSED_ON: Mapping[CaseKind, str] = {
    CaseKind.COMPLAINT: "KN11-6",
    CaseKind.DENUNCIATION: "TC29-1d",
}
_ENDS: Mapping[State, tuple[Action, str]] = {
    State.REFUSED: (Action.REFUSE, "refuse"),
    State.GUIDED: (Action.GUIDE, ""),
    State.FORWARDED: (Action.FORWARD, ""),
    State.RETURNED: (Action.RETURN, "return"),
    State.FILED: (Action.FILE, "file"),
}


def _meeting_day(announced: date) -> date:
    """The day of a dialogue announced in time, not on a weekend."""
    day = announced + timedelta(days=NOTICE_DAYS)
    while day.isoweekday() in (6, 7):
        day += timedelta(days=1)
    return day


def _entered_by(channel: Channel) -> Who:
    """Who puts a submission into the register: the citizen on the web, else the reception."""
    return Who.CITIZEN if channel in (Channel.WEB, Channel.KIOSK) else Who.RECEIVER


def _fields(story: Story) -> dict[str, Any]:
    return {name: getattr(story, name) for name in Story.__dataclass_fields__}


def _before_the_end(hops: Sequence[_Hop]) -> int:
    """The step before which a late case lay too long: the last that leads to its end."""
    ends = (Action.SUBMIT_DRAFT, Action.DECIDE, Action.ANSWER, Action.TERMINATE, Action.WITHDRAW)
    found = [place for place, (action, *_) in enumerate(hops) if action in ends]
    return found[-1] if found else max(1, len(hops) - 2)
