"""Who is signed in: the account's id and epoch in a signed cookie, read anew at each request.

Raising the epoch (signing out everywhere, a new password, closing the account) ends every session
at its next request. A session lasts a fixed time from signing in, used or not; who asks for it
stays longer, never past twice that time.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from itsdangerous import URLSafeTimedSerializer

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.facts import NOBODY, Actor
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries.accounts import Person, person_of
from citizenfeedback.web.context import now
from citizenfeedback.web.i18n import gettext
from citizenfeedback.web.i18n import lazy_gettext as _l
from citizenfeedback.web.keeping import MARKER
from citizenfeedback.web.staying import Staying

BEGAN = "began"
ENDS = "ends"
"""When a session that was put off ends; absent until it is."""
MOST_TIMES = 2
WARNING = timedelta(minutes=15)
_MARKER = re.compile("(?P<user>[0-9]{1,9}):(?P<epoch>[0-9]{1,9})")

SECTIONS = (
    ("/inbox", _l("Hộp thư"), (Action.SEE_CASE,)),
    ("/receptions", _l("Tiếp dân"), (Action.SEE_RECEPTIONS,)),
    ("/reports", _l("Báo cáo"), (Action.SEE_REPORTS,)),
    (
        "/admin",
        _l("Quản trị"),
        (
            Action.MANAGE_ACCOUNTS,
            Action.MANAGE_DIRECTORY,
            Action.MANAGE_CALENDAR,
            Action.SEE_AUDIT,
        ),
    ),
)
"""The parts of the officials' side, and the rights of which one opens each."""

manager = LoginManager()


class SignedSessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, as the library has them, but what signs is made once.

    Making it anew costs a tenth of a short request, twice.
    """

    _serializer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs the cookies of this application; its key does not change while it runs."""
        if self._serializer is None:
            made = super().get_signing_serializer(app)
            if made is not None:
                made.signer = _made_once(made.signer)
            self._serializer = made
        return self._serializer


def _made_once(signer: Any) -> Any:
    """What makes the signer of each salt, made once too; it keeps nothing of what it signs."""
    kept: dict[Any, Any] = {}

    def signer_of(keys: Any, salt: Any, **how: Any) -> Any:
        if salt not in kept:
            kept[salt] = signer(keys, salt=salt, **how)
        return kept[salt]

    return signer_of


class SignedInPerson(UserMixin):
    """What Flask-Login keeps of a person: a marker that a raised epoch makes worthless."""

    def __init__(self, person: Person) -> None:
        """Stand for this person during one request."""
        self.person = person

    def get_id(self) -> str:
        """The marker in the cookie."""
        return f"{self.person.actor.user_id}:{self.person.epoch}"


def begin(user_id: int) -> None:
    """Begin a session for somebody who has just proved who they are; an old one is dropped."""
    person = person_of(user_id)
    if person is None:
        return
    language = g.get("language")
    session.clear()
    session.permanent = True
    session[BEGAN] = now().isoformat()
    login_user(SignedInPerson(person))
    g.actor, g.language = person.actor, language or person.language


def end() -> None:
    """End this browser's session."""
    logout_user()
    session.clear()


def stay() -> Staying | None:
    """Let the session last its hours again from now, at most twice them from signing in."""
    limits = _limits()
    if limits is None:
        return None
    ends, latest = limits
    ends = max(ends, min(now() + _lasts(), latest))
    session[ENDS] = ends.isoformat()
    return Staying(ends, WARNING, ends < latest)


def signed_in_person() -> Person | None:
    """The account behind this request, if somebody is signed in.

    A session without a marker is not looked into further: most requests are of citizens.
    """
    if MARKER not in session:
        return None
    return current_user.person if current_user.is_authenticated else None


def home_of(actor: Actor) -> str:
    """Where an official's work begins: the first part they may open."""
    return next(
        (target for target, _label, actions in SECTIONS if _may(actor, actions)), "/account"
    )


def _may(actor: Actor, actions: tuple[Action, ...]) -> bool:
    return any(not scope_of(actor, action).nothing for action in actions)


def _load(marker: str) -> SignedInPerson | None:
    found = _MARKER.fullmatch(marker)
    if found is None or _outlived():
        return None
    person = person_of(int(found["user"]))
    if person is None or person.epoch != int(found["epoch"]):
        return None
    return SignedInPerson(person)


def _lasts() -> timedelta:
    lasts: timedelta = current_app.config["SESSION_LASTS"]
    return lasts


def _limits() -> tuple[datetime, datetime] | None:
    """When this session ends, and the latest to which it can be put off; None if it never began."""
    try:
        began = datetime.fromisoformat(session.get(BEGAN, ""))
        put_off = datetime.fromisoformat(session[ENDS]) if ENDS in session else began + _lasts()
    except (TypeError, ValueError):
        return None
    latest = began + MOST_TIMES * _lasts()
    return (min(put_off, latest), latest) if began <= now() else None


def _outlived() -> bool:
    limits = _limits()
    return limits is None or now() >= limits[0]


def _actor() -> Actor:
    person = signed_in_person()
    return person.actor if person else NOBODY


def _frame() -> dict[str, object]:
    """What the officials' layout shows around every page."""
    actor: Actor = g.get("actor", NOBODY)
    if not actor.is_staff:
        return {}
    limits = _limits()
    return {
        "staying": Staying(limits[0], WARNING, limits[0] < limits[1]) if limits else None,
        "account_name": actor.name,
        "account_menu": [
            ("/account", gettext("Tài khoản của tôi"), "get"),
            ("/sign-out", gettext("Đăng xuất"), "post"),
        ],
        "staff_nav": [
            (target, label, request.path == target or request.path.startswith(f"{target}/"))
            for target, label, actions in SECTIONS
            if _may(actor, actions)
        ],
    }


def init_app(app: Flask) -> None:
    """Let the guard ask who somebody is, and the layouts show it."""
    # The marker is enough; an address of the sender would end sessions on mobile networks.
    manager.session_protection = None
    manager.init_app(app, add_context_processor=False)  # templates are told by the guard
    manager.user_loader(_load)
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    app.session_interface = SignedSessions()
    app.extensions["citizenfeedback_actor"] = _actor
    app.context_processor(_frame)
