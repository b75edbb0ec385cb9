"""Reads how each thing in a sentence is said: done, under way, still to come, ordered of others,
denied. The verb alone decides nothing: "จะดำเนินการ", "อยู่ระหว่างดำเนินการ" and "ดำเนินการแล้ว" share
one."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from cases.reply_clauses import NOUNS, TO_COME, VERBS, WORKS, Mood, Sentence, Verb
from cases.reply_words import Word

# Before another verb these add nothing to it: "ดำเนินการตรวจสอบ" is to inspect.
_HELPERS = frozenset(("ดำเนินการ", "ดำเนินงาน", "ทำการ", "จัดทำ", "ทำ", "ปฏิบัติ"))
_LEADS_TO_NAME = ("ไปยัง", "ไปที่", "ถึง", "ให้", "กับ", "แก่", "ต่อ", "ทาง")
# How many words ahead a wait or a message looks for what or whom it concerns.
_REACH = 12
_AWAITED = VERBS | NOUNS | {"supply"}
_SHORT_OF_ALL = ("หมด", "ดี", "ครบ", "ทั่ว", "ไหว", "ตรง", "ถึง", "เกลี้ยง")
_MAY_BE_AHEAD = frozenset(("เสร็จ", "แล้วเสร็จ", "finish", "complete", "done"))
_SETS_MOOD = {
    "future": Mood.FUTURE,
    "hurry": Mood.HURRY,
    "wait": Mood.WAIT,
    "progress": Mood.PROGRESS,
    "plan": Mood.FUTURE,
}
_FINISHERS = frozenset(("done", "finished", "tick", "outcome"))
_NO_VERB_FOLLOWS = _FINISHERS | {
    "gap", "softener", "question", "status_question", "later", "date", "assent", "choice",
}  # fmt: skip
# What follows these is another's to do, or not done yet.
_HANDS_ON = frozenset(("tell", "forward", "deploy", "acknowledge", "heard"))
_OPENS_HEARD = NOUNS | {None, "gap", "link", "assent", "got"}
_LOST_AT_A_PAUSE = frozenset((Mood.DENIED, Mood.CANNOT, Mood.PURPOSE, Mood.WAIT, Mood.HURRY))
_LOST_ONCE_DONE = frozenset((Mood.GOT, Mood.ORDERED, Mood.PURPOSE, Mood.HURRY))


def read_verbs(sentence: Sentence) -> None:
    """Fills in the verbs of a sentence, each with its mood, and what is said to be finished or not."""
    _MoodReader(sentence).read()


class _MoodReader:
    """Walks a sentence once. What stands before a verb sets the mood for what follows; what stands
    after one (แล้ว, เรียบร้อย, ต่อไป, อยู่) settles the verbs of the same breath."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.words = sentence.words
        self.verbs = sentence.verbs
        self.mood = Mood.BARE
        self.mood_before = Mood.BARE
        self.told: str | None = None
        self.told_in_chunk = -1
        self.chunk = 0
        self.chunk_start = 0
        self.denied = False
        self.settled_up_to = 0
        self.passed_over = -1
        self.got_at = -1

    def read(self) -> None:
        for i, word in enumerate(self.words):
            if i <= self.passed_over or (word.text in _HELPERS and self._next_kind(i) in VERBS):
                continue
            if word.kind in VERBS:
                self._take_verb(i, word)
            elif word.kind in _SETS_MOOD:
                self._set_mood(i, _SETS_MOOD[word.kind])
            elif word.kind in _FINISHERS:
                self._finish(i, word)
            else:
                hear = self._HEARERS.get(word.kind)
                if hear is not None:
                    hear(self, i)

    def _next_kind(self, i: int) -> str | None:
        return self.words[i + 1].kind if i + 1 < len(self.words) else None

    def _rest_of_chunk(self, i: int) -> Iterator[Word]:
        for at in range(i + 1, len(self.words)):
            if self.words[at].kind == "gap":
                return
            yield self.words[at]

    def _set_mood(self, i: int, mood: Mood) -> None:
        under_way = self.sentence.under_way or self._next_kind(i) == "other"
        if mood is Mood.PROGRESS and not under_way:
            self.sentence.under_way = not any(word.kind in VERBS for word in self._rest_of_chunk(i))
        # "อยู่ระหว่างการประปาจัดคิว": under way with somebody else, so for us a wait.
        if mood is Mood.PROGRESS and self._next_kind(i) == "other":
            mood = Mood.WAIT
        if mood is Mood.WAIT:
            awaited = (word.kind for word in self.words[i + 1 : i + _REACH] if word.kind in _AWAITED)
            self.sentence.waits_for.append(next(awaited, ""))
        if not (mood is Mood.HURRY and self.mood in (Mood.FUTURE, Mood.PROGRESS)):
            self.mood = mood
        self.told = None

    def _hear_gap(self, i: int) -> None:
        self.chunk, self.chunk_start = self.chunk + 1, i + 1
        self.denied = False
        if self.mood in _LOST_AT_A_PAUSE:
            self.mood = Mood.BARE

    def _hear_link(self, i: int) -> None:
        self.denied = False
        # "แจ้งการไฟฟ้าและตัดกิ่ง": the second verb is ours; in "แจ้งช่างตรวจสอบและแก้ไข" both are his.
        if self._next_kind(i) not in VERBS | {"got"}:
            return
        if self.verbs and self.verbs[-1].family in _HANDS_ON:
            self.mood, self.told = self.mood_before, None

    def _hear_got(self, i: int) -> None:
        follows_verb = bool(self.verbs) and self.verbs[-1].index == i - 1
        next_kind = self._next_kind(i)
        if next_kind is None or next_kind in _NO_VERB_FOLLOWS or (follows_verb and next_kind == "text"):
            return
        self.mood, self.told, self.got_at, self.denied = Mood.GOT, None, i, False

    def _hear_not_yet(self, i: int) -> None:
        next_kind = self._next_kind(i)
        follows_verb = bool(self.verbs) and self.verbs[-1].index == i - 1
        if next_kind in ("done", "finished", "outcome", "did"):
            self.sentence.unfinished = True
            self.passed_over = i + 1
            if self._next_kind(i + 1) in ("done", "finished"):
                self.passed_over = i + 2
        elif next_kind in (None, "gap", "softener", "let") and self.verbs and self.verbs[-1].chunk == self.chunk:
            if "ได้" in self.words[i].text:
                self.verbs[-1].mood = Mood.CANNOT
        elif follows_verb and self.words[i + 1].text.startswith(_SHORT_OF_ALL):
            self.verbs[-1].mood = Mood.DENIED
        else:
            self.denied = True

    def _hear_nearly(self, i: int) -> None:
        if self._next_kind(i) in VERBS | _FINISHERS:
            self.sentence.unfinished = True
            self.passed_over = i + 2 if self._next_kind(i + 1) in _FINISHERS else i + 1

    def _hear_found(self, i: int) -> None:
        if self.verbs and self.verbs[-1].family == "inspect" and self.verbs[-1].mood is Mood.BARE:
            self.verbs[-1].mood = Mood.GOT

    def _hear_want(self, i: int) -> None:
        if self.words[i].text == "ขอ" and self._next_kind(i) in WORKS | {"inspect"}:
            self.mood = Mood.FUTURE

    def _hear_lacking(self, i: int) -> None:
        self.denied = True

    def _hear_cannot(self, i: int) -> None:
        self.mood = Mood.CANNOT

    def _hear_let(self, i: int) -> None:
        for word in self._rest_of_chunk(i):
            if word.kind in VERBS:
                if self.mood not in TO_COME:
                    self.mood = Mood.ORDERED
                return
            if word.kind in _FINISHERS | {"later"}:
                break
        else:
            self._offer()
            return
        if self._next_kind(i) == "finished" and self._next_kind(i + 1) not in ("done", "finished"):
            self._offer()
            self.passed_over = i + 1
        elif self._next_kind(i) == "done" and not self.verbs and i and not self.sentence.has("want", "asked"):
            # "ยกออกให้แล้ว": whatever the verb, it was done for somebody.
            self.sentence.finished_alone = self.mood not in TO_COME

    def _offer(self) -> None:
        """ "ซ่อมให้ครับ", "ทำให้เรียบร้อย": said of what is going to be done, unless the verb says
        otherwise."""
        for verb in self.verbs:
            if verb.chunk == self.chunk and verb.mood is Mood.BARE and verb.family in WORKS:
                verb.mood = Mood.FUTURE

    def _hear_ban(self, i: int) -> None:
        if self.mood not in TO_COME:
            self.mood = Mood.ORDERED

    def _hear_purpose(self, i: int) -> None:
        if self.mood not in TO_COME:
            self.mood = Mood.PURPOSE

    def _hear_stay(self, i: int) -> None:
        if self.verbs and i - self.verbs[-1].index <= 2 and self.verbs[-1].chunk == self.chunk:
            verb = self.verbs[-1]
            if verb.mood in (Mood.BARE, Mood.HURRY) and self._next_kind(i) in (
                None,
                "gap",
                "still",
                "softener",
            ):
                verb.mood = Mood.PROGRESS

    def _hear_later(self, i: int) -> None:
        for verb in self.verbs:
            if verb.index >= self.settled_up_to and verb.family in WORKS and verb.mood is not Mood.PROGRESS:
                verb.mood = Mood.FUTURE

    def _is_heard(self, i: int) -> bool:
        """ "ทราบแล้ว" and "โยธารับครับ", but not "ทราบสาเหตุ" nor "รับรถ"."""
        before = self.words[i - 1].kind if i else None
        if before == "text" and i > 1 and self.words[i - 2].kind == "own":
            before = "own"
        after = self._next_kind(i)
        return before in _OPENS_HEARD and (after is None or after in _FINISHERS | {"gap", "later", "surely"})

    def _take_verb(self, i: int, word: Word) -> None:
        if word.kind == "heard" and not self._is_heard(i):
            return
        mood = self.mood
        named_only = i > 0 and (self.words[i - 1].kind == "nominal" or self.words[i - 1].text == "โครงการ")
        if named_only and mood not in TO_COME and mood is not Mood.PROGRESS:
            mood = Mood.NOMINAL
        elif self.denied:
            mood = Mood.DENIED
        elif word.kind == "did" and mood in (Mood.BARE, Mood.ORDERED):
            mood = Mood.DONE
        elif mood is Mood.ORDERED and self.told == "deployed" and word.kind == "enforce":
            mood = self.mood_before
        verb = Verb(word.kind, mood, word.text, i, self.chunk, told=self.told, told_in_chunk=self.told_in_chunk)
        verb.subject = next((before for before in self.words[max(0, i - 2) : i][::-1] if before.kind in NOUNS), None)
        verb.opens_chunk = self.words[self.chunk_start].kind in VERBS | NOUNS | {"got", "link"}
        if verb.subject and verb.subject.kind == "reporter" and word.text.startswith(("แจ้ง", "บอก")):
            return
        self.verbs.append(verb)
        if word.kind in ("tell", "forward"):
            verb.target = self._find_target(i)
        if word.kind in _HANDS_ON and mood not in (Mood.FUTURE, Mood.PROGRESS, Mood.DENIED):
            self.mood_before = mood if mood in (Mood.BARE, Mood.GOT) else Mood.BARE
            self._pass_on(verb)

    def _pass_on(self, verb: Verb) -> None:
        if verb.family in ("acknowledge", "heard"):
            self.mood = Mood.HURRY
        elif verb.family == "deploy":
            if self.mood_before is Mood.BARE:
                self.mood, self.told, self.told_in_chunk = Mood.ORDERED, "deployed", self.chunk
        elif verb.target != "reporter":
            self.mood, self.told, self.told_in_chunk = Mood.ORDERED, verb.target or "own", self.chunk

    def _find_target(self, i: int) -> str | None:
        for at in range(i + 1, min(i + _REACH, len(self.words))):
            word, before = self.words[at], self.words[at - 1]
            if word.kind in NOUNS:
                return word.kind
            leads_on = at - 1 == i or before.kind in ("let", "link") or before.text.endswith(_LEADS_TO_NAME)
            if word.kind == "gap" and not leads_on:
                return None
            if word.kind in VERBS - {"tell", "restored", "procedure", "legal"}:
                return None
            if word.kind in _FINISHERS | {"future", "got", "progress"}:
                return None
        return None

    def _finish(self, i: int, word: Word) -> None:
        if self.settled_up_to == i and i:
            self.settled_up_to = i + 1
            return
        strong = word.kind in ("finished", "outcome")
        upto = i + 1 if strong and self._next_kind(i) == "done" else i
        if self._leads_to_promise(upto) and self.mood is not Mood.GOT:
            self.passed_over = upto
            if strong:
                self._suppose()
            return
        ahead = upto == i and word.text in _MAY_BE_AHEAD and self._names_day_ahead(i)
        if ahead or self._next_kind(upto) == "surely":
            self.sentence.finish_ahead = True
            self._offer()
            return
        self.sentence.finish_ahead = self.sentence.finish_ahead or (strong and self.mood is Mood.FUTURE)
        # "ซอยนี้ได้ผู้รับจ้างแล้ว": what was got is no work done.
        got_a_thing = not strong and self.verbs and self.got_at > self.verbs[-1].index
        group = [] if got_a_thing else self._nearest_group()
        if word.kind == "outcome":
            group = [verb for verb in self.verbs if verb in group or verb.family in WORKS]
        for verb in group:
            if self._is_settled_by(verb, strong, i):
                verb.mood = Mood.DONE
        if not self.verbs and word.kind == "finished" and self.mood not in TO_COME | {Mood.PURPOSE, Mood.ORDERED}:
            self.sentence.finished_alone = True
        self.settled_up_to = upto + 1
        self.passed_over = max(self.passed_over, upto)
        if self.mood in _LOST_ONCE_DONE:
            self.mood, self.told = Mood.BARE, None

    def _leads_to_promise(self, i: int) -> bool:
        """ "เสร็จแล้วจะแจ้ง"; "เสร็จแล้ว จะแจ้ง" is the same where nothing else was said to be done."""
        following = [word.kind for word in self.words[i + 1 : i + 4]]
        if following[:1] == ["gap"] and not self.verbs:
            return following[1:] in (["future", "tell"], ["future", "clerical"])
        return following[:1] == ["future"]

    def _suppose(self) -> None:
        """ "ซ่อมเสร็จแล้วจะแจ้ง" only says what comes after an end that has not come."""
        self.verbs[:] = [verb for verb in self.verbs if verb.chunk != self.chunk]
        self.passed_over = len(self.words)

    def _names_day_ahead(self, i: int) -> bool:
        """ "เสร็จวันศุกร์" looks forward, unlike "เสร็จแล้ว"."""
        first = last = i
        while first and self.words[first - 1].kind != "gap":
            first -= 1
        while last + 1 < len(self.words) and self.words[last + 1].kind != "gap":
            last += 1
        return any(word.mention and word.mention.ahead for word in self.words[first : last + 1])

    def _nearest_group(self) -> list[Verb]:
        if not self.verbs:
            return []
        chunk = self.verbs[-1].chunk
        return [verb for verb in self.verbs if verb.chunk == chunk and verb.index >= self.settled_up_to]

    def _is_settled_by(self, verb: Verb, strong: bool, i: int) -> bool:
        if verb.mood in (Mood.BARE, Mood.GOT):
            return True
        if verb.mood is Mood.ORDERED and not strong:
            apart = verb.told_in_chunk != verb.chunk and i - verb.index <= 2
            return verb.told == "deployed" or (apart and verb.family == "fix")
        if not strong:
            return False
        if verb.mood in (Mood.ORDERED, Mood.PURPOSE):
            if verb.told == "deployed" or verb.told is None:
                return True
            return verb.family in ("fix", "tell") or (verb.family == "act" and verb.told == "own")
        return verb.mood in (Mood.HURRY, Mood.NOMINAL)

    _HEARERS: ClassVar[dict[str, Callable[["_MoodReader", int], None]]] = {
        "gap": _hear_gap,
        "link": _hear_link,
        "got": _hear_got,
        "not_yet": _hear_not_yet,
        "nearly": _hear_nearly,
        "lacking": _hear_lacking,
        "missing": _hear_lacking,
        "cannot": _hear_cannot,
        "found": _hear_found,
        "want": _hear_want,
        "let": _hear_let,
        "ban": _hear_ban,
        "purpose": _hear_purpose,
        "stay": _hear_stay,
        "later": _hear_later,
    }
