"""What the Ombudsman's officers are shown unasked: the day since the last working morning, and the week."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from bot.messages.staff_summary import SummaryView
from cases import open_wishes, photo_badge, silent_offices, summary, undecided, unseen_danger, views, working_time
from cases.call_days import LATE, CallDays
from clock import BANGKOK
from storage import callbacks, waiting, working_days
from storage.links import Links
from texts.catalog import say
from texts.moments import say_moment

LANGUAGE = "th"
MORNING = time(7, 45)
ORDER = (
    "received",
    "acknowledged",
    "first_words",
    "resolved",
    "on_time",
    "confirmed",
    "partly",
    "disputed",
    "silent",
)
NOW = ("open", "overdue")
MOST_SILENT = 10
MOST_UNDECIDED = 10
MOST_DANGER = 10
MOST_CALLS = 500
BAD = frozenset({"overdue", "disputed"})


def see_due(session: Session, day: date, now: datetime) -> list[SummaryView]:
    """The daily summary, behind the weekly one on the first working day of a week; none where nothing ever came, and
    nobody has to be rung.
    """
    exceptions = working_days.load_exceptions(session)
    before = _find_working_day_before(day, exceptions)
    views_due = []
    if before.isocalendar()[:2] != day.isocalendar()[:2]:
        monday = day - timedelta(days=day.weekday())
        views_due.append(_see(session, "w", monday - timedelta(days=7), time(), monday, now))
    views_due.append(_see(session, "d", before, MORNING, day, now))
    rings = _count_calls(session, now)[1] > 0
    return [view for view in views_due if _tells_anything(view) or view.danger or (rings and not view.weekly)]


def _tells_anything(view: SummaryView) -> bool:
    return any(value not in ("0", "-") for _, value in (*view.figures, *view.stands))


def _see(session: Session, kind: str, first: date, hour: time, last: date, now: datetime) -> SummaryView:
    begins = datetime.combine(first, hour, BANGKOK).astimezone(UTC)
    ends = datetime.combine(last, hour, BANGKOK).astimezone(UTC)
    seen = summary.see_summary(session, None, begins, now, ends)
    figures = seen.figures
    links: Links | None = session.info.get("links")
    held = waiting.count_waiting(session, held=True)
    shown = {name: str(getattr(figures, name)) for name in ORDER} | {name: str(getattr(seen, name)) for name in NOW}
    shown["on_time"] = "-" if figures.on_time_percent is None else f"{figures.on_time_percent}%"
    return SummaryView(
        weekly=kind == "w",
        period=say(
            LANGUAGE,
            "summary.period",
            begins=say_moment(LANGUAGE, begins, now=now),
            ends=say_moment(LANGUAGE, ends, now=now),
        ),
        figures=[(name, shown[name]) for name in ORDER],
        stands=[(name, shown[name]) for name in NOW],
        at=say_moment(LANGUAGE, now, now=now),
        bad=frozenset(name for name in BAD if shown[name] != "0"),
        late=[(views.name_khet(owner, LANGUAGE), count) for owner, count in seen.most_overdue],
        danger=unseen_danger.list_lines(session, now, MOST_DANGER) if kind == "d" else (),
        undecided=undecided.list_lines(session, now, MOST_UNDECIDED) if kind == "d" else (),
        undecided_total=undecided.count(session, now) if kind == "d" else 0,
        silent=silent_offices.list_lines(session, now, MOST_SILENT) if kind == "d" else (),
        silent_total=silent_offices.count(session, now) if kind == "d" else 0,
        notes=[
            *([say(LANGUAGE, "summary.held", count=held)] if held else []),
            *(_write_calls(session, now) if kind == "d" else []),
            *(open_wishes.write_waiting(session, now) if kind == "d" else []),
            *photo_badge.write_unseen(session),
            *summary.write_secret(session),
        ],
        picture=links.chart_url(f"{kind}{last:%Y%m%d}") if links else None,
    )


def _write_calls(session: Session, now: datetime) -> list[str]:
    owed, late = _count_calls(session, now)
    return [say(LANGUAGE, "summary.calls_late" if late else "summary.calls", count=owed, late=late)] if owed else []


def _count_calls(session: Session, now: datetime) -> tuple[int, int]:
    """How many calls the officers owe to people, and how many of them are late."""
    owed = callbacks.count_owed(session)
    if not owed:
        return 0, 0
    days = CallDays(session, now)
    listed = callbacks.list_owed(session, limit=MOST_CALLS)
    return owed, sum(days.find_state(one.callback, one.case) == LATE for one in listed)


def _find_working_day_before(day: date, exceptions: working_time.Exceptions) -> date:
    day -= timedelta(days=1)
    while not working_time.is_working_day(day, exceptions):
        day -= timedelta(days=1)
    return day
