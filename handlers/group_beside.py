"""Who takes part in a case beside its owner: the office it is offered to, those that help, the Ombudsman's officers.

Here their buttons and words find their way, and so do the owner's that reach out to them. Rights are looked at anew
at every tap: an old or forged button does nothing.
"""

from collections.abc import Sequence

from cases import helping, office_updates, transfers
from cases.desk import OMB
from cases.statuses import Action, Actor
from clock import in_bangkok
from handlers import (
    group_answers,
    group_asking,
    group_declining,
    group_desk,
    group_helping,
    group_lists,
    group_maybe,
    group_offers,
    group_officers,
    group_transfer,
    group_words,
    updates,
)
from handlers.turn import Turn
from storage import cases as stored
from storage.models import Case, Group


def may_read(turn: Turn, case: Case, group: Group) -> bool:
    """Whether this group may be shown the case: as its owner, as officers, as helpers, or because it is offered."""
    return group_desk.may_read(case, group) or _is_beside(turn, case, group.organisation)


def open_card(turn: Turn, case: Case, group: Group) -> None:
    """The card once more, as this group is to see it."""
    if group_desk.may_read(case, group):
        group_lists.open_card(turn, case)
    elif transfers.is_offered_to(case, group.organisation):
        group_offers.show(turn, case)
    else:
        group_helping.show(turn, case, str(group.organisation))


def take_button(turn: Turn, case: Case, verb: str, argument: str, actor: Actor) -> bool:
    """A button of these; False where it is none of them."""
    owns = office_updates.is_with(case, actor.organisation)
    if verb in group_offers.VERBS:
        group_offers.take_button(turn, case, verb, argument, actor)
    elif verb in group_maybe.VERBS and transfers.is_offered_to(case, actor.organisation):
        group_offers.settle_maybe(turn, case, verb, argument, actor)
    elif verb in group_helping.HELPERS:
        group_helping.take_helper_button(turn, case, verb, actor)
    elif verb in group_officers.VERBS:
        group_officers.take_button(turn, case, verb, argument, actor)
    elif verb in group_transfer.VERBS and owns:
        group_transfer.choose(turn, case, verb, argument, actor)
    elif verb in group_declining.VERBS and owns:
        group_declining.choose(turn, case, argument, actor)
    elif verb in group_helping.OWNERS and owns:
        group_helping.take_owner_button(turn, case, verb, argument, actor)
    elif verb == "call_off" and not owns and _may_act(turn, case, actor.organisation):
        updates.call_off(turn, case)
    else:
        return False
    return True


def take_words(turn: Turn, case: Case, words: str, actor: Actor, asked_for: str | None) -> bool:
    """A quoted reply, or a line with the number; False where it is for the owner's own road."""
    organisation = actor.organisation
    if organisation == OMB and asked_for in group_officers.ASKS:
        return group_officers.take_words(turn, case, str(asked_for), words, actor)
    if not office_updates.is_with(case, organisation):
        if transfers.is_offered_to(case, organisation):
            group_offers.take_words(turn, case, words, actor, asked_for=asked_for)
        elif organisation != OMB and helping.is_invited(turn.session, case, organisation):
            group_helping.take_helper_words(turn, case, words, actor)
        else:
            return False
        return True
    if asked_for is not None and _take_answer(turn, case, asked_for, words, actor):
        return True
    split = group_helping.split_asking(words, in_bangkok(turn.now).date())
    if split is not None:
        updates.take_words(turn, case, split[0], actor, named=True)
        return group_helping.take_owner_words(turn, case, split[1], actor)
    return group_helping.asks(words) and group_helping.take_owner_words(turn, case, words, actor)


def asks(turn: Turn) -> bool:
    """Whether what this person was just asked for is for nobody else to take."""
    asked = group_asking.find_asked(turn)
    return asked is not None and _is_ours(asked.verb)


def take_asked(turn: Turn, words: str, actor: Actor) -> bool:
    """Plain words of somebody who was just asked for them; False where they are talk, or for the owner's own road."""
    asked = group_asking.find_asked(turn)
    case = stored.find_case(turn.session, asked.case_id, lock=True) if asked else None
    if asked is None or case is None or not _may_act(turn, case, actor.organisation):
        return False
    ours = _is_ours(asked.verb)
    if ours and group_words.is_change_of_mind(words):
        updates.call_off(turn, case)
        return True
    if ours and group_words.is_holding(words):
        group_asking.expect(turn, case.id, asked.verb, longer=True)
        return False
    waiting = group_asking.forget(turn)
    if _take_answer(turn, case, asked.verb, words, actor):
        return True
    group_asking.put_back(turn, waiting)
    return False


def take_gone(turn: Turn, named: Sequence[group_words.Numbered], actor: Actor) -> bool:
    """A line with the number of a case that this office was once asked for, or to help with, and refused. False for
    any other.
    """
    if len(named) != 1 or actor.organisation == OMB:
        return False
    case = stored.find_case_by_number(turn.session, named[0].number, lock=True)
    if case is None:
        return False
    return group_helping.take_second_thoughts(turn, case, named[0].words, actor) or group_offers.take_gone(
        turn, case, named[0].words, actor
    )


def keep_edit(turn: Turn, case: Case, words: str, actor: Actor) -> None:
    """What somebody beside the owner changed in a message of theirs is kept; what was done stands."""
    group_answers.keep_note(turn, case, words, actor)


_OURS = frozenset({group_transfer.NAME, group_helping.INVITE, group_offers.WHY, *group_officers.ASKS})


def _is_ours(verb: str) -> bool:
    return verb.startswith((group_transfer.TO, group_helping.FOR_WHAT)) or verb in _OURS


def _take_answer(turn: Turn, case: Case, verb: str, words: str, actor: Actor) -> bool:
    owns = office_updates.is_with(case, actor.organisation)
    if verb == group_offers.WHY:
        return group_offers.take_reason(turn, case, words, actor)
    if verb in group_officers.ASKS:
        return actor.organisation == OMB and group_officers.take_words(turn, case, verb, words, actor)
    if not owns:
        return False
    if verb.startswith(group_helping.FOR_WHAT):
        return group_helping.take_what(turn, case, verb, words, actor)
    if verb == group_helping.INVITE:
        return group_helping.take_owner_words(turn, case, words, actor, asked=True)
    if not office_updates.is_possible(case, Action.TRANSFER, actor):
        return False
    if verb.startswith(group_transfer.TO):
        return group_transfer.take_reason(turn, case, verb, words, actor)
    if verb in (group_transfer.NAME, "transfer"):
        return group_transfer.take_name(turn, case, words, actor, searching=verb == group_transfer.NAME)
    return False


def _may_act(turn: Turn, case: Case, organisation: str | None) -> bool:
    return organisation == OMB or office_updates.is_with(case, organisation) or _is_beside(turn, case, organisation)


def _is_beside(turn: Turn, case: Case, organisation: str | None) -> bool:
    return transfers.is_offered_to(case, organisation) or helping.is_invited(turn.session, case, organisation)
