"""What an office with the case may not read: words against an official, and what is added in their wake.

It stays with the Ombudsman's officers. What only came after such words, its reporter may pass on by a tap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.messages.bubbles import text_bubble
from bot.messages.lasting import lasting
from cases import disputes, following, going_back, keeping, lifecycle, staff_lines, told_danger
from cases.attachment_words import strip_tail
from cases.danger import find_danger
from cases.gathering import ANSWERS
from cases.keeping import PULLED, ROLE
from cases.shield import is_delicate
from cases.statuses import OVER, Action, Role, Status
from flows import addition
from handlers import conversing, tracking
from handlers.turn import Turn
from storage import cases as stored
from storage import inbox, media, relays
from storage.conversations import Standing
from storage.models import Case, HistoryEntry, MediaItem
from texts.catalog import say

IN_THE_WAKE = timedelta(hours=24)
TOLD_ONCE = timedelta(hours=1)  # staff hear of more only after a while
JUST_BEFORE = timedelta(minutes=10)  # what a person sent so shortly before is about the same


@dataclass(frozen=True, slots=True)
class Kept:
    """What one kept line of history holds that can still be passed on."""

    entry: HistoryEntry
    words: str
    media_ids: list[int]
    said: list[tuple[str, str]]


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
    pulled = {} if after else pull_back(turn, standing, case)
    entry = lifecycle.apply(
        turn.session,
        case,
        Action.NOTE,
        tracking.act_as_reporter(standing),
        turn.now,
        note=text,
        details={"delicate": True, "media": media_ids} | ({"after": True} if after else pulled),
        message_id=turn.inbound.message_id or None,
        told_by=told_by,
    )
    warned = find_danger(text) and told_danger.hear(turn.session, case, entry, text, turn.now)
    if not warned and not (after and before and turn.now - before[-1].at < TOLD_ONCE):
        staff_lines.tell_delicate(turn.session, case)
    if not after:
        _say_kept(turn, standing, case, entry)
        return
    words = say(standing.language, "talk.kept_after", number=case.number)
    tap = conversing.tap(standing, "talk.pass_to_office", f"c:{case.id}:pass:{entry.id}")
    with_office = case.status != Status.DISPUTED
    turn.say(lasting(words, [tap]) if with_office else text_bubble(words), case_id=case.id)


def find(session: Session, case: Case, value: str) -> Kept | None:
    """What a tap asks to pass on; None where it is over, was passed on, was taken back, or is against an official."""
    told = stored.list_history(session, case.id)
    entry = next((one for one in told if str(one.id) == value), None)
    if entry is None or Status(case.status) in OVER or case.confidential or entry.role != Role.REPORTER:
        return None
    if case.status == Status.DISPUTED or any(one.details.get("passed") == entry.id for one in told):
        return None
    if entry.details.get("after"):
        said = [(part.message_id or "", part.words) for part in entry.said]
        words, named = entry.note or "", set(entry.details.get("media") or ())
    else:
        lines = [one for one in told if one.id in (entry.details.get(PULLED) or ())]
        said = [part for one in lines for part in list_said(session, one)]
        words, named = "\n".join(part for _, part in said), set(entry.details.get("pulled_media") or ())
    photos = list_photos(session, case, named)
    return Kept(entry, words, photos, said) if words or photos else None


def is_gone(turn: Turn, case: Case, value: str) -> bool:
    """Whether the words that a tap asks to pass on were taken back."""
    told = stored.list_history(turn.session, case.id)
    entry = next((one for one in told if str(one.id) == value and one.message_id), None)
    return entry is not None and inbox.is_unsent(turn.session, str(entry.message_id), turn.inbound.chat_id)


def find_recent(session: Session, chat_id: str, since: datetime) -> HistoryEntry | None:
    """What this person last had kept from an office since then: what they write next is about it."""
    actions = [str(Action.NOTE)]
    recent = stored.find_recent_update(session, chat_id=chat_id, person=chat_id, since=since, actions=actions)
    by_reporter = recent is not None and recent.role == Role.REPORTER
    return recent if recent is not None and by_reporter and recent.details.get("delicate") else None


def keep_of_follower(turn: Turn, standing: Standing, case: Case, text: str) -> bool:
    """Words of somebody who follows the case, with the photos they joined with. False where they are no such words."""
    if not is_delicate(text):
        return False
    pulled = pull_back(turn, standing, case)
    entry = following.comment(
        turn.session,
        case,
        standing.chat_id,
        turn.now,
        words=text,
        message_id=turn.inbound.message_id or None,
        kept={"delicate": True} | pulled,
    )
    if not (find_danger(text) and told_danger.hear(turn.session, case, entry, text, turn.now)):
        staff_lines.tell_delicate(turn.session, case)
    turn.say(text_bubble(_write_kept(standing, case, pulled)), case_id=case.id)
    conversing.ask_again(turn, standing)
    return True


def _say_kept(turn: Turn, standing: Standing, case: Case, entry: HistoryEntry) -> None:
    """That it is kept; what was kept with it may go to the office by a tap."""
    if not _has_pulled(entry.details):
        conversing.tell(turn, standing, "talk.kept_from_office", number=case.number)
        return
    words = _write_kept(standing, case, entry.details)
    tap = conversing.tap(standing, "talk.pass_before", f"c:{case.id}:pass:{entry.id}")
    with_office = case.status != Status.DISPUTED
    turn.say(lasting(words, [tap]) if with_office else text_bubble(words), case_id=case.id)


def _write_kept(standing: Standing, case: Case, details: Mapping[str, Any]) -> str:
    keys = ("talk.kept_from_office", *(("talk.kept_before",) if _has_pulled(details) else ()))
    return "\n".join(say(standing.language, key, number=case.number) for key in keys)


def _has_pulled(details: Mapping[str, Any]) -> bool:
    return bool(details.get("pulled_media") or details.get(PULLED))


def pull_back(turn: Turn, standing: Standing, case: Case) -> dict[str, list[int]]:
    """What this person sent just before leaves the card, and what waits to be told is told no more."""
    told = stored.list_history(turn.session, case.id)
    kept = keeping.list_kept(told)
    mine = [one for one in told if one.actor_id == standing.chat_id and one.id not in kept]
    since = turn.now - JUST_BEFORE
    near = {one.id for one in mine if one.at >= since}
    answered = {one.details["question"] for one in mine if one.id in near and one.details.get("question")}
    near |= {one.id for one in mine if one.details.get("question") in answered}
    near |= {one.id for one in disputes.list_said(told)} if case.status == Status.DISPUTED else set()
    named = {int(key) for one in mine if one.id in near for key in one.details.get("media") or ()}
    photos = media.list_for_case(turn.session, case.id, "before")
    photos = [item for item in photos if item.chat_id == standing.chat_id]
    albums = {item.album_id for item in photos if item.id in named and item.album_id}
    gone = [item.id for item in photos if item.id in named or item.album_id in albums or item.sent_at >= since]
    media.attach(turn.session, gone, case.id, ROLE)
    waiting = relays.find(turn.session, case.id, "answer")
    lines = [one for one in mine if one.action in ANSWERS and waiting is not None and one.id >= waiting.entry_id]
    shown = [one for one in mine if set(one.details.get("media") or ()) & set(gone) or addition.is_pin(one.note or "")]
    shown = [one for one in shown if one.id in near and one.action in (*ANSWERS, Action.NOTE)]
    pulled = sorted({one.id for one in (*lines, *shown)})
    return ({PULLED: pulled} if pulled else {}) | ({"pulled_media": gone} if gone else {})


def list_said(session: Session, entry: HistoryEntry) -> list[tuple[str, str]]:
    """The words of a line by message, without what counts its attachments."""
    words = strip_tail(entry, media.list_by_ids(session, list(entry.details.get("media") or ())))
    said: list[tuple[str, str]] = []
    for part in entry.said:
        piece = (part.joint if said else "") + part.words
        if words.startswith(piece):
            said.append((part.message_id or "", part.words))
            words = words[len(piece) :]
    return said + ([(entry.message_id or "", words)] if words else [])


def list_photos(session: Session, case: Case, named: set[int]) -> list[int]:
    """Its attachments, and those of their album that nothing was said of."""
    items: list[MediaItem] = media.list_for_case(session, case.id, ROLE)
    albums = {item.album_id for item in items if item.id in named and item.album_id}
    there = [item for item in items if item.state in ("wanted", "stored")]
    return [item.id for item in there if item.id in named or item.album_id in albums]


def _list_kept(session: Session, case: Case) -> list[HistoryEntry]:
    told = stored.list_history(session, case.id)
    return [one for one in told if one.details.get("delicate") and one.role == Role.REPORTER]
