"""What an office with the case may not read: words against an official, and what is added in their wake.

It stays with the Ombudsman's officers. What only came after such words, its reporter may pass on by a tap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from bot.messages.lasting import lasting
from cases import going_back, lifecycle, telling
from cases.shield import is_delicate
from cases.statuses import OVER, Action, Status
from handlers import conversing, tracking
from handlers.turn import Turn
from storage import cases as stored
from storage import media
from storage.conversations import Standing
from storage.models import Case, HistoryEntry, MediaItem
from texts.catalog import say

ROLE = "delicate"  # of attachments: on no card, and in no group
IN_THE_WAKE = timedelta(hours=24)
TOLD_ONCE = timedelta(hours=1)  # staff hear of more only after a while


@dataclass(frozen=True, slots=True)
class Kept:
    """What one kept line of history holds that can still be passed on."""

    entry: HistoryEntry
    words: str
    media_ids: list[int]


def must_stay(session: Session, case: Case, text: str, now: datetime) -> bool:
    """Whether what is added to a case must not reach its office, for its words or for those before it."""
    return not case.confidential and (is_delicate(text) or is_in_wake(session, case, now))


def is_in_wake(session: Session, case: Case, now: datetime) -> bool:
    """Whether words against an official were just added, or were the answer to a question that is still open."""
    if case.confidential:
        return False
    said = [entry for entry in _list_kept(session, case) if not entry.details.get("after")]
    if not said:
        return False
    if now - said[-1].at < IN_THE_WAKE:
        return True
    question = going_back.find_open_question(session, case) if case.status == Status.NEEDS_INFO else None
    return question is not None and said[-1].id > question.id


def keep(
    turn: Turn,
    standing: Standing,
    case: Case,
    text: str,
    media_ids: list[int],
    told_by: Sequence[Sequence[str]] = (),
) -> None:
    """Keep what was added for the Ombudsman's officers, who learn that it is there and nothing of what it says."""
    media.attach(turn.session, media_ids, case.id, ROLE)
    before = _list_kept(turn.session, case)
    after = not is_delicate(text)
    entry = lifecycle.apply(
        turn.session,
        case,
        Action.NOTE,
        tracking.act_as_reporter(standing),
        turn.now,
        note=text,
        details={"delicate": True, "media": media_ids} | ({"after": True} if after else {}),
        message_id=turn.inbound.message_id or None,
        told_by=told_by,
    )
    if not (after and before and turn.now - before[-1].at < TOLD_ONCE):
        telling.tell_delicate(turn.session, case)
    if not after:
        conversing.tell(turn, standing, "talk.kept_from_office", number=case.number)
        return
    words = say(standing.language, "talk.kept_after", number=case.number)
    tap = conversing.tap(standing, "talk.pass_to_office", f"c:{case.id}:pass:{entry.id}")
    with_office = case.status != Status.DISPUTED
    turn.say(lasting(words, [tap]) if with_office else text_bubble(words), case_id=case.id)


def find(session: Session, case: Case, value: str) -> Kept | None:
    """What a tap asks to pass on; None where it is over, was passed on, was taken back, or is against an official."""
    told = stored.list_history(session, case.id)
    entry = next((one for one in told if str(one.id) == value), None)
    if entry is None or not entry.details.get("after") or Status(case.status) in OVER or case.confidential:
        return None
    if case.status == Status.DISPUTED or any(one.details.get("passed") == entry.id for one in told):
        return None
    words, photos = entry.note or "", _list_photos(session, case, entry)
    return Kept(entry, words, photos) if words or photos else None


def find_recent(session: Session, chat_id: str, since: datetime) -> HistoryEntry | None:
    """What this person last had kept from an office since then: what they write next is about it."""
    actions = [str(Action.NOTE)]
    recent = stored.find_recent_update(session, chat_id=chat_id, person=chat_id, since=since, actions=actions)
    return recent if recent is not None and recent.details.get("delicate") else None


def _list_photos(session: Session, case: Case, entry: HistoryEntry) -> list[int]:
    """Its attachments, and those of their album that nothing was said of."""
    items: list[MediaItem] = media.list_for_case(session, case.id, ROLE)
    named = set(entry.details.get("media") or ())
    albums = {item.album_id for item in items if item.id in named and item.album_id}
    there = [item for item in items if item.state in ("wanted", "stored")]
    return [item.id for item in there if item.id in named or item.album_id in albums]


def _list_kept(session: Session, case: Case) -> list[HistoryEntry]:
    return [entry for entry in stored.list_history(session, case.id) if entry.details.get("delicate")]
