"""A reply as sentences, and what is read in each: its verbs, every one with the mood it is said in.
Sentences end where a speaker would stop (a full stop, a polite particle, "but", "if"); chunks within
them at a pause."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import takewhile

from cases.reply_times import opens_with_time_ahead
from cases.reply_words import Word


class Mood(Enum):
    BARE = auto()  # no sign of time at all
    GOT = auto()  # ได้ before the verb: it took place
    DONE = auto()  # แล้ว, เรียบร้อย after it
    PROGRESS = auto()
    FUTURE = auto()
    HURRY = auto()  # being urged on, or taken on: only a word of completion overrules it
    WAIT = auto()
    PURPOSE = auto()
    ORDERED = auto()  # what somebody else is told to do
    DENIED = auto()
    CANNOT = auto()
    NOMINAL = auto()  # a name of the work, not the work


WORKS = frozenset(("act", "light", "fix", "enforce"))
VERBS = WORKS | {
    "acknowledge", "heard", "did", "inspect", "procedure", "legal", "clerical", "tell", "forward", "deploy",
    "begun", "close", "settled", "restored",
}  # fmt: skip
# The longest word that limits a day: "ภายใน".
_SHORT = 6
# Words in a time that follows the particle: "หลังฝนหยุด".
_FEW = 6
FINISHERS = frozenset(("done", "finished", "tick", "outcome"))
NOUNS = frozenset(("own", "other", "unnamed", "owner", "reporter"))
TO_COME = frozenset((Mood.FUTURE, Mood.HURRY, Mood.WAIT))
PAST = frozenset((Mood.GOT, Mood.DONE))


@dataclass(slots=True)
class Verb:
    """A verb as said: its family (the list it stands in), its mood, whom it tells, who was told to do it,
    and whether its chunk opens with it or its doer rather than with something told about."""

    family: str
    mood: Mood
    text: str
    index: int
    chunk: int
    subject: Word | None = None
    opens_chunk: bool = True
    target: str | None = None
    told: str | None = None
    told_in_chunk: int = -1


@dataclass(slots=True)
class Sentence:
    """A stretch of words up to a full stop, a polite particle, "but" or "if", and what was read in it: a
    `tail` was put behind the particle without a pause, one that `asks` is meant for colleagues, and one in
    which an earlier word is `broken` says that nobody came. A condition may stand `apart` from what it is one of, whose
    end `hangs` on it."""

    words: list[Word]
    conditional: bool = False
    apart: bool = True
    contrast: bool = False
    verbs: list[Verb] = field(default_factory=list)
    tail: bool = False
    asks: bool = False
    broken: bool = False
    finished_alone: bool = False
    unfinished: bool = False
    not_in_order: bool = False
    finish_ahead: bool = False
    finish_hour: bool = False
    hangs: bool = False
    under_way: bool = False
    waits_for: list[str] = field(default_factory=list)

    def has(self, *kinds: str) -> bool:
        return any(word.kind in kinds for word in self.words)


def split_sentences(words: Iterable[Word]) -> list[Sentence]:
    """Sentences in order; a polite particle ends one as surely as a full stop does."""
    sentences = [Sentence([])]
    latest = sentences[-1]  # the last one with anything in it
    for word in words:
        if word.kind in ("stop", "polite", "turn"):
            sentences.append(Sentence([], tail=word.kind == "polite"))
        elif word.kind == "but":
            sentences.append(Sentence([], contrast=True))
        elif word.kind == "condition":
            before = sentences[-1].words
            sentences.append(Sentence([], conditional=True, apart=not before or before[-1].kind == "gap"))
        elif word.kind == "tick" and latest.words:
            latest.words.append(word)  # "หลอดใหม่ติดสว่างครับ ✅"
        elif word.kind == "mark":
            # "เสร็จแล้วครับ?": the question is what stands before the particle.
            latest = latest if latest.words else sentences[-1]
            latest.words.append(word)
            sentences.append(Sentence([]))
        else:
            latest = sentences[-1]
            latest.words.append(word)
    return _join_days([sentence for sentence in sentences if any(word.kind != "gap" for word in sentence.words)])


def _join_days(sentences: list[Sentence]) -> list[Sentence]:
    """ "ไม่ทันครับวันนี้": a day right behind the particle belongs to what stands before it."""
    joined: list[Sentence] = []
    for sentence in sentences:
        if joined and sentence.tail and _is_day_of_end(joined[-1].words, sentence.words):
            joined[-1].words.extend(sentence.words)
            continue
        days = list(takewhile(lambda word: word.kind == "date", sentence.words))
        rest = sentence.words[len(days) :]
        if joined and sentence.tail and days and (not rest or rest[0].kind == "gap"):
            joined[-1].words.extend(days)
            if not rest:
                continue
            sentence.words = rest
        joined.append(sentence)
    return joined


def _is_day_of_end(before: list[Word], words: list[Word]) -> bool:
    """ "เสร็จครับ ภายใน 15 ธ.ค.", "เสร็จครับ หลังฝนหยุด": a time to come, and nothing else, says when it will be."""
    kinds = [word.kind for word in words if word.kind != "gap"]
    if not before or before[-1].kind not in ("done", "finished"):
        return False
    if before[-1].kind == "finished" and len(words) <= _FEW and "date" not in kinds:
        return opens_with_time_ahead("".join(word.text for word in words).lstrip())
    if kinds not in (["date"], ["text", "date"]):
        return False
    day = next(word for word in words if word.kind == "date")
    short = all(len(word.text.strip()) <= _SHORT for word in words if word.kind == "text")
    return short and day.mention is not None and day.mention.later


def split_chunks(words: Iterable[Word]) -> Iterator[list[Word]]:
    """The stretches between pauses."""
    chunk: list[Word] = []
    for word in words:
        if word.kind != "gap":
            chunk.append(word)
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
