"""Every act on a case by its name: what a page or machine calls when it knows only the action.

The functions themselves, one an act, stand in the files named below.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.facts import Actor
from citizenfeedback.domain.letter_acts import numbers_own_paper
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.domain.workflow import optional_inputs, required_inputs
from citizenfeedback.gateways.files import FileStore
from citizenfeedback.services import (
    answering,
    examining,
    forwarding,
    handling,
    implementing,
    joining,
    reclassifying,
    reminding,
    representing,
    settling,
    splitting,
)
from citizenfeedback.services.casework import Office, Seen
from citizenfeedback.services.paper_numbers import enter_typed
from citizenfeedback.services.registering import Registered

ACTS: Mapping[Action, Callable[..., Any]] = {
    Action.EXAMINE: examining.examine,
    Action.RECORD_FORM: examining.record_form,
    Action.ACCEPT: examining.accept,
    Action.REFUSE: examining.refuse,
    Action.GUIDE: examining.guide,
    Action.FORWARD: forwarding.forward,
    Action.REFER: forwarding.refer,
    Action.RECORD_REPLY: forwarding.record_reply,
    Action.TAKE_BACK: forwarding.take_back,
    Action.TELL_SENDER: forwarding.tell_sender,
    Action.REPRESENT: representing.represent,
    Action.SPLIT: splitting.split,
    Action.RETURN: examining.return_papers,
    Action.FILE: examining.file_away,
    Action.ATTACH: examining.attach,
    Action.ASSIGN: handling.assign,
    Action.PASS_ON: handling.pass_on,
    Action.RECLASSIFY: reclassifying.reclassify,
    Action.SUMMARISE: handling.summarise,
    Action.ASK_CITIZEN: handling.ask_citizen,
    Action.RESUME: handling.resume,
    Action.VERIFY: handling.verify,
    Action.SET_COMPLEXITY: handling.set_complexity,
    Action.EXTEND: handling.extend,
    Action.SUSPEND: settling.suspend,
    Action.LIFT_SUSPENSION: settling.lift_suspension,
    Action.FORM_TEAM: settling.form_team,
    Action.PLAN_DIALOGUE: settling.plan_dialogue,
    Action.RECORD_DIALOGUE: settling.record_dialogue,
    Action.RECORD_VERIFICATION: settling.record_verification,
    Action.RECORD_NOTICE: settling.record_notice,
    Action.SUBMIT_DRAFT: answering.submit_draft,
    Action.SEND_BACK: answering.send_back,
    Action.DECIDE: answering.decide,
    Action.ANSWER: answering.answer,
    Action.SEND: answering.send,
    Action.PUBLISH: implementing.publish,
    Action.RECORD_OUTCOME: implementing.record_outcome,
    Action.RECORD_PROGRESS: implementing.record_progress,
    Action.SHOW_PUBLIC: joining.show_public,
    Action.HOLD_DATA: handling.hold_data,
    Action.RELEASE_DATA: handling.release_data,
    Action.REMIND: reminding.remind,
    Action.REPORT_BACK: reminding.report_back,
    Action.WITHDRAW: answering.withdraw,
    Action.WITHDRAW_PART: answering.withdraw_part,
    Action.KEEP_SETTLING: answering.keep_settling,
    Action.TERMINATE: answering.terminate,
    Action.REOPEN: answering.reopen,
    Action.CONTINUE: answering.continue_case,
    Action.CORRECT: answering.correct,
    Action.NOTE: handling.note,
    Action.MESSAGE: handling.message,
    Action.ADD_DOCUMENT: handling.add_document,
}


WITH_FILES = frozenset({Action.RECLASSIFY, Action.SPLIT})
"""Acts that read or write the papers themselves."""


def perform(
    actor: Actor,
    seen: Seen,
    action: Action,
    inputs: Mapping[str, Any],
    *,
    files: FileStore,
    office: Office,
) -> Registered | None:
    """Do one act with the entries that the workflow asks for; the new case if it opens one.

    A number typed for a paper of this office enters its register with the act. Raises
    `RuleBroken("required", entry=…)` for an entry left out, and what the act itself raises.
    """
    if action not in ACTS:
        raise RuleBroken("not_allowed_here", action=action, state="")
    for name in required_inputs(action):
        if inputs.get(name) in (None, ""):
            raise RuleBroken("required", entry=name)
    known = {*required_inputs(action), *optional_inputs(action)}
    given = {name: value for name, value in inputs.items() if name in known and value is not None}
    if action in WITH_FILES:
        given["files"] = files
    typed = str(given.get("document_no") or "")
    if typed and office.together is None and numbers_own_paper(action):
        office = replace(office, together=lambda work: enter_typed(work, typed))
    done: Registered | None = ACTS[action](actor, seen, office=office, **given)
    return done
