"""The front page, the list of offices, and how personal data is used."""

from __future__ import annotations

from flask import render_template, request, url_for

from citizenfeedback.documents.formats import sentence
from citizenfeedback.documents.kinds import made_public, rule_days
from citizenfeedback.documents.labels import label
from citizenfeedback.documents.retention_words import source_words, term_words
from citizenfeedback.domain.privacy import retention
from citizenfeedback.domain.vocabulary import CaseKind, Kept, UnitLevel
from citizenfeedback.domain.workflow import DATA_REQUEST
from citizenfeedback.queries.offices import highest_office, matching, receiving_offices
from citizenfeedback.web.context import setting, today
from citizenfeedback.web.guard import anyone
from citizenfeedback.web.i18n import current_language
from citizenfeedback.web.public.figures import newest
from citizenfeedback.web.public.rate_forms import OfficeSearch
from citizenfeedback.web.public.room import blueprint


@blueprint.app_context_processor
def _footer() -> dict[str, str]:
    return {
        "privacy_url": url_for("public.privacy"),
        "home_url": url_for("public.home"),
        "staff_url": url_for("account.sign_in"),
    }


@blueprint.get("/")
@anyone("the front page is for everyone")
def home() -> str:
    """What one can do here, what happens after filing, and where the office is."""
    lang = current_language()
    highest = highest_office(today())
    return render_template(
        "public/home.html",
        organisation=highest.title(lang) if highest else "",
        office=highest,
        acceptance_days=rule_days("KN-03", today(), lang),
        figures=newest(),
    )


@blueprint.get("/offices")
@anyone("addresses and hours of offices are public")
def offices() -> str:
    """Addresses and hours of every office that takes submissions, or of those of a name."""
    lang = current_language()
    found = receiving_offices(today())
    form = OfficeSearch(request.args, meta={"csrf": False})
    searched = bool("q" in request.args and form.validate() and form.q.data)
    if searched:
        found = matching(found, form.q.data or "", most=len(found))
    groups = [
        (label(level, lang), [one for one in found if one.level is level]) for level in UnitLevel
    ]
    return render_template(
        "public/offices.html",
        form=form,
        searched=searched,
        count=len(found),
        groups=[(title, members) for title, members in groups if members],
        lang=lang,
    )


@blueprint.get("/privacy")
@anyone("how personal data is used must be known before any is given")
def privacy() -> str:
    """What is kept of a sender and why, who sees it, for how long, and what may be done about it."""
    lang = current_language()
    return render_template(
        "public/privacy.html",
        highest=highest_office(today()),
        code_days=setting("DRAFT_CODE_DAYS"),
        public=[(label(kind, lang), made_public(kind, lang)) for kind in CaseKind],
        answer_days=rule_days(DATA_REQUEST, today(), lang),
        kept=[
            {
                "what": label(rule.kept, lang),
                "term": sentence(term_words(rule, lang)),
                "source": sentence(source_words(rule, lang)),
            }
            for rule in retention(setting("RETENTION"))
            if rule.kept not in _OF_OFFICIALS
        ],
    )


_OF_OFFICIALS = frozenset({Kept.SIGN_IN_FAILURE})
"""Records that hold nothing of a citizen."""
