"""Carries a person's conversation on: commands, answers, taps, and the end of it, a case."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.welcome import DangerView, help_card
from bot.messages.welcome import danger as danger_card
from cases import intake
from cases.danger import find_danger
from flows import addition, alike, engine, matters, secrecy, words
from flows.answers import Answer, Slots
from flows.engine import Draft, Outcome, Rejected
from flows.unasked import NEITHER, OLD
from flows.whose import DRAFT, NEW, OBJECTS
from handlers import (
    adding,
    answering,
    conversing,
    inquiries,
    joining,
    my_data,
    objecting,
    questioning,
    tracking,
    unsending,
    withdrawal,
)
from handlers.turn import Turn
from storage import media, reporters
from storage.conversations import Standing
from texts.catalog import has_text, say

LANGUAGES = {"thai": "th", "english": "en"}
UNTIL_TOMORROW = timedelta(hours=12)


def take_answer(turn: Turn, standing: Standing, answer: Answer) -> None:
    """Give an answer to the conversation; with none open it begins a report and is its first answer."""
    if not conversing.is_talking(standing):
        conversing.start(standing, "report")
    flow, draft = conversing.load(standing)
    came = {answer.media_id} if answer.media_id is not None else set()
    try:
        outcome = engine.advance(flow, draft, answer, conversing.see(turn, standing))
    except Rejected as why:
        conversing.set_aside(turn, came - set(draft.slots.get("media", ())))
        turn.say(text_bubble(say(standing.language, why.key, **why.values)))
        conversing.ask_again(turn, standing)
        return
    had = {*draft.slots.get("media", ()), *came}
    conversing.set_aside(turn, sorted(had - set(outcome.draft.slots.get("media", ()))))
    _settle(turn, standing, outcome)


def take_tap(turn: Turn, standing: Standing, data: str) -> None:
    """A button of a conversation: `run:step:value`. One of an older run is told so, kindly."""
    run, _, rest = data.partition(":")
    step, _, value = rest.partition(":")
    if withdrawal.is_asked_beside(standing, run):
        conversing.leave(turn, standing)
    if not conversing.is_talking(standing) or run != standing.run:
        number = unsending.find_sent_number(standing, run)
        if number is None:
            conversing.say_old_button(turn, standing)
        else:
            mine = conversing.new_or_mine(standing)
            conversing.tell_beside(turn, standing, "talk.already_sent", *mine, number=number)
        return
    flow, draft = conversing.load(standing)
    if step in STEERING:
        STEERING[step](turn, standing)
    elif step == "edit":
        _settle(turn, standing, engine.edit(flow, draft, value, conversing.see(turn, standing)))
    elif flow.get_step(step) is None:
        conversing.say_old_button(turn, standing)
    else:
        take_answer(turn, standing, Answer("tap", step=step, value=value))


def run_command(turn: Turn, standing: Standing, command: str) -> None:
    """A word or a menu tile that works at every step, and leaves the open question open."""
    name, _, argument = command.partition(":")
    if name == "report":
        _begin_report(turn, standing)
    elif name == "my_data_erase_yes":
        my_data.erase(turn, standing, argument)
    elif name in inquiries.ANSWERS:
        inquiries.ANSWERS[name](turn, standing)
    elif name in ("track", "when"):
        tracking.list_mine(turn, standing, argument)
        conversing.ask_again(turn, standing)
    elif name == "human":
        _call_human(turn, standing)
    elif name in ("thai", "english", "language"):
        other = "en" if standing.language == "th" else "th"
        conversing.speak(turn, standing, LANGUAGES.get(name, other))
        if standing.draft is None:  # what a person chose is not guessed again
            standing.draft = {"chosen": standing.language}
        conversing.tell_beside(turn, standing, "talk.language_changed", *conversing.ways_on(standing))
    elif name not in STEERING:
        turn.say(help_card(standing.language))
        conversing.ask_again(turn, standing)
    elif conversing.is_talking(standing):
        STEERING[name](turn, standing)
    else:
        conversing.tell(turn, standing, "talk.nothing_open", *conversing.main_buttons(standing))


def warn(turn: Turn, standing: Standing, text: str) -> None:
    """Words of danger to life: the numbers to ring come first, once for each danger of a report."""
    found = find_danger(text)
    if found is None:
        return
    told = conversing.load(standing)[1].slots.get("danger", ()) if conversing.is_talking(standing) else ()
    if not set(found.kinds) <= set(told):
        turn.say(danger_card(DangerView(tuple(found.numbers)), standing.language), kind="danger")


def greet(turn: Turn, standing: Standing) -> None:
    """Hello and thanks: the open question again, or what can be done here."""
    if conversing.is_talking(standing):
        conversing.tell_beside(turn, standing, "talk.courtesy_on")
        return
    key = "talk.thanks" if words.is_thanks(turn.inbound.text) else "talk.greeting"
    conversing.tell(turn, standing, key, *conversing.main_buttons(standing))


def say_not_taken(turn: Turn, standing: Standing, kind: str) -> None:
    """Something no question takes: say what would do, and ask again where a question is open."""
    key = f"refused.{kind}"
    shown = key if has_text(key) else "refused.other"
    conversing.tell_beside(turn, standing, shown, *conversing.ways_on(standing))


def _begin_report(turn: Turn, standing: Standing) -> None:
    if conversing.is_talking(standing) and standing.flow in (
        "whose",
        "unasked",
    ):  # what was said is the beginning of it
        draft = conversing.load(standing)[1]
        _finish_whose(turn, standing, replace(draft, slots={**draft.slots, "whose": NEW}))
        return
    if conversing.is_talking(standing) and standing.flow != "report":
        _leave_short_talk(turn, standing)
    if not conversing.is_talking(standing) or not conversing.load(standing)[1].slots:
        conversing.begin(turn, standing, "report")
        return
    conversing.tell(
        turn,
        standing,
        "talk.draft_waits",
        conversing.tap(standing, "talk.go_on", f"f:{standing.run}:resume:"),
        conversing.tap(standing, "talk.begin_anew", f"f:{standing.run}:restart:"),
    )


def _leave_short_talk(turn: Turn, standing: Standing) -> None:
    """Somebody in the middle of adding to a case wants a new report: what was added so far goes there."""
    slots = conversing.load(standing)[1].slots
    if standing.flow == "addition" and (slots.get("words") or slots.get("media")):
        adding.take_addition(turn, standing, slots)
    else:
        conversing.set_aside(turn, slots.get("media", ()))
    conversing.leave(turn, standing)
    if conversing.is_talking(standing) and standing.flow != "report":
        _leave_short_talk(turn, standing)


def _call_human(turn: Turn, standing: Standing) -> None:
    call = QuickReply.uri(say(standing.language, "talk.call_1676"), "tel:1676")
    key = "talk.human_and_draft" if conversing.is_talking(standing) else "talk.human"
    conversing.tell_beside(turn, standing, key, call, *conversing.ways_on(standing)[:2])


def _go_back(turn: Turn, standing: Standing) -> None:
    flow, draft = conversing.load(standing)
    _settle(turn, standing, engine.go_back(flow, draft, conversing.see(turn, standing)))


def _restart(turn: Turn, standing: Standing) -> None:
    if standing.flow == "withdrawal" or standing.flow in answering.FLOWS:
        conversing.leave(turn, standing)
    if not conversing.is_talking(standing):
        conversing.begin(turn, standing, "report")
        return
    slots = conversing.load(standing)[1].slots
    if standing.flow == "addition":
        conversing.set_aside(turn, slots.get("media", ()))
        kept = {name: slots[name] for name in ("case_id", conversing.PARKED) if name in slots}
        conversing.begin(turn, standing, "addition", kept)
        return
    conversing.discard(turn, standing)
    conversing.begin(turn, standing, "report", {"second": slots["second"]} if "second" in slots else None)


def _cancel(turn: Turn, standing: Standing) -> None:
    draft = conversing.load(standing)[1]
    if draft.flow in answering.FLOWS:  # what was said is said
        FINISH[draft.flow](turn, standing, draft)
        return
    slots = draft.slots
    conversing.set_aside(turn, slots.get("media", ()))
    goes_on = conversing.PARKED in slots or "second" in slots
    conversing.tell(turn, standing, "talk.cancelled", *(() if goes_on else conversing.main_buttons(standing)))
    conversing.close(turn, standing)
    if "second" in slots:
        _open_second(turn, standing, slots)
        conversing.tell(
            turn,
            standing,
            "talk.second_waits",
            conversing.tap(standing, "talk.go_on", f"f:{standing.run}:resume:"),
            conversing.tap(standing, "talk.second_no", f"f:{standing.run}:cancel:"),
            words=matters.shorten(slots["second"][1]),
        )


def _open_second(turn: Turn, standing: Standing, slots: Slots) -> None:
    """The report of the other problem that one text told of, with its words filled in."""
    begun = matters.begin_second(slots["second"], conversing.see(turn, standing))
    conversing.start(standing, "report", begun | secrecy.carry(slots))
    standing.draft_at = turn.now


STEERING: dict[str, Callable[[Turn, Standing], None]] = {
    "back": _go_back,
    "restart": _restart,
    "cancel": _cancel,
    "resume": conversing.ask_again,
}


def _settle(turn: Turn, standing: Standing, outcome: Outcome) -> None:
    if outcome.draft.flow in answering.FLOWS:
        outcome = replace(outcome, draft=answering.hand_over(turn, standing, outcome.draft))
        if answering.end_early(turn, standing, outcome.draft):
            return
    conversing.keep(turn, standing, outcome)
    if outcome.finished:
        FINISH[outcome.draft.flow](turn, standing, outcome.draft)


def _finish_report(turn: Turn, standing: Standing, draft: Draft) -> None:
    if alike.is_joined(draft.slots):
        joining.finish(turn, standing, draft)
        if not conversing.is_talking(standing):
            _go_on_with_second(turn, standing, draft)
        return
    reporter = reporters.get_or_add_line_reporter(turn.session, turn.inbound.chat_id, turn.now)
    try:
        case = intake.submit_report(
            turn.session,
            slots=draft.slots,
            reporter=reporter,
            language=standing.language,
            now=turn.now,
            most_a_day=turn.settings.reports_per_day,
            sources=draft.sources,
        )
    except intake.TooManyReports:
        unsent = {name: value for name, value in draft.slots.items() if name != "review"}
        standing.draft = replace(draft, slots=unsent).to_json()
        # A day from its last touch, when it may be sent, the draft would be gone.
        standing.draft_at = turn.now + UNTIL_TOMORROW
        call = QuickReply.uri(say(standing.language, "talk.call_1676"), "tel:1676")
        conversing.tell(turn, standing, "talk.too_many", call, count=turn.settings.reports_per_day)
        return
    conversing.close(turn, standing)
    unsending.remember_sent(standing, case, draft, turn.now)
    _go_on_with_second(turn, standing, draft)


def _go_on_with_second(turn: Turn, standing: Standing, draft: Draft) -> None:
    if "second" in draft.slots:
        _open_second(turn, standing, draft.slots)
        conversing.tell_beside(turn, standing, "talk.second_begins", words=matters.shorten(draft.slots["second"][1]))


def _finish_addition(turn: Turn, standing: Standing, draft: Draft) -> None:
    adding.take_addition(turn, standing, draft.slots)
    conversing.close(turn, standing)


def _finish_withdrawal(turn: Turn, standing: Standing, draft: Draft) -> None:
    withdrawal.finish(turn, standing, draft.slots)


def _finish_whose(turn: Turn, standing: Standing, draft: Draft) -> None:
    slots = draft.slots
    if slots["whose"] != NEW and not addition.has_anything(slots):
        answering.say_gone(turn, standing, slots["whose"])
        return
    if slots["whose"] == DRAFT:
        _go_on_with_draft(turn, standing, answering.list_kept(turn, standing, slots))
        return
    if slots["whose"].startswith(questioning.KEY):
        answering.settle_whose(turn, standing, slots)
        return
    conversing.close(turn, standing)
    if slots["whose"] != NEW and slots.get(OBJECTS):
        objecting.settle(turn, standing, slots)
        return
    if slots["whose"] != NEW:
        adding.take_addition(turn, standing, {**slots, "case_id": slots["whose"]})
        return
    media_ids = list(slots.get("media", ()))
    recordings = [item.id for item in media.list_by_ids(turn.session, media_ids) if item.kind != "image"]
    given = {"media": media_ids, "recordings": recordings}
    conversing.start(standing, "report", {name: value for name, value in given.items() if value})
    if slots.get("words"):
        take_answer(turn, standing, Answer("text", text=slots["words"]))
    else:
        conversing.ask_again(turn, standing)


def _go_on_with_draft(turn: Turn, standing: Standing, kept: Sequence[Answer]) -> None:
    """What was meant for the report half told is heard there, and its open question asked once."""
    if not conversing.leave(turn, standing):
        conversing.start(standing, "report")
    for answer in kept:
        flow, draft = conversing.load(standing)
        try:
            outcome = engine.advance(flow, draft, answer, conversing.see(turn, standing))
        except Rejected as why:
            turn.say(text_bubble(say(standing.language, why.key, **why.values)))
            continue
        standing.draft = outcome.draft.to_json()
    conversing.ask_again(turn, standing)


def _finish_unasked(turn: Turn, standing: Standing, draft: Draft) -> None:
    slots = draft.slots
    if slots["unasked"] != NEITHER:
        whose = slots["whose"] if slots["unasked"] == OLD else NEW
        _finish_whose(turn, standing, replace(draft, slots={**slots, "whose": whose}))
        return
    conversing.set_aside(turn, slots.get("media", ()))
    conversing.close(turn, standing)
    conversing.tell_beside(turn, standing, "talk.no_matter", *conversing.ways_on(standing))


FINISH: dict[str, Callable[[Turn, Standing, Draft], None]] = {
    "report": _finish_report,
    "addition": _finish_addition,
    "whose": _finish_whose,
    "unasked": _finish_unasked,
    "withdrawal": _finish_withdrawal,
    "answering": answering.finish_answer,
    "dispute": answering.finish_dispute,
}
