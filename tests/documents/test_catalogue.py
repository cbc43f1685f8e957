"""Do texts find their wording in each language?"""

from citizenfeedback.documents.catalogue import N_, entries, ntranslate, translate


def test_vietnamese_is_its_own_wording() -> None:
    """Is a Vietnamese text given back as it is?"""
    assert translate("Tiếng nói người dân", "vi") == "Tiếng nói người dân"
    assert N_("Tiếng nói người dân") == "Tiếng nói người dân"


def test_english_comes_from_the_catalogue() -> None:
    """Is the English wording found, and an unknown text left as it is?"""
    assert translate("Tiếng nói người dân", "en") == "Citizen Feedback"
    assert translate("Câu này không có ở đâu", "en") == "Câu này không có ở đâu"


def test_one_word_can_have_two_wordings() -> None:
    """Is a word worded by where it stands?"""
    assert translate("Ngày", "en", "ô của ngày tháng") == "Day"


def test_counted_texts_have_one_form_here_and_two_in_english() -> None:
    """Does the form follow the number?"""
    text = "Ông/bà hãy thử lại sau %(num)d phút."
    assert ntranslate(text, text, 5, "vi") == text
    forms = next(entry.forms for entry in entries("en") if entry.msgid == text)
    assert ntranslate(text, text, 1, "en") == forms[0]
    assert ntranslate(text, text, 5, "en") == forms[-1]
    assert ntranslate("một", "nhiều", 2, "en") == "nhiều"
