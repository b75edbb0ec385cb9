"""Reads what a coordinator writes when quoting a case card, in ordinary Thai, so that nobody has to learn commands.
Saying "resolved" of a case that is not is the worst mistake it can make; where words leave a doubt it takes the lesser
action, and talk among colleagues moves nothing."""

from dataclasses import dataclass
from datetime import date, timedelta

from cases.reply_clauses import Mood, Sentence, read_verbs, split_chunks, split_sentences
from cases.reply_rules import Findings, judge_sentence
from cases.reply_talk import is_talk, take_out_talk
from cases.reply_words import Word, cut_into_words

# The furthest along comes first.
ACTIONS = ("resolve", "not_found", "decline", "transfer", "promise", "start", "ask", "acknowledge")
# What a faint finding comes to when nothing firm was said, the most telling first.
_FAINT = {
    "transfer": "transfer",
    "enforced": "resolve",
    "begun": "start",
    "acknowledge": "acknowledge",
    "mended": "resolve",
    "start": "start",
    "offered": "acknowledge",
}
# A day this recently past, said without any sign of the past, is a slip in the year: still a promise, without a day.
_YEAR_SLIP = timedelta(days=400)
_SEEN = ("found", "missing", "done")
# Beside a day alone there is room for "ถึงคิว" or "แน่นอน", not for a story.
_FEW_LETTERS = 14


@dataclass(frozen=True)
class Reading:
    """The action stated, a second one if two were, and the day committed to."""

    action: str | None
    also: str | None
    due: date | None


NOTHING = Reading(None, None, None)


def read_reply(text: str, today: date) -> Reading:
    """What the reply says of the case; nothing when people only talk, ask each other, guess or joke."""
    words = cut_into_words(text, today)
    if is_talk(words):
        return NOTHING
    if not any(word.kind not in ("polite", "gap", "stop") for word in words):
        return Reading("acknowledge", None, None) if _is_yes(words) else NOTHING
    stated: set[str] = set()
    faint: list[str] = []
    warned = to_come = inspected = closed = False
    due: date | None = None
    for sentence in split_sentences(words):
        stated |= take_out_talk(sentence)
        if not sentence.words:
            continue
        read_verbs(sentence)
        found = judge_sentence(sentence, inspected_before=inspected)
        if "resolve" in stated and (found.takes_back or (sentence.contrast and _takes_back(sentence, found))):
            stated = stated - {"resolve"} | {"start"}
        promised = _find_promise(sentence, found, today)
        if promised:
            stated.add("promise")
            due = due or (promised if promised >= today else None)
        stated |= found.firm
        faint += found.faint
        warned = warned or found.warned
        closed = closed or found.closed
        to_come = to_come or found.to_come or bool(promised)
        inspected = found.inspected
    if warned and not to_come:
        stated.add("resolve")
    elif warned and "promise" not in stated:
        stated.add("start")
    if closed and not stated & {"decline", "not_found", "transfer", "ask", "start"}:
        stated.add("resolve")
    return _choose(stated, faint, due)


def _is_yes(words: list[Word]) -> bool:
    return any(word.kind == "polite" and word.text.rstrip("ๆ").endswith(("ครับ", "ค่ะ", "ครับผม", "จ้า", "จ้ะ")) for word in words)


def _takes_back(sentence: Sentence, found: Findings) -> bool:
    return sentence.has("not_yet", "part", "still", "wait") or found.to_come


def _find_promise(sentence: Sentence, found: Findings, today: date) -> date | None:
    """The first day said of what is to come. Today counts only where its own breath says nothing was done."""
    if "decline" in found.firm or not _speaks_of_work(sentence):
        return None
    for number, chunk in enumerate(split_chunks(sentence.words)):
        for word in chunk:
            if word.mention is None:
                continue
            day = word.mention.day
            if any(other.kind in ("future", "hurry", "plan") for other in chunk):
                if day >= today:
                    return day
                continue
            here = [verb for verb in sentence.verbs if verb.chunk == number]
            if here or len(chunk) == 1:
                told = here or sentence.verbs
                past = bool(told) and all(verb.mood in (Mood.GOT, Mood.DONE) for verb in told)
            else:
                past = False
            if day > today and not past:
                return day
            past = past or sentence.has(*_SEEN) or "resolve" in found.firm
            past = past or any(verb.mood in (Mood.GOT, Mood.DONE) for verb in sentence.verbs)
            if not past and day >= today - _YEAR_SLIP:
                return day
    return None


def _speaks_of_work(sentence: Sentence) -> bool:
    """ "ศุกร์นี้ค่ะ" and "พรุ่งนี้ช่างเข้า" answer when; "วันนี้ฝนตกหนักมาก" does not."""
    if sentence.has("trouble"):
        return False
    if sentence.verbs or sentence.has("own", "future", "hurry", "finished"):
        return True
    return sum(len(word.text) for word in sentence.words if word.kind == "text") <= _FEW_LETTERS


def _choose(stated: set[str], faint: list[str], due: date | None) -> Reading:
    if "in_order" in faint and "resolve" not in stated:
        stated.add("resolve" if "mended" in faint else "not_found")
    if not stated or stated == {"acknowledge"}:
        suggested = next((kind for kind in _FAINT if kind in faint), None)
        if suggested in ("transfer", "begun") or (suggested and not stated):
            stated.add(_FAINT[suggested])
    ranked = [action for action in ACTIONS if action in stated]
    if not ranked:
        return NOTHING
    return Reading(ranked[0], ranked[1] if len(ranked) > 1 else None, due)
