"""Reflections shown to others: in the office's words, naming nobody, joined and counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.vocabulary import Action, CaseKind, MailKind, State
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.gateways.sms import RecordingSms
from citizenfeedback.models.cases import Case, JoinedContact, PublicReflection
from citizenfeedback.models.outbox import OutgoingMessage
from citizenfeedback.queries.public_reflections import joined_reflection, similar_reflections
from citizenfeedback.services import joining
from citizenfeedback.services.delivery import Delivered, WaysOut, deliver_due
from citizenfeedback.services.joining import LONGEST_ANSWER, Wish, confirm, join, leave, tell_joined
from tests.mail_server import Sink, gateway, mail_server
from tests.services.desk import DUC, Desk, open_desk

pytestmark = pytest.mark.both_databases

ANSWER = "Đã thay bóng đèn ở cả thôn."
SUMMARY = "Đèn đường thôn Khe Cát hỏng từ tháng tám"


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    return open_desk(session, keys)


def test_is_a_reflection_shown_joined_and_taken_down(session: Session, desk: Desk) -> None:
    case = desk.file(CaseKind.REFLECTION)
    desk.act(DUC, case, Action.SHOW_PUBLIC, text=SUMMARY)
    join(case.id, desk.keys, now=desk.now)
    join(case.id, desk.keys, now=desk.now)
    desk.act(DUC, case, Action.SHOW_PUBLIC, text=f"{SUMMARY}.")
    session.expire_all()
    shown = session.scalars(select(PublicReflection)).one()
    assert (shown.summary, shown.joined) == (f"{SUMMARY}.", 2)
    assert desk.events(case)[-1] == "public_shown"
    desk.act(DUC, case, Action.SHOW_PUBLIC)
    assert session.scalars(select(PublicReflection.case_id)).all() == []
    with pytest.raises(NotFound):
        join(case.id, desk.keys, now=desk.now)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bà Lò Thị Măng báo đèn hỏng", "public_names_somebody"),
        ("Gọi 0987 654 321 để biết thêm", "public_names_somebody"),
        ("x" * (LONGEST_ANSWER + 1), "public_too_long"),
    ],
)
def test_is_nobody_named(desk: Desk, text: str, code: str) -> None:
    case = desk.file(CaseKind.REFLECTION)
    for words in ({"text": text}, {"text": SUMMARY, "public_answer": text}):
        with pytest.raises(RuleBroken, match=code) as refused:
            desk.act(DUC, case, Action.SHOW_PUBLIC, **words)
        assert refused.value.values["entry"] == list(words)[-1]
    with pytest.raises(RuleBroken, match="public_answer_alone"):
        desk.act(DUC, case, Action.SHOW_PUBLIC, public_answer=ANSWER)


def test_is_no_other_kind_shown(desk: Desk) -> None:
    for kind in (CaseKind.COMPLAINT, CaseKind.PETITION):
        with pytest.raises(RuleBroken):
            desk.act(DUC, desk.file(kind), Action.SHOW_PUBLIC, text=SUMMARY)


def test_is_only_what_speaks_of_the_same_things_found(desk: Desk) -> None:
    case = desk.file(CaseKind.REFLECTION)
    desk.act(DUC, case, Action.SHOW_PUBLIC, text=SUMMARY)
    found = similar_reflections("Den duong o thon Khe Cat hong lau roi, toi di rat so", desk.today)
    assert [one.case_id for one in found] == [case.id]
    assert similar_reflections("Nhà tôi bị nứt tường", desk.today) == ()
    desk.put(case, kind=CaseKind.PETITION)
    assert similar_reflections(SUMMARY, desk.today) == ()
    with pytest.raises(NotFound):
        join(case.id, desk.keys, now=desk.now)


class Post:
    """The real way out to a mail server of our own."""

    def __init__(self, desk: Desk, sink: Sink, port: int) -> None:
        self.desk, self.sink = desk, sink
        self.out = WaysOut(gateway(port), RecordingSms())

    def deliver(self, days: int = 0) -> Delivered:
        moment = self.desk.now + timedelta(days=days)
        return deliver_due(self.out, self.desk.keys, "https://qn.vn", now=moment)

    def token(self) -> str:
        """The token of the link in the last mail."""
        found = re.search(r"https://qn.vn/joined/(\S{32})\s", self.text())
        assert found
        return found.group(1)

    def text(self) -> str:
        return str(self.sink.taken[-1].get_content())


@pytest.fixture
def post(desk: Desk) -> Iterator[Post]:
    with mail_server() as (sink, port):
        yield Post(desk, sink, port)


def shown(desk: Desk) -> int:
    """A reflection shown to others; its id."""
    case = desk.file(CaseKind.REFLECTION)
    desk.act(DUC, case, Action.SHOW_PUBLIC, text=SUMMARY)
    return case.id


def answer(desk: Desk, case_id: int) -> None:
    """Answer it, first in public, then to its sender."""
    number = desk.session.scalars(select(Case.number).where(Case.id == case_id)).one()
    desk.act(DUC, number, Action.SHOW_PUBLIC, text=SUMMARY, public_answer=ANSWER)
    assert tell_joined(desk.keys, now=desk.now) == 0, "nobody is told before its sender"
    desk.put(desk.row(number), state=State.DONE, closed_on=desk.today, sent_on=desk.today)


def test_are_those_who_joined_told_once_of_the_answer(
    session: Session, desk: Desk, post: Post
) -> None:
    case_id = shown(desk)
    for email in ("sau@example.vn", "Sau@example.vn", "tam@example.vn"):
        join(case_id, desk.keys, Wish(email, "vi"), now=desk.now)
    assert session.scalars(select(PublicReflection.joined)).one() == 2, "one address is one"
    assert post.deliver() == Delivered(sent=2)
    confirm(desk.keys, post.token(), now=desk.now)
    confirm(desk.keys, post.token(), now=desk.now)
    answer(desk, case_id)
    assert tell_joined(desk.keys, now=desk.now) == 1, "who did not confirm is not told"
    assert tell_joined(desk.keys, now=desk.now) == 0
    assert post.deliver() == Delivered(sent=1)
    assert post.deliver(1) == Delivered()
    mail = post.sink.taken[-1]
    assert (mail["To"], len(post.sink.taken)) == ("tam@example.vn", 3)
    for content in (SUMMARY, ANSWER, "Khe Cát", "26-"):
        assert content not in f"{mail['Subject']} {post.text()}"
    found = joined_reflection(desk.keys, post.token())
    assert found
    assert (found.shown.answer, found.confirmed) == (ANSWER, True)


def test_does_no_crash_between_the_two_send_it_twice(
    session: Session, desk: Desk, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = shown(desk)
    for email in ("a@example.vn", "b@example.vn", "c@example.vn"):
        join(case_id, desk.keys, Wish(email, "en"), now=desk.now)
        post.deliver()
        confirm(desk.keys, post.token(), now=desk.now)
    answer(desk, case_id)
    monkeypatch.setattr(joining, "PIECE", 2)
    queue, queued = joining.queue_mail, []

    def dies_at_the_third(*given: Any, **named: Any) -> None:
        queued.append(named["occasion"])
        if len(queued) == 3:
            raise KeyboardInterrupt
        queue(*given, **named)

    monkeypatch.setattr(joining, "queue_mail", dies_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        tell_joined(desk.keys, now=desk.now)
    monkeypatch.setattr(joining, "queue_mail", queue)
    assert tell_joined(desk.keys, now=desk.now) == 1
    assert post.deliver() == Delivered(sent=3)
    assert sorted(str(mail["To"]) for mail in post.sink.taken[3:]) == [
        "a@example.vn",
        "b@example.vn",
        "c@example.vn",
    ]


def test_does_a_mail_that_waits_not_go_to_who_left(desk: Desk, post: Post) -> None:
    case_id = shown(desk)
    join(case_id, desk.keys, Wish("sau@example.vn", "vi"), now=desk.now)
    post.deliver()
    token = post.token()
    confirm(desk.keys, token, now=desk.now)
    answer(desk, case_id)
    tell_joined(desk.keys, now=desk.now)
    leave(desk.keys, token)
    assert post.deliver() == Delivered(given_up=1)
    assert joined_reflection(desk.keys, token) is None
    for act in (lambda: confirm(desk.keys, token, now=desk.now), lambda: leave(desk.keys, token)):
        with pytest.raises(NotFound):
            act()


def test_is_an_address_asked_once_a_day_and_never_after_it_confirmed(
    session: Session, desk: Desk, post: Post
) -> None:
    case_id = shown(desk)
    for days in (0, 0, 1):
        moment = desk.now + timedelta(days=days)
        join(case_id, desk.keys, Wish("sau@example.vn", "vi"), now=moment)
    assert post.deliver(1) == Delivered(sent=2)
    confirm(desk.keys, post.token(), now=desk.now)
    join(case_id, desk.keys, Wish("sau@example.vn", "vi"), now=desk.now + timedelta(days=2))
    assert post.deliver(2) == Delivered()
    assert session.scalars(select(PublicReflection.joined)).one() == 1


def test_lies_the_address_nowhere_in_plain_and_goes_with_what_it_was_for(
    session: Session, desk: Desk, post: Post
) -> None:
    case_id = shown(desk)
    join(case_id, desk.keys, Wish("sau@example.vn", "vi"), now=desk.now)
    contact = session.scalars(select(JoinedContact)).one()
    mail = session.scalars(select(OutgoingMessage)).one()
    assert (mail.kind, mail.details) == (MailKind.JOINED_CONFIRM, {"joined": contact.id})
    for row in (contact, mail):
        assert "sau@example" not in repr(vars(row))
    assert desk.keys.unseal(contact.ciphertext) == "sau@example.vn"
    number = session.scalars(select(Case.number)).one()
    desk.act(DUC, number, Action.SHOW_PUBLIC)
    assert session.scalars(select(JoinedContact.id)).all() == []
    assert post.deliver() == Delivered(given_up=1)
