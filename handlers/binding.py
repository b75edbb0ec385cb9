"""How a LINE group comes to stand for an office, and ceases to."""

import re

import structlog

from bot.messages.bubbles import text_bubble
from cases import sending, views
from handlers.turn import Turn
from places.organisations import find_organisation
from storage import groups, outbox
from storage.models import Group
from texts.catalog import say

log = structlog.get_logger()
LANGUAGE = "th"
MOST_WRONG_CODES = 5
STAFF = "omb"
_BIND = re.compile(r"^\s*(?:ผูกกลุ่ม|bind)\s*[:：]?\s*([A-Za-z0-9][A-Za-z0-9 -]{0,30})\s*$", re.IGNORECASE)


def join(turn: Turn) -> None:
    """Someone invited the account: it asks for a code, once."""
    group = groups.lock_group(turn.session, turn.inbound.chat_id, turn.now)
    group.left_at = None
    hint_once(turn, group)


def leave(turn: Turn) -> None:
    """The account is out of the group: it stands for nobody any more, and staff hear which office lost it."""
    group = groups.lock_group(turn.session, turn.inbound.chat_id, turn.now)
    lost = group.organisation
    group.organisation, group.bound_at, group.bound_by = None, None, None
    group.hinted_at, group.wrong_codes, group.left_at = None, 0, turn.now
    log.info("group left", organisation=lost)
    if lost:
        words = say(LANGUAGE, "staff.group_lost", office=views.name_office(lost, LANGUAGE))
        for chat_id in groups.list_bound(turn.session, STAFF):
            outbox.queue(turn.session, chat_id, text_bubble(words), kind="staff")


def hint_once(turn: Turn, group: Group) -> None:
    """How to bind this group; said once, for an unbound group hears nothing else."""
    if group.organisation is None and group.hinted_at is None:
        turn.say(text_bubble(say(LANGUAGE, "group.not_bound")), kind="hint")
        group.hinted_at = turn.now


def take_code(turn: Turn, group: Group) -> bool:
    """`ผูกกลุ่ม CODE`: bind the group if the code is good. True where the words were such a command."""
    found = _BIND.match(turn.inbound.text)
    if found is None:
        return False
    if group.wrong_codes >= MOST_WRONG_CODES:
        return True
    organisation = groups.use_invite(
        turn.session,
        code=found[1],
        secret_key=turn.settings.secret_key.get_secret_value(),
        chat_id=group.chat_id,
        now=turn.now,
    )
    if organisation is None or find_organisation(organisation) is None:
        group.wrong_codes += 1
        log.warning("wrong invite code", tries=group.wrong_codes)
        turn.say(text_bubble(say(LANGUAGE, "group.wrong_code")), kind="hint")
        return True
    group.organisation, group.bound_at, group.bound_by = organisation, turn.now, turn.inbound.user_id
    group.wrong_codes, group.left_at = 0, None
    log.info("group bound", organisation=organisation)
    office = views.name_office(organisation, LANGUAGE)
    key = "group.bound_staff" if organisation == STAFF else "group.bound"
    turn.say(text_bubble(say(LANGUAGE, key, office=office)), kind="bound")
    turn.session.flush()
    sending.send_waiting(turn.session, organisation, turn.now)
    return True
