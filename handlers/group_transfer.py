"""An office passes a case on: it picks the receiver by a button, by its name, or in its own words, and says why.

Nothing is said to anybody else before there is a reason. Where no office can be picked, the Ombudsman's officers
find one.
"""

from collections.abc import Sequence

from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.group_lines import undoable_line
from bot.messages.lasting import lasting
from cases import chain, office_updates, receivers, transfers, views
from cases.desk import OMB
from cases.office_updates import Made, Update
from cases.statuses import Action, Actor
from handlers import group_answers, group_asking, group_sources, group_words
from handlers.turn import Turn
from places.organisations import find_organisation, list_organisations
from storage import cases as stored
from storage.models import Case
from texts.catalog import say

LANGUAGE = "th"
VERBS = ("to", "to_name", "to_why")
REASONS = ("area", "duty", "theirs")
NAME = "to_name"
# Why it went to the officers instead, where what is said before any step would still leave it open.
WENT = {f"transfer.{hindrance}": f"transfer.{hindrance}_went" for hindrance in ("had_it", "too_often", "unreachable")}
TO = "to="  # before the receiver, in the name under which the reason is waited for


def offer(turn: Turn, case: Case, actor: Actor, words: str = "") -> None:
    """To whom? The likely ones, the way to search, and the officers for whoever is not sure."""
    if case.confidential:
        _tell(turn, case, "transfer.confidential")
        return
    told = stored.list_history(turn.session, case.id)
    if chain.is_long(told):
        _tell(turn, case, "transfer.too_often", count=str(len(chain.list_hops(told))))
        ask_why(turn, case, OMB)
        return
    choices = transfers.list_choices(turn.session, case, words)
    asked = say(LANGUAGE, "group.how_to_transfer", number=case.number)
    _show_choices(turn, case, asked, choices, expect="transfer")


def choose(turn: Turn, case: Case, verb: str, argument: str, actor: Actor) -> None:
    """A tap on an office, on the search, or on a reason."""
    if not office_updates.is_possible(case, Action.TRANSFER, actor):
        group_answers.say_standing(turn, case)
    elif verb == "to_name":
        words = say(LANGUAGE, "transfer.search", number=case.number)
        shown = group_sources.tie(turn, lasting(words, [cancel(case)]))
        turn.say(shown, kind="how_to_to_name", case_id=case.id)
        group_asking.expect(turn, case.id, NAME)
    elif verb == "to_why":
        reason, _, receiver = argument.partition(":")
        if reason in REASONS:
            _pass_on(turn, case, receiver, say(LANGUAGE, f"transfer.why_{reason}_whole"), actor)
    elif argument == OMB or find_organisation(argument):
        _choose(turn, case, argument)


def _choose(turn: Turn, case: Case, receiver: str) -> None:
    """Why them? Also where they cannot be asked and the officers decide, who read the name; else why it cannot go."""
    key = transfers.find_hindrance(turn.session, case, receiver) if receiver != OMB else None
    if key is None or key in WENT:
        ask_why(turn, case, receiver, hindrance=key)
    else:
        _say_hindrance(turn, case, receiver)


def ask_why(turn: Turn, case: Case, receiver: str, *, hindrance: str | None = None) -> None:
    """The reason for this receiver: a tap, or the next words. `hindrance`: why the officers decide instead."""
    office = views.name_khet(receiver, LANGUAGE)
    key = "transfer.why_omb" if receiver == OMB else "transfer.why"
    taps = [
        QuickReply.postback(say(LANGUAGE, f"transfer.why_{reason}"), f"g:{case.id}:to_why:{reason}:{receiver}")
        for reason in REASONS
        if receiver != OMB or reason != "theirs"
    ]
    words = say(LANGUAGE, key, number=case.number, office=office)
    if hindrance:
        words = f"{_say_why_not(turn, case, receiver, hindrance)}\n{say(LANGUAGE, 'transfer.why_then', office=office)}"
    verb = f"{TO}{receiver.rpartition(':')[2]}"
    shown = group_sources.tie(turn, lasting(words, [*taps, cancel(case)]))
    turn.say(shown, kind=f"how_to_{verb}", case_id=case.id)
    group_asking.expect(turn, case.id, verb)


def take_step(turn: Turn, case: Case, words: str, actor: Actor, *, complete: bool) -> None:
    """Words that pass a case on: at once where they name one office and say why; else what is missing is asked for."""
    named = receivers.find_named(words, case.owner)
    if case.confidential:
        _tell(turn, case, "transfer.confidential")
    elif named is None and not complete:
        group_answers.keep_note(turn, case, words, actor)
        offer(turn, case, actor, words)
    elif named is None:
        _make(turn, case, None, words, actor)
    elif transfers.find_hindrance(turn.session, case, named) is not None:
        _leave_to_officers(turn, case, named, words, actor)
    elif receivers.says_why(words):
        _make(turn, case, named, words, actor)
    else:
        group_answers.keep_note(turn, case, words, actor)
        ask_why(turn, case, named)


def take_name(turn: Turn, case: Case, words: str, actor: Actor, *, searching: bool) -> bool:
    """Words after the tap that are no more than an office's name. False where they are something else."""
    named = receivers.search(words) if words else []
    found = [code for code in named if code != case.owner]
    near = [code for code in receivers.search_near(words) if code != case.owner] if words and not named else []
    if not searching and not near and (not named or receivers.says_why(words)):
        return False
    if searching and len(found) == 1 and receivers.says_why(words):
        take_step(turn, case, words, actor, complete=True)
    elif len(found) == 1:
        _choose(turn, case, found[0])
    else:
        key = "transfer.found" if found or near else "transfer.is_yours" if named else "transfer.not_found"
        _show_choices(turn, case, say(LANGUAGE, key, number=case.number), found or near, expect=NAME)
    return True


