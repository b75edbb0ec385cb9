"""Tells what a reply states from what is only talk: questions, requests, guesses, jokes, thanks and
descriptions of the matter. Talk is taken out before anything is read as an action; a question to the
reporter is one itself."""

from cases.reply_clauses import VERBS, Sentence, split_chunks
from cases.reply_words import Word

WHOLLY_TALK = frozenset(("mock", "mistake"))
_POINTS_AT_LACK = frozenset(("ไม่ชัดเจน", "ไม่ชัด", "ไม่ระบุ", "ไม่ตรง", "ไม่เพียงพอ"))
_STATES_AGAIN = frozenset(("future", "got", "progress", "gap"))
_RESUMES = _STATES_AGAIN | {"own", "other"}
# "ให้เสร็จวันนี้นะ" is an order to the group; with one of these it is a report.
_EXCUSES_ORDER = frozenset(("reporter", "other", "done"))
_LEAVES_NO_CHOICE = VERBS | {"missing", "ban"}
_SPOKEN_FOR = frozenset(("future", "hurry", "got", "done", "finished", "progress", "deploy", "acknowledge"))


def is_talk(words: list[Word]) -> bool:
    """Jokes, mocking and messages sent to the wrong place say nothing of the case, whatever else they
    hold."""
    return any(word.kind in WHOLLY_TALK for word in words)


def take_out_talk(sentence: Sentence) -> set[str]:
    """Leaves in the sentence only what it states; gives the actions its questions and requests amount
    to."""
    found: set[str] = set()
    sentence.words = _drop_thanks(_drop_description(_drop_suppositions(_drop_guesses(sentence.words))))
    if sentence.conditional or sentence.has("offtopic") or _asks_colleagues(sentence):
        sentence.words = []
        return found
    kept: list[Word] = []
    said = frozenset(_kinds(sentence.words))
    for chunk in split_chunks(sentence.words):
        action, rest = _read_chunk(chunk, said, len(chunk) == len(sentence.words))
        if action:
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
    for chunk in split_chunks(words):
        kinds = _kinds(chunk)
        if "hedge_tail" in kinds:
            continue
        stated = chunk
        if "hedge" in kinds:
            stated = [word for word in chunk[: kinds.index("hedge")] if word.kind != "date"]
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


def _drop_description(words: list[Word]) -> list[Word]:
    """ "กรณีขอให้ซ่อมถนน…นั้น" tells what the matter is, up to นั้น or the first pause."""
    kinds = _kinds(words)
    if "start_of_case" not in kinds:
        return words
    start = kinds.index("start_of_case")
    closing = "end_of_case" if "end_of_case" in kinds[start:] else "gap"
    end = kinds.index(closing, start) if closing in kinds[start:] else len(words)
    if end == len(words):
        end = next((i for i in range(start, end) if kinds[i] in _RESUMES), end)
    return words[:start] + words[end:]


def _drop_thanks(words: list[Word]) -> list[Word]:
    kept: list[Word] = []
    thanking = False
    for word in words:
        if word.kind == "thanks":
            thanking = True
        elif word.kind in _STATES_AGAIN:
            thanking = False
        if not thanking:
            kept.append(word)
    return kept


def _asks_colleagues(sentence: Sentence) -> bool:
    """A question about how the work stands, or about who does it, is meant for the group."""
    kinds = _kinds(sentence.words)
    if "status_question" in kinds:
        before = kinds[: kinds.index("status_question")]
        return "missing" not in before and "that" not in before
    asking = "question" in kinds or "mark" in kinds
    if asking and any("เรา" in word.text for word in sentence.words):
        return True
    if "mark" in kinds and sentence.has("done", "did"):
        return True
    return asking and not sentence.has("asked") and sentence.has("finished", "acknowledge", "close", "deploy")


def _read_chunk(chunk: list[Word], said: frozenset[str], is_all: bool) -> tuple[str | None, list[Word]]:
    kinds = _kinds(chunk)
    if kinds == ["mark"]:
        return None, []
    if _is_question(chunk, said):
        return "ask", []
    if kinds[0] == "let" and is_all and _EXCUSES_ORDER.isdisjoint(kinds):
        return None, []
    if "request" in kinds:
        start = kinds.index("request")
        if start and kinds[start - 1] in ("future", "got"):
            return None, chunk
        return _read_request(chunk[start:]), chunk[:start]
    if "asked" in kinds and _wants(chunk, said):
        cut = next(i for i, word in enumerate(chunk) if word.kind in ("want", "asked", "lacking", "reporter"))
        return "ask", chunk[:cut]
    if kinds[-1] == "softener" and _SPOKEN_FOR.isdisjoint(said):
        return ("ask" if any("รูป" in word.text for word in chunk) else None), []
    return None, chunk


def _is_question(chunk: list[Word], said: frozenset[str]) -> bool:
    kinds = _kinds(chunk)
    if "mark" in kinds:
        return True
    if "question" in kinds:
        before = kinds[: kinds.index("question")]
        reported = "that" in before or ("inspect" in before and chunk[len(before)].text == "หรือไม่")
        return not reported and "missing" not in before and "future" not in kinds[len(before) :]
    return "choice" in kinds and _LEAVES_NO_CHOICE.isdisjoint(said)


def _read_request(words: list[Word]) -> str | None:
    kinds = _kinds(words)
    if words[0].text == "ฝากถาม" or "reporter" in kinds or "asked" in kinds:
        return "ask"
    passes_on = any(word.kind in ("forward", "tell") for word in words)
    return "transfer" if passes_on and "other" in kinds else None


def _wants(chunk: list[Word], said: frozenset[str]) -> bool:
    asked = next(i for i, word in enumerate(chunk) if word.kind == "asked")
    for i, word in enumerate(chunk):
        named_only = i > 0 and chunk[i - 1].kind == "nominal"
        if word.kind == "want" and not named_only and (i < asked or word.text in _POINTS_AT_LACK):
            return True
        if word.kind == "lacking" and i < asked:
            return True
    before = _kinds(chunk[:asked])
    if "reporter" in before and "tell" in before:
        return True
    return any(word.kind == "softener" for word in chunk) and said.isdisjoint(("finished", "done", "got"))
