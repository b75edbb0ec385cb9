"""Conversations of which nothing waits for their end: an answer to an office, the reason of a dispute.

Each piece is with the case the moment it comes, so that whoever is called away has said it all the same.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cases import open_questions
from cases.statuses import OVER, Status
from flows import unasked, words
from flows.answers import Answer
from flows.engine import Draft
from flows.report import REPORT
from flows.whose import DRAFT
from handlers import adding, conversing, questioning, tracking
from handlers.turn import Turn
from storage import cases as stored
from storage import media, relays
from storage.conversations import Standing
from storage.models import Case

FLOWS = frozenset({questioning.FLOW, "dispute"})
BESIDE = frozenset({"text", "image", "video", "audio", "location"})
WHERE = ("place", "place_ok")  # the questions of a report that ask where it is


def take_beside(turn: Turn, standing: Standing, answer: Answer) -> bool:
    """In the middle of a report, and an office has asked something since: for which of them is this? True if asked.

    Whoever went on with the report after the question came is telling the report. Of one that was only begun nothing
    is told yet, so that what comes first may answer a question from before it too, unless it tells of another problem.
    """
    if standing.flow == questioning.FLOW:
        return _take_after_answer(turn, standing, answer)
    if standing.flow != "report" or answer.kind not in BESIDE or standing.draft_at is None:
        return False
    waiting = questioning.list_waiting(turn, standing)
    draft = conversing.load(standing)[1]
    if draft.slots or adding.tells_of_another([one.case for one in waiting], answer):
        waiting = [one for one in waiting if one.asked.at > standing.draft_at]
    if not waiting or (answer.kind == "text" and _is_for_the_draft(turn, standing, draft, answer.text)):
        return False
    return questioning.ask_whose(turn, standing, waiting, answer, beside=True)


def _take_after_answer(turn: Turn, standing: Standing, answer: Answer) -> bool:
    """A question is answered and the report half told waits: what it waits for may be for either. True if asked."""
    slots = conversing.load(standing)[1].slots
    parked = slots.get(conversing.PARKED)
    if not parked or parked["flow"] != REPORT.name or not (slots.get("given") or slots.get("said")):
        return False
    answered = questioning.find_chosen(turn, f"{questioning.KEY}{slots['question']}")
    draft = Draft.from_json(REPORT.name, parked["run"], parked["draft"])
    if answered is None or not _fits(turn, standing, draft, answered.case, answer):
        return False
    return questioning.ask_whose(turn, standing, [answered], answer, beside=True)


def _fits(turn: Turn, standing: Standing, draft: Draft, case: Case, answer: Answer) -> bool:
    """Whether the open question of a report may be answered by this, which came as more of an answer about a case."""
    if answer.kind == "location":
        return draft.asked in WHERE
    if answer.kind != "text":
        return draft.asked == "photos" and answer.album_seen <= 1  # an album stays together
    if words.is_skip(answer.text):
        return False  # that this was all
    if _is_for_the_draft(turn, standing, draft, answer.text) or adding.tells_of_another([case], answer):
        return True
    if draft.asked == "description":
        return unasked.tells_new(answer.text)
    named = words.tells_spot(answer.text) or turn.route(None, None, answer.text) is not None
    return draft.asked in WHERE and named


def _is_for_the_draft(turn: Turn, standing: Standing, draft: Draft, text: str) -> bool:
    """Words that the open question of the report plainly asks for: a button of it typed, yes, no, a number."""
    step = REPORT.get_step(draft.asked or "")
    shown = step.ask(draft.slots, conversing.see(turn, standing)) if step else []
    labels = [item["action"]["label"] for one in shown for item in one.get("quickReply", {}).get("items", ())]
    short = any(says(text) for says in (words.is_yes, words.is_no, words.is_skip, words.is_nod))
    return short or text.strip() in labels or (draft.asked == "phone" and words.find_phone(text) is not None)


def hand_over(turn: Turn, standing: Standing, draft: Draft) -> Draft:
    """Give the case what has come since the last time; the draft that knows so."""
    slots = draft.slots
    pieces, given = list(slots.get("pieces") or ()), list(slots.get("given") or ())
    new = pieces[int(slots.get("said") or 0) :]
    photos = [item for item in slots.get("media") or () if item not in given]
    case = stored.find_case(turn.session, int(slots["case_id"]), lock=True) if new or photos else None
    if case is None or not tracking.is_mine(turn, standing, case) or Status(case.status) in OVER:
        return draft
    asked = open_questions.find_asked(turn.session, case, str(slots.get("question")))
    text = "\n".join(piece for _, piece in new)
    adding.add_at_once(turn, standing, case, text, photos, told_by=new, asked=asked)
    return replace(draft, slots={**slots, "said": len(pieces), "given": [*given, *photos]})


def end_early(turn: Turn, standing: Standing, draft: Draft) -> bool:
    """An answer that was given with nothing else open: what follows it needs no question. True if ended."""
    if draft.flow != questioning.FLOW or not _has_given(draft) or conversing.PARKED in draft.slots:
        return False
    finish_answer(turn, standing, draft)
    return True


def _has_given(draft: Draft) -> bool:
    return bool(draft.slots.get("given") or draft.slots.get("said"))


def finish_answer(turn: Turn, standing: Standing, draft: Draft) -> None:
    """That is all of the answer; what the office asked beside it, and then the report half told."""
    slots = draft.slots
    case = stored.find_case(turn.session, int(slots["case_id"]))
    given = _has_given(draft) and case is not None
    asked = open_questions.find_asked(turn.session, case, str(slots.get("question"))) if case else None
    left = open_questions.list_left(turn.session, case, asked) if case and asked and given else []
    if case is not None and Status(case.status) in OVER:
        tracking.say_over_at_the_end(turn, standing, case)
        conversing.close(turn, standing)
        return
    goes_on = conversing.PARKED in slots
    key = "talk.passed_on" if given else "answering.later_said"
    buttons = () if goes_on or left else conversing.new_or_mine(standing)
    conversing.tell(turn, standing, key, *buttons, number=slots["number"])
    if case is not None and left:
        questioning.show_left(turn, standing, case, left[0])
    conversing.close(turn, standing)


def finish_dispute(turn: Turn, standing: Standing, draft: Draft) -> None:
    """Nothing more is coming: the officers are told now."""
    relays.hasten(turn.session, int(draft.slots["case_id"]), "dispute", turn.now)
    buttons = () if conversing.PARKED in draft.slots else conversing.new_or_mine(standing)
    conversing.tell(turn, standing, "dispute.sent", *buttons, number=draft.slots["number"])
    conversing.close(turn, standing)


def settle_whose(turn: Turn, standing: Standing, slots: Mapping[str, Any]) -> None:
    """The chosen question gets what was kept; a report half told then goes on."""
    chosen = questioning.find_chosen(turn, slots["whose"])
    if chosen is not None and Status(chosen.case.status) in OVER:
        conversing.set_aside(turn, slots.get("media", ()))
        questioning.say_over(turn, standing, chosen.case)
        conversing.leave(turn, standing)
        conversing.ask_again(turn, standing)
    elif chosen is not None and conversing.PARKED in slots:
        # More of the answer may follow: the report waits until the person says that this was all.
        kept = {name: slots[name] for name in ("pieces", "words", "media", conversing.PARKED) if slots.get(name)}
        conversing.start(standing, questioning.FLOW, {**questioning.describe(standing, chosen), **kept})
        standing.draft = hand_over(turn, standing, conversing.load(standing)[1]).to_json()
        conversing.ask_again(turn, standing)
    elif chosen is not None:
        conversing.leave(turn, standing)
        adding.take_addition(turn, standing, {**slots, "case_id": chosen.case.id, "question": chosen.asked.id})


def say_gone(turn: Turn, standing: Standing, choice: str) -> None:
    """All that was kept was taken back before it was said what it is for; an answer may still be given."""
    conversing.leave(turn, standing)
    chosen = questioning.find_chosen(turn, choice)
    if chosen is None or Status(chosen.case.status) in OVER:
        conversing.tell_beside(turn, standing, "talk.words_gone", *conversing.ways_on(standing))
        return
    conversing.tell(turn, standing, "talk.words_gone")
    questioning.begin(turn, standing, chosen.case, str(chosen.asked.id))


def list_kept(turn: Turn, standing: Standing, slots: Mapping[str, Any]) -> list[Answer]:
    """What was kept, as the report half told would have heard it."""
    assert slots["whose"] == DRAFT
    kept: list[Answer] = []
    pin = slots.get("pin")
    if pin:
        kept.append(Answer("location", latitude=pin[0], longitude=pin[1], address=pin[2]))
    pieces = list(slots.get("pieces") or ())[1 if pin else 0 :]
    kept += [Answer("text", text=text, message_id=key) for key, text in pieces]
    items = media.list_by_ids(turn.session, list(slots.get("media") or ()))
    return kept + [Answer(item.kind, media_id=item.id) for item in items]
