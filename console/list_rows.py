"""A page of the case list as it is read: of a confidential case no more than its number, its status and its times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from cases import telling, views
from cases.statuses import Status
from console.desk import Desk
from console.list_query import OTHERS_TURN
from console.permissions import Right
from console.tables import Value
from storage import case_rows, followers
from storage.models import Case
from texts.catalog import has_text

SHOWN = 140  # letters of what was told


@dataclass(frozen=True, slots=True)
class Row:
    """One case. `words` is empty where they are not to be read in a list."""

    number: str
    status: str
    confidential: bool
    category: str
    place: str
    words: str
    owner: str
    district: str
    danger: bool
    photos_again: bool
    due_at: datetime | None
    late: bool
    received_at: datetime
    changed_at: datetime | None
    promised: str
    channel: str
    verdict: str
    stars: int | None
    followers: int

    def lacks(self, column: str) -> bool:
        """Whether there is nothing to show in this column."""
        values = {
            "office": self.owner,
            "due": self.due_at,
            "changed": self.changed_at,
            "promised": self.promised,
            "channel": self.channel,
            "followers": self.followers,
            "district": self.district,
        }
        return not (self.verdict or self.stars if column == "verdict" else values.get(column, True))


def see_rows(desk: Desk, session: Session, cases: Sequence[Case], *, whole: bool = False) -> list[Row]:
    """These cases, in their order; `whole`: with all that was told."""
    ids = [case.id for case in cases]
    dues = case_rows.list_dues(session, ids, OTHERS_TURN) if ids else {}
    counted = followers.count(session, ids) if desk.may(Right.SEE_FOLLOWERS) else {}
    again = case_rows.list_with_checks(session, ids) if ids and desk.staff.of_omb else set()
    return [
        _see_row(desk, case, dues.get(case.id), counted.get(case.id, 0), photos_again=case.id in again, whole=whole)
        for case in cases
    ]


def see_heads(desk: Desk, cases: Sequence[Case]) -> list[Row]:
    """These cases as far as they say it themselves: without due times, followers and photos to be looked at again."""
    return [_see_row(desk, case, None, 0, photos_again=False, whole=False) for case in cases]


def _see_row(desk: Desk, case: Case, due_at: datetime | None, joined: int, *, photos_again: bool, whole: bool) -> Row:
    if case.confidential:
        return _see_secret(case)
    language = desk.language
    words = _hide(desk, case, " ".join(case.description.split()))
    return Row(
        number=case.number,
        status=case.status,
        confidential=False,
        category=views.name_category(case.category, language),
        place=_hide(desk, case, views.describe_place(case, language)),
        words=words if whole or len(words) <= SHOWN else f"{words[: SHOWN - 1]}…",
        owner=case.owner,
        district=case.district or "",
        danger=bool(case.danger),
        photos_again=photos_again,
        due_at=due_at,
        late=due_at is not None and due_at < desk.now,
        received_at=case.created_at,
        changed_at=case.updated_at,
        promised=views.say_promise(case, language, desk.now) if Status(case.status) in views.PROMISED else "",
        channel=case.channel,
        verdict=case.verdict or "",
        stars=case.stars,
        followers=joined,
    )


def _see_secret(case: Case) -> Row:
    return Row(
        number=case.number,
        status=case.status,
        confidential=True,
        category="",
        place="",
        words="",
        owner="",
        district="",
        danger=False,
        photos_again=False,
        due_at=None,
        late=False,
        received_at=case.created_at,
        changed_at=None,
        promised="",
        channel="",
        verdict="",
        stars=None,
        followers=0,
    )


def _hide(desk: Desk, case: Case, words: str) -> str:
    theirs = case.owner == desk.staff.organisation and case.phone_shared
    if desk.may(Right.SEE_PHONE) and (desk.staff.of_omb or theirs):
        return words
    return telling.hide_numbers(words)


def name_columns(desk: Desk, columns: Sequence[str]) -> list[str]:
    """The head of a table to carry away."""
    fixed = ("number", "category", "words", "place", "marks")
    return [desk.say(f"console.cases.col_{name}") for name in (*fixed, *columns)]


def _name_standing(desk: Desk, row: Row) -> str:
    """As on the page: a confidential case was sent to no office."""
    secret = f"console.case.{row.status}_confidential"
    return desk.say(secret if row.confidential and has_text(secret) else f"status.{row.status}")


def write_row(desk: Desk, row: Row, columns: Sequence[str], office: dict[str, str]) -> list[Value]:
    """One line of a table to carry away."""
    marks = [
        desk.say(f"console.cases.mark_{name}")
        for name, so in (("confidential", row.confidential), ("danger", row.danger), ("late", row.late))
        if so
    ]
    values: dict[str, Value] = {
        "status": _name_standing(desk, row),
        "office": office.get(row.owner, row.owner),
        "due": row.due_at,
        "received": row.received_at,
        "changed": row.changed_at,
        "promised": row.promised,
        "channel": desk.say(f"console.case.channel_{row.channel}") if row.channel else "",
        "verdict": " ".join(
            [
                *([desk.say(f"console.cases.verdict_{row.verdict}")] if row.verdict else []),
                *([f"{row.stars}/5"] if row.stars else []),
            ]
        ),
        "followers": None if row.confidential else row.followers,
        "district": office.get(row.district, row.district),
    }
    return [row.number, row.category, row.words, row.place, ", ".join(marks), *(values[name] for name in columns)]
