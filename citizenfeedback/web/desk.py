"""What a view hands to a service beside its entries, and how a refusal comes back to the form."""

from __future__ import annotations

from collections.abc import Mapping

from citizenfeedback.documents.labels import error_text, problem_text
from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.intake import Problem
from citizenfeedback.domain.policy import POLICY_SETTINGS, Policy
from citizenfeedback.services.casework import Office
from citizenfeedback.web.context import gateways, now, setting
from citizenfeedback.web.fields import Form
from citizenfeedback.web.i18n import current_language


def policy() -> Policy:
    """The office's own choices."""
    return Policy.from_values({name: setting(name) for name in POLICY_SETTINGS})


def office() -> Office:
    """What every service needs beside its entries."""
    return Office(gateways().keys, policy(), now())


def show_refusal(form: Form, refused: RuleBroken, fields: Mapping[str, str]) -> None:
    """Put what a rule refused beside its entry, else above the form; what was typed stays."""
    lang = current_language()
    found: tuple[Problem, ...] = getattr(refused, "problems", ())
    if found:
        form.add_errors(
            {one.entry: problem_text(one.entry, one.code, one.limit, lang) for one in found}
        )
    else:
        text = error_text(refused.code, refused.values, lang)
        form.add_errors({fields.get(refused.code, ""): text})
