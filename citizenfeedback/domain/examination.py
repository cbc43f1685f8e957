"""What the examination of a submission looks for, and the grounds an act may name.

The checklist is that of TT 05/2021/TT-TTCP (read in the text of TT 07/2014, article 6); the lists
themselves stand in `law/grounds.py`, the doors of a denunciation in `law/competence.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from citizenfeedback.domain.errors import RuleBroken
from citizenfeedback.domain.law.competence import DOORS, Door
from citizenfeedback.domain.law.grounds import Ground, GroundList, grounds
from citizenfeedback.domain.vocabulary import Action, CaseKind

_C, _D = CaseKind.COMPLAINT, CaseKind.DENUNCIATION
_PR = (CaseKind.PETITION, CaseKind.REFLECTION)

# The lists an act of a kind takes its ground from, in the order they are offered.
_LISTS: Mapping[tuple[CaseKind, Action], tuple[GroundList, ...]] = MappingProxyType(
    {
        (_C, Action.REFUSE): (GroundList.COMPLAINT_NOT_ACCEPTED,),
        (_D, Action.REFUSE): (GroundList.DENUNCIATION_NOT_ACCEPTED,),
        (_C, Action.FILE): (GroundList.SUBMISSION_FILED, GroundList.SUBMISSION_NOT_ELIGIBLE),
        (_D, Action.FILE): (
            GroundList.DENUNCIATION_NOT_ACCEPTED,
            GroundList.SUBMISSION_FILED,
            GroundList.SUBMISSION_NOT_ELIGIBLE,
        ),
        (_C, Action.SUSPEND): (GroundList.COMPLAINT_SUSPENDED,),
        (_D, Action.SUSPEND): (GroundList.DENUNCIATION_SUSPENDED,),
        (_C, Action.TERMINATE): (GroundList.COMPLAINT_TERMINATED,),
        (_D, Action.TERMINATE): (GroundList.DENUNCIATION_TERMINATED,),
        (_D, Action.KEEP_SETTLING): (GroundList.WITHDRAWN_YET_SETTLED,),
        **{(kind, Action.REFUSE): (GroundList.SUBMISSION_NOT_ELIGIBLE,) for kind in _PR},
        **{
            (kind, Action.FILE): (GroundList.SUBMISSION_FILED, GroundList.SUBMISSION_NOT_ELIGIBLE)
            for kind in _PR
        },
    }
)
# Of a list shared by several kinds or acts, what belongs to another kind or act.
_NOT_FOR: Mapping[tuple[CaseKind, Action], frozenset[str]] = MappingProxyType(
    {
        (_C, Action.FILE): frozenset({"LD-4", "LD-5", "LD-6", "XLD-8"}),
        # Said already by the fuller words of the denunciation law (TC24-3), or by LD-6.
        (_D, Action.FILE): frozenset(
            {
                "LD-2",
                "LD-4",
                "LD-5",
                "XLD-8",
                "TC29-1a",
                "TC29-1b",
                "TC29-1c",
                "TC29-1d",
                "TC29-1e",
            }
        ),
        **{(kind, Action.REFUSE): frozenset({"XLD-8"}) for kind in _PR},
        **{
            (kind, Action.FILE): frozenset({"LD-2", "LD-4", "LD-5", "LD-6", "XLD-8"})
            for kind in _PR
        },
    }
)
CLOSED_LISTS = frozenset({(_C, Action.REFUSE), (_D, Action.REFUSE)})
"""Acts whose ground the law lists exhaustively: without one of them they are not lawful."""

_REFERRED = (Door.STOP_THE_HARM, Door.INVESTIGATORS, Door.PARTY_BODY, Door.INSPECTION)


@dataclass(frozen=True, slots=True)
class NamedGround:
    """A ground or door as it is offered: its code, what it says, and its article."""

    code: str
    vi: str
    en: str
    law_vi: str
    law_en: str

    def label(self, lang: str = "vi") -> str:
        """What it says, with its article."""
        return f"{self.vi} ({self.law_vi})" if lang == "vi" else f"{self.en} ({self.law_en})"


def grounds_for(kind: CaseKind, action: Action, day: date) -> tuple[NamedGround, ...]:
    """The grounds that this act on this kind may name on a day; none for most acts."""
    if action is Action.REFER:
        return tuple(
            NamedGround(row.code, row.vi, row.en, row.law("vi"), row.law("en"))
            for row in DOORS
            if row.door in _REFERRED
        )
    left_out = _NOT_FOR.get((kind, action), frozenset())
    return tuple(
        _named(row)
        for group in _LISTS.get((kind, action), ())
        for row in grounds(group, day)
        if row.code not in left_out
    )


def ground_text(code: str, lang: str = "vi") -> str:
    """What a ground or door that an act named says, with its article; an unknown code itself."""
    door = next((row for row in DOORS if row.code == code), None)
    if door is not None:
        return f"{door.why(lang)} ({door.law(lang)})"
    row = next((one for group in GroundList for one in grounds(group) if one.code == code), None)
    return code if row is None else f"{row.label(lang)} ({row.law(lang)})"


def check_ground(kind: CaseKind, action: Action, code: str, day: date) -> str:
    """The code itself when this act may name it on this day.

    Raises `RuleBroken("unknown_ground")`, or `RuleBroken("required")` where the list is closed.
    """
    if not code:
        if (kind, action) in CLOSED_LISTS:
            raise RuleBroken("required", entry="ground")
        return ""
    if code not in {row.code for row in grounds_for(kind, action, day)}:
        raise RuleBroken("unknown_ground", ground=code, entry="ground")
    return code


def conditions(kind: CaseKind, day: date) -> tuple[NamedGround, ...]:
    """The checklist of an examination, as what may be missing; only a denunciation has XLD-8."""
    return tuple(
        _named(row)
        for row in grounds(GroundList.SUBMISSION_NOT_ELIGIBLE, day)
        if kind is _D or row.code != FORWARDED_ONCE
    )


WITHOUT_SIGNATURE = "XLD-2"
WITHOUT_OBJECT = "XLD-3"
FORWARDED_ONCE = "XLD-8"


def seen_lacking(
    kind: CaseKind,
    *,
    signed: bool,
    named: bool,
    about: bool,
    stated: bool,
    forwarded: bool = False,
) -> tuple[str, ...]:
    """What the record itself shows to be missing, as codes of the checklist.

    `named`: a name is known; `about`: it says against whom; `stated`: there is any content;
    `forwarded`: a denunciation of the same content was sent on before (TT 05/2021 art. 14).
    Petitions and reflections need neither signature nor opponent.
    """
    found = []
    strict = kind in (_C, _D)
    if not named or (strict and not signed):
        found.append(WITHOUT_SIGNATURE)
    if not stated or (strict and not about):
        found.append(WITHOUT_OBJECT)
    if forwarded and kind is _D:
        found.append(FORWARDED_ONCE)
    return tuple(found)


def _named(row: Ground) -> NamedGround:
    return NamedGround(row.code, row.vi, row.en, row.law("vi"), row.law("en"))
