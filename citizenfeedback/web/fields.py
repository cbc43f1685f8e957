"""Accessible form fields: label, hint, error and control always rendered together.

`{{ form.name() }}` gives the whole group; its look is in `components/fields.html`. Every message
is ours and translated (WTForms knows no Vietnamese), every text is cleaned and has a limit, and
no posted value, however odd, raises anything but a message.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from flask import current_app
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.datastructures import FileStorage
from wtforms import Field, HiddenField, validators
from wtforms.csrf.core import CSRFTokenField
from wtforms.validators import StopValidation, ValidationError

from citizenfeedback.web.i18n import LazyText, gettext, lazy_pgettext
from citizenfeedback.web.i18n import lazy_gettext as _l

Text = str | LazyText
Choice = tuple[str, Text] | tuple[str, Text, Text]

# Digits, or digits in groups of three: "1.2" is not twelve.
_WHOLE_NUMBER = re.compile(r"[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+")
CHOOSE = _l("Chọn…")

# Marks that turn the reading direction can make a text look like another one; nobody types them.
_INVISIBLE = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0xFEFF]
)


def clean_text(value: str, *, multiline: bool = False) -> str:
    """One form for one text: NFC, no control or direction marks, no space at the ends."""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.translate(_INVISIBLE)
    allowed = "\n\t" if multiline else ""
    text = "".join(
        letter if letter in allowed or unicodedata.category(letter) not in ("Cc", "Cs") else " "
        for letter in text
    )
    if not multiline:
        text = " ".join(text.split())
    return text.strip()


class KitWidget:
    """Renders a field by the macro of its kind, the whole group at once."""

    def __call__(self, field: Field, **options: Any) -> Markup:
        template = current_app.jinja_env.get_template("components/fields.html")
        group: Markup = template.module.field(field, **options)  # type: ignore[attr-defined]
        return group


def _is_empty(field: Field) -> bool:
    number = isinstance(field.data, int) and not isinstance(field.data, bool)
    return not field.data and not number


class Filled:
    """The field must have a value; the message says what to do."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __init__(self, message: Text) -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        """Stop at an empty field."""
        if _is_empty(field):
            raise StopValidation(str(self.message))


class KitField(Field):
    """What all fields of ours have: a hint, a message when empty, and the kit's rendering.

    `marked` says whether an optional field is called so: not where its hint tells when it is asked,
    or where it comes filled in.
    """

    widget = KitWidget()
    kind = "text"

    def __init__(
        self,
        label: Text,
        hint: Text | None = None,
        *,
        required: Text | None = None,
        needed_later: bool = False,
        marked: bool = True,
        validators: Iterable[Callable[..., None]] = (),
        **options: Any,
    ) -> None:
        self.hint = hint
        self.needed_later = needed_later
        self.marked = marked
        rules: list[Callable[..., None]] = [*validators]
        if required is not None:
            rules.insert(0, Filled(required))
        else:
            rules.insert(0, _optional)
        super().__init__(label, rules, **options)  # type: ignore[arg-type]

    @property
    def described_by(self) -> str:
        """The ids of the hint and the error, for `aria-describedby`."""
        ids = [f"{self.id}-hint"] if self.hint else []
        return " ".join([*ids, f"{self.id}-error"] if self.errors else ids)

    @property
    def first_id(self) -> str:
        """The id of the first control, where an error message leads."""
        return str(self.id)


def _optional(_form: Any, field: Field) -> None:
    """Ask nothing more of an empty field."""
    if _is_empty(field):
        raise StopValidation


class TextField(KitField):
    """One line of text. `width` is the number of characters the box shows."""

    def __init__(
        self,
        label: Text,
        hint: Text | None = None,
        *,
        max_length: int = 200,
        width: int | None = None,
        input_type: str = "text",
        autocomplete: str | None = None,
        inputmode: str | None = None,
        spellcheck: bool | None = None,
        prefix: Text | None = None,
        suffix: Text | None = None,
        **options: Any,
    ) -> None:
        super().__init__(label, hint, **options)
        self.max_length = max_length
        self.width = width
        self.input_type = input_type
        self.autocomplete = autocomplete
        self.inputmode = inputmode
        self.spellcheck = spellcheck
        self.prefix_text = prefix
        self.suffix_text = suffix

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the first value, cleaned; a longer one than allowed is kept to be shown."""
        if valuelist:
            self.data = self._clean(_as_text(valuelist[0]))

    def _clean(self, value: str) -> str:
        return clean_text(value)

    def pre_validate(self, form: Any) -> None:
        """Refuse a text over the limit, saying by how much."""
        if self.data and len(self.data) > self.max_length:
            raise StopValidation(
                gettext(
                    "Rút ngắn còn tối đa %(limit)s ký tự; hiện có %(count)s.",
                    limit=self.max_length,
                    count=len(self.data),
                )
            )

    @property
    def value(self) -> str:
        """What the box shows."""
        return "" if self.data is None else str(self.data)


