"""Cuts a coordinator's reply into the words that carry meaning, by the lists in reply_patterns.toml.
Thai is written without spaces, so the longest listed word at each letter wins; what no list knows stays
as plain text."""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from cases.reply_spelling import PATTERNS, clean_letters, correct_words
from cases.thai_dates import Mention, list_mentions
from cases.working_time import NextDay, find_working_day_after

MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
TONES = frozenset("่้๊๋")
LEADING_VOWELS = frozenset("เแโใไ")
TAILS = frozenset("ะาำๅ")
_STOP = re.compile(r"[.…]{2,}|[!;|•●▪~]|\s[-–—]\s")
# A space between two Latin words parts nothing; Thai puts one only where a speaker would pause.
_GAP = re.compile(r"(?!(?<=[a-z0-9]) [a-z0-9])(?:[\s,:()\[\]\"'“”‘’*_–—-]|\.(?=\s|$))+")
# Not "ไป": "รถลากไปแล้ว" is a car towed away.
# "เสร็จเมื่อ 10 โมง" tells of a time gone by, "เสร็จเมื่อได้งบ" of a condition.
_WHEN, _AT_AN_HOUR = "เมื่อ", re.compile(r"\s*\d{1,2}(?:[.:]\d\d)?\s?(?:โมง|ทุ่ม|น\.|นาที)")
_ON_THE_WAY = ("ออกไป", "ออกเดินทาง", "ออกจาก", "เข้า", "ลง", "ถึง", "มา", "ไปถึง")
_DRIVING = re.compile(f"(?:{'|'.join(_ON_THE_WAY)})(?:{'|'.join(map(re.escape, PATTERNS['motion']))})*")
_TEAMS = ("ทีม", "ทีมงาน", "ชุด", "หน่วย", "คนงาน", "พนักงาน")
_BARE_WORK = 4
_TELLS = ("tell", "forward")
# How the short names of bodies end, which are written apart.
_SHORTENED = (".", "น", "ส")
_LETTERS = re.compile("(?!รปภ)[ก-ฮ]{2,4}$")
_EMOJI = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff]")


@dataclass(frozen=True, slots=True)
class Word:
    kind: str
    text: str
    start: int
    end: int
    mention: Mention | None = None


def is_past(word: Word) -> bool:
    """Whether it names a time gone by: "เมื่อวาน", "เมื่อคืนนี้"."""
    return word.kind == "text" and word.text.startswith(("เมื่อ", "ตะกี้"))


def _build_index() -> dict[str, list[tuple[str, str]]]:
    index: dict[str, list[tuple[str, str]]] = {}
    for kind, words in PATTERNS["words"].items():
        for word in words:
            index.setdefault(word[:2] if len(word) > 1 else word, []).append((word, kind))
    for group in index.values():
        group.sort(key=lambda entry: -len(entry[0]))
    return index


_INDEX = _build_index()


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalnum()


def _stands(text: str, start: int, word: str) -> bool:
    """A listed word is heard only where a syllable ends after it, or, in English, where a word does."""
    end = start + len(word)
    if start and text[start - 1] in LEADING_VOWELS:
        return False
    following = text[end : end + 1]
    if following in MARKS or (following in TAILS and ("ก" <= word[-1] <= "ฮ" or word[-1] in TONES)):
        return False
    if word[0].isascii() and word[0].isalnum() and start and _is_latin(text[start - 1]):
        return False
    return not (_is_latin(word[-1]) and _is_latin(following or " "))


def _find_word(text: str, at: int, mentions: Container[int]) -> tuple[str, str] | None:
    """The longest listed word, but in "เสร็จสิ้นเดือนนี้" a shorter one that leaves the day whole."""
    longest = None
    for word, kind in (*_INDEX.get(text[at : at + 2], ()), *_INDEX.get(text[at], ())):
        if text.startswith(word, at) and _stands(text, at, word):
            if not any(inside in mentions for inside in range(at + 1, at + len(word))):
                gone = word == _WHEN and _AT_AN_HOUR.match(text, at + len(word))
                return word, "skip" if gone else kind
            # "เลื่อนเป็นอีก 5 วัน" puts off, whatever "เป็นอีก" means elsewhere.
            longest = longest or ((word, kind) if kind != "again" else None)
    return longest


def _find_break(text: str, at: int) -> tuple[str, int] | None:
    for kind, pattern in (("stop", _STOP), ("gap", _GAP), ("gap", _EMOJI)):
        if match := pattern.match(text, at):
            return kind, match.end()
    return None


