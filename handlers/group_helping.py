"""ขอแรง: the owner asks other offices to help with a case, and what those say and send of it comes to the owner."""

from datetime import date

from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.lasting import lasting
from cases import helping, office_photos, receivers, views
from cases.office_photos import PHOTO_MINUTES
from cases.reply_reader import read_reply
from cases.statuses import Actor, Status
from clock import in_bangkok
from handlers import group_answers, group_asking, group_sources, group_transfer, group_words
from handlers.turn import Turn
from places.organisations import find_organisation
from storage import cases as stored
from storage import helping as stored_helping
from storage.models import Case
from texts.catalog import say

LANGUAGE = "th"
OWNERS = ("invite", "with", "with_drop")
HELPERS = ("help", "busy", "stop_helping")
INVITE = "invite"
FOR_WHAT = "with="  # before the office, in the name under which it is waited for what it is asked to do
HANDS_ON = ("transfer", "decline")
STEPS = ("resolve", "not_found", *HANDS_ON)  # said of the case, not asked of others
STATES = {"help": "helping", "busy": "busy", "stop_helping": "left"}
SAID = {"help": "helping.agreed", "busy": "helping.refused", "stop_helping": "helping.stopped"}


def take_owner_button(turn: Turn, case: Case, verb: str, argument: str, actor: Actor) -> None:
    """[ขอแรง], an office picked, or an invitation taken back."""
    if verb == "with_drop":
        key = "helping.taken_back" if _take_back(turn, case, argument, actor) else "helping.over"
        _tell(turn, case, key, office=views.name_office(argument, LANGUAGE))
    elif Status(case.status) not in helping.INVITES:
        group_answers.say_standing(turn, case)
    elif verb == "with" and find_organisation(argument):
        invite(turn, case, argument, "", actor)
    else:
        offer(turn, case)


def offer(turn: Turn, case: Case, found: list[str] | None = None) -> None:
    """Whom? The likely ones, or a name in the next words with what is needed."""
    invited = helping.list_invited(turn.session, case)
    likely = receivers.list_likely(case, without=invited) if found is None else found
    taps = [QuickReply.postback(views.name_khet(code, LANGUAGE), f"g:{case.id}:with:{code}") for code in likely]
    words = say(LANGUAGE, "helping.whom", number=case.number)
    shown = group_sources.tie(turn, lasting(words, [*taps, group_transfer.cancel(case)]))
    turn.say(shown, kind=f"how_to_{INVITE}", case_id=case.id)
    group_asking.expect(turn, case.id, INVITE)


def asks(words: str) -> bool:
    """Whether an owner's words ask other offices to help: "ขอแรง สนน. ช่วยสูบน้ำ"."""
    plain = words.strip().lower()
    return any(plain.startswith(word) for word in receivers.list_words("inviting"))


def split_asking(words: str, today: date) -> tuple[str, str] | None:
    """What an owner states before it asks an office to help, and the asking: "noted, ask Huai Khwang for help".

    None where words begin with the asking, name nobody, or hand the case itself on.
    """
    plain = words.lower()
    begins = [at for word in receivers.list_words("inviting") if (at := plain.find(word)) > 0]
    if not begins:
        return None
    head, asking = words[: min(begins)].strip(), words[min(begins) :]
    if not head or not receivers.list_named(asking):
        return None
    stated, whole = read_reply(head, today).action, read_reply(words, today).action
    meant = stated not in HANDS_ON and (whole in HANDS_ON or stated == "acknowledge")
    return (head, asking) if meant else None


def take_owner_words(turn: Turn, case: Case, words: str, actor: Actor, *, asked: bool = False) -> bool:
    """A name, and what is needed. False where `asked` words name nobody, and so are talk."""
    if Status(case.status) not in helping.INVITES:
        group_answers.say_standing(turn, case)
        return True
    named = receivers.list_named(words)
    found = named or [code for code in receivers.search(words) if code != case.owner]
    if not found and asked:
        return False
    if len(found) == 1:
        invite(turn, case, found[0], receivers.strip_office(words) if named else "", actor)
    else:
        offer(turn, case, found or None)
    return True


def invite(turn: Turn, case: Case, organisation: str, words: str, actor: Actor) -> None:
    """The invitation goes; it can be taken back."""
    key = helping.find_hindrance(turn.session, case, organisation)
    office = views.name_office(organisation, LANGUAGE)
    if key == "helping.unreachable":
        told = helping.ask_officers(turn.session, case, organisation, words, actor, turn.now)
        key = "helping.unreachable_told" if told else key
    if key is not None:
        _tell(turn, case, key, office=office)
        return
    message_id = turn.inbound.message_id or None
    helping.invite(turn.session, case, organisation, words, actor, turn.now, message_id=message_id)
    said = say(LANGUAGE, "helping.invited", number=case.number, office=office)
    if not words:
        said = f"{said}\n{say(LANGUAGE, 'helping.what')}"
        group_asking.expect(turn, case.id, f"{FOR_WHAT}{organisation}")
    drop = QuickReply.postback(say(LANGUAGE, "helping.take_back"), f"g:{case.id}:with_drop:{organisation}")
    turn.say(lasting(said, [drop]), kind="line", case_id=case.id)


