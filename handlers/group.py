"""What people do in a coordinators' group: buttons, quoted replies, lines with a number, photos, commands.

Whatever is recognised is answered by one short line with the free reply token; everything else is people talking,
and is left alone and not kept.
"""

from cases.reply_reader import read_reply
from cases.statuses import Actor, Role
from clock import in_bangkok
from flows.words import find_case_number, strip_case_number
from handlers import binding, group_lists, group_photos, updates
from handlers.turn import Turn
from storage import cases as stored
from storage import groups, inbox, media, outbox
from storage.models import Case, Group

LIST_WORDS = frozenset({"งานค้าง", "เรื่องค้าง", "งานค้างอยู่", "open cases"})
HELP_WORDS = frozenset({"ช่วยเหลือ", "วิธีใช้", "help"})
# LINE's own keywords of stickers that nod, and what is written on them.
NODS = frozenset(
    "ok okay yes thumbs up like agree roger got it understood sure nice good great all right no problem"
    " on it yup yep ต๊ะ โอเค รับทราบ ได้เลย จัดไป เข้าใจแล้ว รับทราบครับ รับทราบค่ะ ครับผม".split()
    + ["thumbs up", "got it", "all right", "no problem", "on it"]
) - {"up", "it", "on", "no", "all", "right", "problem", "got"}

join = binding.join
leave = binding.leave


def text(turn: Turn) -> None:
    """Words in a group."""
    group = groups.lock_group(turn.session, turn.inbound.chat_id, turn.now)
    if binding.take_code(turn, group):
        return
    if group.organisation is None:
        _leave_alone(turn, group)
        return
    plain = turn.inbound.text.strip().lower()
    if plain in LIST_WORDS:
        group_lists.list_open(turn, group.organisation)
    elif plain in HELP_WORDS:
        group_lists.say_help(turn)
    elif inbox.is_unsent(turn.session, turn.inbound.message_id):
        return
    else:
        _read_words(turn, group)


def edited(turn: Turn) -> None:
    """A message was changed: what it was read as is judged again; of several changes the latest counts."""
    group = groups.lock_group(turn.session, turn.inbound.chat_id, turn.now)
    if group.organisation is None:
        _leave_alone(turn, group)
        return
    earlier = stored.find_by_message(turn.session, turn.inbound.message_id)
    if earlier is None:
        _read_words(turn, group)
        return
    case = stored.find_case(turn.session, earlier.case_id, lock=True)
    if case is None or not updates.is_ours(turn, group, case):
        return
    if turn.inbound.at.isoformat() <= str(earlier.details.get("edited_at", "")):
        return
    words = strip_case_number(turn.inbound.text)
    reading = read_reply(words, in_bangkok(turn.now).date())
    updates.judge_again(turn, case, earlier, reading, words, act_as(turn, group))


def sticker(turn: Turn) -> None:
    """A sticker that quotes a card: one that nods is an acknowledgement, any other is left alone."""
    group = groups.lock_group(turn.session, turn.inbound.chat_id, turn.now)
    case = _quoted(turn, group) if group.organisation else None
    said = {word.strip().lower() for word in (*turn.inbound.sticker_words, turn.inbound.text)}
    if case is None or not said & NODS:
        _leave_alone(turn, group)
        return
    updates.take_button(turn, case, "acknowledge", act_as(turn, group))


def postback(turn: Turn) -> None:
    """A button of a card, of a line or of a question: `g:case:verb:argument`."""
    group = groups.lock_group(turn.session, turn.inbound.chat_id, turn.now)
    kind, _, rest = turn.inbound.postback.partition(":")
    key, _, rest = rest.partition(":")
    verb, _, argument = rest.partition(":")
    if group.organisation is None or kind != "g" or not key.isdecimal() or len(key) > 17:
        _leave_alone(turn, group)
        return
    actor = act_as(turn, group)
    if verb == "photo":
        group_photos.take_choice(turn, group, int(key), argument, actor)
        return
    case = stored.find_case(turn.session, int(key), lock=True)
    if case is None or not updates.is_ours(turn, group, case):
        updates.say_elsewhere(turn, case)
    elif verb == "card":
        group_lists.open_card(turn, case)
    elif verb == "undo":
        updates.undo(turn, case, argument, actor)
    elif verb in ("ask_send", "ask_drop"):
        updates.settle_question(turn, case, verb, argument, actor)
    else:
        updates.take_button(turn, case, verb, actor)


def photo(turn: Turn) -> None:
    """A photo or video never names its card; who sent it and when does."""
    group = groups.lock_group(turn.session, turn.inbound.chat_id, turn.now)
    if group.organisation is None:
        _leave_alone(turn, group)
        return
    group_photos.take_photo(turn, group, act_as(turn, group))


def unsend(turn: Turn) -> None:
    """A message was taken back: its photo goes; what was done stays in the history."""
    groups.lock_group(turn.session, turn.inbound.chat_id, turn.now)
    inbound = turn.inbound
    inbox.remember_unsent(turn.session, message_id=inbound.message_id, chat_id=inbound.chat_id, now=turn.now)
    media.withdraw(turn.session, inbound.message_id, turn.now)


def act_as(turn: Turn, group: Group) -> Actor:
    """Who acts here: a coordinator of the office the group is bound to, known or not by a user id."""
    return Actor(
        Role.COORDINATOR,
        person=turn.inbound.user_id,
        organisation=group.organisation,
        chat_id=group.chat_id,
    )


def _read_words(turn: Turn, group: Group) -> None:
    number = find_case_number(turn.inbound.text)
    case = _quoted(turn, group)
    words = turn.inbound.text
    if number and case is None:
        case = stored.find_case_by_number(turn.session, number, lock=True)
        words = strip_case_number(words)
        if case is None or not updates.is_ours(turn, group, case):
            updates.say_elsewhere(turn, None)
            return
        if not words:
            group_lists.open_card(turn, case)
            return
    if case is None:
        _leave_alone(turn, group)
        return
    words = strip_case_number(words)
    updates.take_words(turn, case, words, act_as(turn, group))


def _quoted(turn: Turn, group: Group) -> Case | None:
    """The case that is quoted: by anything we said of it, or by a line of a person that was read as an update."""
    quoted = turn.inbound.quoted_message_id
    if not quoted:
        return None
    sent = outbox.find_sent(turn.session, quoted, group.chat_id)
    case_id = sent.case_id if sent else None
    if case_id is None:
        entry = stored.find_by_message(turn.session, quoted)
        case_id = entry.case_id if entry and entry.chat_id == group.chat_id else None
    case = stored.find_case(turn.session, case_id, lock=True) if case_id else None
    return case if case and updates.is_ours(turn, group, case) else None


def _leave_alone(turn: Turn, group: Group) -> None:
    binding.hint_once(turn, group)
    inbox.forget_words(turn.session, turn.inbound.event_id)