class SearchField(TextField):
    """Words to look for; an empty box needs no word that it may stay empty."""

    kind = "search"

    def __init__(self, label: Text, hint: Text | None = None, **options: Any) -> None:
        for name, value in _SEARCHED.items():
            options.setdefault(name, value)
        super().__init__(label, hint, **options)


_SEARCHED: dict[str, Any] = {"input_type": "search", "autocomplete": "off", "spellcheck": False}


class EmailField(TextField):
    """An e-mail address."""

    def __init__(self, label: Text, hint: Text | None = None, **options: Any) -> None:
        options.setdefault("max_length", 254)
        options.setdefault("autocomplete", "email")
        super().__init__(label, hint, input_type="email", spellcheck=False, **options)

    def pre_validate(self, form: Any) -> None:
        """Look only at the shape: something, an at sign, a name with a dot."""
        super().pre_validate(form)
        name, at, host = (self.data or "").rpartition("@")
        if self.data and not (name and at and "." in host.strip(".") and " " not in self.data):
            raise StopValidation(gettext("Nhập địa chỉ thư điện tử, ví dụ ten@vidu.vn"))


class PhoneField(TextField):
    """A Vietnamese phone number, kept as digits (a leading +84 becomes 0)."""

    def __init__(self, label: Text, hint: Text | None = None, **options: Any) -> None:
        options.setdefault("autocomplete", "tel")
        super().__init__(
            label, hint, max_length=20, width=20, input_type="tel", inputmode="tel", **options
        )

    def _clean(self, value: str) -> str:
        text = clean_text(value)
        digits = "".join(letter for letter in text if letter not in " .-()")
        if digits.startswith("+84"):
            digits = "0" + digits[3:]
        return digits if digits.isascii() and digits.isdigit() else text

    def pre_validate(self, form: Any) -> None:
        """Ten digits for a mobile, eleven for a landline, both with a leading zero."""
        super().pre_validate(form)
        number = self.data or ""
        shaped = number.isascii() and number.isdigit() and number[0] == "0"
        if number and not (shaped and len(number) in (10, 11)):
            raise StopValidation(gettext("Nhập số điện thoại 10 chữ số, ví dụ 0912 345 678"))


class PasswordField(TextField):
    """A password: taken as typed (only NFC), never shown again."""

    def __init__(self, label: Text, hint: Text | None = None, **options: Any) -> None:
        options.setdefault("autocomplete", "current-password")
        super().__init__(label, hint, input_type="password", spellcheck=False, **options)

    def _clean(self, value: str) -> str:
        return unicodedata.normalize("NFC", value).replace("\x00", "")

    @property
    def value(self) -> str:
        """Nothing: a password is typed anew."""
        return ""


