"""How sure a reading is: what stands beside the words it was read from, weighed.

A note about a case is made of the words that such notes are made of. The more of it is of other things, of other
people, asked, supposed or told, the likelier its action was only talked about.
"""

import math
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path

from cases.reply_clauses import VERBS
from cases.reply_manner import measure
from cases.reply_spelling import PATTERNS, clean_letters
from cases.reply_words import LEADING_VOWELS, MARKS, Word
from places.names import thai_names

# From here on a reading is acted on. Of officials' notes that were read rightly 4 in 100 stay below, of talk that was
# read as an action 9 in 10 do (docs/reading-replies.md).
SURE = 0.6
# Below this nobody is asked what they meant either: it was talk, and a group is not to be pestered.
WORTH_ASKING = 0.05
# Fitted by logistic regression on officials' notes, on talk among colleagues, on what citizens report and on what
# people write elsewhere: how much each sign of `count_signs` speaks for the action, or against it.
_AT_FIRST = 0.9
_WEIGHTS = {
    "affairs": -3.9, "strange": -1.6, "unlisted": -2.0, "tones": -1.0, "softens": -0.3, "long": -0.3, "asks": -1.4,
    "a_question": 0.0, "doubts": -0.7, "only_another": -0.5, "another": -0.5, "persons": -0.5, "a_receipt": -0.4,
    "superiors": -1.5, "notes_a_thing": -2.0, "plain_receipt": 1.5, "polite": 0.9, "formal": 0.7, "manner": 1.2,
}  # fmt: skip

_HERE = Path(__file__).parent
_FAMILIAR = tomllib.loads((_HERE / "reply_familiar.toml").read_text("utf-8"))
_ASKING = frozenset(("question", "status_question", "mark", "choice"))
_DOUBTING = frozenset((
    "hedge", "hedge_tail", "condition", "said", "once", "long_ago", "other_place", "unseen", "impatient", "again",
    "everyone",
))  # fmt: skip
_NAMED = frozenset(("own", "other", "unnamed"))
_OPENING = VERBS | _NAMED | {"wait"}
_RECEIVED = frozenset(("acknowledge", "heard", "assent"))
_TELLING = frozenset(("tell", "forward", "elsewhere", "belongs", "acknowledge", "keeps", "deploy"))
_CASES = (
    "ข้อร้อง", "ร้อง", "คำร้อง", "เรื่อง", "ปัญหา", "เหตุ", "ข้อมูล", "เคส", "ไว้", "แล้ว", "ตาม", "จุด", "ไป", "ที่", "ใน",
    "นะ", "เอง", "นาย",
)  # fmt: skip
_REPORTS = ("เรื่อง", "เคส", "ปัญหา", "ร้องเรียน", "แจ้ง")
_MOST_STRANGE = 20
_SHORT, _LONG = 20, 80
_A_LITTLE = 0.08  # of a note is always new to us
_A_NAME = 18
_FEW, _MANY = 2, 3
_AS_PARTS = 0.1  # a report names buttons and papers as parts of its matter


def _any(words: Iterable[str]) -> re.Pattern[str]:
    """Any of them, the longest first, where syllables begin and end with it."""
    listed = "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))
    return re.compile(f"(?<![{''.join(LEADING_VOWELS)}])(?:{listed})(?![{''.join(MARKS)}])")


_NAMES = re.compile(f"(?:{'|'.join(map(re.escape, _FAMILIAR['before_names']))})[^ ]*")
_MARKS = re.compile(r"[\d .a-z/]+|ฯ|ๆ")


_SORTS = ("affairs", "persons", "tones")
_FORMAL = _any(_FAMILIAR["formal"])
_SUPERIORS = _any(PATTERNS["superiors"])


@cache
def _lexicon() -> tuple[re.Pattern[str], dict[str, str]]:
    """What notes are made of, and what is talked about, each word with what it is of."""
    words = dict.fromkeys((*_FAMILIAR["plain"], *thai_names()), "plain")
    for listed in tomllib.loads((_HERE / "triage.toml").read_text("utf-8")).values():
        if isinstance(listed, dict) and "prior" in listed:
            for group in listed.values():
                words.update(dict.fromkeys(group if isinstance(group, list) else (), "plain"))
    for sort in _SORTS:
        words.update(dict.fromkeys(_FAMILIAR[sort], sort))
    cleaned = {clean_letters(word).strip(): sort for word, sort in words.items()}
    return _any(word for word in cleaned if len(word) >= _FEW), cleaned