def take_reason(turn: Turn, case: Case, verb: str, words: str, actor: Actor) -> bool:
    """The next words after "why them?". False where they are no reason."""
    if not group_words.is_reason(words):
        return False
    _pass_on(turn, case, _find_code(verb.removeprefix(TO)), words, actor, message_id=turn.inbound.message_id)
    return True


def say_fickle(turn: Turn, case: Case) -> bool:
    """The officers had it twice today, and twice it was taken back. True where that was said, and it stays."""
    fickle = chain.is_fickle(stored.list_history(turn.session, case.id), turn.now)
    if fickle:
        _tell(turn, case, "transfer.fickle")
    return fickle


def cancel(case: Case) -> QuickReply:
    """Calls off what was begun."""
    return QuickReply.postback(say(LANGUAGE, "button.cancel"), f"g:{case.id}:call_off")


def _show_choices(turn: Turn, case: Case, words: str, choices: Sequence[str], *, expect: str) -> None:
    taps = [QuickReply.postback(views.name_khet(code, LANGUAGE), f"g:{case.id}:to:{code}") for code in choices]
    taps.append(QuickReply.postback(say(LANGUAGE, "transfer.by_name"), f"g:{case.id}:to_name:"))
    taps.append(QuickReply.postback(say(LANGUAGE, "transfer.to_omb"), f"g:{case.id}:to:{OMB}"))
    asked = f"{words}\n{say(LANGUAGE, 'transfer.to_omb_hint')}"
    shown = group_sources.tie(turn, lasting(asked, [*taps, cancel(case)]))
    turn.say(shown, kind=f"how_to_{expect}", case_id=case.id)
    group_asking.expect(turn, case.id, expect)


def _say_hindrance(turn: Turn, case: Case, receiver: str) -> bool:
    """Why it cannot go there, and what can be done instead. True where that was said."""
    key = transfers.find_hindrance(turn.session, case, receiver)
    if key is None:
        return False
    words = _say_why_not(turn, case, receiver, key)
    to_omb = QuickReply.postback(say(LANGUAGE, "transfer.to_omb"), f"g:{case.id}:to:{OMB}")
    shown = group_sources.tie(turn, lasting(words, [to_omb, cancel(case)]))
    turn.say(shown, kind="line", case_id=case.id)
    return True


def _say_why_not(turn: Turn, case: Case, receiver: str, key: str) -> str:
    hops = len(chain.list_hops(stored.list_history(turn.session, case.id)))
    office = views.name_office(receiver, LANGUAGE)
    return say(LANGUAGE, key, number=case.number, office=office, count=str(hops))


def _pass_on(
    turn: Turn, case: Case, receiver: str | None, reason: str, actor: Actor, message_id: str | None = None
) -> None:
    """With receiver and reason: the step, unless the case went elsewhere, or cannot go there (any more)."""
    if not office_updates.is_possible(case, Action.TRANSFER, actor):
        group_answers.say_standing(turn, case)
    elif receiver in (None, OMB):
        _make(turn, case, None, reason, actor, message_id)
    elif receiver and find_organisation(receiver) and _is_for_officers(turn, case, receiver):
        _leave_to_officers(turn, case, receiver, reason, actor, message_id)
    elif receiver and not _say_hindrance(turn, case, receiver):
        _make(turn, case, receiver, reason, actor, message_id)


def _is_for_officers(turn: Turn, case: Case, receiver: str) -> bool:
    return transfers.find_hindrance(turn.session, case, receiver) in WENT


def _leave_to_officers(
    turn: Turn, case: Case, proposed: str, reason: str, actor: Actor, message_id: str | None = None
) -> None:
    """An office was chosen that cannot be asked: the officers have the case with its name, and may pass it on."""
    key = transfers.find_hindrance(turn.session, case, proposed) or ""
    instead = _say_why_not(turn, case, proposed, WENT.get(key, key))
    _make(turn, case, None, reason, actor, message_id, instead=instead, proposed=proposed)


def _make(
    turn: Turn,
    case: Case,
    receiver: str | None,
    reason: str,
    actor: Actor,
    message_id: str | None = None,
    *,
    instead: str = "",
    proposed: str | None = None,
) -> None:
    """The step, and its line with the undo; `instead` of that line: why it went to the officers."""
    if receiver is None and say_fickle(turn, case):
        return
    edited_at = turn.inbound.at.isoformat() if turn.inbound.kind == "edited" else None
    said_in = message_id or turn.inbound.message_id or None
    update = Update(Action.TRANSFER, reason, None, said_in, edited_at, receiver=receiver, proposed=proposed)
    made = office_updates.take_update(turn.session, case, update, actor, turn.now)
    if instead and isinstance(made, Made):
        turn.say(undoable_line(instead, case.id, made.entry.id, LANGUAGE), kind="line", case_id=case.id)
    else:
        group_answers.answer(turn, case, made)


def _find_code(mark: str) -> str | None:
    return next((each.code for each in list_organisations() if each.code.rpartition(":")[2] == mark), None)


def _tell(turn: Turn, case: Case, key: str, **values: str) -> None:
    turn.say(text_bubble(say(LANGUAGE, key, number=case.number, **values)), kind="line", case_id=case.id)
