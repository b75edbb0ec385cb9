"""Cases that staff wrote down, without the page on which they do so."""

from typing import Any

import clock
from cases import following, handing_over, intake_by_staff
from cases.intake_by_staff import Told
from cases.statuses import Actor, Role
from storage import cases as stored
from storage import reporters
from tests.chat import KEY, Chat, Person

OFFICER = Actor(Role.STAFF, person="user:1", organisation="omb")


def writes_down(chat: Chat, **told: Any) -> str:
    """An officer takes a case on the telephone; its number."""
    values: dict[str, Any] = {
        "description": "ไฟถนนดับทั้งซอย มืดมาก",
        "category": "lighting",
        "place": {"org": "district:1026", "how": "address", "words": "ซอย 5"},
        "channel": "phone",
        "phone": "0812345678",
        "name": "สมหญิง",
    }
    now = clock.now()
    with chat.parts.database.begin(now) as session:
        return intake_by_staff.take(session, Told(**(values | told)), OFFICER, 1, now).number


def prints_slip(chat: Chat, number: str) -> str:
    """The code on a new slip of a case."""
    now = clock.now()
    with chat.parts.database.begin(now) as session:
        case = stored.find_case_by_number(session, number, lock=True)
        assert case is not None
        code = handing_over.make_code(session, case, KEY, now)
        assert code is not None
        return code


def follows(chat: Chat, person: Person, number: str) -> None:
    """Somebody joins a case that is another's."""
    now = clock.now()
    with chat.parts.database.begin(now) as session:
        case = stored.find_case_by_number(session, number, lock=True)
        assert case is not None
        following.join(session, case, reporters.get_or_add_line_reporter(session, person.id, now), now)
