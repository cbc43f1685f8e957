"""The forms of a rating: shape only."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField
from wtforms.validators import ValidationError

from citizenfeedback.documents.rating_words import FACES, NO, REASONS, TRIPS, YES
from citizenfeedback.domain.intake import LIMITS
from citizenfeedback.domain.rating_links import dossier_number
from citizenfeedback.domain.ratings import CRITERIA, OVERALL, Scale
from citizenfeedback.web.fields import (
    ChoiceField,
    Form,
    LongTextField,
    ManyChoiceField,
    SearchField,
    TextField,
)
from citizenfeedback.web.i18n import gettext
from citizenfeedback.web.i18n import lazy_gettext as _l

DOSSIER_LENGTH = 60


class OfficeSearch(Form):
    """The name of an office, with or without accents."""

    q = SearchField(
        _l("Tên cơ quan"),
        _l("Gõ tên xã, phường hoặc sở. Gõ không dấu cũng được."),
        max_length=LIMITS["search"],
    )


class RateForm(Form):
    """Who served, if one likes to say; the score comes with the face that was pressed."""

    reference = HiddenField()
    staff = ChoiceField(_l("Ai đã phục vụ ông/bà?"), choices=())

    def validate_staff(self, field: ChoiceField) -> None:
        """Anyone else than those who serve here is simply nobody."""


def _answer_field(code: str) -> ChoiceField:
    criterion = CRITERIA[code]
    if criterion.scale is Scale.FIVE:
        choices = [(str(score), _l(word)) for score, word in FACES.items()]
    elif criterion.scale is Scale.TRIPS:
        choices = [(str(trips), _l(word)) for trips, word in TRIPS.items()]
    else:
        choices = [("1", _l(YES)), ("0", _l(NO))]
    return ChoiceField(_l(criterion.label), choices=choices)


class RemarksForm(Form):
    """What one may add to a tap; everything is optional."""

    reasons = ManyChoiceField(
        _l("Điều gì chưa tốt?"),
        _l("Có thể chọn nhiều điều."),
        choices=[(code, _l(word)) for code, word in REASONS.items()],
    )
    comment = LongTextField(
        _l("Ông/bà muốn nói thêm điều gì?"),
        _l("Xin đừng ghi tên, số điện thoại của ông/bà ở đây."),
        max_length=LIMITS["comment"],
        rows=4,
    )
    dossier = TextField(
        _l("Mã hồ sơ"),
        _l("Có trên giấy hẹn. Ví dụ: 000.54.2026.12345."),
        max_length=DOSSIER_LENGTH,
        width=24,
    )

    def validate_dossier(self, field: TextField) -> None:
        """A number of the form that slips have, or none."""
        if field.data:
            number = dossier_number(field.data)
            if number is None:
                raise ValidationError(
                    gettext("Chép mã như trên giấy hẹn, ví dụ 000.54.2026.12345, hoặc để trống")
                )
            field.data = number

    @property
    def questions(self) -> list[Any]:
        """The fields of the questionnaire, in order."""
        return [self[code] for code in QUESTIONS]

    def answers(self) -> dict[str, int]:
        """The questions that were answered, by code."""
        return {code: int(self[code].data) for code in QUESTIONS if self[code].data}


QUESTIONS = tuple(code for code in CRITERIA if code != OVERALL)
for _code in QUESTIONS:
    setattr(RemarksForm, _code, _answer_field(_code))
