"""Reads what a coordinator writes when quoting a case card, in ordinary Thai: nobody has to learn
commands. Saying "resolved" of a case that is not is the worst mistake it can make, so where words leave
a doubt it takes the lesser action, and talk among colleagues moves nothing."""

from dataclasses import dataclass, field, replace
from datetime import date, time
from itertools import pairwise, takewhile

from cases.reply_bearing import (
    counts_up,
    drop_speech,
    is_mostly_unknown,
    is_only_a_coming,
    leaves_this_undone,
    names_no_visit,
)
from cases.reply_clauses import PAST, Mood, Sentence, Verb, split_chunks, split_sentences
from cases.reply_ends import mark_what_hangs
from cases.reply_hours import is_over
from cases.reply_letters import is_addressed_to_others
from cases.reply_moods import read_verbs
from cases.reply_naming import is_arrival, is_next_look
from cases.reply_notices import is_notice, lists_several
from cases.reply_outlook import KIN
from cases.reply_pursuit import hear_pursuit
from cases.reply_rules import judge_sentence
from cases.reply_spelling import PATTERNS
from cases.reply_states import Findings
from cases.reply_sureness import SURE, WORTH_ASKING, weigh
from cases.reply_talk import is_talk, take_out_talk
from cases.reply_whereabouts import lies_with_others
from cases.reply_words import Word, cut_into_words
from cases.thai_days import HALF_A_YEAR
from cases.working_time import NextDay, find_working_day_after

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
# With much beside them that the reader does not know, these are guesses.
_GUESSED = frozenset(("acknowledge", "offered", "start"))
_OUTWEIGHS_RECEIPT = ("transfer", "begun")
_REASONS_TO_CLOSE = frozenset(("decline", "not_found", "transfer", "ask", "start"))
# A day about a year past, with no sign of the past beside it, is a slip in the year: a promise without a day.
_YEAR_SLIPS = range(HALF_A_YEAR.days, 400)
_REASONS = ("เพราะ", "เนื่องจาก", "เนื่องด้วย", "because")
_AWAY = ("ลา", "ป่วย", "ไม่อยู่")
_COMING = ("มา", "เข้า", "ไป", "ออก")
# Whoever names more days than these in one breath promises none of them.
_MOST_DAYS = 8
# Beside a day alone there is room for "ถึงคิว" or "แน่นอน", not for a story.
_FEW_LETTERS = 18
_CAPTIONS = frozenset(PATTERNS["captions"])
_THINGS = frozenset(("supply", "procedure"))
# A case closed with these was not accepted: "ข้อมูลไม่เพียงพอ จึงขอยุติเรื่อง".
_TOO_LITTLE = frozenset(("ไม่เพียงพอ", "ไม่ชัดเจน"))
# How sure it is that an end named for a part of today that is over has come, or what is said of one of several matters
# is said of this one: it is asked about.
_EITHER = 0.5
_GOES_ON = ("ทำต่อ", "ต่อ", "ต่อเนื่อง")
_YES = ("ครับ", "ครับผม", "ค่ะ", "จ้า", "จ้ะ")


@dataclass(frozen=True)
class Reading:
    """The action stated, a second one if two were, and the day committed to.

    `sureness`: from 0 to 1. Two readings are the same that say the same, however sure.
    """

    action: str | None
    also: str | None
    due: date | None
    sureness: float = field(default=1.0, compare=False)

    @property
    def sure(self) -> bool:
        """Whether it is acted on."""
        return self.sureness >= SURE

    @property
    def worth_asking(self) -> bool:
        """Whether it is not acted on, and whoever wrote it may have meant it all the same."""
        return self.action is not None and WORTH_ASKING <= self.sureness < SURE


NOTHING = Reading(None, None, None)


def read_reply(
    text: str, today: date, next_day: NextDay = find_working_day_after, *, at: time | None = None
) -> Reading:
    """What the reply says of the case, and how surely; nothing when people only talk, ask each other, guess or joke.

    `next_day`: how the office that speaks counts working days; `at`: when today it was written, if that is known.
    """
    words = cut_into_words(drop_speech(text), today, next_day)
    reading = _read(text, words, today)
    if at is not None and reading.action == "promise" and reading.due == today and is_over(words, at):
        return Reading("resolve", None, None, _EITHER)
    if not reading.action:
        return reading
    sureness = max(weigh(words, reading.action), _weigh_receipt(words, reading.action))
    if reading.action == "transfer" and lies_with_others(words):
        sureness = max(sureness, SURE)
    if (reading.action == "ask" and _calls_colleague(words)) or lists_several(text, words):
        sureness = min(sureness, _EITHER)
    return replace(reading, sureness=sureness)


