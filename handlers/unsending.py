"""A person takes a message back: what it told goes from draft and case, and the fact of it stays in history.

A case keeps one text, not messages: which message told which part of it stands in the first line of its history.
Offices and officers who hold a copy are told that it is not to be used.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cases import copies, keeping, lifecycle, told_danger, told_parts, unsaid_words
from cases.statuses import Action, Actor, Role
from flows import engine
from flows.engine import Draft
from flows.photos import forget_media
from flows.registry import FLOWS
from handlers import conversing
from handlers.turn import Turn
from storage import cases as stored
from storage import conversations, inbox, media, reporters, unsaid
from storage.conversations import Standing
from storage.models import Case
from texts.catalog import say

SENT = "sent"
LOOKED_AT = 20  # of a person's newest cases: LINE lets people take messages back for a day


def unsend(turn: Turn) -> None:
    """The event: also where the message itself has not come yet."""
    message_id, chat_id = turn.inbound.message_id, turn.inbound.chat_id
    standing, _ = conversations.lock(turn.session, chat_id, turn.now)
    inbox.remember_unsent(turn.session, message_id=message_id, chat_id=chat_id, now=turn.now)
    item = media.find_by_message(turn.session, message_id)
    media.withdraw(turn.session, message_id, turn.now)
    if conversing.is_talking(standing):
        kept = standing.draft or {}
        standing.draft = _forget(str(standing.flow), kept, message_id, item.id if item else 0)
    else:
        _forget_joined(standing, message_id, item.id if item else 0)
    shown = _forget_parts(turn, message_id) if item is None else {}
    if item is not None and item.case_id is not None:
        held = stored.find_case(turn.session, item.case_id, lock=True)
        if held is not None and item.role != keeping.ROLE:
            shown[held.id] = copies.find_photo_seen_by(turn.session, held, item.id)
        _note(turn, item.case_id, {"unsent": item.id})
    said = unsaid.list_told(turn.session, message_id, chat_id)
    for entry in stored.forget_words(turn.session, message_id, chat_id):
        held = stored.find_case(turn.session, entry.case_id, lock=True)
        if held is not None:
            shown.setdefault(held.id, copies.find_seen_by(turn.session, held, entry))
        _note(turn, entry.case_id, {"unsent_words_of": entry.id})
    for case_id in sorted({case_id for case_id, _ in said}):
        case = stored.find_case(turn.session, case_id, lock=True)
        if case is not None:
            told_danger.take_back(turn.session, case, [words for each, words in said if each == case_id], turn.now)
    for case_id, words in said:
        _take_out(turn, case_id, words)
    for case_id, seen_by in sorted(shown.items()):
        held = stored.find_case(turn.session, case_id, lock=True)
        if held is not None and seen_by is not None:
            copies.tell(turn.session, held, seen_by, turn.now)
    inbox.forget_message(turn.session, message_id, chat_id)
    conversations.save(turn.session, standing, turn.now)


def remember_sent(standing: Standing, case: Case, draft: Draft, now: datetime) -> None:
    """The run just sent, so that its buttons are known for what they are."""
    sent = {"case": case.id, "number": case.number, "run": draft.run}
    standing.draft, standing.draft_at = {SENT: sent}, now


def find_sent_number(standing: Standing, run: str) -> str | None:
    """The number that this run of a conversation became, where it was the last one sent."""
    sent = (standing.draft or {}).get(SENT)
    return sent["number"] if sent and sent["run"] == run else None


def remember_joined(standing: Standing, case: Case, draft: Draft, entry_id: int, now: datetime) -> None:
    """The run that ended in a case of somebody else, with all that was told, in case that was a slip."""
    sent = {"case": case.id, "number": case.number, "run": draft.run}
    standing.draft = {SENT: {**sent, "joined": entry_id, "draft": draft.to_json()}}
    standing.draft_at = now


def find_joined(standing: Standing, case: Case, entry_id: str) -> Draft | None:
    """What was told before this person joined the case, where that was the last thing they did."""
    sent = (standing.draft or {}).get(SENT, {})
    if sent.get("case") != case.id or str(sent.get("joined")) != entry_id:
        return None
    return Draft.from_json("report", sent["run"], sent["draft"])


def _forget_joined(standing: Standing, message_id: str, media_id: int) -> None:
    """Take a message out of what is kept in case joining was a slip."""
    sent = (standing.draft or {}).get(SENT, {})
    if "draft" in sent:
        standing.draft = {SENT: {**sent, "draft": _forget("report", sent["draft"], message_id, media_id)}}


def _forget(flow_name: str, kept: Mapping[str, Any], message_id: str, media_id: int) -> dict[str, Any]:
    flow = FLOWS[flow_name]
    draft = engine.forget(flow, Draft.from_json(flow_name, "", kept), message_id)
    slots = {**draft.slots, **forget_media(draft.slots, media_id)}
    parked = slots.get(conversing.PARKED)
    if parked:
        inner = _forget(parked["flow"], parked["draft"], message_id, media_id)
        slots[conversing.PARKED] = {**parked, "draft": inner}
    before = draft.before if media_id == 0 else None
    left = {name: value for name, value in slots.items() if value is not None}
    return Draft(flow_name, "", left, draft.asked, draft.trail, draft.sources, before).to_json()


def _forget_parts(turn: Turn, message_id: str) -> dict[int, str | None]:
    """Take out of the cases this person told what a message told of them, whatever was told since; which cases, and
    who has seen it.
    """
    chat_id = turn.inbound.chat_id
    begun = [one for one in stored.list_begun(turn.session, chat_id, LOOKED_AT) if told_parts.is_named(one, message_id)]
    raw = inbox.find_message(turn.session, message_id, chat_id) if begun else None
    message = _read(raw) if raw else None
    changed: dict[int, str | None] = {}
    for first in begun:
        case = stored.find_case(turn.session, first.case_id, lock=True)
        told = stored.list_history(turn.session, first.case_id)
        parts, gone = told_parts.take_back(case, told, message_id, message) if case is not None else ([], [])
        if case is None or not parts:
            continue
        _note(turn, case.id, {"unsent": message_id, "parts": parts})
        for words in gone:
            _take_out(turn, case.id, words)
        changed[case.id] = copies.ALL
    return changed


def _read(raw: Mapping[str, Any]) -> told_parts.Message:
    if raw.get("type") != "location":
        return told_parts.Message(str(raw.get("text") or ""))
    words = " ".join(str(raw[name]) for name in ("title", "address") if raw.get(name))
    return told_parts.Message(words, raw.get("latitude"), raw.get("longitude"))


def _take_out(turn: Turn, case_id: int, words: str) -> None:
    """What is not said yet of a case does not say these words any more."""
    case = stored.find_case(turn.session, case_id, lock=True)
    if case is not None:
        instead = say("th", "report.words_unsent")
        unsaid_words.take_out(turn.session, case, {words: instead}, turn.now)


def _note(turn: Turn, case_id: int, details: dict[str, Any]) -> None:
    case = stored.find_case(turn.session, case_id, lock=True)
    if case is not None:
        chat_id = turn.inbound.chat_id
        told = reporters.get_reporter(turn.session, case.reporter_id).line_user_id == chat_id
        actor = Actor(Role.REPORTER if told else Role.FOLLOWER, person=chat_id, chat_id=chat_id)
        lifecycle.apply(turn.session, case, Action.NOTE, actor, turn.now, details=details)
