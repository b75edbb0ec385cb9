"""A photo in a group never says which case it shows.

Photos that a person sends within five minutes around a recognised update of theirs belong to that case. Otherwise
one question with buttons is asked for all of that person's photos of the moment, never a guess.
"""

from bot.messages.bubbles import text_bubble
from bot.messages.group_lines import UpdateLineView, update_line, whose_photo
from cases import lifecycle, office_updates, telling, views
from cases.office_updates import PHOTO_MINUTES
from cases.statuses import OVER, Action, Actor, Status
from handlers import updates
from handlers.group_lists import see_line
from handlers.turn import Turn
from storage import cases as stored
from storage import media
from storage.models import Case, Group
from texts.catalog import say

LANGUAGE = "th"
OPEN = tuple(status for status in Status if status not in OVER)
CHOICES = 10


def take_photo(turn: Turn, group: Group, actor: Actor) -> None:
    """A photo came: it follows its sender's update, or waits for one, or is asked about once."""
    media_id = turn.want_media("extra")
    case = _just_updated(turn, actor)
    if case is not None and updates.is_ours(turn, group, case):
        _attach(turn, case, [media_id], actor)
        return
    cases = stored.list_by_owner(turn.session, str(group.organisation), OPEN, limit=CHOICES, newest_first=True)
    if not cases or _is_asked(turn, actor, media_id):
        return
    token = str(media_id)
    lines = [see_line(case, turn) for case in cases]
    turn.say(whose_photo(lines, token, LANGUAGE), kind="whose_photo")


def take_choice(turn: Turn, group: Group, case_id: int, token: str, actor: Actor) -> None:
    """The answer to the question whose photo it is: all photos of that sender and moment go the same way."""
    first = media.find(turn.session, int(token)) if token.isdecimal() and len(token) < 18 else None
    if first is None or first.chat_id != group.chat_id:
        return
    if first.case_id is not None:
        case = stored.find_case(turn.session, first.case_id)
        number = case.number if case else ""
        turn.say(text_bubble(say(LANGUAGE, "group.photo_taken", number=number)), case_id=first.case_id)
        return
    together = media.list_together(turn.session, first, PHOTO_MINUTES)
    if case_id == 0:
        media.set_aside(turn.session, [item.id for item in together])
        turn.say(text_bubble(say(LANGUAGE, "group.photo_unrelated")), kind="line")
        return
    case = stored.find_case(turn.session, case_id, lock=True)
    if case is None or not updates.is_ours(turn, group, case):
        updates.say_elsewhere(turn, case)
        return
    _attach(turn, case, [item.id for item in together], actor, answer=True)


def _just_updated(turn: Turn, actor: Actor) -> Case | None:
    if actor.person is None or actor.chat_id is None:
        return None
    recent = stored.find_recent_update(
        turn.session,
        chat_id=actor.chat_id,
        person=actor.person,
        since=turn.now - PHOTO_MINUTES,
        actions=[str(action) for action in office_updates.UPDATES],
    )
    return stored.find_case(turn.session, recent.case_id, lock=True) if recent else None


def _is_asked(turn: Turn, actor: Actor, media_id: int) -> bool:
    """Whether a photo of the same person, waiting too, has been asked about already."""
    if actor.person is None or actor.chat_id is None:
        return False
    waiting = media.find_recent_unclaimed(
        turn.session, actor.chat_id, actor.person, turn.now - PHOTO_MINUTES
    )
    return any(item.id != media_id for item in waiting)


def _attach(turn: Turn, case: Case, media_ids: list[int], actor: Actor, *, answer: bool = False) -> None:
    had = [item for item in media.list_for_case(turn.session, case.id, "after") if item.kind == "image"]
    media.attach(turn.session, media_ids, case.id, "after")
    lifecycle.apply(
        turn.session, case, Action.NOTE, actor, turn.now, details={"media": media_ids},
        message_id=turn.inbound.message_id or None,
    )
    if not had and case.status == Status.RESOLVED:
        # The office said so first and showed it after: the reporter sees the picture beside the question.
        telling.show_after_photo(turn.session, case, turn.now)
    if answer or not had:
        view = UpdateLineView(
            case_id=case.id,
            number=case.number,
            status=views.name_status(Status(case.status), LANGUAGE),
            photo_count=len(media_ids),
        )
        turn.say(update_line(view, LANGUAGE), kind="line", case_id=case.id)
