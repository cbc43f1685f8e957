"""The words of rating: the five faces, what was wrong, and the questions one may add."""

import re
from collections.abc import Mapping

from citizenfeedback.documents.catalogue import N_, translate
from citizenfeedback.domain.ratings import CRITERIA

FACES: Mapping[int, str] = {
    5: N_("Rất tốt"),
    4: N_("Tốt"),
    3: N_("Bình thường"),
    2: N_("Chưa tốt"),
    1: N_("Rất không tốt"),
}

REASONS: Mapping[str, str] = {
    "ATT02": N_("Nói năng thiếu lịch sự"),
    "ATT03": N_("Không lắng nghe"),
    "ATT04": N_("Hướng dẫn không rõ"),
    "ATT05": N_("Gây phiền hà"),
    "ATT06": N_("Phân biệt đối xử"),
    "CMP01": N_("Không có mặt, đến muộn"),
    "CMP02": N_("Trả kết quả trễ hẹn"),
    "DRS01": N_("Không đeo thẻ, trang phục không gọn"),
}
"""Each reason is the criterion that was not met, said as people say it."""

_COUNTER = N_("Quầy số {number}")
_NUMBERED = re.compile(r"Quầy(?: số)? (\d+)")

YES = N_("Có, đúng vậy")
NO = N_("Không đúng")
TRIPS: Mapping[int, str] = {1: N_("1 lần"), 2: N_("2 lần"), 3: N_("3 lần trở lên")}


def counter_name(name: str, lang: str) -> str:
    """A counter that has only a number, in the language of the page; another name stays itself."""
    numbered = _NUMBERED.fullmatch(name)
    return translate(_COUNTER, lang).format(number=numbered.group(1)) if numbered else name


def face_words(lang: str) -> dict[int, str]:
    """The word under each face, by score."""
    return {score: translate(word, lang) for score, word in FACES.items()}


def reason_words(lang: str) -> dict[str, str]:
    """What may have been wrong, by criterion."""
    return {code: translate(word, lang) for code, word in REASONS.items()}


def criterion_words(code: str, lang: str) -> str:
    """An item of the questionnaire in words."""
    return translate(CRITERIA[code].label, lang)
