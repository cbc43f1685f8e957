"""Who people are."""

from __future__ import annotations

from typing import Any

import pytest

from citizenfeedback.domain.errors import NotFound
from citizenfeedback.domain.facts import NOBODY, SYSTEM
from citizenfeedback.domain.vocabulary import Role
from citizenfeedback.gateways import Gateways
from citizenfeedback.models.accounts import User
from citizenfeedback.queries import accounts
from citizenfeedback.services.transaction import transaction
from tests.conftest import NOON
from tests.people import make_unit, make_user

pytestmark = pytest.mark.both_databases


def test_an_actor_knows_the_units_above_and_below_in_one_query(
    session: Any, gateways: Gateways, count_queries: Any
) -> None:
    root = make_unit(gateways, "A")
    mine = make_unit(gateways, "B", root)
    below = make_unit(gateways, "C", mine)
    make_unit(gateways, "D", root)
    user_id = make_user(gateways, mine, Role.HANDLER, Role.UNIT_LEADER)
    session.rollback()
    with count_queries() as seen:
        actor = accounts.actor_of(user_id)
    assert len([statement for statement in seen if statement.startswith("SELECT")]) == 1
    assert actor is not None
    assert actor.roles == {Role.HANDLER, Role.UNIT_LEADER}
    assert (actor.unit_id, actor.name) == (mine, "Nguyễn Thị Hoa")
    assert actor.subtree == {mine, below}
    assert actor.ancestors == {root, mine}
    assert accounts.actor_of(user_id + 1) is None


def test_only_the_one_root_reaches_everywhere(session: Any, gateways: Gateways) -> None:
    root = make_unit(gateways, "A")
    below = make_unit(gateways, "B", root)
    at_root = make_user(gateways, root)
    at_unit = make_user(gateways, below, email="hoa.b@qn.vn")
    actors = [accounts.actor_of(user_id) for user_id in (at_root, at_unit)]
    assert [actor is not None and actor.everywhere for actor in actors] == [True, False]
    make_unit(gateways, "Z")
    actor = accounts.actor_of(at_root)
    assert actor is not None
    assert not actor.everywhere


def test_the_list_goes_on_from_page_to_page_and_misses_nobody(
    session: Any, gateways: Gateways
) -> None:
    unit_id = make_unit(gateways, "A")
    with transaction() as writing:
        for number in range(accounts.PAGE + 7):
            writing.add(
                User(
                    email=f"u{number:03}@qn.vn",
                    name=f"Người {number}",
                    unit_id=unit_id,
                    created_at=NOON,
                )
            )
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = accounts.accounts_page(SYSTEM, after=after)
        seen += [line.email for line in page.lines]
        after = page.next_after
    assert seen == [f"u{number:03}@qn.vn" for number in range(accounts.PAGE + 7)]


@pytest.mark.parametrize(
    ("text", "found"), [("HOA@", 1), ("Thị", 1), ("%", 0), ("_", 0), ("ai", 0)]
)
def test_the_search_takes_signs_for_signs(
    session: Any, gateways: Gateways, text: str, found: int
) -> None:
    make_user(gateways, make_unit(gateways, "A"))
    assert len(accounts.accounts_page(SYSTEM, text=text).lines) == found


def test_accounts_are_for_those_who_manage_them(session: Any, gateways: Gateways) -> None:
    user_id = make_user(gateways, make_unit(gateways, "A"))
    with pytest.raises(NotFound):
        accounts.accounts_page(NOBODY)
    with pytest.raises(NotFound):
        accounts.account(NOBODY, user_id)
    with pytest.raises(NotFound):
        accounts.account(SYSTEM, user_id + 1)
    assert accounts.account(SYSTEM, user_id).email == "hoa@qn.vn"
    assert accounts.account_count() == 1
    assert accounts.names_of([user_id]) == {user_id: "Nguyễn Thị Hoa"}
    assert accounts.names_of([]) == {}
