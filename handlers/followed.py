"""What somebody does with a case that they follow: leave it, come back, say how it is now, write a word.

Nothing of it moves the case: the reporter settles it. The Ombudsman's officers see what was said.
"""

from bot.messages.lasting import lasting
from cases import following, told_danger
from cases.danger import find_danger
from cases.statuses import OVER, Status
from cases.verdicts import find_verdict
from flows import words
from handlers import conversing, kept_back, tracking
from handlers.turn import Turn
from storage import cases as stored
from storage import followers, outbox, reporters
from storage.conversations import Standing
from storage.models import Case
from texts.catalog import say

ANSWERS = ("yes", "partly", "no")


def take_tap(turn: Turn, standing: Standing, case: Case, verb: str, value: str) -> bool:
    """A button of a followed case. False where it is none, or the case is not theirs to follow."""
    if case.confidential or not followers.has_followed(turn.session, case.id, standing.chat_id):
        return False
    if verb == "unfollow":
        leave(turn, standing, case)
    elif verb == "follow":
        come_back(turn, standing, case)
    elif not followers.is_following(turn.session, case.id, standing.chat_id):
        return False
    elif verb == "closure" and value in ANSWERS:
        say_how_it_is(turn, standing, case, value)
    elif verb == "show":
        tracking.find_by_number(turn, standing, case.number)
    else:
        return False
    return True


def leave(turn: Turn, standing: Standing, case: Case) -> None:
    """Follow it no longer; a tap takes that back."""
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    if reporter is not None:
        followers.leave(turn.session, case.id, reporter.id, turn.now)
    again = conversing.tap(standing, "button.follow_again", f"c:{case.id}:follow")
    turn.say(lasting(say(standing.language, "followed.left", number=case.number), (again,)), case_id=case.id)
    conversing.ask_again(turn, standing)


def come_back(turn: Turn, standing: Standing, case: Case) -> None:
    """Follow it again."""
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    if reporter is not None:
        followers.join(turn.session, case.id, reporter.id, turn.now)
    conversing.tell_beside(turn, standing, "followed.back", number=case.number)


def say_how_it_is(turn: Turn, standing: Standing, case: Case, answer: str, text: str = "") -> None:
    """Well, partly or not: kept for the officers; the last answer of a person counts."""
    if Status(case.status) in OVER:
        tracking.say_over(turn, standing, case)
        return
    message_id = (turn.inbound.message_id or None) if text else None
    following.comment(turn.session, case, standing.chat_id, turn.now, answer=answer, words=text, message_id=message_id)
    following.settle(turn.session, case, standing.chat_id, turn.now)
    conversing.tell_beside(turn, standing, "followed.heard", number=case.number, case_id=case.id)


def take_quote(turn: Turn, standing: Standing, command: str | None) -> bool:
    """Words that quote what we said of a case they follow: kept for the officers. True if taken."""
    quoted = turn.inbound.quoted_message_id
    sent = outbox.find_sent(turn.session, quoted, standing.chat_id) if quoted and command in (None, "track") else None
    case = stored.find_case(turn.session, sent.case_id, lock=True) if sent and sent.case_id else None
    if case is None or not tracking.is_followed(turn, standing, case) or tracking.is_mine(turn, standing, case):
        return False
    if command == "track":
        tracking.find_by_number(turn, standing, case.number)
        return True
    take_comment(turn, standing, case, turn.inbound.text)
    return True


def take_comment(turn: Turn, standing: Standing, case: Case, text: str) -> None:
    """Words of a follower on a case: how it is now, or a word for the officers."""
    if kept_back.keep_of_follower(turn, standing, case, text):
        return
    verdict = (words.find_closure(text) or find_verdict(text)) if case.status == Status.RESOLVED else None
    if verdict:
        say_how_it_is(turn, standing, case, verdict, text)
        return
    entry = following.comment(
        turn.session, case, standing.chat_id, turn.now, words=text, message_id=turn.inbound.message_id or None
    )
    if find_danger(text):
        told_danger.hear(turn.session, case, entry, text, turn.now)
    conversing.tell_beside(turn, standing, "followed.noted", number=case.number, case_id=case.id)


def take_verdict(turn: Turn, standing: Standing, text: str) -> bool:
    """The words of an answer without a quote, where they follow just one case that an office calls done."""
    answer = words.find_closure(text)
    waiting = [case for case in _list(turn, standing) if case.status == Status.RESOLVED] if answer else []
    case = stored.find_case(turn.session, waiting[0].id, lock=True) if len(waiting) == 1 else None
    if answer is None or case is None:
        return False
    say_how_it_is(turn, standing, case, answer, text)
    return True


def take_words(turn: Turn, standing: Standing) -> bool:
    """The number of a case, and that they follow it no longer. True if taken."""
    text = turn.inbound.text
    number = words.find_case_number(text)
    if number is None or words.find_command(words.strip_case_number(text)) != "unfollow":
        return False
    chosen = [case for case in _list(turn, standing) if case.number == number]
    if chosen:
        leave(turn, standing, chosen[0])
    else:
        conversing.tell_beside(turn, standing, "followed.none", *conversing.ways_on(standing))
    return True


def stop(turn: Turn, standing: Standing) -> None:
    """That they follow no longer: plain where they follow one case, else its number is needed."""
    mine = _list(turn, standing)
    if len(mine) == 1:
        leave(turn, standing, mine[0])
    elif mine:
        conversing.tell_beside(turn, standing, "followed.which", number=mine[0].number)
    else:
        conversing.tell_beside(turn, standing, "followed.none", *conversing.ways_on(standing))


def _list(turn: Turn, standing: Standing) -> list[Case]:
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    return followers.list_followed(turn.session, reporter.id) if reporter else []
