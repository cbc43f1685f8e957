"""The wording of other languages than Vietnamese, read from the catalogues.

Every text in the code is Vietnamese and is its own key; `translations/<language>/<area>.po`
gives the other wording. The catalogues are read once, as they are: nothing to compile, and a
corrected sentence is a change of one readable file. No Flask here, so that mail, paper, the
command line and web pages speak with one voice.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.pofile import read_po

SOURCE_LANGUAGE = "vi"
LANGUAGES = (SOURCE_LANGUAGE, "en")
TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"


class Entry(NamedTuple):
    """One entry of a catalogue: where it stands and its forms (one, or one and many).

    The context tells apart one Vietnamese word with two English ones, such as "Ngày".
    """

    area: str
    msgid: str
    context: str
    forms: tuple[str, ...]
    fuzzy: bool


def N_(msgid: str) -> str:  # noqa: N802
    """Mark a text for translation where it stands; it is translated where it is used."""
    return msgid


def entries(language: str) -> Iterator[Entry]:
    """All entries of all areas of a language, in the order of the files."""
    for path in sorted((TRANSLATIONS / language).glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if not message.id:
                    continue
                msgid = message.id if isinstance(message.id, str) else message.id[0]
                forms = message.string
                yield Entry(
                    area=path.stem,
                    msgid=msgid,
                    context=message.context or "",
                    forms=(forms,) if isinstance(forms, str) else tuple(forms or ()),
                    fuzzy=message.fuzzy,
                )


@cache
def _catalogue(language: str) -> dict[tuple[str, str], tuple[str, ...]]:
    return {
        (entry.context, entry.msgid): entry.forms for entry in entries(language) if any(entry.forms)
    }


def translate(msgid: str, lang: str, context: str = "") -> str:
    """The text in `lang`; the Vietnamese text itself where there is no translation."""
    if lang == SOURCE_LANGUAGE:
        return msgid
    forms = _catalogue(lang).get((context, msgid))
    return forms[0] if forms else msgid


def ntranslate(msgid: str, plural: str, number: int, lang: str) -> str:
    """The form of a counted text that fits `number`; Vietnamese has one form for all."""
    if lang == SOURCE_LANGUAGE:
        return msgid if number == 1 else plural
    forms = _catalogue(lang).get(("", msgid))
    if not forms:
        return msgid if number == 1 else plural
    return forms[0] if number == 1 else forms[-1]
