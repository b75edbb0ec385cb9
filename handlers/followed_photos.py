"""A photo that comes soon after its sender joined a case of somebody else is one of that case, as those told before.

With no question in between, there is a way out: a tap makes a new report of all that came so.
"""

from datetime import timedelta

from bot.messages.lasting import lasting
from cases import duplicates, following
from cases.statuses import Action
from flows.answers import Answer
from flows.photos import is_middle_of_album
from handlers import conversing
from handlers.turn import Turn
from storage import cases as stored
from storage import followers, media
from storage.conversations import Standing
from storage.models import Case
from texts.catalog import say

# From joining on: long enough to go and take it, so short that they still think of that case.
GOES_THERE = timedelta(hours=1)
KINDS = frozenset({"image", "video"})
NEW = "new_photo"


def take(turn: Turn, standing: Standing, answer: Answer) -> bool:
    """With no conversation open: give it to the case that this person has just joined. True if taken."""
    if answer.media_id is None or answer.kind not in KINDS:
        return False
    case = _find_just_joined(turn, standing)
    if case is None:
        return False
    entry = following.add_photo(turn.session, case, standing.chat_id, answer.media_id, turn.now)
    if not is_middle_of_album(answer):  # the first and the last photo of an album are told of
        words = say(standing.language, "followed.photo", number=case.number)
        new = conversing.tap(standing, "talk.report_new", f"c:{case.id}:{NEW}:{entry.id}")
        turn.say(lasting(words, (new,)), case_id=case.id)
    return True


def begin_new(turn: Turn, standing: Standing, case: Case, value: str) -> None:
    """It was of another matter: the photos sent so leave the case, and begin a report."""
    entry = stored.find_history(turn.session, int(value)) if value.isdecimal() and len(value) < 18 else None
    mine = entry is not None and entry.case_id == case.id and entry.actor_id == standing.chat_id
    since = entry.at - GOES_THERE if entry is not None and mine else turn.now
    taken = (
        following.take_photos_back(turn.session, case, standing.chat_id, since, turn.now)
        if mine and not conversing.is_talking(standing)
        else []
    )
    if not taken:
        conversing.say_old_button(turn, standing)
        return
    recordings = [item.id for item in media.list_by_ids(turn.session, taken) if item.kind != "image"]
    given = {"media": taken, "recordings": recordings}
    conversing.begin(turn, standing, "report", {name: value for name, value in given.items() if value})


def _find_just_joined(turn: Turn, standing: Standing) -> Case | None:
    """Joined lately and last of all: whoever has told a case of their own since may mean that one."""
    latest = stored.find_recent_update(
        turn.session,
        chat_id=standing.chat_id,
        person=standing.chat_id,
        since=turn.now - GOES_THERE,
        actions=[str(Action.FOLLOW), "report"],
    )
    if latest is None or latest.action != Action.FOLLOW:
        return None
    case = stored.find_case(turn.session, latest.case_id, lock=True)
    follows = case is not None and followers.is_following(turn.session, case.id, standing.chat_id)
    return case if case is not None and follows and duplicates.may_join(case) else None
