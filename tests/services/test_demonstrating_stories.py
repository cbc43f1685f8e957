"""The plan of the demonstration's cases."""

from __future__ import annotations

import random
from collections import Counter

from citizenfeedback.domain.calendar import WorkCalendar
from citizenfeedback.domain.vocabulary import Action, CaseKind, Channel, State
from citizenfeedback.gateways.clock import local_date
from citizenfeedback.services.demonstrating_places import (
    COMMUNES,
    DEPARTMENTS,
    INSPECTORATE,
    PROVINCE,
    RECEPTION_BOARD,
    SERVICE_CENTRE,
    Place,
)
from citizenfeedback.services.demonstrating_stories import Planner, Story, Who, reachable
from tests.conftest import NOON

CODES = (PROVINCE, RECEPTION_BOARD, SERVICE_CENTRE, *DEPARTMENTS)
PLACES = [Place(n, code, code, "phường Hồng Gai", False, False) for n, code in enumerate(CODES)] + [
    Place(100 + n, f"X{n}", f"UBND {name}", name, False, True) for n, name in enumerate(COMMUNES)
]


def plan(cases: int = 150, seed: int = 3) -> list[Story]:
    """A plan over these offices."""
    planner = Planner(random.Random(seed), PLACES, WorkCalendar(()), now=NOON)
    return planner.plan(cases)


def test_the_same_seed_gives_the_same_plan() -> None:
    assert plan() == plan()
    assert plan() != plan(seed=4)


def test_there_are_as_many_as_asked_and_each_state_is_aimed_at() -> None:
    stories = plan()
    assert len(stories) == 150
    assert {(story.kind, story.target) for story in stories} == set(reachable())


def test_steps_go_forward_on_working_days_and_end_before_today() -> None:
    for story in plan(400):
        moments = [step.at for step in story.steps]
        assert moments == sorted(moments)
        assert moments[-1] < NOON
        assert local_date(story.steps[0].at) >= story.received_on or story.after is not None
        for step in story.steps:
            if "on" in step.inputs:
                assert step.inputs["on"] == local_date(step.at)


def test_what_came_online_was_entered_by_its_sender() -> None:
    for story in plan():
        first = story.steps[0]
        if story.after is None:
            online = story.channel in (Channel.WEB, Channel.KIOSK)
            assert first.who is (Who.CITIZEN if online else Who.RECEIVER)
        if story.channel is Channel.KIOSK:
            assert story.kind is not CaseKind.DENUNCIATION


def test_nobody_denounces_into_their_own_office_but_once_on_purpose() -> None:
    own = [one for one in plan(400) if one.respondent_unit and one.respondent_unit == one.unit]
    assert [one.target for one in own] == [State.REGISTERED]


def test_the_special_cases_are_there() -> None:
    stories = plan()
    acts = [[step.action for step in story.steps] for story in stories]
    assert sum(one.count(Action.EXTEND) for one in acts) == 3
    for action in (Action.REOPEN, Action.PASS_ON, Action.RECLASSIFY, Action.CONTINUE):
        assert any(action in one for one in acts), action
    assert any(story.unit == INSPECTORATE for story in stories)


def test_is_a_dialogue_ahead_where_a_complaint_is_being_verified() -> None:
    invited = [
        story.steps[-1].inputs["day"]
        for story in plan()
        if story.steps[-1].action is Action.PLAN_DIALOGUE
    ]
    assert any(day > local_date(NOON) for day in invited)
    assert all(day.isoweekday() < 6 for day in invited)


def test_are_the_cases_spread_over_the_whole_year() -> None:
    """The last full month has what lies open, yet no month stands out or is empty."""
    months = Counter(story.received_on.strftime("%Y-%m") for story in plan(400))
    whole = sorted(months)[1:-1]
    assert len(whole) >= 10
    mean = sum(months[month] for month in whole) / len(whole)
    assert all(0.5 * mean < months[month] < 2 * mean for month in whole), months


def test_names_a_complaint_the_office_it_is_about() -> None:
    names = {place.name for place in PLACES}
    first = [one for one in plan(400) if one.kind is CaseKind.COMPLAINT]
    assert {one.what.respondent for one in first} <= names
