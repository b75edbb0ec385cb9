"""Words, pins and photos for a case told before: they quote it, number it, or answer an office's question."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.messages.bubbles import text_bubble
from cases import gathering, keeping, lifecycle, merging, open_questions
from cases.attachment_words import write_tail
from cases.shield import is_delicate
from cases.statuses import OVER, Action, Status
from cases.triage import suggest
from cases.verdicts import find_verdict, says_slip
from flows import addition, photos, words
from flows.answers import Answer
from flows.whose import OBJECTS
from handlers import closure, closure_stars, conversing, followed, kept_back, questioning, tracking, wishing, withdrawal
from handlers.turn import Turn
from storage import cases as stored
from storage import media, outbox, relays, reporters
from storage.conversations import Standing
from storage.models import Case, HistoryEntry, SentMessage
from texts.catalog import say

GOES_ON = timedelta(minutes=5)  # people answer a question in several messages
ANSWERED_LATE = timedelta(days=1)  # after the question was taken back
LOOKED_AT = 50  # of a person's newest cases
BRIEF = 12  # so few letters beside a stranger's number tell of no problem


def take_quote(turn: Turn, standing: Standing, command: str | None) -> bool:
    """Words that quote what we said of a case of theirs go there, whatever else is open. True if taken."""
    case, sent = _find_quoted(turn, standing)
    if case is None or sent is None or command not in (None, "track"):
        return False
    if command == "track":
        tracking.find_by_number(turn, standing, case.number)
    elif sent.kind == "told_ask" and Status(case.status) in OVER:
        questioning.say_over(turn, standing, case)
    else:
        asked = questioning.find_quoted(turn, case, sent)
        questioning.leave_out(standing, asked)
        _take_words(turn, standing, case, turn.inbound.text, asked)
    return True


def take_slip(turn: Turn, standing: Standing) -> bool:
    """That an answer or a rating was a wrong tap, also as the quote of a bubble. True if taken."""
    return says_slip(turn.inbound.text) and closure.take_slip(turn, standing, _find_quoted(turn, standing)[0])


def take_number(turn: Turn, standing: Standing) -> bool:
    """A case number: alone it asks how far that case is; with words, they go to it. True if taken."""
    text = turn.inbound.text
    bare = words.find_bare_number(text)
    number = bare or words.find_case_number(text)
    if number is None:
        return False
    rest = "" if bare else words.strip_case_number(text)
    draft = conversing.load(standing)[1] if conversing.is_talking(standing) else None
    if draft is not None and draft.asked == "whose" and (not rest or draft.slots.get(OBJECTS)):
        return False  # the number of the case is what was asked for
    named_late = words.find_case_number(text[: BRIEF * 2]) is None
    if conversing.is_talking(standing) and named_late and rest and not _asks_of_a_case(rest):
        return False  # a number within the answer to a question
    case = stored.find_case_by_number(turn.session, number)
    mine = case is not None and tracking.is_mine(turn, standing, case)
    if case is not None and mine and _tells_something(case, rest):
        _take_words(turn, standing, stored.find_case(turn.session, case.id, lock=True) or case, rest)
    elif case is not None and _is_for_followed(turn, standing, case, rest):
        followed.take_comment(turn, standing, stored.find_case(turn.session, case.id, lock=True) or case, rest)
    elif mine or len(rest) < BRIEF or words.asks_status(rest):
        tracking.find_by_number(turn, standing, number)
    else:
        return False  # a stranger's number within a report of one's own
    return True


def take_reply(turn: Turn, standing: Standing, answer: Answer) -> bool:
    """With no conversation open: the answer to an office's question, or to "how is it now". True if taken."""
    text = answer.text
    if answer.kind == "text" and closure_stars.take_word(turn, standing, text):
        return True
    if answer.kind == "text" and words.is_courtesy(text):
        return False
    waiting = questioning.list_waiting(turn, standing)
    if len(waiting) > 1 or (waiting and tells_of_another([waiting[0].case], answer)):
        return questioning.ask_whose(turn, standing, waiting, answer)
    if waiting:
        _pass_on(turn, standing, waiting[0].case, answer, waiting[0].asked)
        return True
    if meant := wishing.find_meant(turn, standing, text) if answer.kind == "text" else None:
        _pass_on(turn, standing, meant, answer)
        return True
    answered = words.find_closure(text) if answer.kind == "text" else None
    if answered and closure.judge_unquoted(turn, standing, answered):
        return True
    if answer.kind == "text" and closure.judge_in_words(turn, standing, text):
        return True
    if answer.kind == "text" and words.is_small_talk(text):
        return (words.is_yes(text) or words.is_no(text)) and closure.ask_again(turn, standing)
    if late := _find_taken_back(turn, standing, answer):
        _pass_on(turn, standing, late, answer)
        return True
    latest = _find_just_answered(turn, standing)
    case = stored.find_case(turn.session, latest.case_id, lock=True) if latest else None
    if latest is None or case is None or Status(case.status) in OVER:
        return False
    asked = open_questions.find_asked(turn.session, case, str(latest.details.get("question")))
    _pass_on(turn, standing, case, answer, asked)
    return True


