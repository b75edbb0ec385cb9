"""Tells what a reply states from what is only talk: questions, requests, guesses, jokes, thanks and
descriptions of the matter. Talk is taken out before anything is read as an action; a question to the
reporter is one itself."""

from itertools import pairwise

from cases.reply_bearing import (
    drop_what_is_elsewhere,
    hear_described,
    is_about_the_matter,
    is_affair_of_the_group,
    is_told_by_others,
)
from cases.reply_clauses import NOUNS, VERBS, WORKS, Sentence, split_chunks
from cases.reply_notices import hear_lasting, supposes_otherwise
from cases.reply_outlook import KIN
from cases.reply_requests import are_of_the_work, is_entrusted, read_request
from cases.reply_spelling import PATTERNS
from cases.reply_words import Word, is_past

WHOLLY_TALK = frozenset(("mock", "mistake", "not_this"))
_POINTS_AT_LACK = frozenset(("ไม่ชัดเจน", "ไม่ชัด", "ไม่ระบุ", "ไม่ตรง", "ไม่เพียงพอ"))
_STATES_AGAIN = frozenset(("future", "got", "progress", "gap"))
# With "finished" and a softener: what somebody is to do, or to send when it is done.
_ORDERS = frozenset(("let", "asked", "clerical"))
_CLOSES = frozenset(("gap", "done", "softener", "mark"))
_RESUMES = _STATES_AGAIN | {"own", "other"}
# "ให้เสร็จวันนี้นะ" is an order to the group; with one of these it is a report.
_EXCUSES_ORDER = frozenset(("reporter", "other", "done"))
# Claims and intents: from a mouth that is not named they are hearsay.
_CLAIMS = frozenset(("future", "done", "finished", "did", "date"))
# "ไม่ให้ทิ้งอีก" keeps it from coming back; "แล้วก็ทิ้งอีก" says that it has.
_KEEPS_AWAY = frozenset(("ban", "not_yet", "lacking", "future", "want", "request", "purpose", "date"))
_NOT_SEEN_DOING = VERBS | {"finished", "done"}
_ASK_WHETHER = ("ยัง", "ไหม", "หรอ", "เหรอ", "หรือ", "เปล่า", "ป่าว", "มะ")
_POSTS = ("ลงรูป", "อัพรูป")
_LEAVES_NO_CHOICE = VERBS | {"missing", "ban"}
_MOTION: tuple[str, ...] = tuple(PATTERNS["motion"])
_OF_TODAY = ("วันนี้", "เช้านี้", "บ่ายนี้", "เย็นนี้", "คืนนี้", "today")
# What we have, and whether it was told before.
_REPORTER_MAY_NOT_KNOW = frozenset(("supply", "procedure", "duplicate", "hedge"))
# "น่าจะเป็นของเขตข้างๆ หรือเปล่า": the question is part of the guess.
_ONLY_ASKS = frozenset(("question", "choice", "mark"))
# A name that is written apart: "ไม่แน่ใจว่าเป็นของเราหรือของ กทพ."
_ONLY_NAMES = _ONLY_ASKS | {"other"}
_OUR_WORK = frozenset(("fix", "enforce", "forward", "deploy", "close", "inspect", "tell", "procedure", "beyond"))
_NUMBERS = ("เบอร์", "เบอร์โทร", "หมายเลขโทรศัพท์", "phone number")
_SPOKEN_FOR = frozenset(("future", "hurry", "got", "done", "finished", "progress", "deploy", "acknowledge"))


def is_talk(words: list[Word]) -> bool:
    """Jokes, mocking and messages sent to the wrong place say nothing of the case, whatever else they
    hold."""
    kinds = frozenset(_kinds(words))
    # "เคลียร์ให้จบวันนี้นะครับทุกคน": an order to all.
    bids = not kinds.isdisjoint(("let", "want", "request", "softener"))
    bids_all = bids and "everyone" in kinds and kinds.isdisjoint(("done", "future"))
    return bids_all or not WHOLLY_TALK.isdisjoint(kinds)