class NumberField(TextField):
    """A whole number within bounds."""

    def __init__(
        self,
        label: Text,
        hint: Text | None = None,
        *,
        minimum: int = 0,
        maximum: int = 1_000_000,
        **options: Any,
    ) -> None:
        options.setdefault("width", 5)
        super().__init__(label, hint, max_length=20, inputmode="numeric", **options)
        self.minimum = minimum
        self.maximum = maximum
        self.typed = ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read digits, with the dots of thousands; anything else stays to be corrected."""
        self.data = None
        self.typed = clean_text(_as_text(valuelist[0])) if valuelist else ""
        if not self.typed:
            return
        digits = self.typed.replace(".", "").replace(" ", "")
        in_form = _WHOLE_NUMBER.fullmatch(self.typed) and len(digits) <= 15
        if not (in_form and self.minimum <= int(digits) <= self.maximum):
            raise ValueError(
                gettext(
                    "Nhập số từ %(minimum)s đến %(maximum)s",
                    minimum=self.minimum,
                    maximum=self.maximum,
                )
            )
        self.data = int(digits)

    def pre_validate(self, form: Any) -> None:
        """Bounds are checked while reading."""
        if self.process_errors:
            raise StopValidation

    @property
    def value(self) -> str:
        """What was typed, or the number."""
        return self.typed or ("" if self.data is None else str(self.data))


class LongTextField(TextField):
    """Several lines of text, with a count of the characters left."""

    kind = "textarea"

    def __init__(
        self,
        label: Text,
        hint: Text | None = None,
        *,
        max_length: int = 2000,
        rows: int = 5,
        count: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(label, hint, max_length=max_length, **options)
        self.rows = rows
        self.count = count

    def _clean(self, value: str) -> str:
        return clean_text(value, multiline=True)

    @property
    def described_by(self) -> str:
        """Also the line that says how many characters may be used."""
        counted = f"{self.id}-count" if self.count else ""
        return f"{super().described_by} {counted}".strip()


class ChoiceField(KitField):
    """One of a few choices, as radio buttons: (value, label) or (value, label, hint)."""

    kind = "radios"

    def __init__(
        self,
        label: Text,
        hint: Text | None = None,
        *,
        choices: Sequence[Choice] = (),
        inline: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label, hint, **options)
        self.choices = list(choices)
        self.inline = inline

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the value only if it is one of the choices."""
        if valuelist:
            self.data = _as_text(valuelist[0])

    def pre_validate(self, form: Any) -> None:
        """Refuse what was not offered, without repeating it."""
        if self.data and self.data not in {str(choice[0]) for choice in self.choices}:
            self.data = None
            raise StopValidation(gettext("Chọn một trong các mục có trong danh sách"))

    @property
    def items(self) -> list[dict[str, Any]]:
        """The choices as the template draws them."""
        chosen = self.data if isinstance(self.data, list | tuple | set) else [self.data]
        marked = {str(value) for value in chosen if value is not None}
        return [
            {
                "value": str(choice[0]),
                "text": choice[1],
                "hint": choice[2] if len(choice) > 2 else None,
                "checked": str(choice[0]) in marked,
                "id": self.id if number == 0 else f"{self.id}-{number + 1}",
            }
            for number, choice in enumerate(self.choices)
        ]


class SelectField(ChoiceField):
    """One of many choices, as a drop-down list; groups as {heading: choices}."""

    kind = "select"

    def __init__(
        self,
        label: Text,
        hint: Text | None = None,
        *,
        choices: Sequence[Choice] = (),
        empty: Text | None = CHOOSE,
        **options: Any,
    ) -> None:
        super().__init__(label, hint, choices=choices, **options)
        self.empty = empty


class ManyChoiceField(ChoiceField):
    """Any of a few choices, as checkboxes; data is a list of values."""

    kind = "checkboxes"

    def process_data(self, value: Any) -> None:
        """A list, whatever was given."""
        self.data = [str(item) for item in value or ()]

    def process_formdata(self, valuelist: list[Any]) -> None:
        """All values sent, each once, in the order sent."""
        self.data = list(dict.fromkeys(_as_text(value) for value in valuelist))

    def pre_validate(self, form: Any) -> None:
        """Refuse what was not offered."""
        offered = {str(choice[0]) for choice in self.choices}
        if any(value not in offered for value in self.data):
            self.data = [value for value in self.data if value in offered]
            raise StopValidation(gettext("Chọn trong các mục có trong danh sách"))