def take_addition(turn: Turn, standing: Standing, slots: Mapping[str, Any]) -> None:
    """The end of a conversation that adds to a case."""
    case = stored.find_case(turn.session, int(slots["case_id"]), lock=True)
    media_ids = list(slots.get("media", ()))
    if case is None or not tracking.is_mine(turn, standing, case):
        conversing.set_aside(turn, media_ids)
    elif Status(case.status) in OVER:
        conversing.set_aside(turn, media_ids)
        tracking.say_over_at_the_end(turn, standing, case)
    else:
        asked = open_questions.find_asked(turn.session, case, str(slots.get("question")))
        _add(turn, standing, case, slots.get("words", ""), media_ids, told_by=slots.get("pieces", ()), asked=asked)


def _asks_of_a_case(rest: str) -> bool:
    """Whether what stands beside a number is a whole request that is about a case."""
    return words.find_command(rest) in ("track", "when") or words.asks_withdrawal(rest)


def _is_for_followed(turn: Turn, standing: Standing, case: Case, rest: str) -> bool:
    """Whether somebody who only follows a case tells something of it; one that is over is left to a new report."""
    tells = Status(case.status) not in OVER and _tells_something(case, rest)
    return tells and tracking.is_followed(turn, standing, case)


def _tells_something(case: Case, rest: str) -> bool:
    """Whether words beside a number are for the case. A bare yes is where an office asked."""
    if not words.has_words(rest) or words.asks_status(rest):
        return False
    return not words.is_courtesy(rest) if case.status == Status.NEEDS_INFO else not words.is_small_talk(rest)


def _take_words(turn: Turn, standing: Standing, case: Case, text: str, asked: HistoryEntry | None = None) -> None:
    answered = words.find_closure(text)
    into = merging.find_surviving(turn.session, case) if not words.is_courtesy(text) else None
    if into is not None and tracking.is_mine(turn, standing, into):
        _take_words(turn, standing, stored.find_case(turn.session, into.id, lock=True) or into, text)
    elif into is not None and tracking.is_followed(turn, standing, into):
        followed.take_comment(turn, standing, stored.find_case(turn.session, into.id, lock=True) or into, text)
    elif words.asks_withdrawal(text):
        withdrawal.ask(turn, standing, case)
    elif case.status == Status.RESOLVED and (words.is_yes(text) or words.is_no(text)):
        closure.ask(turn, standing, case)
    elif words.is_courtesy(text) or (case.status != Status.NEEDS_INFO and words.is_small_talk(text)):
        conversing.tell_beside(turn, standing, "talk.thanks")
    elif closure.take_objection(turn, standing, case, answered, text):
        return
    elif case.status == Status.CLOSED and (said := answered or find_verdict(text)) and not is_delicate(text):
        closure.judge_late(turn, standing, case, said, "" if answered else text)
    elif Status(case.status) in OVER:
        tracking.say_over(turn, standing, case)
    elif answered and case.status == Status.RESOLVED:
        closure.judge(turn, standing, case, answered)
    elif case.status == Status.RESOLVED and not is_delicate(text) and (verdict := find_verdict(text)):
        closure.judge(turn, standing, case, verdict, "" if verdict == "yes" else text)
    else:
        _pass_on(turn, standing, case, Answer("text", text=text), asked)


