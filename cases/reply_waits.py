"""Hears in a reply that an office waits for somebody outside it: who was asked and has not answered, who is to come
first, or what has to be bought. Then nobody mends anything for a while, which its reporter is to read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from cases.reply_clauses import NOUNS, VERBS, Mood, Sentence, split_sentences
from cases.reply_moods import read_verbs
from cases.reply_spelling import PATTERNS
from cases.reply_talk import is_talk, take_out_talk
from cases.reply_words import Word, cut_into_words

_HEARD: dict[str, list[str]] = PATTERNS["awaited"]
_BODIES = tuple(_HEARD["bodies"])
_CONTRACTORS = tuple(_HEARD["contractors"])
_THINGS = tuple(_HEARD["things"])
_ANSWERS = tuple(_HEARD["answers"])
_LEADS = tuple(_HEARD["leads"])
_SENT = frozenset(_HEARD["sent"])
_CONSENTS = re.compile("|".join(map(re.escape, _HEARD["consents"])))
_SILENT = re.compile("|".join(_HEARD["silent"]))
_STUCK = re.compile("|".join(map(re.escape, _HEARD["stuck"])))
_MONEY = re.compile("งบ|อนุมัติ|ซื้อ|จัดจ้าง|ประกวดราคา|bidding|เบิก|สั่ง")
_OUTSIDERS = frozenset(("other", "unnamed", "owner"))
_PURCHASES = frozenset(("supply", "procedure"))
_TELLS = frozenset(("tell", "forward"))
_CALLS = ("โทร", "ติดตาม", "ตาม")
_LEAD = re.compile("^(?:ไปยัง|ไปที่|ไป|ถึง|ให้|กับ|ทาง|ตาม)+")
_TOLD = frozenset((Mood.GOT, Mood.DONE, Mood.BARE, Mood.PROGRESS))
# Of whoever stands right before the wait it is said, not of the office that writes.
_NOT_OURS = _OUTSIDERS | {"reporter", "not_yet", "ban", "beyond", "mark", "condition"}
_MAY_LEAD = frozenset(("nominal", "gap", "that", "got", "procedure"))
# How many words behind the wait may still name whom it is for.
_REACH = 8
_SHORTEST_NAME = 2
# "อยู่ระหว่างเสนอขอ…".
_LEAD_WORDS = 4


@dataclass(frozen=True, slots=True)
class Wait:
    """`for_others`: for people outside, not for money or parts alone; `dated`: the day beside it is theirs."""

    for_others: bool
    dated: bool


def find_wait(text: str, today: date) -> Wait | None:
    """What the reply says the office waits for, as long as that is outside it; None where it tells of no such wait."""
    words = cut_into_words(text, today)
    if is_talk(words):
        return None
    told = False
    for sentence in split_sentences(words):
        take_out_talk(sentence)
        if not sentence.words or sentence.broken:
            continue
        read_verbs(sentence)
        found = _find_in(sentence, told=told)
        if found is not None:
            return found
        told = told or any(_tells_outsider(sentence))
    return None


def _tells_outsider(sentence: Sentence) -> Iterable[bool]:
    """Of each message in a sentence, whether it went outside: to a body of a list, or to one by its first word."""
    for verb in sentence.verbs:
        following = sentence.words[verb.index + 1 : verb.index + 2]
        named = any(_LEAD.sub("", word.text).startswith(_BODIES) or word.kind in _OUTSIDERS for word in following)
        tells = verb.family in _TELLS or verb.text.startswith(_CALLS)
        yield tells and verb.mood in _TOLD and (verb.target in _OUTSIDERS or (verb.target is None and named))


def _find_in(sentence: Sentence, *, told: bool) -> Wait | None:
    words = sentence.words
    here = told or any(_tells_outsider(sentence))
    for i, word in enumerate(words):
        if (
            word.kind == "procedure"
            and (word.text.startswith(("รอ", "ติด")) or _is_sought(words, i))
            and _is_ours(words, i)
        ):
            return Wait(for_others=False, dated=False)
        if word.kind == "wait" and _is_ours(words, i):
            coming = _list_coming(words, i)
            awaited = _judge(coming, told=here)
            if awaited:
                return Wait(awaited == "others", dated=any(one.mention for one in coming))
    said = "".join(word.text for word in words)
    named = any(_is_outsider(word) for word in words)
    stuck = _STUCK.search(said) is not None or sentence.has("wait")
    if _SILENT.search(said) and (here or (named and stuck)):
        return Wait(for_others=True, dated=False)
    return None


def _is_sought(words: list[Word], i: int) -> bool:
    """ "อยู่ระหว่างขออนุมัติงบ": the papers for money and things are under way."""
    lead = [word.kind for word in words[max(0, i - _LEAD_WORDS) : i]]
    return "progress" in lead and "gap" not in lead and _MONEY.search(words[i].text) is not None


def _is_ours(words: list[Word], i: int) -> bool:
    """ "ลูกค้ารอหน้าเขต" tells of others, "ไม่ต้องรอการไฟฟ้า" of no wait; "เคสนี้รอทางหลวง" and "ต้องรอ" are ours."""
    before = words[i - 1] if i else None
    if before is None or before.kind == "gap":
        return True
    if before.kind == "text":
        return before.text.strip().endswith(_LEADS)
    return before.kind not in _NOT_OURS


def _list_coming(words: list[Word], i: int) -> list[Word]:
    """What stands behind the wait up to a pause; a name that is written apart belongs to it."""
    coming: list[Word] = []
    for before, word in pairwise(words[i : i + _REACH + 1]):
        if word.kind == "gap" and before.kind != "wait" and before.kind not in _OUTSIDERS:
            break
        if word.kind == "wait":
            break
        coming.append(word)
    return [word for word in coming if word.kind != "gap"]


def _judge(coming: list[Word], *, told: bool) -> str | None:
    """ "others" where somebody outside is waited for, "things" for money and parts, None for the rest."""
    said = "".join(word.text for word in coming).strip()
    first = coming[0] if coming else None
    for at, word in enumerate(coming):
        if _is_outsider(word):
            return "others" if _leads_to_name(coming[:at]) else None
        if word.kind in NOUNS:
            # Colleagues and reporters are not outside.
            return "others" if told and word.text in _SENT else None
    if said.startswith(_BODIES):
        return "others"
    if told and (first is None or first.kind not in VERBS - _PURCHASES - _TELLS or said.startswith(_ANSWERS)):
        return "others"
    if said.startswith(_THINGS) or (first is not None and first.kind in _PURCHASES):
        return "things"
    named = _CONSENTS.search(said)
    return "others" if named and named.start() >= _SHORTEST_NAME else None


def _is_outsider(word: Word) -> bool:
    if word.kind == "own":
        return word.text.startswith(_CONTRACTORS)
    return word.kind in _OUTSIDERS


def _leads_to_name(between: list[Word]) -> bool:
    """ "รอผลพิจารณาจากกรมธนารักษ์"; what the office does itself first is no such wait."""
    said = "".join(word.text for word in between)
    if said.startswith(_ANSWERS):
        return True
    return all(word.kind in _MAY_LEAD or (word.kind == "text" and len(word.text) <= _REACH) for word in between)