def _weigh_receipt(words: list[Word], action: str) -> float:
    """ "รับเรื่องไว้แล้วค่ะ เห็นรูปแล้วน่ากลัว…": a receipt that opens a note stands, whatever is said after it."""
    first = list(takewhile(lambda word: word.kind not in ("polite", "stop"), words))
    if action != "acknowledge" or len(first) == len(words) or all(word.kind != "acknowledge" for word in first):
        return 0.0
    return weigh(first, action)


def _calls_colleague(words: list[Word]) -> bool:
    """ "ขอรูปมุมกว้างหน่อยครับน้องบอย": by name."""
    named = any(_is_kin(word) and after.kind == "text" for word, after in pairwise(words))
    return named and all(word.kind != "reporter" for word in words)


def _is_kin(word: Word) -> bool:
    return word.text in KIN[:2] or (word.kind == "polite" and word.text.endswith(KIN[:2]))


def _read(text: str, words: list[Word], today: date) -> Reading:
    if is_talk(words) or is_notice(text) or text.strip() in _CAPTIONS or counts_up(text):
        return NOTHING
    if all(word.kind in ("polite", "gap", "stop") for word in words):
        return Reading("acknowledge", None, None) if _is_yes(words) else NOTHING
    words = hear_pursuit(words)
    account = _Account()
    asked = thanked = False
    sentences = split_sentences(words)
    mark_what_hangs(sentences)
    for sentence in sentences:
        if (asked and _belongs_to_question(sentence)) or (thanked and _tells_for_what(sentence)):
            continue
        thanked = sentence.has("thanks")
        found = take_out_talk(sentence)
        account.stated |= found
        asked = sentence.asks or "ask" in found
        if sentence.broken:
            account.break_promises()
        if sentence.contrast and sentence.asks:
            # "เสร็จแล้วแต่ทำไมยังท่วม" doubts what it repeats.
            account.stated.discard("resolve")
        if sentence.words:
            read_verbs(sentence)
            account.add(sentence, today)
    if is_addressed_to_others(words) or lies_with_others(words):
        account.faint.append("transfer")
    if leaves_this_undone(text):
        account.stated.discard("resolve")
    if account.closed and "ask" in account.stated and any(word.text in _TOO_LITTLE for word in words):
        account.stated = account.stated - {"ask"} | {"decline"}
    if account.stated or not is_mostly_unknown(words):
        return account.conclude()
    account.faint = [kind for kind in account.faint if kind not in _GUESSED]
    return account.conclude()


def _belongs_to_question(sentence: Sentence) -> bool:
    """ "ใครไปครับวันนี้": what is put behind the particle, or a day alone, is asked about with the rest."""
    behind = sentence.words[0].kind != "gap" or all(word.kind in ("gap", "date") for word in sentence.words)
    either = next((word.kind for word in sentence.words if word.kind != "gap"), "") == "choice"
    return (sentence.tail and behind) or either


def _tells_for_what(sentence: Sentence) -> bool:
    """ "ขอบคุณครับที่มาซ่อมให้แล้ว"."""
    first = next((word for word in sentence.words if word.kind != "gap"), None)
    return sentence.tail and first is not None and first.text.startswith(("ที่", "งาน"))


def _is_yes(words: list[Word]) -> bool:
    return any(word.kind == "polite" and word.text.rstrip("ๆ").endswith(_YES) for word in words)


