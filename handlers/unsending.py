"""A person takes a message back: what it told goes from draft and case, and the fact of it stays in history.

A case keeps one text, not messages, so which message told which part of it is remembered beside the
conversation for as long as a draft would be; LINE lets people take messages back for about that long.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cases import lifecycle, told_danger, unsaid_words
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
    elif _forget_joined(standing, message_id, item.id if item else 0) or item is None:
        _forget_words(turn, standing, message_id)
    if item is not None and item.case_id is not None:
        _note(turn, item.case_id, {"unsent": item.id})
    said = unsaid.list_told(turn.session, message_id, chat_id)
    for entry in stored.forget_words(turn.session, message_id, chat_id):
        _note(turn, entry.case_id, {"unsent_words_of": entry.id})
    for case_id in sorted({case_id for case_id, _ in said}):
        case = stored.find_case(turn.session, case_id, lock=True)
        if case is not None:
            told_danger.take_back(turn.session, case, [words for each, words in said if each == case_id], turn.now)
    for case_id, words in said:
        _take_out(turn, case_id, words)
    inbox.forget_message(turn.session, message_id, chat_id)
    conversations.save(turn.session, standing, turn.now)


def remember_sent(standing: Standing, case: Case, draft: Draft, now: datetime) -> None:
    """The run just sent, and which message told which part of it: by length, the words are with the case."""
    parts = [[message_id, len(words)] for message_id, words in draft.slots.get("told", ())]
    sent = {"case": case.id, "number": case.number, "run": draft.run, "told": parts}
    standing.draft, standing.draft_at = {SENT: sent}, now


def find_sent_number(standing: Standing, run: str) -> str | None:
    """The number that this run of a conversation became, where it was the last one sent."""
    sent = (standing.draft or {}).get(SENT)
    return sent["number"] if sent and sent["run"] == run else None


def remember_joined(standing: Standing, case: Case, draft: Draft, entry_id: int, now: datetime) -> None:
    """The run that ended in a case of somebody else, with all that was told, in case that was a slip."""
    sent = {"case": case.id, "number": case.number, "run": draft.run, "told": []}
    standing.draft = {SENT: {**sent, "joined": entry_id, "draft": draft.to_json()}}
    standing.draft_at = now


def find_joined(standing: Standing, case: Case, entry_id: str) -> Draft | None:
    """What was told before this person joined the case, where that was the last thing they did."""
    sent = (standing.draft or {}).get(SENT, {})
    if sent.get("case") != case.id or str(sent.get("joined")) != entry_id:
        return None
    return Draft.from_json("report", sent["run"], sent["draft"])


def _forget_joined(standing: Standing, message_id: str, media_id: int) -> bool:
    """Take a message out of what is kept in case joining was a slip; False where nothing is."""
    sent = (standing.draft or {}).get(SENT, {})
    if "draft" not in sent:
        return False
    standing.draft = {SENT: {**sent, "draft": _forget("report", sent["draft"], message_id, media_id)}}
    return True


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


def _forget_words(turn: Turn, standing: Standing, message_id: str) -> None:
    sent = (standing.draft or {}).get(SENT)
    if not sent or message_id not in [part[0] for part in sent["told"]]:
        return
    case = stored.find_case(turn.session, sent["case"], lock=True)
    lengths = [length for _, length in sent["told"]]
    if case is None or len(case.description) != sum(lengths) + len(lengths) - 1:
        return  # somebody mended the text meanwhile: the parts cannot be told apart any more
    pieces: list[tuple[str, str]] = []
    at = 0
    for told_by, length in sent["told"]:
        pieces.append((told_by, case.description[at : at + length]))
        at += length + 1
    left = [(told_by, words) for told_by, words in pieces if told_by != message_id]
    gone = [words for told_by, words in pieces if told_by == message_id]
    case.description = "\n".join(words for _, words in left) or say("th", "report.words_unsent")
    standing.draft = {SENT: {**sent, "told": [[told_by, len(words)] for told_by, words in left]}}
    _note(turn, case.id, {"unsent": message_id})
    for words in gone:
        _take_out(turn, case.id, words)


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
