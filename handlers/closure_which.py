"""Which of several cases that offices call done somebody means by the words of an answer."""

from collections.abc import Sequence
from datetime import datetime

from bot.messages.bubbles import QuickReply
from cases import asked, naming_apart, verdicts
from flows import words
from handlers import closure_words, conversing
from handlers.turn import Turn
from storage.conversations import Standing
from storage.models import Case
from texts.catalog import say

SAID_IN = "~"  # before the message of typed words, in the button of one of several cases
ALL = "well"  # the verb of the button for all of them
BETWEEN = "."  # the cases in it
MOST_TAPS = 10
MOST_AT_ONCE = 4  # each is told of by itself, and LINE takes five messages in one reply


def ask(turn: Turn, standing: Standing, waiting: Sequence[Case], answer: str) -> None:
    """Each of them a button, told apart; that it is well may be said of all."""
    example = f"{waiting[0].number} {turn.inbound.text}"
    shown = waiting[:MOST_TAPS]
    names = naming_apart.name_apart(shown, standing.language)
    taps = [_tap(turn, case, name, answer) for case, name in zip(shown, names, strict=True)]
    if answer == "yes" and len(waiting) <= MOST_AT_ONCE:
        keys = sorted(case.id for case in waiting)
        label = say(standing.language, "talk.judge_all", count=len(keys))
        data = f"c:{keys[0]}:{ALL}:{BETWEEN.join(map(str, keys))}{SAID_IN}{turn.inbound.message_id}"
        taps.append(QuickReply.postback(label, data, label))
    conversing.tell(turn, standing, "talk.judge_which", *taps, example=example)


def list_meant(waiting: Sequence[Case], text: str) -> list[Case]:
    """Those of them that words which say how it is now may be of; none where they say no such thing."""
    if words.find_closure(text):
        return list(waiting)
    verdict = verdicts.find_verdict(text)
    return [case for case in waiting if verdict is not None and closure_words.judges(case, verdict, text)]


def was_asked_since(turn: Turn, case: Case, moment: datetime) -> bool:
    """Whether an office called the case done after that."""
    done = asked.find_done(turn.session, case)
    return done is not None and done.at > moment


def _tap(turn: Turn, case: Case, name: str, answer: str) -> QuickReply:
    """This answer for this one of several cases."""
    label = f"{case.number.removeprefix('FT')} {name}"
    return QuickReply.postback(label, f"c:{case.id}:closure:{answer}{SAID_IN}{turn.inbound.message_id}", label)