def take_what(turn: Turn, case: Case, verb: str, words: str, actor: Actor) -> bool:
    """The next words after a mere name: what the office is asked for. False where they are talk."""
    organisation, message_id = verb.removeprefix(FOR_WHAT), turn.inbound.message_id or None
    reading = read_reply(words, in_bangkok(turn.now).date())
    if not group_words.is_reason(words) or (reading.sure and reading.action in STEPS):
        return False
    if not helping.ask_also(turn.session, case, organisation, words, actor, turn.now, message_id):
        return False
    _tell(turn, case, "helping.kept", office=views.name_khet(organisation, LANGUAGE))
    return True


def take_helper_button(turn: Turn, case: Case, verb: str, actor: Actor, *, message_id: str | None = None) -> None:
    """[ช่วยได้], [ไม่ว่าง], [เลิกช่วย], or the same in words."""
    again = verb == "help" and helping.may_think_again(turn.session, case, actor.organisation)
    if not again and not helping.is_invited(turn.session, case, actor.organisation):
        _say_over(turn, case, actor)
        return
    helping.answer(turn.session, case, STATES[verb], actor, turn.now, message_id=message_id)
    if verb == "help":
        _tell(turn, case, SAID[verb])
    else:
        _say_with_way_back(turn, case, SAID[verb])


def _say_with_way_back(turn: Turn, case: Case, key: str) -> None:
    """A refusal may be a slip: the other answer stays beside it."""
    words = say(LANGUAGE, key, number=case.number)
    helps = QuickReply.postback(say(LANGUAGE, "button.help"), f"g:{case.id}:help")
    turn.say(lasting(words, [helps]), kind="line", case_id=case.id)


def take_second_thoughts(turn: Turn, case: Case, words: str, actor: Actor) -> bool:
    """Words of an office that had refused to help: it does after all. False where they do not say so."""
    if not helping.may_think_again(turn.session, case, actor.organisation):
        return False
    plain = words.lower()
    reading = read_reply(words, in_bangkok(turn.now).date())
    agrees = any(word in plain for word in receivers.list_words("helps"))
    works = reading.sure and reading.action is not None and reading.action not in HANDS_ON
    if group_words.is_undo(words) or (agrees and not any(word in plain for word in receivers.list_words("busy"))):
        take_helper_button(turn, case, "help", actor, message_id=turn.inbound.message_id or None)
    elif works:
        message_id = turn.inbound.message_id or None
        helping.answer(turn.session, case, "helping", actor, turn.now, message_id=message_id)
        take_helper_words(turn, case, words, actor)
    else:
        _say_with_way_back(turn, case, "helping.over")
    return True


def take_helper_words(turn: Turn, case: Case, words: str, actor: Actor) -> None:
    """A quoted reply of an office that helps: an answer, or an update for the owner to hear."""
    plain = words.lower()
    reading = read_reply(words, in_bangkok(turn.now).date())
    # Nothing is asked here: what is not sure is an update in words like any other, which the owner hears.
    read = reading.action if reading.sure else None
    row = stored_helping.find(turn.session, case.id, str(actor.organisation))
    message_id = turn.inbound.message_id or None
    if any(word in plain for word in receivers.list_words("leaves")):
        take_helper_button(turn, case, "stop_helping", actor, message_id=message_id)
    elif row is not None and row.state == "invited" and any(word in plain for word in receivers.list_words("busy")):
        take_helper_button(turn, case, "busy", actor, message_id=message_id)
    else:
        agrees = any(word in plain for word in receivers.list_words("helps")) or read is not None
        if row is not None and row.state == "invited" and agrees:
            helping.answer(turn.session, case, "helping", actor, turn.now, message_id=message_id)
        done = read in ("resolve", "not_found")
        helping.add_words(turn.session, case, words, actor, turn.now, done=done, message_id=message_id)
        _tell(turn, case, "helping.kept", office=views.name_khet(case.owner, LANGUAGE))


def take_photo(turn: Turn, actor: Actor) -> bool:
    """A photo within five minutes of what this person said of a case that their office helps with."""
    if actor.person is None:
        return False
    since = turn.now - PHOTO_MINUTES
    last = stored_helping.find_last_by(turn.session, chat_id=str(actor.chat_id), person=actor.person, since=since)
    if last is None or last.details.get("helper") != actor.organisation:
        return False
    case = stored.find_case(turn.session, last.case_id, lock=True)
    if case is None or not helping.is_invited(turn.session, case, actor.organisation):
        return False
    given = office_photos.add_photos(turn.session, case, [turn.want_media("extra")], turn.now, role="extra")
    helping.add_photos(turn.session, case, given, actor, turn.now)
    if not last.details.get("media"):
        _tell(turn, case, "helping.kept", office=views.name_khet(case.owner, LANGUAGE))
    return True


def show(turn: Turn, case: Case, organisation: str) -> None:
    """The helper's card once more."""
    helping.show_card(turn.session, case, organisation, turn.inbound.chat_id, turn.now)


def _take_back(turn: Turn, case: Case, organisation: str, actor: Actor) -> bool:
    return helping.take_back(turn.session, case, organisation, actor, turn.now)


def _say_over(turn: Turn, case: Case, actor: Actor) -> None:
    row = stored_helping.find(turn.session, case.id, str(actor.organisation))
    if row is None or case.confidential:
        group_answers.say_elsewhere(turn)
    else:
        _tell(turn, case, "helping.over")


def _tell(turn: Turn, case: Case, key: str, **values: str) -> None:
    turn.say(text_bubble(say(LANGUAGE, key, number=case.number, **values)), kind="line", case_id=case.id)
