"""What could not be delivered, and why, in words; the answer of the server itself stands beside them on the page."""

import re
from collections.abc import Iterable

from bot.delivery_rules import KEY_LAPSED
from console.desk import Desk

# What the parts of a message are called inside, and the name of the words for it.
KINDS = {
    "card": "card",
    "reminder": "reminder",
    "reminder_list": "reminder",
    "decide_list": "reminder",
    "question": "question",
    "line": "line",
    "line_taken": "line",
    "line_danger": "line",
    "line_danger_again": "line",
    "line_back": "line",
    "danger": "danger",
    "list": "list",
    "open": "list",
    "tomorrow": "list",
    "summary": "list",
    "offer": "offer",
    "helping": "offer",
    "staff": "staff",
    "tells_danger": "staff",
    "photo_check": "staff",
    "track": "track",
    "my_data": "my_data",
}
TOLD = "told_"
REFUSALS = ("400", "404", "413")
FOR_GOOD = "5"
_CODE = re.compile(r"[1-5][0-9]{2}\b")


def say_kinds(desk: Desk, kinds: Iterable[str]) -> str:
    """What a message was about."""
    names = ("told" if kind.startswith(TOLD) else KINDS.get(kind, "other") for kind in kinds)
    return ", ".join(desk.say(f"console.admin_delivery.what_{name}") for name in dict.fromkeys(names))


def say_refused(desk: Desk, answer: str) -> str:
    """Why LINE did not take a message."""
    if answer == KEY_LAPSED:
        return desk.say("console.admin_delivery.why_maybe")
    code = _CODE.match(answer)
    known = code is not None and code[0] in REFUSALS
    return desk.say(f"console.admin_delivery.why_{code[0]}" if code and known else "console.admin_delivery.why_refused")


def say_mail_refused(desk: Desk, answer: str) -> str:
    """Why no mail server took a mail."""
    code = _CODE.match(answer)
    good = code is not None and code[0].startswith(FOR_GOOD)
    return desk.say("console.admin_delivery.why_mail" if good else "console.admin_delivery.why_mail_away")