@dataclass(slots=True)
class _Account:
    """What the sentences come to together: a later one may take back what an earlier one stated."""

    stated: set[str] = field(default_factory=set)
    faint: list[str] = field(default_factory=list)
    due: date | None = None
    warned: bool = False
    closed: bool = False
    to_come: bool = False
    inspected: bool = False
    awaiting: bool = False
    waiting: bool = False

    def break_promises(self) -> None:
        """Nobody came: the day that was named and what was taken on are complaints, not news."""
        self.stated.discard("promise")
        self.faint.clear()
        self.due = None

    def add(self, sentence: Sentence, today: date) -> None:
        found = judge_sentence(sentence, inspected_before=self.inspected)
        if _takes_back(sentence, found) and (self.warned or "resolve" in self.stated):
            self.stated, self.warned = self.stated - {"resolve"} | {"start"}, False
        self.awaiting = self.awaiting or not _THINGS.isdisjoint(sentence.waits_for)
        self.waiting = self.waiting or bool(sentence.waits_for) or any(map(_is_held_up, sentence.verbs))
        if self.waiting:
            sentence.words = _drop_next_look(sentence.words)
        promised = _find_promise(sentence, found, today, awaiting=self.awaiting)
        if promised:
            self.stated.add("promise")
            self.due = self.due or (promised if promised >= today else None)
        self.stated |= found.firm
        self.faint += found.faint
        self.warned = self.warned or found.warned
        self.closed = self.closed or found.closed
        self.to_come = self.to_come or found.to_come or bool(promised)
        self.inspected = found.inspected

    def conclude(self) -> Reading:
        if "astray" in self.stated:
            # Who did not find the place and asks for it, asks.
            self.stated = self.stated - {"astray"} | (set() if "ask" in self.stated else {"not_found"})
        if self.warned and not self.to_come:
            self.stated.add("resolve")
        elif self.warned and "promise" not in self.stated:
            self.stated.add("start")
        if self.closed and self.stated.isdisjoint(_REASONS_TO_CLOSE):
            self.stated.add("resolve")
        # "ไม่เข้าหลักเกณฑ์ค่ะ ต้นแข็งแรงดี": why it is not accepted.
        if "in_order" in self.faint and self.stated.isdisjoint(("resolve", "decline")):
            self.stated.add("resolve" if "mended" in self.faint else "not_found")
        if self.stated <= {"acknowledge"}:
            suggested = next((kind for kind in _FAINT if kind in self.faint), None)
            if suggested and (not self.stated or suggested in _OUTWEIGHS_RECEIPT):
                self.stated.add(_FAINT[suggested])
        if "decline" in self.stated:
            self.stated.discard("start")
        ranked = [action for action in ACTIONS if action in self.stated]
        if not ranked:
            return NOTHING
        return Reading(ranked[0], ranked[1] if len(ranked) > 1 else None, self.due)


def _takes_back(sentence: Sentence, found: Findings) -> bool:
    if found.takes_back:
        return True
    return sentence.contrast and (sentence.has("not_yet", "part", "still", "wait") or found.to_come)


def _find_promise(sentence: Sentence, found: Findings, today: date, *, awaiting: bool) -> date | None:
    """The first day said of what is to come."""
    if "decline" in found.firm or sentence.has("again") or any(_reproaches(word) for word in sentence.words):
        return None
    # "วันนี้รถติด" has a verb, and nobody works.
    works = any(verb.family not in ("restored", "clerical") for verb in sentence.verbs)
    works = works or sentence.has("future", "hurry", "plan", "finished", "surely")
    happened = "resolve" in found.firm or sentence.has("found", "missing", "done")
    happened = happened or any(verb.mood in PAST for verb in sentence.verbs)
    moods: dict[int, list[Mood]] = {}
    for verb in sentence.verbs:
        moods.setdefault(verb.chunk, []).append(verb.mood)
    past = {number for number, said in moods.items() if PAST.issuperset(said)}
    no_visit = names_no_visit(sentence.words)
    sends_ours = _sends_ours(sentence)
    all_past = bool(past) and len(past) == len(moods)
    for number, chunk in enumerate(split_chunks(sentence.words)):
        # "วันนี้ ผอ. ติดประชุม": a day set apart belongs to the whole of what is said.
        idle = no_visit if all(word.kind == "date" for word in chunk) else names_no_visit(chunk)
        days = [] if idle else _list_days(chunk)
        if awaiting and is_arrival(chunk):
            continue
        if any(word.kind == "part" for word in chunk) and set(days) == {today}:
            continue  # "วันนี้ได้ครึ่งทาง"
        if set(days) == {today} and chunk[-1].text.strip().endswith(_GOES_ON):
            continue  # "ตัดไปครึ่งนึงแล้ว วันนี้ทำต่อ"
        if Mood.CANNOT in moods.get(number, ()) and not any(word.kind == "plan" for word in chunk):
            continue
        # "ศุกร์นี้ค่ะ" and "พรุ่งนี้ช่างเข้า" answer when; "วันนี้เคสเยอะมาก" does not.
        if not days or not (works or sends_ours or _has_little_else(chunk, sentence)):
            continue
        kinds = {word.kind for word in chunk}
        if kinds >= {"progress", "procedure"} and "plan" not in kinds:
            coming = []  # "อยู่ระหว่างเสนอของบประมาณปี 2570" names a budget
        elif not kinds.isdisjoint(("future", "hurry", "plan")):
            coming = [day for day in days if day >= today]
        elif number in past or (len(chunk) == 1 and number not in moods and all_past):
            coming = []
        else:
            coming = [day for day in days if day > today or (not happened and _is_meant_ahead(day, today))]
        if coming:
            return coming[0]
    return today if sentence.finish_hour else None


