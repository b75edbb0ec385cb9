"""A photo in a group never says which case it shows.

Photos that a person sends within five minutes after a recognised update of theirs belong to that case. Otherwise
one question with buttons is asked for all of that person's photos of the moment: they are nobody's until it is
answered, and a later answer moves them.
"""

from bot.messages.bubbles import text_bubble
from bot.messages.group_lines import whose_photo
from cases import going_back, office_photos, office_updates
from cases.office_photos import PHOTO_MINUTES, SHOWABLE
from cases.office_updates import CLOSING
from cases.open_cases import see_line
from cases.statuses import Actor, Status
from handlers import group_answers
from handlers.turn import Turn
from storage import cases as stored
from storage import clocks as stored_clocks
from storage import inbox, media, media_returns, outbox
from storage.models import Case, HistoryEntry, MediaItem
from texts.catalog import say

LANGUAGE = "th"
CHOICES = 10


def take_photo(turn: Turn, actor: Actor) -> None:
    """A photo came: it follows its sender's update, or waits for one, or is asked about once."""
    update = _find_fresh_update(turn, actor)
    case = stored.find_case(turn.session, update.case_id, lock=True) if update else None
    if case is not None and update is not None and office_updates.is_with(case, actor.organisation):
        closing = update.action in CLOSING or case.status == Status.RESOLVED
        first = not going_back.list_photos_since(turn.session, case, update)
        role = "after" if closing else "extra"
        _attach(turn, case, [turn.want_media("extra")], actor, role=role, spoken=first)
    elif not stored_clocks.count_owned(turn.session, str(actor.organisation), SHOWABLE):
        # Nothing it could show: people's own pictures are not ours to copy.
        inbox.forget_words(turn.session, turn.inbound.event_id)
    else:
        media_id = turn.want_media("extra")
        if not _is_asked(turn, actor, media_id):
            ask_whose(turn, actor, [media_id])


def ask_whose(turn: Turn, actor: Actor, media_ids: list[int], *, waits: bool = False) -> None:
    """One question for these photos and whatever else their sender sends at the same time; `waits`: with what is
    said next.
    """
    if not media_ids:
        return
    lines = [see_line(case, None, turn.now) for case in _list_choices(turn, actor)]
    if lines:
        asked = whose_photo(lines, str(min(media_ids)), LANGUAGE)
        outbox.queue(turn.session, turn.inbound.chat_id, asked, kind="whose_photo", waits=waits)


def take_choice(turn: Turn, case_id: int, token: str, actor: Actor) -> None:
    """The answer to the question whose photo it is: all photos of that sender and moment go the same way."""
    first = media.find(turn.session, int(token)) if token.isdecimal() and len(token) < 18 else None
    if first is None or first.chat_id != actor.chat_id:
        return
    if first.case_id is not None:
        _move(turn, first, case_id, actor)
        return
    case = stored.find_case(turn.session, case_id, lock=True)
    together = [item.id for item in _list_together(turn, first)]
    if not together:
        turn.say(text_bubble(say(LANGUAGE, "group.photo_gone")), kind="line")
    elif case_id == 0:
        media.set_aside(turn.session, together)
        turn.say(text_bubble(say(LANGUAGE, "group.photo_unrelated")), kind="line")
    elif case is None or not office_updates.is_with(case, actor.organisation):
        group_answers.say_elsewhere(turn)
    else:
        _attach(turn, case, together, actor, role="after", chosen=True, spoken=True)


