"""Recognises what people type in a coordinators' group beside updates: commands, codes, case numbers, nods.

The words stand in `group_words.toml`. What an update says is read by `cases.reply_reader`.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from flows.words import find_bare_number, find_case_number, strip_case_number
from texts.catalog import say

LONGEST_COMMAND = 60
LONGEST_REASON = 120
MOST_NUMBERS = 10
_ARABIC = {0x0E50 + digit: str(digit) for digit in range(10)}
_SPACES = re.compile(r"\s+")
_TAIL = frozenset((*".!~…🙏👍", chr(0x0E46)))
_CODE = re.compile(r"[a-z0-9][a-z0-9 -]{2,30}", re.IGNORECASE)
_BRACKETS = " \t\n:：<>()[]{}\"'“”‘’."
_NUMBER_BEGINS = re.compile(r"(?i)(?=\bFT\s?[-–—‑]?\s?[\d\u0e50-\u0e59]{4})")
_MARKERS = re.compile(r"(?i)(?:(?<=\s)|^)\(?\d{1,2}[.)]\s*(?=FT)")
_SHORT = re.compile(r"#?(0\d{4})(?!\d|-\d)")
_SHORT_NAME = re.compile(r"[\u0e01-\u0e2e]{2,6}$")  # consonants alone, as offices shorten their names
_SIGNS = " ,;/&+:：.–-"
_LANGUAGES = ("th", "en")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A case number, and the words that were written of that case."""

    number: str
    words: str


@lru_cache(maxsize=1)
def _load() -> dict[str, Any]:
    source = Path(__file__).with_suffix(".toml")
    loaded: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=16)
def _words(table: str, part: str = "") -> frozenset[str]:
    found = _load()[table]
    lists = [found[part]] if part else found.values()
    return frozenset(word for listed in lists for word in listed)


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.strip().lower())


def _strip_courtesy(text: str) -> str:
    polite: list[str] = _load()["polite"]
    end = len(text)
    while end:
        if text[end - 1] in _TAIL or text[end - 1].isspace():
            end -= 1
        elif word := next((word for word in polite if text.endswith(word, 0, end)), ""):
            end -= len(word)
        else:
            break
    return text[:end]


def _bare(text: str) -> str:
    plain = _plain(text)
    return _strip_courtesy(plain) or plain


def _is_one_of(text: str, words: Iterable[str]) -> bool:
    return len(text) <= LONGEST_COMMAND and (_plain(text) in words or _bare(text) in words)


def find_command(text: str) -> str | None:
    """The command that these words are, whole, the account's name before it or not: list, summary, help or leave."""
    if len(text) > LONGEST_COMMAND:
        return None
    plain, bare = _plain(text), _bare(text)
    for command in ("list", "summary", "help", "leave"):
        words = _words("commands", command)
        if plain in words or bare in words:
            return command
        if text.startswith("@") and any(bare.endswith(f" {word}") for word in words):
            return command
    return None


def is_undo(text: str) -> bool:
    """Whether the words ask to take the latest step back."""
    return _is_one_of(text, _words("commands", "undo"))


def find_code(text: str) -> str | None:
    """The code after the words that bind a group; "" where it is missing, None where they are no command."""
    plain = text.strip().translate(_ARABIC)
    for word in _words("commands", "bind"):
        begins = plain.lower().find(word)
        before, rest = plain[: max(begins, 0)], plain[begins + len(word) :]
        if begins < 0 or (before.strip() and not before.startswith("@")):
            continue
        if rest[:1].isalnum() and word.isascii():  # binding, binder
            continue
        code = _strip_courtesy(rest.strip(_BRACKETS)).strip(_BRACKETS)
        if not code or _CODE.fullmatch(code):
            return code
    return None