class TickField(KitField):
    """A single box to tick; `required` is the message when it is not."""

    kind = "tick"

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Ticked when anything but a plain no was sent."""
        self.data = bool(valuelist) and _as_text(valuelist[0]) not in ("", "0", "false")


class DateField(KitField):
    """A date in three boxes: day, month, year."""

    kind = "date"
    parts: ClassVar[tuple[tuple[str, Text, int], ...]] = (
        ("day", lazy_pgettext("ô của ngày tháng", "Ngày"), 2),
        ("month", _l("Tháng"), 2),
        ("year", _l("Năm"), 4),
    )

    def __init__(
        self,
        label: Text,
        hint: Text | None = None,
        *,
        earliest: date = date(1900, 1, 1),
        latest: date = date(2100, 12, 31),
        **options: Any,
    ) -> None:
        super().__init__(label, hint, **options)
        self.earliest = earliest
        self.latest = latest
        self.typed: dict[str, str] = {}

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the three boxes; missing or doubled ones are no error, only no date."""
        if data is None:
            super().process(None, extra_filters=extra_filters)
        else:
            super().process(None, data, extra_filters=extra_filters)
        if formdata is None:
            return
        self.typed = {
            part: clean_text(_as_text(formdata.get(f"{self.name}-{part}", "")))[:10]
            for part, _label, _width in self.parts
        }
        self.raw_data = list(self.typed.values())
        self.data = None
        if not any(self.typed.values()):
            return
        try:
            self.data = self._read()
        except ValueError as error:
            self.process_errors = [*self.process_errors, str(error)]

    def _read(self) -> date:
        message = gettext("Nhập ngày có thật bằng số, ví dụ 27 10 2026")
        if not all(text.isascii() and text.isdigit() for text in self.typed.values()):
            raise ValueError(message)
        try:
            day = date(int(self.typed["year"]), int(self.typed["month"]), int(self.typed["day"]))
        except (ValueError, OverflowError):
            raise ValueError(message) from None
        if not self.earliest <= day <= self.latest:
            raise ValueError(
                gettext(
                    "Nhập ngày từ %(earliest)s đến %(latest)s",
                    earliest=self.earliest.strftime("%d/%m/%Y"),
                    latest=self.latest.strftime("%d/%m/%Y"),
                )
            )
        return day

    def pre_validate(self, form: Any) -> None:
        """A date that could not be read keeps its own message."""
        if self.process_errors:
            raise StopValidation

    @property
    def boxes(self) -> list[dict[str, Any]]:
        """The three boxes as the template draws them."""
        shown = self.typed
        if not shown and self.data:
            shown = {
                "day": str(self.data.day),
                "month": str(self.data.month),
                "year": str(self.data.year),
            }
        return [
            {
                "id": self.id if number == 0 else f"{self.id}-{part}",
                "name": f"{self.name}-{part}",
                "text": label,
                "width": width,
                "value": shown.get(part, ""),
            }
            for number, (part, label, width) in enumerate(self.parts)
        ]


class FilesField(KitField):
    """Files to send along; data is a list, empty parts of the form left out.

    With `capture` a phone opens its recorder at once; a computer lets one choose a file.
    """

    kind = "files"

    def __init__(
        self,
        label: Text,
        hint: Text | None = None,
        *,
        accept: str = "",
        multiple: bool = True,
        capture: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label, hint, **options)
        self.accept = accept
        self.multiple = multiple
        self.capture = capture

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep real files only: a text sent under this name is no file."""
        files = [item for item in valuelist if isinstance(item, FileStorage) and item.filename]
        self.data = files if self.multiple else files[:1]


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else ""


class TokenWhenShown(CSRFTokenField):
    """The token against forms sent from elsewhere, signed only where the form is drawn."""

    def process(self, *args: Any, **options: Any) -> None:
        """Take what was sent."""
        HiddenField.process(self, *args, **options)

    def _value(self) -> str:
        return str(self.csrf_impl.generate_csrf_token(self))


class _Tokens(FlaskForm.Meta.csrf_class):
    field_class = TokenWhenShown


class Form(FlaskForm):
    """The base of all our forms: no built-in English messages, errors in field order."""

    class Meta(FlaskForm.Meta):
        """Messages come from the fields; WTForms' own translations are not asked."""

        csrf_class = _Tokens

        def get_translations(self, form: Any) -> None:
            """None: every message is ours."""

    @property
    def error_list(self) -> list[tuple[str, str]]:
        """(id of the control, message) for each field with an error, in order."""
        found = []
        for field in self:
            if field.errors:
                target = getattr(field, "first_id", field.id)
                found.append((str(target), str(field.errors[0])))
        return found + [("", str(message)) for message in self.form_errors]

    def add_errors(self, errors: Mapping[str, Text]) -> None:
        """Show what a rule of the office refused: by field name, or under `""` for the form."""
        for name, message in errors.items():
            if name in self._fields:
                self[name].errors = [*self[name].errors, str(message)]
            else:
                self.form_errors.append(str(message))


__all__ = [
    "ChoiceField",
    "DateField",
    "EmailField",
    "FilesField",
    "Filled",
    "Form",
    "KitField",
    "LongTextField",
    "ManyChoiceField",
    "NumberField",
    "PasswordField",
    "PhoneField",
    "SelectField",
    "TextField",
    "TickField",
    "ValidationError",
    "clean_text",
    "validators",
]