def _move(turn: Turn, first: MediaItem, case_id: int, actor: Actor) -> None:
    """The question was answered before: another case gets what that answer gave, where the office still has both."""
    held_by = [stored.find_case(turn.session, one, lock=True) for one in sorted({int(first.case_id or 0), case_id})]
    before = next((case for case in held_by if case and case.id == first.case_id), None)
    case = next((case for case in held_by if case and case.id == case_id), None)
    ours = [one for one in (before, case) if one is not None and office_updates.is_with(one, actor.organisation)]
    if before is None or case is None or case is before or len(ours) < 2:
        words = say(LANGUAGE, "group.photo_taken", number=before.number if before else "")
        turn.say(text_bubble(words), kind="line", case_id=first.case_id)
        return
    told = stored.list_history(turn.session, before.id)
    given = next(
        (entry.details["media"] for entry in told[::-1] if first.id in entry.details.get("media", ())), [first.id]
    )
    moved = media_returns.release(turn.session, given, before.id, turn.now)
    _attach(turn, case, moved, actor, role="after", chosen=True, spoken=False)
    words = say(LANGUAGE, "group.photo_moved", number=case.number, before=before.number, count=len(moved))
    turn.say(text_bubble(words), kind="line", case_id=case.id)


def _list_choices(turn: Turn, actor: Actor) -> list[Case]:
    """The newest first: people send pictures of what they have just been told of, or just done."""
    organisation = str(actor.organisation)
    return stored.list_by_owner(turn.session, organisation, SHOWABLE, limit=CHOICES, newest_first=True)


def _find_fresh_update(turn: Turn, actor: Actor) -> HistoryEntry | None:
    """This person's recognised update of the last five minutes, unless it was taken back."""
    if actor.person is None or actor.chat_id is None:
        return None
    recent = stored.find_recent_update(
        turn.session,
        chat_id=actor.chat_id,
        person=actor.person,
        since=turn.now - PHOTO_MINUTES,
        actions=[str(action) for action in office_updates.UPDATES],
    )
    if recent is None or _speaks_of_several(turn, actor):
        return None
    return office_updates.find_standing_step(turn.session, [recent])


def _speaks_of_several(turn: Turn, actor: Actor) -> bool:
    """Whether this person has just been at more than one case: a photo may then be of any of them, or of the next."""
    told = stored.list_recently_updated(
        turn.session,
        chat_id=str(actor.chat_id),
        person=str(actor.person),
        since=turn.now - PHOTO_MINUTES,
        actions=[str(action) for action in office_updates.UPDATES],
    )
    return len(told) > 1


def _is_asked(turn: Turn, actor: Actor, media_id: int) -> bool:
    """Whether a photo of the same person, waiting too, has been asked about already."""
    if actor.chat_id is None:
        return False
    waiting = media.find_recent_unclaimed(turn.session, actor.chat_id, actor.person, turn.now - PHOTO_MINUTES)
    if actor.person is None and (sent := media.find(turn.session, media_id)):
        waiting = media.list_together(turn.session, sent, PHOTO_MINUTES)
    return any(item.id != media_id for item in waiting)


def _list_together(turn: Turn, first: MediaItem) -> list[MediaItem]:
    """What was sent with it, each within five minutes of the one before: what one question stood for."""
    found: dict[int, MediaItem] = {}
    near = media.list_together(turn.session, first, PHOTO_MINUTES)
    while new := [item for item in near if item.id not in found]:
        found |= {item.id: item for item in new}
        near = [mate for item in new for mate in media.list_together(turn.session, item, PHOTO_MINUTES)]
    return sorted(found.values(), key=lambda item: item.id)


def _attach(
    turn: Turn,
    case: Case,
    media_ids: list[int],
    actor: Actor,
    *,
    role: str,
    chosen: bool = False,
    spoken: bool,
) -> None:
    """Give photos to the case; `spoken`: with one line that names it, so that a wrong guess is seen."""
    given = office_photos.add_photos(turn.session, case, media_ids, turn.now, role=role)
    details: dict[str, object] = {"media": given, "chosen": True} if chosen else {"media": given}
    office_updates.note(
        turn.session, case, None, actor, turn.now, details=details, message_id=turn.inbound.message_id or None
    )
    if spoken:
        words = say(LANGUAGE, "group.photo_got", number=case.number, count=len(given))
        turn.say(text_bubble(words), kind="line", case_id=case.id)
