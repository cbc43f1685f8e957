"""Which submissions may be one and the same: a likeness with its reasons, for a person to confirm.

Pure and quick: a print is made once from folded text, and two prints are compared by sets. Nothing
is attached by a score. Of a denunciation the names and words are sealed: its print is made only
where they are open, and never stored.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from citizenfeedback.domain.text import fold

Key = TypeVar("Key", bound=Hashable)

WORDS_IN_A_SHINGLE = 3
SAME_TEXT = 0.6
SAME_NAME_OF_A_BODY = 0.6
WEIGHT_AUTHOR, WEIGHT_NAME, WEIGHT_OBJECT, WEIGHT_TEXT = 40, 25, 20, 40
WHOLE = WEIGHT_AUTHOR + WEIGHT_OBJECT + WEIGHT_TEXT
SHORTEST_WORD, LEAST_SHARED, SAME_THINGS = 3, 4, 0.6
THRESHOLD = 60


class LikenessReason(StrEnum):
    """What two submissions have in common."""

    SAME_AUTHOR = "same_author"
    SAME_NAME = "same_name"
    SAME_OBJECT = "same_object"
    SAME_TEXT = "same_text"


class LikenessAdvice(StrEnum):
    """What is proposed: attach (TT 05/2021 art. 27.2), or only look at both."""

    ATTACH = "attach"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Print:
    """A submission as it is compared; made by `print_of`."""

    author: str
    address: str
    proof: str
    object: frozenset[str]
    text: frozenset[str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two submissions are, out of 100, and in what."""

    score: int
    reasons: tuple[LikenessReason, ...]

    @property
    def same_matter(self) -> bool:
        """Same author, same object, same content: what TT 05/2021 art. 27.2 calls a duplicate."""
        return {
            LikenessReason.SAME_AUTHOR,
            LikenessReason.SAME_OBJECT,
            LikenessReason.SAME_TEXT,
        } <= set(self.reasons)


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Key]):
    """An earlier submission that may be the same one."""

    key: Key
    likeness: Likeness
    advice: LikenessAdvice


def print_of(*, name: str, address: str, respondent: str, text: str, proof: str = "") -> Print:
    """The print of a submission; `proof` is a keyed hash of an identity or phone number."""
    words = fold(text).split()
    size = min(WORDS_IN_A_SHINGLE, len(words))
    return Print(
        author=fold(name),
        address=fold(address),
        proof=proof,
        object=frozenset(fold(respondent).split()),
        text=frozenset(
            " ".join(words[at : at + size]) for at in range(len(words) - size + 1) if size
        ),
    )


def likeness(one: Print, other: Print) -> Likeness:
    """How alike two prints are; the same whichever comes first."""
    reasons: list[LikenessReason] = []
    score = 0.0
    if _same_author(one, other):
        reasons.append(LikenessReason.SAME_AUTHOR)
        score += WEIGHT_AUTHOR
    elif one.author and one.author == other.author:
        reasons.append(LikenessReason.SAME_NAME)
        score += WEIGHT_NAME
    if _share(one.object, other.object) >= SAME_NAME_OF_A_BODY:
        reasons.append(LikenessReason.SAME_OBJECT)
        score += WEIGHT_OBJECT
    common = _share(one.text, other.text)
    if common >= SAME_TEXT:
        reasons.append(LikenessReason.SAME_TEXT)
    return Likeness(round((score + WEIGHT_TEXT * common) * 100 / WHOLE), tuple(reasons))


def same_content(one: Print, other: Print) -> bool:
    """Whether both say the same of the same object, whoever wrote them."""
    reasons = likeness(one, other).reasons
    return {LikenessReason.SAME_OBJECT, LikenessReason.SAME_TEXT} <= set(reasons)


def advice(found: Likeness, *, still_open: bool) -> LikenessAdvice | None:
    """What to propose: attach only to a case that is still open, look from the threshold on."""
    if found.same_matter and still_open:
        return LikenessAdvice.ATTACH
    return LikenessAdvice.LOOK if found.score >= THRESHOLD or found.same_matter else None


def candidates(one: Print, others: Iterable[tuple[Key, Print, bool]]) -> list[Candidate[Key]]:
    """Those of the others (key, print, still open) worth a look, the likeliest first."""
    found = []
    for key, other, still_open in others:
        alike = likeness(one, other)
        proposed = advice(alike, still_open=still_open)
        if proposed is not None:
            found.append(Candidate(key, alike, proposed))
    return sorted(
        found,
        key=lambda one: (one.advice is not LikenessAdvice.ATTACH, -one.likeness.score),
    )


def common_words(words: str, summary: str) -> float:
    """How much of a short summary is found in longer words: 0 below what could be the same."""
    of_summary = {word for word in fold(summary).split() if len(word) >= SHORTEST_WORD}
    shared = of_summary & set(fold(words).split())
    if len(shared) < LEAST_SHARED:
        return 0.0
    share = len(shared) / len(of_summary)
    return share if share >= SAME_THINGS else 0.0


def _same_author(one: Print, other: Print) -> bool:
    if one.proof and one.proof == other.proof:
        return True
    return bool(one.author and one.address) and (one.author, one.address) == (
        other.author,
        other.address,
    )


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """What both have, of what either has (Jaccard); two empty sets have nothing in common."""
    together = len(one & other)
    return together / (len(one) + len(other) - together) if together else 0.0
