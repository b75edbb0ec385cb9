"""Photos that came unasked just before their sender says how a case is: they are of it, and go with the answer."""

from cases import gathering, lifecycle
from cases.attachment_words import write_tail
from cases.statuses import Action, Status
from flows.unasked import UNASKED
from handlers import conversing, kept_back, tracking, wishing
from handlers.turn import Turn
from storage import media
from storage.conversations import Standing
from storage.models import Case


def is_asked(standing: Standing) -> bool:
    """Whether photos, with no word beside them, wait for it to be said what they are (or did, until unsent)."""
    if not conversing.is_talking(standing) or standing.flow != UNASKED.name:
        return False
    return not conversing.load(standing)[1].slots.get("words")


def take(turn: Turn, standing: Standing, case: Case) -> list[int]:
    """Give them to the case of which it was just said how it is, and ask no more what they are; their keys."""
    if not is_asked(standing):
        return []
    slots = conversing.load(standing)[1].slots
    if case.id not in [key for key, *_ in slots["choices"]]:
        return []
    photos = list(slots.get("media") or ())
    conversing.leave(turn, standing)
    if photos:
        keep(turn, standing, case, photos)
    return photos


def keep(turn: Turn, standing: Standing, case: Case, photos: list[int]) -> None:
    """Put them on record, where its office may read so; officers who wait for the reason see them with it."""
    if wishing.must_ask(turn.session, case, ""):
        wishing.ask(turn, standing, case, "", photos)
        return
    if kept_back.must_stay(turn.session, case, "", turn.now):
        kept_back.keep(turn, standing, case, "", photos)
        return
    media.attach(turn.session, photos, case.id, "before")
    items = media.list_by_ids(turn.session, photos)
    count = sum(item.kind == "image" for item in items)
    details = {"media": photos} | ({"count": count} if count else {})
    actor = tracking.act_as_reporter(standing)
    note = "\n".join(write_tail(items, count))
    lifecycle.apply(turn.session, case, Action.NOTE, actor, turn.now, note=note, details=details)
    if case.status == Status.DISPUTED:
        gathering.await_more_reason(turn.session, case, turn.now)
