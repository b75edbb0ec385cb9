"""How a LINE group comes to stand for an office, and ceases to.

Events may come late or twice, so a group's past is told by LINE's own time: a `leave` or `join` that is older
than the binding says nothing about it.
"""

from datetime import timedelta

import structlog

from bot.messages.bubbles import text_bubble
from bot.messages.roster import ask_leave as show_leave
from cases import digests, sending, views
from cases.unbinding import unbind
from handlers import group_lists, group_words
from handlers.turn import Turn
from places.organisations import find_organisation
from storage import groups, outbox
from storage.models import Group
from texts.catalog import say
from texts.moments import say_moment

log = structlog.get_logger()
LANGUAGE = "th"
MOST_WRONG_CODES = 5
HELD_OFF = timedelta(hours=1)
# Staff hear of wrong codes once a day from each group, and of so many groups in all: anybody may make a group.
STAFF_TOLD_EVERY = timedelta(days=1)
MOST_GROUPS_TOLD_OF = 5
STAFF = "omb"
ASKED_LATELY = 900  # seconds


def join(turn: Turn) -> None:
    """Someone invited the account: it asks for a code. A bound group that invites it had lost it before."""
    group = groups.lock_group(turn.session, turn.inbound.chat_id, turn.now)
    if group.bound_at is not None:
        if group.bound_at >= turn.inbound.at:
            return
        _lose(turn, group)
    if group.hinted_at is not None and group.hinted_at < turn.inbound.at:
        group.hinted_at = None
    group.left_at, group.wrong_codes = None, 0
    hint_once(turn, group)


def leave(turn: Turn) -> None:
    """The account is out of the group: it stands for nobody any more, and staff hear which office lost it."""
    group = groups.lock_group(turn.session, turn.inbound.chat_id, turn.now)
    if group.bound_at is not None and group.bound_at >= turn.inbound.at:
        return
    _lose(turn, group)
    group.hinted_at, group.wrong_codes, group.left_at = None, 0, turn.inbound.at


def ask_leave(turn: Turn, group: Group) -> None:
    """`ออกจากกลุ่ม`: asked once more, for a slip would cut an office off."""
    asked_at = int(turn.now.timestamp())
    turn.say(show_leave(_name(str(group.organisation)), asked_at, LANGUAGE), kind="leave_ask")


def answer_leave(turn: Turn, group: Group, argument: str) -> None:
    """A button of that question. One of long ago, or of before the group was bound anew, asks again."""
    answer, _, asked = argument.partition(":")
    asked_at = int(asked) if asked.isdecimal() and len(asked) < 12 else 0
    if answer == "no":
        turn.say(text_bubble(say(LANGUAGE, "group.stays", office=_name(str(group.organisation)))), kind="line")
    elif answer == "yes":
        since = max(int(group.bound_at.timestamp()) if group.bound_at else 0, turn.now.timestamp() - ASKED_LATELY)
        if asked_at >= since:
            _go(turn, group)
        else:
            ask_leave(turn, group)


def _go(turn: Turn, group: Group) -> None:
    """The group stands for nobody any more, is told so, and `jobs.leaving` leaves it."""
    turn.say(text_bubble(say(LANGUAGE, "group.gone", office=_name(str(group.organisation)))), kind="gone")
    _lose(turn, group)
    group.left_at = turn.now
    group.hinted_at = turn.inbound.at  # until we are out nobody is told how to bind it


def hint_once(turn: Turn, group: Group) -> None:
    """How to bind this group; said once, for an unbound group hears nothing else."""
    gone = group.left_at is not None and turn.inbound.at <= group.left_at
    if group.organisation is None and group.hinted_at is None and not gone:
        turn.say(text_bubble(say(LANGUAGE, "group.not_bound")), kind="hint")
        group.hinted_at = turn.inbound.at


def take_code(turn: Turn, group: Group) -> bool:
    """`ผูกกลุ่ม CODE`: bind the group if the code is good. True where the words were such a command."""
    code = group_words.find_code(turn.inbound.text)
    if code is None:
        return False
    if group.wrong_codes >= MOST_WRONG_CODES and group.code_refused_at is not None:
        if turn.now < group.code_refused_at + HELD_OFF:
            log.warning("invite code not tried: held off", organisation=group.organisation)
            return True
        group.wrong_codes = 0
    organisation = groups.use_invite(
        turn.session,
        code=code,
        secret_key=turn.settings.secret_key.get_secret_value(),
        chat_id=group.chat_id,
        now=turn.now,
    )
    if organisation is None or find_organisation(organisation) is None:
        _refuse(turn, group, organisation)
    else:
        _bind(turn, group, organisation)
    return True


def _bind(turn: Turn, group: Group, organisation: str) -> None:
    if group.organisation != organisation:
        _lose(turn, group)
    group.organisation, group.bound_at, group.bound_by = organisation, turn.inbound.at, turn.inbound.user_id
    group.wrong_codes, group.left_at = 0, None
    log.info("group bound", organisation=organisation)
    key = "group.bound_staff" if organisation == STAFF else "group.bound"
    turn.say(text_bubble(say(LANGUAGE, key, office=_name(organisation))), kind="bound")
    turn.session.flush()
    cards = sending.send_waiting(turn.session, organisation, turn.now)
    turn.session.flush()
    total = group_lists.count_open(turn, organisation)
    if total > cards:
        group_lists.list_open(turn, organisation)
    if total and organisation != STAFF:
        digests.count_as_told(turn.session, organisation, group.chat_id, turn.now)


def _refuse(turn: Turn, group: Group, organisation: str | None) -> None:
    group.wrong_codes += 1
    group.code_refused_at = turn.now
    log.warning("wrong invite code", tries=group.wrong_codes, unknown_organisation=organisation)
    if group.wrong_codes < MOST_WRONG_CODES:
        turn.say(text_bubble(say(LANGUAGE, "group.wrong_code")), kind="hint")
        return
    after = say_moment(LANGUAGE, turn.now + HELD_OFF, now=turn.now)
    words = say(LANGUAGE, "group.too_many_codes", count=MOST_WRONG_CODES, after=after)
    turn.say(text_bubble(words), kind="hint")
    day_ago = turn.now - STAFF_TOLD_EVERY
    told_lately = group.staff_told_at is not None and group.staff_told_at > day_ago
    if told_lately or groups.count_told_of(turn.session, day_ago) >= MOST_GROUPS_TOLD_OF:
        return
    group.staff_told_at = turn.now
    office = _name(group.organisation) if group.organisation else say(LANGUAGE, "staff.unbound_group")
    _tell_staff(turn, say(LANGUAGE, "staff.wrong_codes", office=office, count=MOST_WRONG_CODES))


def _lose(turn: Turn, group: Group) -> None:
    """Unbind; staff hear which office lost a group, and whether it has another."""
    told = unbind(turn.session, group, lambda office: group_lists.count_open(turn, office), turn.now)
    if told:
        _tell_staff(turn, told)


def _tell_staff(turn: Turn, words: str) -> None:
    for chat_id in groups.list_bound(turn.session, STAFF):
        if chat_id != turn.inbound.chat_id:
            outbox.queue(turn.session, chat_id, text_bubble(words), kind="staff")


def _name(organisation: str) -> str:
    return views.name_office(organisation, LANGUAGE)
