"""Words, pins and photos for a case told before: they quote it, number it, or answer an office's question."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.messages.bubbles import text_bubble
from cases import lifecycle, telling, views
from cases.shield import is_delicate
from cases.statuses import OVER, Action, Status
from cases.triage import suggest
from cases.verdicts import find_verdict
from flows import addition, photos, words
from flows.answers import Answer
from flows.engine import Rejected
from flows.whose import MOST_CHOICES
from handlers import closure, conversing, kept_back, tracking, withdrawal
from handlers.turn import Turn
from storage import cases as stored
from storage import media, outbox
from storage.conversations import Standing
from storage.models import Case
from texts.catalog import say

GOES_ON = timedelta(minutes=5)  # people answer a question in several messages
BRIEF = 12  # so few letters beside a stranger's number tell of no problem


def take_quote(turn: Turn, standing: Standing, command: str | None) -> bool:
    """Words that quote what we said of a case of theirs go there, whatever else is open. True if taken."""
    case = _quoted(turn, standing)
    if case is None or command not in (None, "track"):
        return False
    if command == "track":
        tracking.find_by_number(turn, standing, case.number)
    else:
        _take_words(turn, standing, case, turn.inbound.text)
    return True


def take_number(turn: Turn, standing: Standing) -> bool:
    """A case number: alone it asks how far that case is; with words, they go to it. True if taken."""
    text = turn.inbound.text
    number = words.find_bare_number(text)
    rest = "" if number else words.strip_case_number(text)
    number = number or words.find_case_number(text)
    if number is None:
        return False
    if not rest and conversing.is_talking(standing) and conversing.load(standing)[1].asked == "whose":
        return False  # the number of the case is what was asked for
    named_late = words.find_case_number(text[: BRIEF * 2]) is None
    if conversing.is_talking(standing) and named_late and rest and not _asks_of_a_case(rest):
        return False  # a number within the answer to a question
    case = stored.find_case_by_number(turn.session, number)
    mine = case is not None and tracking.is_mine(turn, standing, case)
    if case is not None and mine and _tells_something(case, rest):
        _take_words(turn, standing, stored.find_case(turn.session, case.id, lock=True) or case, rest)
    elif mine or len(rest) < BRIEF or words.asks_status(rest):
        tracking.find_by_number(turn, standing, number)
    else:
        return False  # a stranger's number within a report of one's own
    return True


def take_reply(turn: Turn, standing: Standing, answer: Answer) -> bool:
    """With no conversation open: the answer to an office's question, or to "how is it now". True if taken."""
    text = answer.text
    if answer.kind == "text" and closure.take_word(turn, standing, text):
        return True
    if answer.kind == "text" and words.is_courtesy(text):
        return False
    waiting = stored.list_asked(turn.session, standing.chat_id)
    if len(waiting) > 1:
        return _ask_whose(turn, standing, waiting, answer)
    if waiting and _tells_of_another(waiting[0], answer):
        return _ask_whose(turn, standing, waiting, answer)
    if waiting:
        _pass_on(turn, standing, waiting[0], answer)
        return True
    answered = words.find_closure(text) if answer.kind == "text" else None
    if answered and closure.judge_unquoted(turn, standing, answered):
        return True
    if answer.kind == "text" and closure.judge_in_words(turn, standing, text):
        return True
    if answer.kind == "text" and words.is_small_talk(text):
        return (words.is_yes(text) or words.is_no(text)) and closure.ask_again(turn, standing)
    case = _just_answered(turn, standing)
    if case is None:
        return False
    _pass_on(turn, standing, case, answer)
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
        _add(turn, standing, case, slots.get("words", ""), media_ids, told_by=slots.get("pieces", ()))


def _asks_of_a_case(rest: str) -> bool:
    """Whether what stands beside a number is a whole request that is about a case."""
    return words.find_command(rest) in ("track", "when") or words.asks_withdrawal(rest)


def _tells_something(case: Case, rest: str) -> bool:
    """Whether words beside a number are for the case. A bare yes is where an office asked."""
    if not words.has_words(rest) or words.asks_status(rest):
        return False
    return not words.is_courtesy(rest) if case.status == Status.NEEDS_INFO else not words.is_small_talk(rest)


def _take_words(turn: Turn, standing: Standing, case: Case, text: str) -> None:
    answered = words.find_closure(text)
    if words.asks_withdrawal(text):
        withdrawal.ask(turn, standing, case)
    elif case.status == Status.RESOLVED and (words.is_yes(text) or words.is_no(text)):
        closure.ask(turn, standing, case)
    elif words.is_courtesy(text) or (case.status != Status.NEEDS_INFO and words.is_small_talk(text)):
        conversing.tell_beside(turn, standing, "talk.thanks")
    elif Status(case.status) in OVER:
        tracking.say_over(turn, standing, case)
    elif answered and case.status == Status.RESOLVED:
        closure.judge(turn, standing, case, answered)
    elif case.status == Status.RESOLVED and not is_delicate(text) and (verdict := find_verdict(text)):
        closure.judge(turn, standing, case, verdict, "" if verdict == "yes" else text)
    else:
        _pass_on(turn, standing, case, Answer("text", text=text))


