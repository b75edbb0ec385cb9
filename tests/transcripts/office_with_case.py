"""How most talk of an office begins: its group, a citizen, a case of theirs and its card."""

from typing import Any

from simulator.outcomes import BotMessage
from tests.chat import Chat, Office, Person, listen

DIN_DAENG = "district:1026"


def begin(chat: Chat, nid: Person | None = None, **slots: Any) -> tuple[Office, Person, BotMessage, str]:
    """A district with one case, seen by its group; all that was said so far is heard."""
    office, nid = chat.coordinators(DIN_DAENG, "Somchai", "Pim"), nid or chat.citizen()
    number = chat.has_case(nid, **slots)
    card = office.gets_card(number)
    listen(office, nid)
    return office, nid, card, number
