"""Words for people live in texts/, so that they can be read, mended and translated in one place."""

import re
from fnmatch import fnmatch

from tests.rules.tree import list_python, list_words, refuse

THAI = re.compile(r"[\u0e01-\u0e5b]")

# Only code that *recognises* what people wrote may hold Thai: patterns and words, never sentences to send.
RECOGNISERS = {
    "places/address.py": "reads khet and khwaeng out of an address",
    "cases/reply_*.py": "reads a coordinator's answer",
    "cases/thai_dates.py": "reads a promised day out of a sentence",
    "cases/thai_days.py": "reckons which day of the calendar such words mean",
    "cases/phones.py": "finds telephone numbers",
    "cases/phrases.py": "brings Thai spelling into one form before words are compared",
    "storage/models/case_words_sql.py": "brings it into that form in the database, where it is searched",
    "cases/danger.py": "hears danger to life in a report",
    "cases/triage*.py": "hears what a report is about",
    "flows/asides.py": "hears a wish to change, a refusal and a question where an answer is due",
    "flows/words.py": "hears commands typed in the chat",
    "benchmarks/__main__.py": "says a citizen's words to what is measured",
    "simulator/*": "stands apart and may not read our catalogue",
}


def test_thai_in_code_only_recognises() -> None:
    refuse(
        (
            f"{name}:{line} {text.strip()[:60]!r}"
            for name in list_python()
            if not any(fnmatch(name, pattern) for pattern in RECOGNISERS)
            for line, text in list_words(name)
            if THAI.search(text)
        ),
        "Words that people read: give them a key in texts/th.toml and texts/en.toml and say the key here. "
        "Words that people write and we recognise: put them in a data file next to the code, or list the "
        "module in RECOGNISERS (tests/rules/test_words.py) with what it recognises.",
    )


def test_the_list_of_recognisers_holds_no_dead_names() -> None:
    names = list_python()
    refuse(
        (pattern for pattern in RECOGNISERS if not any(fnmatch(name, pattern) for name in names)),
        "No module has this name any more: take the line out of RECOGNISERS in tests/rules/test_words.py.",
    )
