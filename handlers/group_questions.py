"""Words of an office that others will read: shown as they will be read, sent when someone says so.

A question, the reason why a case has to wait, or why it is handed back where nothing says so plainly. Once sent
they are sent, whoever taps again.
"""

from datetime import date

from bot.messages.bubbles import text_bubble
from bot.messages.letters import utf16_units
from bot.messages.question import PREVIEWED, QuestionView, preview_question
from cases import (
    audience,
    chain,
    lifecycle,
    office_hours,
    office_updates,
    open_questions,
    questions,
    reached,
    receivers,
    transfers,
    unreached,
)
from cases.desk import PROPOSED
from cases.office_updates import Made
from cases.phones import find_personal
from cases.statuses import Action, Actor, Status
from cases.waiting import OTHER_LOOKS, find_look, find_look_in, names_look
from clock import in_bangkok
from handlers import group_answers, group_sources, group_words
from handlers.turn import Turn
from storage import cases as stored
from storage import mail
from storage.models import Case, HistoryEntry
from texts.catalog import say
from texts.moments import say_day

LANGUAGE = "th"
STEPS = {"ask": Action.ASK, "wait": Action.WAIT, "transfer": Action.TRANSFER, "decline": Action.DECLINE}
# Instead of being dropped these are asked for anew.
ASKED_ANEW = frozenset({"transfer", "decline"})
# The name under which history ties the note that holds the words and the step that sent them.
MARKS = {"ask": "question", "wait": "waiting", "transfer": "transferring", "decline": "declining"}
READY = "ask_ready"  # a ready-made question of the case's category
VERBS = frozenset(f"{kind}_{does}" for kind in STEPS for does in ("send", "drop"))


def preview(turn: Turn, case: Case, words: str, actor: Actor, kind: str = "ask") -> None:
    """Keep the words, and show them with [send] and [leave it].

    Whoever asks or waits has read the case: that it is noted does not depend on what the reporter is told beyond.
    """
    words = group_words.strip_opening(words) if kind == "ask" else words
    if kind == "ask" and _says_nobody(turn, case, words, actor):
        return
    if not words:
        group_answers.say_how_to(turn, case, kind)
        return
    noted = _acknowledge(turn, case, actor, kind)
    entry = group_answers.keep_note(turn, case, words, actor, **{MARKS[kind]: True})
    today = in_bangkok(turn.now).date()
    look = _find_look(turn, case, words) if kind == "wait" else None
    shown = say_day(LANGUAGE, look, today=today) if look else ""
    named = names_look(words, today, office_hours.find_next_day(turn.session, case.owner))
    others = OTHER_LOOKS if look and not named else ()
    phone = (find_personal(words, own=case.phone) or "") if STEPS[kind] in lifecycle.READ_BY_REPORTER else ""
    by = reached.find_way(turn.session, case) if kind not in ASKED_ANEW else ""
    others = others if not phone else ()
    view = QuestionView(case.id, case.number, words, entry.id, kind, shown, others, phone, noted, by)
    if utf16_units(words) > PREVIEWED:  # what will be read is shown whole
        turn.say(text_bubble(words), kind="preview", case_id=case.id)
    turn.say(preview_question(view, LANGUAGE), kind="preview", case_id=case.id)


def _find_look(turn: Turn, case: Case, words: str, days: str = "") -> date:
    """The day in so many `days`, where one of the buttons says so, else the one that the words name."""
    today, next_day = in_bangkok(turn.now).date(), office_hours.find_next_day(turn.session, case.owner)
    if days in map(str, OTHER_LOOKS):
        return find_look_in(int(days), today, next_day)
    return find_look(words, today, next_day)


def preview_ready(turn: Turn, case: Case, key: str, actor: Actor) -> None:
    """A ready-made question, as the reporter will read it; the same one is not asked while it waits for an answer."""
    ready = questions.find(key)
    if _says_nobody(turn, case, ready.th if ready else "", actor):
        return
    if ready is None or not office_updates.is_possible(case, Action.ASK, actor):
        group_answers.say_standing(turn, case)
        return
    if _is_open(turn, case, ready.th):
        turn.say(text_bubble(say(LANGUAGE, "group.already_asked", number=case.number)), kind="line", case_id=case.id)
        return
    noted = _acknowledge(turn, case, actor, "ask")
    entry = group_answers.keep_note(turn, case, ready.th, actor, question=True, ready=ready.key)
    shown = ready.th if case.language == LANGUAGE else f"{ready.say(case.language)}\n({ready.th})"
    by = reached.find_way(turn.session, case)
    card = preview_question(QuestionView(case.id, case.number, shown, entry.id, "ask", noted=noted, by=by), LANGUAGE)
    turn.say(card, kind="preview", case_id=case.id)


