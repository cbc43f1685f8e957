"""Is every problem of a file worded, in both languages?"""

import re
from pathlib import Path

import citizenfeedback
from citizenfeedback.documents.import_words import PROBLEMS, problem_message
from citizenfeedback.domain.records import Problem

PACKAGE = Path(citizenfeedback.__file__).parent
SOURCES = (
    "domain/day_files.py",
    "domain/records.py",
    "gateways/spreadsheets.py",
    "services/importing.py",
    "services/importing_books.py",
    "services/importing_cases.py",
    "services/importing_plans.py",
)
CODES = re.compile(
    r'Unreadable(?:File)?\("(\w+)"|yield "\w+", "(\w+)"|refuse\(record, "\w+", "(\w+)"'
    r'|Problem\([^()]*, "(\w+)"[,)]'
)


def test_every_code_has_its_words_and_every_word_its_code() -> None:
    """Is each code that the import can give worded, and none worded in vain?"""
    text = "\n".join((PACKAGE / name).read_text(encoding="utf-8") for name in SOURCES)
    for code in PROBLEMS:
        assert f'"{code}"' in text, f"nothing gives {code}"
    said = {code for found in CODES.findall(text) for code in found if code}
    assert len(said) > 30
    assert said <= set(PROBLEMS), said - set(PROBLEMS)


def test_values_stand_in_the_sentence() -> None:
    """Do numbers appear in both languages?"""
    problem = Problem("a.csv", 2, "name", "too_long", {"most": 120})
    assert problem_message(problem) == "Dài hơn 120 ký tự."
    assert problem_message(problem, "en") == "Longer than 120 characters."