def split_by_numbers(text: str) -> tuple[list[Numbered], bool]:
    """Each case that a message names, with the words written of it; and whether it begins with a number.

    Numbers side by side share the words behind them; numbers in lines of their own those above them, and so do those
    at the end of words that say it of just so many. A number in the midst of the words is only mentioned; where it is
    the only one, the words are about it.
    """
    bare = find_bare_number(text)
    if bare:
        return [Numbered(bare, "")], True
    head, parts = _cut(text)
    named = list(dict.fromkeys(number for number, _ in parts))
    first = bool(named) and not _says(_strip_first(head.strip(), "before", table="short_number"))
    if len(named) == 1:
        pieces = [strip_case_number(piece) for _, piece in parts]
        said = pieces if first else [head.strip(), *pieces]
        return [Numbered(named[0], " ".join(filter(_says, said)))], first
    if len(named) > MOST_NUMBERS or not named:
        return [], False
    if not first:
        alone = not any(_says(words) and words not in _load()["courtesies"] for words in _list_words(parts))
        listed = alone and (head.rstrip(" ").endswith("\n") or _strip_count(head.strip(), len(named)) != head.strip())
        return (_leave_out_count([Numbered(number, head.strip()) for number in named]) if listed else []), False
    return _share_words(parts), True


def _list_words(parts: list[tuple[str, str]]) -> list[str]:
    """What stands behind each number."""
    return [strip_case_number(piece).strip(_SIGNS) for _, piece in parts]


def _leave_out_count(found: list[Numbered]) -> list[Numbered]:
    """Words that several cases share say of each what they say of "both cases"."""
    shared = Counter(one.words for one in found)
    return [replace(one, words=_strip_count(one.words, shared[one.words])) for one in found]


def _strip_count(words: str, count: int) -> str:
    table = _load()["together"]
    said = [*table.get(str(count), ()), *table["any"]] if count > 1 else []
    found = next((phrase for phrase in said if phrase in words.lower()), "")
    at = words.lower().find(found)
    left = _SPACES.sub(" ", f"{words[:at]} {words[at + len(found) :]}").strip()
    return left if found and _says(left) else words


def split_whole(words: str, count: int) -> tuple[bool, str]:
    """Whether words that quote a list of so many cases are about every one of them; and the words without that."""
    plain, table = words.lower(), _load()["together"]
    if any(part in plain for part in _words("whole", "not_all")):
        return False, words
    numbered = {phrase: number for number, said in table.items() for phrase in said}
    here = {phrase.replace("{count}", str(count)): str(count) for phrase in _load()["whole"]["counted"]}
    said = {**dict.fromkeys(_load()["whole"]["all"], "any"), **numbered, **here}
    found = max((phrase for phrase in said if _stands_in(phrase, plain)), key=len, default="")
    at = plain.find(found)
    left = _SPACES.sub(" ", f"{words[:at]} {words[at + len(found) :]}").strip()
    return bool(found) and said[found] in ("any", str(count)), left if found and _says(left) else words


def _stands_in(phrase: str, plain: str) -> bool:
    """Whether it is there, where it is written in Latin letters as a word of its own."""
    return phrase in plain if not phrase.isascii() else bool(re.search(rf"\b{re.escape(phrase)}\b", plain))


def take_short_number(text: str) -> tuple[str, str]:
    """The end of a case number at the head of words ("case 00042 is done"), and the rest; "" where there is none."""
    begun = _strip_first(text.strip(), "before", table="short_number")
    found = _SHORT.match(begun.translate(_ARABIC))
    return (found[1], begun[found.end() :].strip(_SIGNS)) if found else ("", text)