def _tells_of_another(case: Case, answer: Answer) -> bool:
    """Whether words that come while an office waits plainly tell of another kind of problem."""
    suggestion = suggest(answer.text) if answer.kind == "text" else None
    return bool(suggestion and suggestion.confident and suggestion.codes[0] != case.category)


def _ask_whose(turn: Turn, standing: Standing, waiting: list[Case], answer: Answer) -> bool:
    try:
        gathered = addition.gather(answer, {})
    except Rejected:
        return False
    language = standing.language
    choices = [[case.id, case.number, views.name_category(case.category, language)] for case in waiting[-MOST_CHOICES:]]
    conversing.begin(turn, standing, "whose", {**gathered.slots, "choices": choices})
    return True


def _pass_on(turn: Turn, standing: Standing, case: Case, answer: Answer) -> None:
    in_wake = kept_back.is_in_wake(turn.session, case, turn.now)
    # The first answer ends the wait for it, unless the office may not have it.
    silent = case.status != Status.NEEDS_INFO or in_wake
    if answer.media_id is None:
        text = addition.write_pin(answer) if answer.kind == "location" else answer.text
        _add(turn, standing, case, text, [])
        conversing.ask_again(turn, standing)
    elif photos.is_middle_of_album(answer) and silent:
        # The first and the last photo of an album are told of.
        media.attach(turn.session, [answer.media_id], case.id, kept_back.ROLE if in_wake else "before")
    else:
        last = answer.album_seen >= answer.album_total > 1 and silent
        _add(turn, standing, case, "", [answer.media_id], count=answer.album_total - 1 if last else 1)


def _add(
    turn: Turn,
    standing: Standing,
    case: Case,
    text: str,
    media_ids: list[int],
    *,
    count: int | None = None,
    told_by: Sequence[Sequence[str]] = (),
) -> None:
    if kept_back.must_stay(turn.session, case, text, turn.now):
        kept_back.keep(turn, standing, case, text, media_ids, told_by)
    else:
        _hand_over(turn, standing, case, text, media_ids, count=count, told_by=told_by)


def pass_kept(turn: Turn, standing: Standing, case: Case, value: str) -> None:
    """A tap passes on to the office what was kept from it, once."""
    kept = kept_back.find(turn.session, case, value)
    if kept is None:
        conversing.say_old_button(turn, standing)
        return
    said = [(part.message_id or "", part.words) for part in kept.entry.said]
    _hand_over(turn, standing, case, kept.words, kept.media_ids, told_by=said, passed=kept.entry.id)
    conversing.ask_again(turn, standing)


def _hand_over(
    turn: Turn,
    standing: Standing,
    case: Case,
    text: str,
    media_ids: list[int],
    *,
    count: int | None = None,
    told_by: Sequence[Sequence[str]] = (),
    passed: int | None = None,
) -> None:
    media.attach(turn.session, media_ids, case.id, "before")
    action = Action.ANSWER if case.status == Status.NEEDS_INFO else Action.ADD
    counted = say("th", "group.photos_added", count=count or len(media_ids)) if media_ids else ""
    disputed = case.status == Status.DISPUTED  # the reason goes to the referee, not back to the office
    if disputed:
        action = Action.NOTE
    entry = lifecycle.apply(
        turn.session,
        case,
        action,
        tracking.act_as_reporter(standing),
        turn.now,
        note=" · ".join(part for part in (text, counted) if part),
        details={"media": media_ids} | ({"passed": passed} if passed else {}),
        message_id=turn.inbound.message_id or None,
        told_by=told_by,
    )
    if disputed:
        telling.tell_reason(turn.session, case, entry)
    more = conversing.new_or_mine(standing) if action is Action.ANSWER and not conversing.is_talking(standing) else ()
    turn.say(text_bubble(say(standing.language, "talk.passed_on", number=case.number), more), case_id=case.id)


def _quoted(turn: Turn, standing: Standing) -> Case | None:
    if not turn.inbound.quoted_message_id:
        return None
    sent = outbox.find_sent(turn.session, turn.inbound.quoted_message_id, standing.chat_id)
    case = stored.find_case(turn.session, sent.case_id, lock=True) if sent and sent.case_id else None
    return case if case and tracking.is_mine(turn, standing, case) else None


def _just_answered(turn: Turn, standing: Standing) -> Case | None:
    recent = stored.find_recent_update(
        turn.session,
        chat_id=standing.chat_id,
        person=standing.chat_id,
        since=turn.now - GOES_ON,
        actions=[str(Action.ANSWER), str(Action.DISPUTE)],  # what comes next is the reason
    )
    kept = kept_back.find_recent(turn.session, standing.chat_id, turn.now - GOES_ON)
    latest = max((entry for entry in (recent, kept) if entry), key=lambda entry: entry.id, default=None)
    case = stored.find_case(turn.session, latest.case_id, lock=True) if latest else None
    return case if case is not None and Status(case.status) not in OVER else None
