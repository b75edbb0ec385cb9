"""What words about a case that an office calls done may be: an answer of it, or of something else."""

from cases import verdicts
from cases.danger import find_danger
from cases.shield import is_delicate
from cases.triage import suggest
from flows import words
from storage.models import Case

FIRST_WORDS = 3  # as far as an answer goes that more words follow


def begins_with_answer(text: str) -> bool:
    """Whether words begin with one of the three answers: "not fixed yet, ..."; more may follow.

    Before danger it need not be the bare answer.
    """
    first = text.split()[:FIRST_WORDS]
    if verdicts.begins_undone(text) and find_danger(text):
        return True
    return any(words.find_closure(" ".join(first[:count])) for count in range(1, len(first) + 1))


def judges(case: Case, verdict: str, text: str) -> bool:
    """Whether words are what is to be heard of this case; that it is not done is, however dangerous it is now."""
    if speaks_of(case, text):
        return True
    if verdict == "yes" or is_delicate(text) or words.begins_report(text) or not find_danger(text):
        return False
    return begins_with_answer(text) or is_of_kind(case, text)


def speaks_of(case: Case, text: str) -> bool:
    """Whether words may be about how a case was handled: no small talk, and no problem of another kind."""
    if words.is_praise(text):
        return True
    if words.is_small_talk(text) or words.begins_report(text) or is_delicate(text) or find_danger(text):
        return False
    return is_of_kind(case, text)


def is_of_kind(case: Case, text: str) -> bool:
    """Whether words plainly tell of no other kind of problem."""
    suggestion = suggest(text)
    return not suggestion.confident or suggestion.codes[0] == case.category
