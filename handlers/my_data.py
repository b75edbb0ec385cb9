"""A person and their own data: what is kept, a copy of it, and erasing it. Nothing of it touches what is open."""

from datetime import timedelta

from bot.messages.bubbles import QuickReply, text_bubble
from bot.messages.lasting import lasting
from cases import erasing
from cases import own_data as copies
from handlers import conversing
from handlers.turn import Turn
from storage import conversations, data_requests, own_data
from storage.conversations import Standing
from texts.catalog import say
from texts.moments import say_moment

COPIES_A_DAY = 3
A_DAY = timedelta(days=1)
AGREES_WITHIN = timedelta(hours=1)  # a button of long ago is no agreement


def tell(turn: Turn, standing: Standing) -> None:
    """What is kept, and what can be done with it."""
    language = standing.language
    given = say_moment(language, standing.notice_at, now=turn.now) if standing.notice_at else "–"
    has_draft = conversing.is_talking(standing) and bool(conversing.load(standing)[1].slots)
    kept = own_data.count_kept(turn.session, standing.chat_id)
    words = say(
        language,
        "talk.my_data",
        draft=say(language, "my_data.draft_yes" if has_draft else "my_data.draft_no"),
        spoken=say(language, "my_data.language"),
        version=standing.notice_version or "–",
        notice=given,
        **(kept | {"phones": copies.count_numbers(turn.session, standing.chat_id)}),
    )
    buttons = (
        conversing.tap(standing, "my_data.copy", "m:my_data_copy"),
        conversing.tap(standing, "my_data.erase", "m:my_data_erase"),
        QuickReply.uri(say(language, "button.read_notice"), conversing.find_notice(turn, standing)),
    )
    turn.say(lasting(words, buttons))
    _say_pending(turn, standing)
    conversing.ask_again(turn, standing)


def ask_copy(turn: Turn, standing: Standing) -> None:
    """A copy is made beside this, and its link comes when it is there."""
    chat_id = standing.chat_id
    if data_requests.find_open(turn.session, data_requests.COPY, chat_id):
        conversing.tell_beside(turn, standing, "my_data.making")
        return
    if data_requests.count_since(turn.session, data_requests.COPY, chat_id, turn.now - A_DAY) >= COPIES_A_DAY:
        conversing.tell_beside(turn, standing, "my_data.copies_enough", count=COPIES_A_DAY)
        return
    data_requests.add(turn.session, data_requests.COPY, chat_id, turn.now)
    conversing.tell_beside(turn, standing, "my_data.making")


def ask_erase(turn: Turn, standing: Standing) -> None:
    """What goes and what the law lets stay; then one tap does it."""
    language = standing.language
    count = erasing.count_open(turn.session, standing.chat_id, turn.now)
    words = [say(language, "my_data.ask_erase")]
    words += [say(language, "my_data.ask_erase_open", count=count)] if count else []
    yes = conversing.tap(standing, "my_data.erase_yes", f"m:my_data_erase_yes:{int(turn.now.timestamp()):x}")
    no = conversing.tap(standing, "my_data.erase_no", "m:my_data_erase_no")
    turn.say(lasting("\n".join(words), (yes, no)))


def erase(turn: Turn, standing: Standing, asked_at: str) -> None:
    """Do it, where it was asked just now."""
    if not _is_fresh(turn, asked_at):
        ask_erase(turn, standing)
        return
    conversing.discard(turn, standing)
    standing.flow = standing.run = standing.draft = standing.draft_at = None
    done = erasing.erase(turn.session, standing.chat_id, turn.now)
    if done.open:
        conversing.tell(turn, standing, "my_data.erased_but", count=done.open)
        return
    turn.say(text_bubble(say(standing.language, "my_data.erased")))
    conversations.forget(standing)  # whoever writes again is told anew what is kept


def keep(turn: Turn, standing: Standing) -> None:
    """They would rather not."""
    conversing.tell_beside(turn, standing, "my_data.not_erased")


def _say_pending(turn: Turn, standing: Standing) -> None:
    if data_requests.find_open(turn.session, data_requests.ERASE, standing.chat_id):
        count = erasing.count_open(turn.session, standing.chat_id, turn.now)
        conversing.tell(turn, standing, "my_data.erasing", count=count)


def _is_fresh(turn: Turn, asked_at: str) -> bool:
    try:
        seconds = int(asked_at, 16)
    except ValueError:
        return False
    return 0 <= turn.now.timestamp() - seconds <= AGREES_WITHIN.total_seconds()
