"""The end of a report that is about a case which there is already: its teller follows that case instead.

What was told is not lost by a slip: it stays beside the conversation for as long as a draft would, and a tap makes a
new report of it after all.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.messages.bubbles import text_bubble
from bot.messages.lasting import lasting
from cases import duplicates, following, views
from cases.statuses import Status
from flows.alike import NEW
from flows.engine import Draft
from handlers import adding, conversing, tracking, unsending
from handlers.turn import Turn
from storage import cases as stored
from storage import followers, media, reporters
from storage.conversations import Standing
from storage.models import Case, HistoryEntry
from texts.catalog import say

A_DAY = timedelta(days=1)


def finish(turn: Turn, standing: Standing, draft: Draft) -> None:
    """Join the case that was chosen; where it is gone meanwhile, the report goes on as a new one."""
    slots = draft.slots
    case = stored.find_case(turn.session, int(slots["alike"]), lock=True)
    mine = case is not None and tracking.is_mine(turn, standing, case)
    if case is None or not duplicates.may_join(case) or (mine and case.status == Status.CLOSED):
        _go_on(turn, standing, draft, say(standing.language, "alike.gone"))
    elif mine:
        conversing.close(turn, standing)
        given = {name: slots[name] for name in ("media",) if name in slots}
        told = {"words": slots.get("description", ""), "pieces": slots.get("told", ())}
        adding.take_addition(turn, standing, {**given, **told, "case_id": case.id})
    else:
        _join(turn, standing, draft, case)


def _join(turn: Turn, standing: Standing, draft: Draft, case: Case) -> None:
    reporter = reporters.get_or_add_line_reporter(turn.session, standing.chat_id, turn.now)
    most = turn.settings.reports_per_day
    if followers.count_joined_since(turn.session, reporter.id, turn.now - A_DAY) >= most:
        _go_on(turn, standing, draft, say(standing.language, "alike.too_many", count=most))
        return
    slots = draft.slots
    entry = following.join(
        turn.session,
        case,
        reporter,
        turn.now,
        words=slots.get("description", ""),
        told_by=slots.get("told", ()),
        media_ids=list(slots.get("media", ())),
    )
    conversing.close(turn, standing)
    unsending.remember_joined(standing, case, draft, entry.id, turn.now)
    _say_joined(turn, standing, case, entry)


def _say_joined(turn: Turn, standing: Standing, case: Case, entry: HistoryEntry) -> None:
    language = standing.language
    key = "alike.joined_closed" if case.status == Status.CLOSED else "alike.joined"
    words = [say(language, key, number=case.number, status=views.name_status(Status(case.status), language))]
    if count := len(entry.details["media"]):
        words.append(say(language, "alike.photos", count=count))
    wrong = conversing.tap(standing, "alike.wrong", f"c:{case.id}:unjoin:{entry.id}")
    mine = conversing.tap(standing, "talk.my_cases", "m:track")
    turn.say(lasting("\n".join(words), (wrong, mine)), case_id=case.id)


def take_back(turn: Turn, standing: Standing, case: Case, value: str) -> None:
    """It was another case: its photos and words leave it again, and the report goes on as a new one."""
    draft = unsending.find_joined(standing, case, value)
    reporter = reporters.find_line_reporter(turn.session, standing.chat_id)
    if draft is None or reporter is None or conversing.is_talking(standing):
        conversing.say_old_button(turn, standing)
        return
    joined = stored.find_history(turn.session, int(value))
    later = following.take_photos_back(turn.session, case, standing.chat_id, joined.at, turn.now) if joined else []
    following.take_back(turn.session, case, reporter, int(value), turn.now)
    given = [*draft.slots.get("media", ()), *later]
    kept = [item.id for item in media.list_by_ids(turn.session, given) if not item.case_id]
    slots = {**draft.slots, "alike": NEW, "media": kept or None}
    _open(standing, draft, {name: slot for name, slot in slots.items() if slot is not None}, turn)
    conversing.tell(turn, standing, "alike.taken_back", number=case.number)
    conversing.ask_again(turn, standing)


def _go_on(turn: Turn, standing: Standing, draft: Draft, words: str) -> None:
    _open(standing, draft, {**draft.slots, "alike": NEW}, turn)
    turn.say(text_bubble(words))
    conversing.ask_again(turn, standing)


def _open(standing: Standing, draft: Draft, slots: dict[str, Any], turn: Turn) -> None:
    conversing.start(standing, "report")
    standing.draft, standing.draft_at = replace(draft, slots=slots, asked=None).to_json(), turn.now