def _cut(text: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first number, and each number with its piece of the text."""
    head = ""
    parts: list[tuple[str, str]] = []
    for piece in _NUMBER_BEGINS.split(_MARKERS.sub("", text)):
        number = find_case_number(piece)
        if number:
            parts.append((number, piece))
        elif parts:
            parts[-1] = (parts[-1][0], parts[-1][1] + piece)
        else:
            head += piece
    return head, parts


def _share_words(parts: list[tuple[str, str]]) -> list[Numbered]:
    found: list[Numbered] = []
    following = mentioned = ""
    for place, (number, piece) in reversed(list(enumerate(parts))):
        words = strip_case_number(piece)
        before = parts[place - 1][1] if place else ""
        ends = not _says(words) or words.strip(_SIGNS) in _load()["courtesies"]
        if ends and not following and _says(strip_case_number(before)) and "\n" not in before:
            mentioned = number  # "a double of FT…" at the end of a line says nothing of that case
            continue
        following = words if _says(words) else following
        found.append(Numbered(number, f"{following} {mentioned}".strip()))
        mentioned = ""
    return _leave_out_count(found[::-1])


def _says(words: str) -> bool:
    said = _SPACES.sub(" ", words).strip(_SIGNS)
    return bool(said) and said not in _load()["joining"]


def take_beginning(words: str) -> tuple[str | None, str]:
    """The verb whose beginning stood typed in the keyboard ("ขอข้อมูล:"), and what was typed after it."""
    for verb in ("ask", "transfer", "decline"):
        for language in _LANGUAGES:
            beginning = say(language, f"card.fill_{verb}", number="").strip(" :")
            if words.lower().startswith(beginning.lower()):
                return verb, words[len(beginning) :].strip(" :：")
    return None, words


def has_reason(verb: str, words: str) -> bool:
    """Whether words that transfer or decline a case say why."""
    return len(_bare(words)) > 1 and not _is_one_of(words, _words("without_reason", verb) | _words("nods"))


def is_reason(words: str) -> bool:
    """Whether words in answer to "for what reason?" are one, not a nod, a question or a change of mind."""
    plain = _bare(words)
    if not is_question(words) or plain.startswith(tuple(_words("no_reason", "changed_mind"))):
        return False
    return not any(plain.endswith(word) for word in _words("no_reason", "asking"))


def is_long(words: str) -> bool:
    """Whether words tell a story: more than anybody calls out to a colleague about another case."""
    return len(words) > LONGEST_REASON


def is_question(words: str) -> bool:
    """Whether words in answer to "which question?" may be one: whatever is no mere nod, and puts nobody off."""
    return len(_bare(words)) > 1 and not _is_one_of(words, _words("nods")) and not is_holding(words)


def is_answer(verb: str, words: str) -> bool:
    """Whether words may be those that were asked for: a question, or else a reason."""
    return is_question(words) if verb == "ask" else is_reason(words)


def is_holding(words: str) -> bool:
    """Whether words only put off the answer: "one moment", "I will ask my chief first"."""
    plain = _plain(words)
    if len(words) > LONGEST_COMMAND or any(word in plain for word in _words("holding", "goes_on")):
        return False
    first = any(word in plain for word in _words("holding", "first"))
    return plain.startswith(tuple(_words("no_reason", "holding"))) or (
        first and plain.startswith(tuple(_words("holding", "begins")))
    )


def is_slip(words: str) -> bool:
    """Whether the writer says that an earlier word or tap of theirs was a mistake."""
    return len(words) <= LONGEST_COMMAND and any(word in _plain(words) for word in _words("slips"))


def takes_on(words: str) -> bool:
    """Whether words say that the office takes the case itself; "noted" alone does not."""
    plain = _plain(words)
    refused = any(word in plain for word in _words("takes_on", "refuses"))
    return not refused and any(word in plain for word in _words("takes_on", "takes"))


def is_other_day(words: str) -> bool:
    """Whether a day is named for something else than work."""
    return len(words) > LONGEST_COMMAND or any(word in _plain(words) for word in _words("other_day", "talk"))


def is_change_of_mind(words: str) -> bool:
    """Whether words call off what was begun."""
    plain = _bare(words)
    return len(words) <= LONGEST_COMMAND and any(
        plain == word + after for word in _words("no_reason", "changed_mind") for after in _load()["changed_mind_ends"]
    )


def tells_wait(words: str) -> bool:
    """Whether words say at once that something is waited for."""
    return _plain(words).startswith(tuple(_words("wait", "waits")))


def take_instruction(words: str) -> str | None:
    """What is to be asked, of words that tell the account to ask the reporter; None where they do not.

    "ถามผู้แจ้งว่าเสาต้นไหน" asks which pole; "ถามผู้แจ้งหรือยัง" is said to a colleague.
    """
    asking = _strip_first(_strip_first(words.strip(), "before"), "ask")
    asked = _strip_first(asking, "whom")
    if asking == words.strip() or asked == asking:
        return None
    rest = _strip_first(_strip_first(asked, "after"), "polite")
    question = _strip_first(rest, "that")
    if question == rest and any(rest.startswith(word) for word in _words("instruction", "no_question")):
        return None
    return question if _strip_courtesy(question) else ""


def strip_receipt(words: str) -> str:
    """What an office waits for, as the reporter may read it: without the "noted" that may stand before it."""
    return _strip_all(words.strip(), "noted") or words


def _strip_all(words: str, part: str) -> str:
    """Without whatever of this part of what waits say stands first, one behind the other."""
    before = ""
    while words != before:
        before, words = words, _strip_first(words, part, table="wait")
    return words


def find_cause(words: str) -> str | None:
    """What keeps the office from work, where words tell it without a "because"; the day beside it is left out."""
    told = _load()["delay"]
    plain = words.lower()
    found = (plain.find(cause) for cause in told["causes"])
    begins = [at for at in found if at >= 0 and not plain[:at].rstrip().endswith(tuple(told["no_cause"]))]
    if not begins:
        return None
    reason = words[min(begins) :].strip().partition("\n")[0]
    for word in (*told["goes_on"], *told["days"]):
        reason = reason.partition(word)[0]
    return _tidy(reason)[:LONGEST_REASON] or None


def strip_opening(words: str) -> str:
    """A question without what opens it in talk ("ขอถามว่า"), as it may be read by the reporter."""
    instructed = take_instruction(words)
    if instructed is not None:
        return instructed
    opened = _strip_first(words.strip(), "before")
    asking = _strip_first(opened, "ask")
    question = _strip_first(_strip_first(_strip_first(asking, "after"), "polite"), "that")
    return question if opened != asking != question and question else words


def find_delay(words: str) -> tuple[bool, str | None]:
    """Whether words put a day off, and why as they tell it."""
    plain = words.lower()
    delayed = any(word in plain for word in _words("delay", "puts_off"))
    delayed = delayed and not any(word in plain for word in _words("delay", "keeps"))
    return delayed, _find_because(words) or find_cause(words)


def _find_because(words: str) -> str | None:
    # The longer marks stand first in the list.
    parts = (words.partition(mark) for mark in _load()["delay"]["because"])
    reason = next((rest.strip().partition("\n")[0] for _, found, rest in parts if found), "")
    for word in _load()["delay"]["goes_on"]:
        reason = reason.partition(word)[0]
    return _tidy(reason)[:LONGEST_REASON] or None


def _tidy(reason: str) -> str:
    """Without courtesies and what stood around it; the point of a short name at its end stays."""
    bare = _strip_courtesy(reason.strip(_SIGNS)).strip(_SIGNS)
    dotted = bare and reason[reason.rfind(bare) + len(bare) :].startswith(".") and _SHORT_NAME.search(bare)
    return _SPACES.sub(" ", bare) + ("." if dotted else "")


def write_reason(words: str) -> str:
    """A reason as the reporter reads it after "because", without that word and without courtesies."""
    return _find_because(words) or (_tidy(words) or words.strip())[:LONGEST_REASON]


def _strip_first(words: str, part: str, *, table: str = "instruction") -> str:
    """Without what it begins with, of a part of a table's words; the longest is listed first."""
    begins = next((word for word in _load()[table][part] if words.lower().startswith(word)), "")
    return words[len(begins) :].lstrip(" ,:：")


def is_nod(keywords: Iterable[str], drawn: str) -> bool:
    """Whether a sticker agrees, by LINE's keywords of it and the words drawn on it."""
    said = {_plain(word) for word in (*keywords, drawn)} | {_bare(drawn)}
    return bool(said & _words("nods")) and not said & _words("shakes")
