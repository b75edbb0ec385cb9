"""Carries a person's conversation on: commands, answers, taps, and the end of it, a case."""

from collections.abc import Callable
from dataclasses import replace

from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.welcome import help_card
from cases import intake
from flows import engine
from flows.answers import Answer
from flows.engine import Draft, Outcome, Rejected
from handlers import conversing, own_cases
from handlers.turn import Turn
from storage import reporters
from storage.conversations import Standing
from texts.catalog import has_text, say

LANGUAGES = {"thai": "th", "english": "en"}


def take_answer(turn: Turn, standing: Standing, answer: Answer) -> None:
    """Give an answer to the conversation; with none open it begins a report and is its first answer."""
    if not conversing.is_talking(standing):
        conversing.start(standing, "report")
    flow, draft = conversing.load(standing)
    try:
        outcome = engine.advance(flow, draft, answer, conversing.see(turn, standing))
    except Rejected as why:
        turn.say(text_bubble(say(standing.language, why.key, **why.values)))
        conversing.ask_again(turn, standing)
        return
    _settle(turn, standing, outcome)


def take_tap(turn: Turn, standing: Standing, data: str) -> None:
    """A button of a conversation: `run:step:value`. One of an older run is told so, kindly."""
    run, _, rest = data.partition(":")
    step, _, value = rest.partition(":")
    if not conversing.is_talking(standing) or run != standing.run:
        conversing.say_old_button(turn, standing)
        return
    flow, draft = conversing.load(standing)
    if step in STEERING:
        STEERING[step](turn, standing)
    elif step == "edit":
        _settle(turn, standing, engine.edit(flow, draft, value, conversing.see(turn, standing)))
    elif step == "resume":
        conversing.ask_again(turn, standing)
    elif flow.get_step(step) is None:
        conversing.say_old_button(turn, standing)
    else:
        take_answer(turn, standing, Answer("tap", step=step, value=value))


def run_command(turn: Turn, standing: Standing, command: str) -> None:
    """A word or a menu tile that works at every step."""
    if command == "report":
        _begin_report(turn, standing)
    elif command == "track":
        own_cases.list_mine(turn, standing)
    elif command == "human":
        conversing.tell(turn, standing, "talk.human")
    elif command in ("thai", "english", "language"):
        other = "en" if standing.language == "th" else "th"
        standing.language = LANGUAGES.get(command, other)
        conversing.tell(turn, standing, "talk.language_changed")
        conversing.ask_again(turn, standing)
    elif command not in STEERING:
        turn.say(help_card(standing.language))
        conversing.ask_again(turn, standing)
    elif conversing.is_talking(standing):
        STEERING[command](turn, standing)
    else:
        conversing.tell(turn, standing, "talk.nothing_open", *conversing.main_buttons(standing))


def greet(turn: Turn, standing: Standing) -> None:
    """Hello and thanks: what can be done here."""
    conversing.tell(turn, standing, "talk.greeting", *conversing.main_buttons(standing))


def say_not_taken(turn: Turn, standing: Standing, kind: str) -> None:
    """Something no question takes: say what would do, and ask again where a question is open."""
    key = f"refused.{kind}"
    buttons = () if conversing.is_talking(standing) else conversing.main_buttons(standing)
    conversing.tell(turn, standing, key if has_text(key) else "refused.other", *buttons)
    conversing.ask_again(turn, standing)


def _begin_report(turn: Turn, standing: Standing) -> None:
    if not conversing.is_talking(standing) or not conversing.load(standing)[1].slots:
        conversing.begin(turn, standing, "report")
        return
    language, run = standing.language, standing.run
    conversing.tell(
        turn,
        standing,
        "talk.draft_waits",
        QuickReply.postback(say(language, "talk.go_on"), f"f:{run}:resume:"),
        QuickReply.postback(say(language, "talk.begin_anew"), f"f:{run}:restart:"),
    )


def _go_back(turn: Turn, standing: Standing) -> None:
    flow, draft = conversing.load(standing)
    _settle(turn, standing, engine.go_back(flow, draft, conversing.see(turn, standing)))


def _restart(turn: Turn, standing: Standing) -> None:
    conversing.begin(turn, standing, "report")


def _cancel(turn: Turn, standing: Standing) -> None:
    conversing.close(standing)
    conversing.tell(turn, standing, "talk.cancelled", *conversing.main_buttons(standing))


STEERING: dict[str, Callable[[Turn, Standing], None]] = {
    "back": _go_back,
    "restart": _restart,
    "cancel": _cancel,
}


def _settle(turn: Turn, standing: Standing, outcome: Outcome) -> None:
    conversing.keep(turn, standing, outcome)
    if outcome.finished:
        FINISH[outcome.draft.flow](turn, standing, outcome.draft)


def _finish_report(turn: Turn, standing: Standing, draft: Draft) -> None:
    reporter = reporters.get_or_add_line_reporter(turn.session, turn.inbound.chat_id, turn.now)
    try:
        intake.submit_report(
            turn.session,
            slots=draft.slots,
            reporter=reporter,
            language=standing.language,
            now=turn.now,
            most_a_day=turn.settings.reports_per_day,
        )
    except intake.TooManyReports:
        conversing.tell(turn, standing, "talk.too_many", count=turn.settings.reports_per_day)
        unsent = {name: value for name, value in draft.slots.items() if name != "review"}
        standing.draft = replace(draft, slots=unsent).to_json()
        return
    conversing.close(standing)


def _finish_addition(turn: Turn, standing: Standing, draft: Draft) -> None:
    own_cases.take_addition(turn, standing, draft.slots)
    conversing.close(standing)


FINISH: dict[str, Callable[[Turn, Standing, Draft], None]] = {
    "report": _finish_report,
    "addition": _finish_addition,
}