def take_out_talk(sentence: Sentence) -> set[str]:
    """Leaves in the sentence only what it states; gives the actions its questions and requests amount
    to."""
    found: set[str] = set()
    sentence.words = _drop_thanks(_drop_description(_drop_suppositions(_drop_guesses(sentence.words))))
    sentence.words = drop_what_is_elsewhere(sentence.words)
    sentence.words = _hear_mended(_hear_relapse(_drop_hearsay(sentence.words), contrast=sentence.contrast))
    sentence.words = hear_lasting(hear_described(sentence.words))
    _drop_no_shows(sentence)
    sentence.asks = _asks_colleagues(sentence)
    sentence.conditional = sentence.conditional or supposes_otherwise(sentence.words)
    if sentence.conditional or sentence.has("offtopic") or sentence.asks or _is_impatient(sentence):
        sentence.words = []
        return found
    kept: list[Word] = []
    if _wants_word_at_the_end(sentence.words):
        sentence.words = []
        return found
    said = frozenset(_kinds(sentence.words))
    of_matter = is_about_the_matter(sentence.words)
    entrusted = False
    for chunk in split_chunks(sentence.words):
        if entrusted and "future" not in said and "done" not in said:
            continue  # "ฝาก ผอ. พิจารณา"
        if is_entrusted(chunk):
            found.add("transfer" if chunk[1].kind == "other" else "acknowledge")
            continue
        entrusted = chunk[0].kind == "request" and NOUNS.issuperset(_kinds(chunk[1:]))
        action, rest = _read_chunk(chunk, said, len(chunk) == len(sentence.words))
        if action and (action != "ask" or of_matter):
            found.add(action)
        if kept and rest:
            kept.append(Word("gap", " ", rest[0].start, rest[0].start))
        kept.extend(rest)
    sentence.words = kept
    return found


def _kinds(words: list[Word]) -> list[str]:
    return [word.kind for word in words]


def _drop_guesses(words: list[Word]) -> list[Word]:
    kept: list[Word] = []
    guessed = False
    for chunk in split_chunks(words):
        kinds = _kinds(chunk)
        if "hedge_tail" in kinds or (guessed and _ONLY_NAMES.issuperset(kinds)):
            continue
        stated, guessed = chunk, "hedge" in kinds
        if "hedge" in kinds:
            stated = [word for word in chunk[: kinds.index("hedge")] if word.kind != "date"]
            # "ซ่อมเสร็จน่าจะค่ำ": it is the end that is guessed at.
            stated = [] if stated and stated[-1].kind == "finished" else stated
        if kept and stated:
            kept.append(Word("gap", " ", stated[0].start, stated[0].start))
        kept.extend(stated)
    return kept


def _drop_suppositions(words: list[Word]) -> list[Word]:
    """ "เมื่อแล้วเสร็จจะแจ้ง" and "จะซ่อมเมื่อได้งบ" suppose what follows "when"."""
    kinds = _kinds(words)
    if "when" not in kinds or "future" not in kinds:
        return words
    when, future = kinds.index("when"), kinds.index("future")
    if when < future:
        return words[:when] + words[future:]
    end = kinds.index("gap", when) if "gap" in kinds[when:] else len(words)
    return words[:when] + words[end:]


def _drop_hearsay(words: list[Word]) -> list[Word]:
    """ "เมื่อวานบอกว่าพรุ่งนี้เสร็จ" holds somebody to their word; "ช่างบอกว่าพรุ่งนี้เสร็จ" passes it on."""
    start = next((i for i, word in enumerate(words) if word.kind == "said" or is_told_by_others(words, i)), None)
    by_reporter = start is not None and start > 0 and words[start - 1].kind == "reporter"
    if start is not None and (by_reporter or is_told_by_others(words, start)):
        # "ผู้แจ้งบอกโอเคแล้ว ปิดเคสครับ"
        end = next((i for i in range(start, len(words)) if words[i].kind == "close"), len(words))
        return words[: start - 1] + words[end:]
    if start is None or _CLAIMS.isdisjoint(_kinds(words[start:])):
        return words
    past = any(is_past(word) for word in words)
    named = not {"own", "other", "unnamed"}.isdisjoint(_kinds(words[:start]))
    ahead = any(word.mention and word.mention.ahead for word in words[start:])
    return words if not past and (named or ahead) else []