def _is_held_up(verb: Verb) -> bool:
    """ "รองบ", "อยู่ระหว่างขออนุมัติงบ": nothing is mended before it comes."""
    return verb.family == "procedure" and (verb.text.startswith(("รอ", "ติด")) or verb.mood is Mood.PROGRESS)


def _drop_next_look(words: list[Word]) -> list[Word]:
    """Without the days on which it is looked at again: they stay said, and promise nothing."""
    idle: set[int] = set()
    looks = False
    for chunk in split_chunks(words):
        looks = is_next_look(chunk) or (looks and all(word.mention for word in chunk))
        idle.update(word.start for word in chunk if looks and word.mention)
    return [word for word in words if word.mention is None or word.start not in idle]


def _list_days(chunk: list[Word]) -> list[date]:
    """The days that the chunk may promise: what it is put off to, or what is named up to a denial."""
    if _is_no_show(chunk) or _only_tells_trouble(chunk) or chunk[-1].kind == "wait":
        return []
    put_off = next((i for i, word in enumerate(chunk) if word.kind == "plan" and "เลื่อน" in word.text), 0)
    stated = takewhile(lambda word: word.kind != "not_yet", chunk[put_off:])
    return list(dict.fromkeys(word.mention.day for word in stated if word.mention))[:_MOST_DAYS]


def _has_little_else(chunk: list[Word], sentence: Sentence) -> bool:
    """Beside the day; where trouble is told of as well, "พรุ่งนี้มีงานวัด" may be a part of it, but not "พรุ่งนี้เข้า"."""
    plain = [word.text for word in chunk if word.kind == "text"]
    if sentence.has("trouble") and not any(text.startswith(_COMING) for text in plain):
        return False
    return sum(map(len, plain)) <= _FEW_LETTERS and is_only_a_coming(" ".join(plain))


def _sends_ours(sentence: Sentence) -> bool:
    """ "พรุ่งนี้ทีมช่างเข้าซอย 5", but not "พรุ่งนี้หน่วยเราเวร": one of ours, and a word of coming."""
    return sentence.has("own") and any(
        (word.kind == "text" and word.text.strip().startswith(_COMING)) or word.text.strip().endswith(_COMING)
        for word in sentence.words
    )


def _is_no_show(chunk: list[Word]) -> bool:
    """ "วันนี้ช่างไม่มา", "วันศุกร์ไปไม่ได้", "วันนี้มาไม่ครบ", "หัวหน้าลาวันนี้"."""
    for word, after in pairwise(chunk):
        if word.kind == "not_yet" and after.text.startswith(_COMING):
            return True
        if word.kind == "own" and after.text.strip() in _AWAY:
            return True
        if word.text.endswith(_COMING) and after.kind == "not_yet":
            return True
    return False


def _reproaches(word: Word) -> bool:
    """ "รอนานแล้ว", "เลยกำหนดแล้ว": a day beside it is a demand."""
    return word.kind == "trouble" and (word.text.endswith("แล้ว") or word.text.startswith("ตั้ง"))


def _only_tells_trouble(chunk: list[Word]) -> bool:
    """ "พรุ่งนี้ฝนตก", but not "เลื่อนเป็นวันศุกร์เพราะฝนตก", where the trouble is the reason."""
    at = next((i for i, word in enumerate(chunk) if word.kind == "trouble"), None)
    if at is None:
        return False
    return not any(reason in word.text for word in chunk[:at] for reason in _REASONS)


def _is_meant_ahead(day: date, today: date) -> bool:
    """Of today, or a day before it, only a sentence in which nothing has happened yet can speak ahead."""
    return day == today or (today - day).days in _YEAR_SLIPS
