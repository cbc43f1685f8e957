"""The thread between a browser and its draft: a random token in a cookie, and the way through.

The token goes nowhere else: not into an address, a log or a mail. The cookie is sent to the pages of
filing only and ends with the browser's session, so that nothing stays behind unless it was asked for.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, g, make_response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from citizenfeedback.domain.drafts import DRAFT_LIFE, DraftContent, Question, questions
from citizenfeedback.domain.vocabulary import CaseKind
from citizenfeedback.gateways.keys import Box, CannotUnseal
from citizenfeedback.queries.drafts import OpenDraft, Sent, draft_in
from citizenfeedback.services import intake
from citizenfeedback.web.context import gateways, now
from citizenfeedback.web.public.room import blueprint

COOKIE = "draft"
STAYS = "draft_stays"
"""A cookie beside it that says no more than that its owner asked this device to keep it."""
PATH = "/petitions/new"
TOKEN_LENGTH = 43


class NoDraft(Exception):
    """The browser has no draft, or its day is over."""


class AlreadySent(Exception):
    """The draft of this browser was sent; its numbers can still be shown."""


def box() -> Box:
    """The box of this browser's token."""
    token = request.cookies.get(COOKIE, "")
    if len(token) != TOKEN_LENGTH:
        raise NoDraft
    return gateways().keys.box("draft", token)


def found() -> OpenDraft | Sent | None:
    """What this browser's token opens, read once a request."""
    if "draft" not in g:
        try:
            g.draft = draft_in(box(), now=now())
        except (NoDraft, CannotUnseal):
            g.draft = None
    kept: OpenDraft | Sent | None = g.draft
    return kept


def open_draft() -> OpenDraft:
    """The draft being written; the error handlers lead on where there is none."""
    draft = found()
    if draft is None:
        raise NoDraft
    if isinstance(draft, Sent):
        raise AlreadySent
    return draft


def reopened() -> OpenDraft:
    """The draft as it is after a change."""
    g.pop("draft", None)
    return open_draft()


def sent_draft() -> Sent:
    """What was sent from this browser a moment ago."""
    draft = found()
    if not isinstance(draft, Sent):
        raise NoDraft
    return draft


def new_token() -> str:
    """A fresh token; 256 random bits."""
    return secrets.token_urlsafe(32)


def own_token() -> str:
    """The token of this browser."""
    return request.cookies.get(COOKIE, "")


def remember(
    response: Response, token: str, kind: CaseKind | None = None, *, asked: bool = False
) -> None:
    """Give the browser its token, until it is closed; for a day where its owner `asked` for it.

    Of a denunciation nothing stays behind, whoever asks.
    """
    keeps = asked and kind is not None and kind is not CaseKind.DENUNCIATION
    response.set_cookie(COOKIE, token, max_age=DRAFT_LIFE if keeps else None, **_own())
    if keeps:
        response.set_cookie(STAYS, "1", max_age=DRAFT_LIFE, **_own())
    elif STAYS in request.cookies:
        response.delete_cookie(STAYS, **_own())


def wipe(response: AnyResponse) -> Response:
    """Wipe the draft or the numbers of this browser, and its token."""
    answer = make_response(response)
    if isinstance(found(), (OpenDraft, Sent)):
        intake.discard_draft(box(), gateways().files)
    forget(answer)
    return answer


def forget(response: Response) -> None:
    """Take the token from the browser."""
    response.delete_cookie(COOKIE, **_own())
    if STAYS in request.cookies:
        response.delete_cookie(STAYS, **_own())


@blueprint.after_request
def _renew(response: Response) -> Response:
    """Where this device keeps the draft, let its day begin anew with each save, as the draft's does."""
    if request.method != "POST" or not request.path.startswith(f"{PATH}/"):
        return response
    said = any(line.startswith(f"{COOKIE}=") for line in response.headers.getlist("Set-Cookie"))
    if STAYS not in request.cookies or said:
        return response
    g.pop("draft", None)
    draft = found()
    if isinstance(draft, OpenDraft):
        remember(response, own_token(), draft.content.kind, asked=True)
    return response


def _own() -> dict[str, Any]:
    """How a cookie of the draft is sent: to the pages of filing only, to no script."""
    return {
        "path": PATH,
        "httponly": True,
        "samesite": "Lax",
        "secure": current_app.config["SESSION_COOKIE_SECURE"],
    }


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands on the way: its number, and what lies before and after."""

    step: int
    total: int
    back: str
    onward: str


def place(
    question: Question, content: DraftContent | None = None, *, to_check: bool = False
) -> Place:
    """The place of a question; from the last page before sending one comes back to it."""
    asked, order = questions(content or DraftContent()), list(Question)
    # Somebody may open by its address a page that is not asked of them.
    earlier = [one for one in asked if order.index(one) < order.index(question)]
    later = [one for one in asked if order.index(one) > order.index(question)]
    check = url_for("public.check_answers")
    before = address(earlier[-1]) if earlier else url_for("public.home")
    if question is Question.WORDS:
        before = url_for("public.kind_meaning")
    after = address(later[0]) if later else check
    return Place(
        min(len(earlier) + 1, len(asked)),
        len(asked),
        check if to_check else before,
        check if to_check else after,
    )


def address(question: Question, *, to_check: bool = False) -> str:
    """The address of a question's page."""
    then = "check" if to_check else None
    if question is Question.KIND:
        return url_for("public.file_start", then=then)
    if question is Question.FILES:
        return url_for("public.file_papers", then=then)
    if question is Question.PEOPLE:
        return url_for("public.file_people", then=then)
    return url_for("public.file_question", question=question.value, then=then)


def resume_at(content: DraftContent) -> str:
    """The address of the first question not passed yet; the last page when all are."""
    for question in questions(content)[1:]:
        if question.value not in content.passed:
            return address(question)
    return url_for("public.check_answers")