def _hear_relapse(words: list[Word], *, contrast: bool) -> list[Word]:
    """ "เก็บแล้วก็มาทิ้งอีก", "แต่วันนี้เสียอีก": "again" at the end of what follows "done", or "but", says that it
    was to no avail."""
    done, opened, heard, banned = contrast, -1 if contrast else 0, list(words), False
    for i, word in enumerate(words):
        banned = word.kind == "ban" or (banned and word.kind != "gap")
        if banned and word.kind == "again":
            heard[i] = Word("text", word.text, word.start, word.end)  # "กำชับไม่ให้วางอีก"
        elif word.kind == "gap":
            opened, done = i + 1, done and words[i + 1].text.startswith("ก็") if i + 1 < len(words) else False
        elif word.kind in ("done", "finished"):
            done = True
        elif word.kind in _KEEPS_AWAY:
            done = done and word.kind == "date" and _is_no_plan(word, words[i + 1 : i + 2], contrast=contrast)
        elif word.kind == "anew" and done and i > opened and (i + 1 == len(words) or words[i + 1].kind in _CLOSES):
            heard[i] = Word("again", word.text, word.start, word.end)
    return heard


def _hear_mended(words: list[Word]) -> list[Word]:
    """ "ซ่อมฝาบ่อพักแตกแล้ว": what was broken is only named, and "done" is said of the mending."""
    heard = list(words)
    for chunk in split_chunks(words):
        last = chunk[-1]
        if chunk[0].kind == "fix" and last.kind == "trouble" and last.text.endswith("แล้ว"):
            heard[words.index(last)] = Word("done", last.text, last.start, last.end)
    return heard


def _is_no_plan(day: Word, following: list[Word], *, contrast: bool) -> bool:
    """ "แล้วพรุ่งนี้ก็ทิ้งอีก" and "แต่วันนี้เสียอีก" take on nothing for the day that they name."""
    if following and following[0].text.startswith("ก็"):
        return True
    return contrast and day.text.startswith(_OF_TODAY)


def _drop_no_shows(sentence: Sentence) -> None:
    """ "นัดไว้วันจันทร์ แต่ไม่มีใครมา" and "ไม่เห็นเข้ามา": what was said up to here has come to nothing."""
    words, looked, upto, broken = list(sentence.words), False, 0, False
    for i, word in enumerate(sentence.words):
        if word.kind == "gap" and broken:
            upto, broken = i, False
        looked = looked or word.kind == "inspect" or word.text == "ไปถึง"
        following = words[i + 1] if i + 1 < len(words) else None
        moves = following is not None and following.kind == "text" and following.text.startswith(_MOTION)
        acts = following is not None and following.kind in _NOT_SEEN_DOING
        unseen = word.kind == "unseen" and not looked and (moves or acts)
        if unseen or (word.kind == "not_yet" and moves and sentence.contrast):
            broken = True
        elif word.kind == "unseen" and (looked or (following and _is_thing_not_seen(word, following))):
            words[i] = Word("missing", word.text, word.start, word.end)
    upto = len(words) if broken else upto
    sentence.broken = upto > 0
    sentence.words = words[upto:]


def _is_thing_not_seen(word: Word, following: Word) -> bool:
    """ "ไม่เห็นหลุมตามที่แจ้ง", but "ไม่เห็นรูป" is said of the message."""
    return word.text in ("ไม่เห็น", "ไม่เห็นมี") and following.kind == "text"


def _is_impatient(sentence: Sentence) -> bool:
    """ "ไม่เสร็จสักที" complains; "เสร็จสักที" is relieved."""
    return sentence.has("impatient") and sentence.has("not_yet", "wait", "unseen")


def _drop_description(words: list[Word]) -> list[Word]:
    """ "กรณีขอให้ซ่อมถนน…นั้น" tells what the matter is, up to นั้น or the first pause."""
    kinds = _kinds(words)
    if "start_of_case" not in kinds:
        return words
    start = kinds.index("start_of_case")
    closing = "end_of_case" if "end_of_case" in kinds[start:] else "gap"
    end = kinds.index(closing, start) if closing in kinds[start:] else len(words)
    told = next((i for i in range(start, end - 1) if kinds[i] == "got" and kinds[i + 1] in WORKS), end)
    if closing == "gap" and told < end:
        end = told  # "กรณีน้ำท่วมได้ติดตั้งเครื่องสูบ…"
    if end == len(words):
        end = next((i for i in range(start, end) if kinds[i] in _RESUMES), end)
    return words[:start] + words[end:]