def tells_of_another(asked: Sequence[Case], answer: Answer) -> bool:
    """Whether words that come while offices wait plainly tell of another kind of problem than those of their cases."""
    suggestion = suggest(answer.text) if answer.kind == "text" else None
    known = {case.category for case in asked}
    return bool(suggestion and suggestion.confident and suggestion.codes[0] not in known)


def _pass_on(turn: Turn, standing: Standing, case: Case, answer: Answer, asked: HistoryEntry | None = None) -> None:
    in_wake = kept_back.is_in_wake(turn.session, case, turn.now) or wishing.must_ask(turn.session, case, "")
    # The first answer ends the wait for it, unless the office may not have it.
    silent = case.status != Status.NEEDS_INFO or in_wake
    if answer.media_id is None:
        text = addition.write_pin(answer) if answer.kind == "location" else answer.text
        _add(turn, standing, case, text, [], asked=asked)
        conversing.ask_again(turn, standing)
    elif photos.is_middle_of_album(answer) and silent:
        # The first and the last photo of an album are told of.
        media.attach(turn.session, [answer.media_id], case.id, keeping.ROLE if in_wake else "before")
        gathering.await_album(turn.session, case, turn.now)
    else:
        last = answer.album_seen >= answer.album_total > 1 and silent
        _add(turn, standing, case, "", [answer.media_id], count=answer.album_total - 1 if last else 1, asked=asked)


def _add(
    turn: Turn,
    standing: Standing,
    case: Case,
    text: str,
    media_ids: list[int],
    *,
    count: int | None = None,
    told_by: Sequence[Sequence[str]] = (),
    asked: HistoryEntry | None = None,
) -> None:
    if wishing.must_ask(turn.session, case, text):
        wishing.ask(turn, standing, case, text, media_ids, told_by)
        return
    if kept_back.must_stay(turn.session, case, text, turn.now):
        kept_back.keep(turn, standing, case, text, media_ids, told_by)
        return
    entry = hand_over(turn, standing, case, text, media_ids, count=count, told_by=told_by, asked=asked)
    say_passed_on(turn, standing, case, entry, asked)


def add_at_once(
    turn: Turn,
    standing: Standing,
    case: Case,
    text: str,
    media_ids: list[int],
    *,
    told_by: Sequence[Sequence[str]] = (),
    asked: HistoryEntry | None = None,
) -> None:
    """The same, within a conversation that says by itself what came."""
    if wishing.must_ask(turn.session, case, text):
        wishing.ask(turn, standing, case, text, media_ids, told_by)
    elif kept_back.must_stay(turn.session, case, text, turn.now):
        kept_back.keep(turn, standing, case, text, media_ids, told_by)
    else:
        hand_over(turn, standing, case, text, media_ids, told_by=told_by, asked=asked)


def pass_kept(turn: Turn, standing: Standing, case: Case, value: str) -> None:
    """A tap passes on to the office what was kept from it, once."""
    kept = kept_back.find(turn.session, case, value)
    if kept is None and kept_back.is_gone(turn, case, value):
        conversing.tell_beside(turn, standing, "talk.words_gone", *conversing.ways_on(standing))
        return
    if kept is None:
        conversing.say_old_button(turn, standing)
        return
    entry = hand_over(turn, standing, case, kept.words, kept.media_ids, told_by=kept.said, passed=kept.entry.id)
    say_passed_on(turn, standing, case, entry)
    conversing.ask_again(turn, standing)


def settle_wish(turn: Turn, standing: Standing, case: Case, value: str) -> None:
    """A tap of who asked for secrecy; where the office is to go on, it gets what was kept from it meanwhile."""
    kept = wishing.choose(turn, standing, case, value)
    if kept is not None and (kept.said or kept.media_ids):
        text = stored.NEXT.join(words for _, words in kept.said)
        hand_over(turn, standing, case, text, kept.media_ids, told_by=kept.said)


