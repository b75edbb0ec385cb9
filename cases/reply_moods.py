"""Reads how each thing in a sentence is said: done, under way, still to come, ordered of others,
denied. The verb alone decides nothing: "จะดำเนินการ", "อยู่ระหว่างดำเนินการ" and "ดำเนินการแล้ว" share
one."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from cases.reply_bearing import is_reporters_own
from cases.reply_clauses import FINISHERS, NOUNS, TO_COME, VERBS, WORKS, Mood, Sentence, Verb
from cases.reply_ends import comes_first, is_closed_ahead, is_left_hanging, is_over_today, may_be_ahead, names_hour
from cases.reply_outlook import Outlook, find_awaited, is_ended_ahead, is_on_its_way, is_paper_work, names_day_of_end
from cases.reply_spelling import PATTERNS
from cases.reply_targets import find_target, is_proposed
from cases.reply_words import Word

# Before another verb these add nothing to it: "ดำเนินการตรวจสอบ" is to inspect.
_HELPERS = frozenset(("ดำเนินการ", "ดำเนินงาน", "ทำการ", "จัดทำ", "ทำ", "ปฏิบัติ"))
_ADDRESSES = ("เรียน", "นำเรียน")
_PUT_RIGHT: tuple[str, ...] = tuple(PATTERNS["put_right"])
_BEGIN = ("เริ่ม", "ลงมือ", "start")
_SHORT_OF_ALL = ("หมด", "ดี", "ครบ", "ทั่ว", "ไหว", "ตรง", "ถึง", "เกลี้ยง")
_STRESSED = ("เลย", "จริง", "หรอก", "นะ", "แล้ว", "เพราะ", "เนื่องจาก")
_SETS_MOOD = {
    "future": Mood.FUTURE,
    "hurry": Mood.HURRY,
    "wait": Mood.WAIT,
    "progress": Mood.PROGRESS,
    "plan": Mood.FUTURE,
}
_NO_VERB_FOLLOWS = FINISHERS | {
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
        self.beginning = False
        self.offered_up_to = 0
        self.put_off_up_to = 0
        self.works_up_to = 0
        self.kinds = frozenset(word.kind for word in self.words)
        self.outlook = Outlook(self.words)

    def read(self) -> None:
        for i, word in enumerate(self.words):
            if i <= self.passed_over or (word.text in _HELPERS and self._next_kind(i) in VERBS):
                continue
            if word.kind in VERBS:
                self._take_verb(i, word)
            elif word.kind in _SETS_MOOD:
                self._set_mood(i, _SETS_MOOD[word.kind])
            elif word.kind in FINISHERS:
                self._finish(i, word)
            elif word.kind == "belongs" and word.text.startswith("ต้อง"):
                self._set_mood(i, Mood.FUTURE)
            else:
                hear = self._HEARERS.get(word.kind)
                if hear is not None:
                    hear(self, i)
        for verb in self.verbs:
            if verb.mood is Mood.BARE and verb.family == "fix" and verb.chunk in self.outlook.just_gone:
                verb.mood = Mood.GOT  # "เก็บไปเมื่อเช้า"

    def _next_kind(self, i: int) -> str | None:
        return self.words[i + 1].kind if i + 1 < len(self.words) else None

    def _set_mood(self, i: int, mood: Mood) -> None:
        under_way = self.sentence.under_way or self._next_kind(i) == "other"
        if mood is Mood.PROGRESS and not under_way:
            self.sentence.under_way = not self.outlook.verb_follows[i]
        # "อยู่ระหว่างการประปาจัดคิว": under way with somebody else, so for us a wait.
        if mood is Mood.PROGRESS and self._next_kind(i) == "other":
            mood = Mood.WAIT
        if mood is Mood.WAIT and i and (self.words[i - 1].kind == "not_yet" or self.words[i - 1].text.endswith("เคย")):
            return
        if mood is Mood.WAIT:
            self.sentence.waits_for.append(find_awaited(self.words, i))
        if not (mood is Mood.HURRY and self.mood in (Mood.FUTURE, Mood.PROGRESS)):
            self.mood = mood
        self.told, self.beginning = None, False

    def _hear_gap(self, i: int) -> None:
        self.chunk, self.chunk_start = self.chunk + 1, i + 1
        self.denied = False
        if self.beginning:
            self.mood, self.beginning = Mood.BARE, False
        if self.mood in _LOST_AT_A_PAUSE:
            self.mood = Mood.BARE

    def _hear_link(self, i: int) -> None:
        self.denied = False
        # "แจ้งการไฟฟ้าและตัดกิ่ง": the second verb is ours; in "แจ้งช่างตรวจสอบและแก้ไข" both are his.
        if self._next_kind(i) not in VERBS | {"got"}:
            return
        if self.verbs and self.verbs[-1].family in _HANDS_ON and not self.words[i - 1].text.endswith("ทราบ"):
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
        if self.words[i].text == "ไม่ทัน":
            self._miss_the_time(i)
            return
        if next_kind in ("done", "finished", "outcome", "did"):
            # "ยังไม่เรียบร้อย" tells how the place looks, "ยังไม่เสร็จ" how the work stands.
            looks_so = self.words[i + 1].text == "เรียบร้อย" and not self.verbs
            self.sentence.unfinished = self.sentence.unfinished or not looks_so
            self.sentence.not_in_order = self.sentence.not_in_order or looks_so
            self.passed_over = i + 1
            if self._next_kind(i + 1) in ("done", "finished"):
                self.passed_over = i + 2
        elif next_kind in (None, "gap", "softener", "let") and self.verbs and self.verbs[-1].chunk == self.chunk:
            if "ได้" in self.words[i].text:
                self.verbs[-1].mood = Mood.CANNOT
        elif follows_verb and self.words[i].text == "ไม่ได้" and next_kind in ("date", "text"):
            # "ซ่อมไม่ได้เลย", but "แก้ไขไม่ได้ผล".
            cannot = next_kind == "date" or self.words[i + 1].text.startswith(_STRESSED)
            self.verbs[-1].mood = Mood.CANNOT if cannot else Mood.DENIED
        elif follows_verb and self.words[i + 1].text.startswith(_SHORT_OF_ALL):
            self.verbs[-1].mood = Mood.DENIED
        else:
            self.denied = True

    def _miss_the_time(self, i: int) -> None:
        """ "ทำไม่ทัน", "เสร็จไม่ทัน"; "ไม่ทันวันนี้" alone denies what follows."""
        before = self.words[i - 1].kind if i else None
        if before == "finished":
            self.sentence.finished_alone, self.sentence.not_in_order = False, True
        if before in VERBS | {"finished"} and self.verbs and self.verbs[-1].chunk == self.chunk:
            self.verbs[-1].mood = Mood.DENIED
        self.denied = True

    def _hear_nearly(self, i: int) -> None:
        if self._next_kind(i) in VERBS | FINISHERS:
            self.sentence.unfinished = True
            self.passed_over = i + 2 if self._next_kind(i + 1) in FINISHERS else i + 1

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
        happened = self.chunk in self.outlook.days_past
        if self.outlook.decider[i] == "verb":
            # "กำลังให้ทีมลงไปดู": the sending is under way, and with it the look.
            sending = self.mood is Mood.PROGRESS and self.words[i - 1].kind == "progress"
            if self.mood not in TO_COME and not sending:
                self.mood = Mood.ORDERED
        elif self.outlook.decider[i] is None and not happened:
            self._offer()
        elif self._next_kind(i) == "finished" and self._next_kind(i + 1) not in ("done", "finished") and not happened:
            self._offer()
            self.passed_over = i + 1
        elif self._ends_done(i) and not self.verbs and i and self.kinds.isdisjoint(("want", "asked")):
            # "ยกออกให้แล้ว": whatever the verb, it was done for somebody.
            self.sentence.finished_alone = self.mood not in TO_COME

    def _ends_done(self, i: int) -> bool:
        """ "ให้แล้ว", "ให้แน่นแล้ว"."""
        put_right = self._next_kind(i) == "text" and self.words[i + 1].text.strip().startswith(_PUT_RIGHT)
        return self._next_kind(i + put_right) == "done"

    def _offer(self, *, though_got: bool = False) -> None:
        """ "ซ่อมให้ครับ", "ทำให้เรียบร้อย": said of what is going to be done, unless the verb says
        otherwise."""
        for verb in self.verbs[self.offered_up_to :]:
            untold = verb.mood is Mood.BARE or (though_got and verb.mood is Mood.GOT)
            if verb.chunk == self.chunk and untold and verb.family in WORKS:
                verb.mood = Mood.FUTURE
        self.offered_up_to = len(self.verbs)

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
        for verb in self.verbs[self.put_off_up_to :]:
            if verb.index >= self.settled_up_to and verb.family in WORKS and verb.mood is not Mood.PROGRESS:
                verb.mood = Mood.FUTURE
        self.put_off_up_to = len(self.verbs)

    def _begin(self, i: int) -> None:
        """ "เริ่มขุดแล้ว": what was begun is under way, not done."""
        follows = self._next_kind(i) in VERBS - {"begun"}
        if follows and self.words[i].text.startswith(_BEGIN) and self.mood not in TO_COME and not self.denied:
            self.mood, self.told, self.beginning = Mood.PROGRESS, None, True

    def _is_heard(self, i: int) -> bool:
        """ "ทราบแล้ว" and "โยธารับครับ", but not "ทราบสาเหตุ" nor "รับรถ"."""
        before = self.words[i - 1].kind if i else None
        if before == "text" and i > 1 and self.words[i - 2].kind == "own":
            before = "own"
        after = self._next_kind(i)
        return before in _OPENS_HEARD and (after is None or after in FINISHERS | {"gap", "later", "surely"})

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
        instructs = word.text == "กำชับ" and not self.outlook.verb_follows[i] and find_target(self.words, i) == "own"
        papers = word.kind in WORKS and is_paper_work(self.words, i, self.verbs, self.chunk)
        instructs = instructs or (word.text == "เสนอ" and find_target(self.words, i) == "own")
        instructs = instructs or (word.text == "ออกหนังสือ" and find_target(self.words, i) == "other")
        family = "procedure" if papers else "tell" if instructs else word.kind
        verb = Verb(family, mood, word.text, i, self.chunk, told=self.told, told_in_chunk=self.told_in_chunk)
        verb.subject = next((before for before in self.words[max(0, i - 2) : i][::-1] if before.kind in NOUNS), None)
        verb.opens_chunk = self.words[self.chunk_start].kind in VERBS | NOUNS | {"got", "link"}
        if is_reporters_own(self.words, i) or (word.text in _ADDRESSES and mood is Mood.BARE):
            return  # "เรียน ผอ. ดำเนินการแล้วเสร็จ": the head of a letter
        self.verbs.append(verb)
        if word.kind == "close" and is_closed_ahead(self.sentence, i, self.outlook, got=mood is Mood.GOT):
            verb.mood = Mood.FUTURE
            self.sentence.finish_hour = names_hour(self.words, i)
        if word.kind == "begun":
            self._begin(i)
        if family in ("tell", "forward"):
            verb.target = find_target(self.words, i)
            if verb.target == "other" and mood is Mood.FUTURE and is_proposed(self.words, i):
                verb.mood = Mood.BARE
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
        # "เสร็จวันศุกร์" looks forward, unlike "เสร็จแล้ว".
        past = (chunk := self.outlook.chunk_of[i]) in self.outlook.days_past
        ahead = upto == i and may_be_ahead(word) and chunk in self.outlook.days_ahead
        put_off = is_ended_ahead(self.words, upto, past=past)
        if upto == i and is_left_hanging(self.sentence, i, past=past or self.mood is Mood.GOT):
            put_off, self.sentence.finish_hour = True, names_hour(self.words, i)
        over = is_over_today(self.words, i, self.mood if any(self._nearest_group()) else None)
        if not over and (ahead or put_off or self._next_kind(upto) == "surely" or comes_first(self.words, upto)):
            self.sentence.finish_ahead = True
            self._offer(though_got=put_off and names_day_of_end(self.words, upto))
            self.passed_over = max(self.passed_over, upto)
            if put_off and chunk not in self.outlook.days_ahead:
                # "เสร็จหลังย้ายเสา": what the end hangs on is no step of its own.
                self.passed_over = self.outlook.last_of_chunk[self.outlook.chunk_of[upto]]
            return
        self.sentence.finish_ahead = self.sentence.finish_ahead or (strong and self.mood is Mood.FUTURE)
        # "ซอยนี้ได้ผู้รับจ้างแล้ว": what was got is no work done.
        got_a_thing = not strong and self.verbs and self.got_at > self.verbs[-1].index
        for verb in [] if got_a_thing else self._nearest_group():
            if self._is_settled_by(verb, strong, i):
                verb.mood = Mood.DONE
        if word.kind == "outcome":
            self._settle_works(i)
        open_end = self.mood not in TO_COME | {Mood.PURPOSE, Mood.ORDERED} and not self.denied
        if not self.verbs and word.kind == "finished" and open_end:
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

    def _nearest_group(self) -> Iterator[Verb]:
        for verb in reversed(self.verbs):
            if verb.chunk != self.verbs[-1].chunk or verb.index < self.settled_up_to:
                return
            yield verb

    def _settle_works(self, i: int) -> None:
        """ "ซ่อมท่อ เปลี่ยนฝา ใช้งานได้ตามปกติ": that it works again speaks of all the work before it."""
        for verb in self.verbs[self.works_up_to :]:
            if verb.family in WORKS and self._is_settled_by(verb, strong=True, i=i):
                verb.mood = Mood.DONE
        self.works_up_to = len(self.verbs)

    def _is_settled_by(self, verb: Verb, strong: bool, i: int) -> bool:
        if verb.mood in (Mood.BARE, Mood.GOT):
            return True
        if verb.mood is Mood.ORDERED and not strong:
            # "แจ้ง NT และ กสทช. ให้เข้าจัดระเบียบแล้ว" is told to do, however it is written.
            bidden = any(word.kind == "let" for word in self.words[max(0, verb.index - 2) : verb.index])
            apart = verb.told_in_chunk != verb.chunk and i - verb.index <= 2 and not bidden
            sent = verb.told == "deployed"
            return (sent and not is_on_its_way(self.words, verb)) or (apart and verb.family == "fix")
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