def _drop_thanks(words: list[Word]) -> list[Word]:
    kept: list[Word] = []
    thanking = False
    # "ขอบคุณทุกท่านที่ได้ดำเนินการ" thanks for it.
    for before, word in zip([None, *words], words, strict=False):
        if word.kind == "thanks":
            thanking = True
        elif word.kind in _STATES_AGAIN and not (before and before.text.endswith("ที่")):
            thanking = False
        if not thanking:
            kept.append(word)
    return kept


def _asks_colleagues(sentence: Sentence) -> bool:
    """A question about how the work stands, or about who does it, is meant for the group."""
    kinds = _kinds(sentence.words)
    if kinds and kinds[-1] == "still" and len(kinds) > 1:
        return True  # "เข้าไปกันยัง"
    if not {"question", "mark", "status_question"}.isdisjoint(kinds) and _asks_for_number(sentence.words):
        return True
    if "status_question" in kinds:
        before = kinds[: kinds.index("status_question")]
        # "ไม่ทราบว่าใครทิ้ง" states; "ถามว่าเสร็จหรือยัง" asks on.
        about_work = sentence.words[len(before)].text.endswith(_ASK_WHETHER)
        return "missing" not in before and (about_work or "that" not in before)
    asking = "question" in kinds or "mark" in kinds
    if (
        (asking or "choice" in kinds)
        and not sentence.has("reporter", "asked")
        and is_affair_of_the_group(sentence.words)
    ):
        return True
    if (asking or "choice" in kinds) and _asks_of_our_work(sentence.words, kinds):
        return True
    if asking and (kinds[0] == "wait" or _asks_who_works(sentence.words)):
        return True
    if asking and any("เรา" in word.text for word in sentence.words):
        return True
    if asking and not _REPORTER_MAY_NOT_KNOW.isdisjoint(kinds) and not sentence.has("reporter", "asked"):
        return True
    if asking and kinds[0] == "own" and sentence.words[0].text in KIN:
        return True
    if "mark" in kinds and sentence.has("done", "did"):
        return True
    if "choice" in kinds and "belongs" in kinds and not sentence.has("reporter", "asked"):
        return True  # "เป็นของ สจส. หรือของเขต"
    # When you go, and whose it is: the reporter cannot know.
    if "question" in kinds and not sentence.has("reporter", "asked"):
        before = kinds[: kinds.index("question")]
        if "future" in kinds or "belongs" in before or "private" in before:
            return True
    return asking and not sentence.has("asked") and sentence.has("finished", "acknowledge", "close", "deploy")


def _asks_of_our_work(words: list[Word], kinds: list[str]) -> bool:
    """ "ส่งคืนได้ไหม", "ตกลงซ่อมหรือไม่ซ่อม": what the office does is for colleagues to say."""
    at = next(i for i, kind in enumerate(kinds) if kind in ("question", "mark", "choice"))
    if words[0].text.startswith("ลอง"):
        return True
    if kinds[at] == "choice" and kinds[at + 1 : at + 2] != ["not_yet"]:
        return False
    # "ส่งใหม่ได้ไหม" asks for the picture once more.
    before = {word.kind for word in words[:at] if word.text != "ส่ง"}
    if not {"reporter", "asked", "let", "found", "want", "request", "missing", "lacking"}.isdisjoint(kinds):
        return False
    return not _OUR_WORK.isdisjoint(before)


def _asks_who_works(words: list[Word]) -> bool:
    """ "ทีมไหนเข้าพื้นที่ครับ", "can you fix it tomorrow?"."""
    kinds = _kinds(words)
    if "asked" not in kinds and any(word.text in ("can you", "could you") for word in words):
        return True
    return any(word.text == "ไหน" and kinds[i - 1] == "own" for i, word in enumerate(words) if i)


def _asks_for_number(words: list[Word]) -> bool:
    """ "มีเบอร์ช่างประปาไหม": whom to call, which colleagues know and the reporter does not."""
    return any(word.text in _NUMBERS and after.kind in ("own", "other") for word, after in pairwise(words))