def _acknowledge(turn: Turn, case: Case, actor: Actor, kind: str) -> bool:
    """Whether these words took a case on that nobody had answered yet."""
    return kind not in ASKED_ANEW and office_updates.acknowledge_behind(turn.session, case, actor, turn.now)


def _says_nobody(turn: Turn, case: Case, question: str, note: Actor | None = None) -> bool:
    """Nobody is left who could answer, and the clock would stop for nothing. True where that was said.

    Where the reporter has blocked us the officers learn what is asked; `note`: who wrote it, if it is no note yet.
    """
    nobody = not audience.can_answer(turn.session, case)
    if nobody:
        words = say(LANGUAGE, f"group.{unreached.name_why(turn.session, case)}", number=case.number)
        if question and audience.has_blocked(turn.session, case):
            if note is not None:
                noted = _acknowledge(turn, case, note, "ask")
                group_answers.keep_note(turn, case, question, note)
                words = f"{words}\n{say(LANGUAGE, 'group.noted_by_asking')}" if noted else words
            unreached.tell_officers(turn.session, case, question, turn.now)
        turn.say(text_bubble(words), kind="line", case_id=case.id)
    return nobody


def _is_open(turn: Turn, case: Case, words: str) -> bool:
    return any(one.note == words for one in open_questions.list_open(turn.session, case))


def settle(turn: Turn, case: Case, verb: str, argument: str, actor: Actor) -> None:
    """A tap under a preview: `ask_send`, `ask_drop`, `wait_send` or `wait_drop`.

    Behind the note's id: the days after which it is looked at again, or `with`, for a number that may go along.
    """
    kind, _, does = verb.partition("_")
    argument, _, days = argument.partition("-")
    known = argument.isdecimal() and len(argument) < 18
    entry = stored.find_history(turn.session, int(argument)) if known else None
    ours = entry is not None and entry.case_id == case.id and entry.details.get(MARKS[kind]) is True
    if entry is None or not ours:
        group_answers.say_standing(turn, case)
    elif _is_sent(turn, case, kind, entry.id):
        group_answers.say_standing(turn, case, why=None if entry.note else group_sources.find_why_dead(turn, entry))
    elif not entry.note or (does == "send" and group_sources.find_why_dead(turn, entry)):
        group_answers.say_standing(turn, case, why=group_sources.find_why_dead(turn, entry))
    elif does == "drop" and kind in ASKED_ANEW and office_updates.is_possible(case, STEPS[kind], actor):
        group_answers.say_how_to(turn, case, kind)
    elif does == "drop":
        _drop(turn, case, kind, entry)
    elif not office_updates.is_possible(case, STEPS[kind], actor):
        group_answers.say_standing(turn, case)
    elif kind == "ask" and _says_nobody(turn, case, entry.note or ""):
        return
    elif kind == "ask" and _is_open(turn, case, entry.note or ""):
        words = say(LANGUAGE, "group.already_asked", number=case.number)
        turn.say(text_bubble(words), kind="line", case_id=case.id)
    else:
        details: dict[str, object] = {MARKS[kind]: entry.id}
        if days == "with":
            details[lifecycle.WITH_NUMBER] = True
        if entry.details.get("ready"):
            details["ready"] = entry.details["ready"]
        if kind == "wait":
            details["look"] = _find_look(turn, case, entry.note or "", days).isoformat()
        receiver = transfers.find_receiver(turn.session, case, entry.note or "") if kind == "transfer" else None
        if kind == "transfer" and receiver is None and (named := receivers.find_named(entry.note or "", case.owner)):
            details[PROPOSED] = named
        fickle = kind == "transfer" and receiver is None
        if fickle and chain.is_fickle(stored.list_history(turn.session, case.id), turn.now):
            words = say(LANGUAGE, "transfer.fickle", number=case.number)
            turn.say(text_bubble(words), kind="line", case_id=case.id)
            return
        made = lifecycle.apply(
            turn.session, case, STEPS[kind], actor, turn.now, note=entry.note, receiver=receiver, details=details
        )
        group_answers.answer(turn, case, Made(made))


def _drop(turn: Turn, case: Case, kind: str, entry: HistoryEntry) -> None:
    """The reporter is not to read it; where the case stands stays as it is."""
    open_questions.leave_unsent(turn.session, entry, turn.now)
    mail.release_held(turn.session, turn.now, case_id=case.id)  # that it is noted was to be told with it
    noted = "_noted" if case.status == Status.ACKNOWLEDGED else ""
    words = say(LANGUAGE, f"group.{kind}_dropped{noted}", number=case.number)
    turn.say(text_bubble(words), kind="line", case_id=case.id)


def _is_sent(turn: Turn, case: Case, kind: str, note_id: int) -> bool:
    told = stored.list_history(turn.session, case.id)
    return any(entry.action == STEPS[kind] and entry.details.get(MARKS[kind]) == note_id for entry in told)