def hand_over(
    turn: Turn,
    standing: Standing,
    case: Case,
    text: str,
    media_ids: list[int],
    *,
    count: int | None = None,
    told_by: Sequence[Sequence[str]] = (),
    passed: int | None = None,
    asked: HistoryEntry | None = None,
) -> HistoryEntry:
    """Put it on record, for those who have the case to be told of with what else comes now."""
    media.attach(turn.session, media_ids, case.id, "before")
    action = Action.ANSWER if case.status == Status.NEEDS_INFO else Action.ADD
    if asked is None and action is Action.ANSWER:
        waiting = open_questions.list_open(turn.session, case)
        asked = waiting[0] if len(waiting) == 1 else None
    items = media.list_by_ids(turn.session, media_ids)
    pictures = sum(item.kind == "image" for item in items)
    counted = (count or pictures) if pictures else 0
    details: dict[str, Any] = {"media": media_ids} | ({"count": counted} if counted else {})
    details |= ({"passed": passed} if passed else {}) | ({"question": asked.id} if asked else {})
    disputed = case.status == Status.DISPUTED  # the reason goes to the referee, not back to the office
    if disputed:
        action = Action.NOTE
    entry = lifecycle.apply(
        turn.session,
        case,
        action,
        tracking.act_as_reporter(standing),
        turn.now,
        note=stored.NEXT.join(part for part in (text, *write_tail(items, counted)) if part),
        details=details,
        message_id=turn.inbound.message_id or None,
        told_by=told_by,
    )
    if disputed and relays.find(turn.session, case.id, "dispute"):
        gathering.await_more_reason(turn.session, case, turn.now)
    elif disputed:
        gathering.await_pieces(turn.session, case, "reason", entry, turn.now)
    return entry


def say_passed_on(
    turn: Turn, standing: Standing, case: Case, entry: HistoryEntry, asked: HistoryEntry | None = None
) -> None:
    """That it is with the case; what the office asked beside it is not answered yet."""
    words = say(standing.language, "talk.passed_on", number=case.number)
    left = open_questions.list_left(turn.session, case, asked) if asked else []
    if left:
        turn.say(text_bubble(words), case_id=case.id)
        if not questioning.is_asking(standing, left[0]):
            questioning.show_left(turn, standing, case, left[0])
        return
    answered = entry.action == Action.ANSWER and not conversing.is_talking(standing)
    turn.say(text_bubble(words, conversing.new_or_mine(standing) if answered else ()), case_id=case.id)


def _find_quoted(turn: Turn, standing: Standing) -> tuple[Case | None, SentMessage | None]:
    if not turn.inbound.quoted_message_id:
        return None, None
    sent = outbox.find_sent(turn.session, turn.inbound.quoted_message_id, standing.chat_id)
    case = stored.find_case(turn.session, sent.case_id, lock=True) if sent and sent.case_id else None
    return (case, sent) if case and tracking.is_mine(turn, standing, case) else (None, None)


def _find_taken_back(turn: Turn, standing: Standing, answer: Answer) -> Case | None:
    """The only case of this person of which a question was lately taken back: what comes now may well answer it."""
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    since = turn.now - ANSWERED_LATE
    mine = stored.list_by_reporter(turn.session, reporter.id, LOOKED_AT) if reporter else []
    fresh = [case for case in mine if case.updated_at >= since and Status(case.status) not in OVER]
    asked = [case for case in fresh if open_questions.has_taken_back(turn.session, case, since=since)]
    if len(asked) != 1 or tells_of_another(asked, answer):
        return None
    return stored.find_case(turn.session, asked[0].id, lock=True)


def _find_just_answered(turn: Turn, standing: Standing) -> HistoryEntry | None:
    """What this person last told a case, moments ago: they may go on with it."""
    recent = stored.find_recent_update(
        turn.session,
        chat_id=standing.chat_id,
        person=standing.chat_id,
        since=turn.now - GOES_ON,
        actions=[str(Action.ANSWER), str(Action.DISPUTE)],  # what comes next is the reason
    )
    kept = kept_back.find_recent(turn.session, standing.chat_id, turn.now - GOES_ON)
    return max((entry for entry in (recent, kept) if entry), key=lambda entry: entry.id, default=None)