def cut_into_words(text: str, today: date, next_day: NextDay = find_working_day_after) -> list[Word]:
    """The words of a reply in order: listed ones by their list's name, days as `date`, breaks as `gap` and
    `stop`, and `text` for the rest."""
    return _name_vehicles(_join_names(_hear_letters(_cut(text, today, next_day))))


def _hear_letters(words: list[Word]) -> list[Word]:
    """ "ส่ง จส. ดูให้แล้ว": bodies go by their letters, and those of ours stand in the lists."""
    heard = list(words)
    for i, (word, after) in enumerate(pairwise(words)):
        told = any(before.kind in _TELLS for before in words[max(0, i - 2) : i])
        if told and word.kind == "text" and after.text.startswith(".") and _LETTERS.match(word.text.strip()):
            heard[i] = Word("other", word.text, word.start, word.end)
    return heard


def _join_names(words: list[Word]) -> list[Word]:
    """ "ประสาน กฟน. ย้ายเสา": whoever is told is set apart as a name, not by a pause."""
    joined: list[Word] = []
    for i, word in enumerate(words):
        around = [words[at].kind if 0 <= at < len(words) else "" for at in (i - 3, i - 2, i - 1, i + 1)]
        told = around[2] in _TELLS and around[3] == "other"
        named = around[2] == "other" and (around[1] in _TELLS or (around[1] == "gap" and around[0] in _TELLS))
        if word.kind != "gap" or not (told or (named and words[i - 1].text.endswith(_SHORTENED))):
            joined.append(word)
    return joined


def _name_vehicles(words: list[Word]) -> list[Word]:
    """ "รถสูบออกไปแล้ว", "รถเก็บขยะเข้า": a lorry that goes to work is one of ours, and its name no work done."""
    named: list[Word] = []
    for i, word in enumerate(words):
        lorry = named[-1] if named else None
        # "รถดูดเลนเข้าดูดท่อ" tells what it did there.
        ends = word.kind != "text" or i + 1 == len(words) or words[i + 1].kind != "text"
        if lorry and ends and _drives_off(word) and len(named) > 1 and _is_team_of(named[-2], lorry):
            named[-1] = Word("own", lorry.text, lorry.start, lorry.end)
        elif lorry and ends and _drives_off(word):
            front = named[-2] if len(named) > 1 and named[-2].kind == "text" else None
            by_its_work = lorry.kind == "fix" and front is not None and front.text.endswith(("รถ", "เครื่อง"))
            if (by_its_work and not lorry.text.endswith("รถ")) or lorry.text in ("รถเก็บขยะ", "รถขยะ"):
                named[-1] = Word("own", lorry.text, lorry.start, lorry.end)
        named.append(word)
    return named


def _is_team_of(team: Word, work: Word) -> bool:
    """ "ทีมตัดต้นไม้", "ชุดลอกท่อ", but not "ทีมขนออกไปแล้ว": the work names what is worked on."""
    named = team.end == work.start and team.text in _TEAMS
    return named and work.kind == "fix" and len(work.text) > _BARE_WORK and not work.text.endswith("ออก")


def _drives_off(word: Word) -> bool:
    if word.kind == "text":
        return _DRIVING.fullmatch(word.text) is not None
    return word.kind in ("sets_out", "inspect", "begun") and word.text.startswith(_ON_THE_WAY)


def _cut(text: str, today: date, next_day: NextDay) -> list[Word]:
    cleaned = correct_words(clean_letters(text))
    mentions = {mention.start: mention for mention in list_mentions(cleaned, today, next_day)}
    words: list[Word] = []
    at = plain_from = 0

    def keep_plain() -> None:
        if cleaned[plain_from:at].strip():
            words.append(Word("text", cleaned[plain_from:at], plain_from, at))

    while at < len(cleaned):
        mention = mentions.get(at)
        if mention:
            kind, end = "date", mention.end
        elif listed := _find_word(cleaned, at, mentions):
            kind, end = listed[1], at + len(listed[0])
        elif broken := _find_break(cleaned, at):
            kind, end = broken
        elif cleaned[at] == "/":
            kind, end = "link", at + 1
        else:
            at += 1
            continue
        keep_plain()
        if kind != "skip":
            words.append(Word(kind, cleaned[at:end], at, end, mention))
        else:
            words.append(Word("text", cleaned[at:end], at, end))
        at = plain_from = end
    keep_plain()
    return words
