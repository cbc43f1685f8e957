"""An explanation as text and back: what a clock keeps, so that a promise can be read years later."""

import json
from datetime import date

from citizenfeedback.domain.explanations import Allowance, Explanation, Step, StepKind
from citizenfeedback.domain.law.sources import Provision
from citizenfeedback.domain.law.terms import DayUnit


def keep(explanation: Explanation) -> str:
    """Write an explanation down; `recall` gives the same one back."""
    return json.dumps(
        {
            "rule": explanation.rule,
            "law": [[p.instrument, p.article, p.clause, p.point] for p in explanation.provisions],
            "from": explanation.start.isoformat(),
            "due": explanation.due.isoformat(),
            "days": explanation.allowance.days,
            "unit": str(explanation.allowance.unit),
            "backward": explanation.allowance.backward,
            "steps": [
                [
                    step.on.isoformat(),
                    str(step.what),
                    step.why,
                    step.name,
                    step.name_en,
                    step.days,
                    step.until and step.until.isoformat(),
                    step.decreed,
                ]
                for step in explanation.steps
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def recall(text: str) -> Explanation:
    """Read an explanation that `keep` wrote."""
    kept = json.loads(text)
    return Explanation(
        kept["rule"],
        tuple(Provision(*parts) for parts in kept["law"]),
        date.fromisoformat(kept["from"]),
        date.fromisoformat(kept["due"]),
        Allowance(kept["days"], DayUnit(kept["unit"]), kept["backward"]),
        tuple(
            Step(
                date.fromisoformat(day),
                StepKind(what),
                why,
                name,
                name_en,
                days,
                until and date.fromisoformat(until),
                decreed,
            )
            for day, what, why, name, name_en, days, until, decreed in kept["steps"]
        ),
    )