def _read_chunk(chunk: list[Word], said: frozenset[str], is_all: bool) -> tuple[str | None, list[Word]]:
    kinds = _kinds(chunk)
    if set(kinds) == {"mark"}:
        return None, []
    if _is_question(chunk, said):
        return "ask", []
    if kinds[0] == "let" and is_all and _EXCUSES_ORDER.isdisjoint(kinds):
        return None, []
    orders = kinds[-1] == "softener" and "finished" in kinds and not _ORDERS.isdisjoint(kinds)
    if orders and said.isdisjoint(("done", "future")):
        return None, []
    if "request" in kinds:
        start = kinds.index("request")
        if start and kinds[start - 1] in ("future", "got"):
            return None, chunk
        asked = "ask" if "asked" in kinds[:start] and _wants(chunk[:start], said) else None
        return asked or read_request(chunk[start:]), [] if _supposes_end(chunk, start) else chunk[:start]
    if "asked" in kinds and are_of_the_work(chunk):
        return None, []
    if "asked" in kinds and _wants(chunk, said):
        cut = next(i for i, word in enumerate(chunk) if word.kind in ("want", "asked", "lacking", "reporter"))
        return "ask", chunk[:cut]
    if kinds[-1] == "softener" and _SPOKEN_FOR.isdisjoint(said):
        ours = are_of_the_work(chunk)
        photos = any("รูป" in word.text and not word.text.startswith(_POSTS) for word in chunk)
        return ("ask" if photos and not ours else None), []
    return None, chunk


def _is_question(chunk: list[Word], said: frozenset[str]) -> bool:
    kinds = _kinds(chunk)
    if "mark" in kinds:
        return True
    if "question" in kinds:
        before = kinds[: kinds.index("question")]
        # "ไม่ทำอะไรเลย" asks nothing; "ไม่ทราบว่าอยู่ซอยไหนครับ" does so politely.
        if chunk[len(before)].text == "อะไร" and "not_yet" in before:
            return False
        asker = chunk[before.index("that") - 1] if "that" in before else None
        # "ขอถามว่าเสาต้นที่เท่าไหร่"; "ผู้ร้องถามว่า…" tells of a question.
        wonders = asker is not None and (asker.text == "ไม่ทราบ" or (asker.kind == "want" and kinds[0] == "want"))
        reported = ("that" in before and not wonders) or ("inspect" in before and chunk[len(before)].text == "หรือไม่")
        # "ไม่มีดวงไหนดับ" denies of all.
        return (
            not reported
            and {"missing", "lacking"}.isdisjoint(before[-2:])
            and "missing" not in before
            and "future" not in kinds[len(before) :]
        )
    return "choice" in kinds and _LEAVES_NO_CHOICE.isdisjoint(said)


def _wants_word_at_the_end(words: list[Word]) -> bool:
    """ "ซ่อมเสร็จแล้วแจ้งด้วยนะ", "เสร็จแล้ว บอกพี่ด้วย": what is asked is to be told."""
    kinds = [kind for kind in _kinds(words) if kind != "gap"]
    if not kinds or kinds[-1] != "softener":
        return False
    last = max((i for i, kind in enumerate(kinds) if kind in ("done", "finished")), default=-1)
    return last >= 0 and kinds[last + 1] in ("tell", "clerical")


def _supposes_end(chunk: list[Word], start: int) -> bool:
    """ "เสร็จแล้วอย่าลืมส่งรูป" speaks of an end to come; "เสร็จแล้วช่วยปิดเคสด้วย" reports one."""
    reports = any(word.kind == "close" for word in chunk[start:])
    seen = start > 0 and chunk[start - 1].kind == "assent" and chunk[start - 1].text.endswith("แล้ว")
    return seen or (start > 0 and chunk[start - 1].kind in ("done", "finished") and not reports)


def _wants(chunk: list[Word], said: frozenset[str]) -> bool:
    if _asks_for_number(chunk):
        return False
    asked = next(i for i, word in enumerate(chunk) if word.kind == "asked")
    for i, word in enumerate(chunk):
        named_only = i > 0 and chunk[i - 1].kind == "nominal"
        if word.kind == "want" and not named_only and (i < asked or word.text in _POINTS_AT_LACK):
            return True
        if word.text == "ยังขาด" and i < asked:
            return True
        if word.kind == "lacking" and i < asked and chunk[asked].text != "ข้อมูล":
            return True
    before = _kinds(chunk[:asked])
    if "reporter" in before and "tell" in before:
        return True
    return any(word.kind == "softener" for word in chunk) and said.isdisjoint(("finished", "done", "got"))
