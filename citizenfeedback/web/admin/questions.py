"""The questions of a point: which, from when to when."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for

from citizenfeedback.documents.rating_words import criterion_words
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.ratings import ASKABLE, MOST_ASKED
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries import directory as reading
from citizenfeedback.queries.points import questions_of
from citizenfeedback.services.questions import Period, ask_question, end_question
from citizenfeedback.web.admin.forms import QuestionForm
from citizenfeedback.web.admin.room import WRONG, Answer, blueprint, show_refusal
from citizenfeedback.web.context import actor, gateways, now, today
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import current_language, gettext


@blueprint.get("/points/<int(max=2147483647):point_id>/questions")
@requires(Action.MANAGE_DIRECTORY)
def questions(point_id: int) -> str:
    """List what a point asks, and ask for one more."""
    return _page(point_id, QuestionForm(formdata=None, first=today()))


@blueprint.post("/points/<int(max=2147483647):point_id>/questions")
@requires(Action.MANAGE_DIRECTORY)
def add_question(point_id: int) -> Answer:
    """Let the point ask one more item in a period."""
    form = QuestionForm()
    form.criterion.choices = [*_items()]
    if form.validate():
        try:
            ask_question(
                actor(),
                point_id,
                form.criterion.data,
                Period(form.first.data, form.last.data),
                keys=gateways().keys,
                now=now(),
            )
        except RuleBroken as error:
            show_refusal(form, error)
        else:
            flash(gettext("Đã thêm câu hỏi."))
            return redirect(url_for("admin.questions", point_id=point_id), 303)
    return _page(point_id, form), WRONG


@blueprint.post(
    "/points/<int(max=2147483647):point_id>/questions/<int(max=2147483647):question_id>"
)
@requires(Action.MANAGE_DIRECTORY)
def stop_question(point_id: int, question_id: int) -> Answer:
    """Ask an item no longer."""
    end_question(actor(), question_id, today=today(), keys=gateways().keys, now=now())
    flash(gettext("Câu hỏi thôi hỏi từ ngày mai."))
    return redirect(url_for("admin.questions", point_id=point_id), 303)


def _page(point_id: int, form: QuestionForm) -> str:
    form.criterion.choices = [*_items()]
    lang = current_language()
    return render_template(
        "admin/questions.html",
        point=reading.point(actor(), point_id),
        form=form,
        asked=[(one, criterion_words(one.criterion, lang)) for one in questions_of(point_id)],
        today=today(),
        most=MOST_ASKED,
    )


def _items() -> list[tuple[str, str]]:
    return [(code, criterion_words(code, current_language())) for code in ASKABLE]