def weigh(words: list[Word], action: str) -> float:
    """How likely it is, from 0 to 1, that a note from which this action was read states it."""
    signs = count_signs(words, action)
    return 1 / (1 + math.exp(-_AT_FIRST - sum(weight * signs[sign] for sign, weight in _WEIGHTS.items())))


def count_signs(words: list[Word], action: str) -> dict[str, float]:
    """What speaks for and against the action that was read."""
    kinds = {word.kind for word in words}
    text = "".join(word.text for word in words)
    letters = sum(len(word.text.strip()) for word in words if word.kind not in ("gap", "stop")) or 1
    unlisted = sum(len(_MARKS.sub("", word.text)) for word in words if word.kind == "text")
    found = _sort_plain(words)
    familiar, unknown = _tell_familiar(found)
    strange = sum(map(len, found["strange"]))
    formal = len(_FORMAL.findall(text))
    first = next((word.kind for word in words if word.kind in _OPENING), "")
    return {
        "manner": measure(words, familiar, strange=unknown),
        "unlisted": unlisted / max(letters, _SHORT),
        "strange": min(max(0, strange - letters * _A_LITTLE) * min(1, _LONG / letters), _MOST_STRANGE) / 10,
        "affairs": min(_FEW, len(found["affairs"])) * (_AS_PARTS if formal >= _FEW or _takes_in_case(words) else 1),
        "persons": min(_FEW, len(found["persons"])),
        "tones": min(_FEW, len(found["tones"])),
        "superiors": _SUPERIORS.search(text) is not None,
        "asks": action != "ask" and not _ASKING.isdisjoint(kinds),
        "doubts": not _DOUBTING.isdisjoint(kinds),
        "softens": action != "ask" and "softener" in kinds,
        "another": first == "other" and action != "transfer",
        "only_another": action == "transfer" and _TELLING.isdisjoint(kinds),
        "notes_a_thing": _notes_a_thing(words),
        "plain_receipt": _opens_with_receipt(words),
        "long": min(1, max(0, letters - _LONG) / _LONG),
        "a_question": action == "ask",
        "a_receipt": action == "acknowledge",
        "polite": "polite" in kinds,
        "formal": min(_MANY, formal),
    }


def find_familiar(words: list[Word]) -> tuple[list[str], bool]:
    """The familiar words between those of the lists, and whether anything is left that is known nowhere."""
    return _tell_familiar(_sort_plain(words))


def _tell_familiar(found: dict[str, list[str]]) -> tuple[list[str], bool]:
    return [text for sort in (*_SORTS, "plain") for text in found[sort]], bool(found["strange"])


def _opens_with_receipt(words: list[Word]) -> bool:
    """ "รับทราบครับ …": whatever follows is said beside it."""
    kinds = [word.kind for word in words if word.kind != "own"][:2]
    plain = kinds[:1] == ["acknowledge"] and set(kinds[1:]) <= {"polite", "done", "gap", "stop"}
    return plain or _takes_in_case(words)


def _takes_in_case(words: list[Word]) -> bool:
    """ "รับเรื่องน้ำแอร์หยดใส่ทางเท้าแล้ว": a receipt says what was reported, in whichever words."""
    said = (word for word in words if word.kind != "own")
    breath = list(takewhile(lambda word: word.kind not in ("gap", "polite", "stop"), said))
    taken = bool(breath) and breath[0].kind == "acknowledge" and breath[-1].kind == "done"
    return taken and breath[0].text.endswith(_REPORTS)


def _notes_a_thing(words: list[Word]) -> bool:
    """ "รับทราบนโยบายครับ": what is noted is named, and is not the case."""
    for i, (word, after) in enumerate(pairwise(words), 1):
        if word.kind in _RECEIVED and after.kind == "text" and after.start == word.end:
            named = "".join(said.text for said in takewhile(lambda said: said.kind != "gap", words[i:]))
            return len(after.text) > _FEW and not named.startswith(_CASES)
    return False


def _sort_plain(words: list[Word]) -> dict[str, list[str]]:
    """What the words without a meaning of their own tell of; `strange` is what no list knows."""
    pattern, sorts = _lexicon()
    found: dict[str, list[str]] = {sort: [] for sort in (*_SORTS, "plain", "strange")}
    for i, word in enumerate(words):
        if word.kind != "text":
            continue
        text = word.text
        before = words[i - 1] if i else None
        for match in pattern.finditer(text):
            found[sorts[match[0]]].append(match[0])
        if before and before.kind in _NAMED and before.end == word.start:
            text = text[_A_NAME:]  # the name of that office
        left = _MARKS.sub(" ", pattern.sub(" ", _NAMES.sub(" ", text))).split()
        found["strange"] += [piece for piece in left if len(piece) >= _FEW]
    return found
