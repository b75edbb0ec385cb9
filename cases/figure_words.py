"""The figures one by one, in the order in which they are shown: what each is of, and how its value is said."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from cases.figures import Figures
from texts.catalog import say

Kind = Literal["cases", "percent", "working", "plain", "stars"]
Value = int | float | None
HOUR, WORKDAY, DAY = 60, 8 * 60, 24 * 60
IN_HOURS = 2 * DAY  # below that, plain time is told in hours
FEW = 10  # of fewer cases one more changes a percent or a middle value a lot
THAI_DIGITS = {ord("0") + digit: 0x0E50 + digit for digit in range(10)}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. `cases`: the name under which its cases are listed, where it is made of some.

    `sample`: how many a share, a time or a mean is taken of.
    """

    name: str
    kind: Kind
    take: Callable[[Figures], Value]
    cases: str | None = None
    sample: Callable[[Figures], int] | None = None

    def is_of_few(self, figures: Figures) -> bool:
        """Whether it is taken of so few that it says little."""
        return self.sample is not None and 0 < self.sample(figures) < FEW


def _count(name: str) -> Line:
    return Line(name, "cases", lambda figures: getattr(figures, name), name)


LINES: tuple[Line, ...] = (
    _count("received"),
    _count("acknowledged"),
    _count("first_words"),
    _count("resolved"),
    Line("on_time", "percent", lambda figures: figures.on_time_percent, "on_time", lambda figures: figures.timed),
    _count("confirmed"),
    _count("partly"),
    _count("disputed"),
    _count("silent"),
    Line(
        "acknowledge_median",
        "working",
        lambda figures: figures.acknowledge.median,
        "acknowledged",
        lambda figures: figures.acknowledge.count,
    ),
    Line(
        "acknowledge_ninetieth",
        "working",
        lambda figures: figures.acknowledge.ninetieth,
        "acknowledged",
        lambda figures: figures.acknowledge.count,
    ),
    Line(
        "first_word_median",
        "working",
        lambda figures: figures.first_word.median,
        "first_words",
        lambda figures: figures.first_word.count,
    ),
    Line(
        "first_word_ninetieth",
        "working",
        lambda figures: figures.first_word.ninetieth,
        "first_words",
        lambda figures: figures.first_word.count,
    ),
    Line(
        "resolve_median",
        "plain",
        lambda figures: figures.resolve.median,
        "resolved",
        lambda figures: figures.resolve.count,
    ),
    Line(
        "resolve_ninetieth",
        "plain",
        lambda figures: figures.resolve.ninetieth,
        "resolved",
        lambda figures: figures.resolve.count,
    ),
    Line(
        "dispute_rate",
        "percent",
        lambda figures: figures.dispute_percent,
        "was_disputed",
        lambda figures: figures.resolved,
    ),
    Line(
        "reopen_rate",
        "percent",
        lambda figures: figures.reopen_percent,
        "was_reopened",
        lambda figures: figures.resolved,
    ),
    Line("stars", "stars", lambda figures: figures.mean_stars, "stars", lambda figures: figures.rated),
)
BY_NAME = {line.name: line for line in LINES}
# Where a row is an office, a kind of problem or a month, these are enough to compare them by.
COLUMNS = (
    "received",
    "acknowledged",
    "resolved",
    "on_time",
    "confirmed",
    "partly",
    "disputed",
    "silent",
    "acknowledge_median",
    "resolve_median",
    "resolve_ninetieth",
    "dispute_rate",
    "stars",
)


def take_values(figures: Figures) -> dict[str, Value]:
    """Every figure by its name, as programs read it: minutes for what lasted."""
    return {line.name: line.take(figures) for line in LINES}


def say_value(language: str, kind: Kind, value: Value) -> str:
    """A figure as people read it; a dash where there was nothing to count."""
    if value is None:
        return "–"
    if kind == "cases":
        return f"{value:,}"
    if kind == "percent":
        return f"{value}%"
    if kind == "stars":
        return f"{value:.1f}"
    return _say_time(language, kind, int(value))


def _say_time(language: str, kind: Kind, minutes: int) -> str:
    if minutes < HOUR:
        return say(language, "console.figures.minutes", count=minutes)
    if kind == "working":
        if minutes < WORKDAY:
            return say(language, "console.figures.hours_working", count=_round(minutes / HOUR))
        return say(language, "console.figures.days_working", count=_round(minutes / WORKDAY))
    if minutes < IN_HOURS:
        return say(language, "console.figures.hours", count=_round(minutes / HOUR))
    return say(language, "console.figures.days", count=_round(minutes / DAY))


def _round(number: float) -> str:
    return f"{number:.0f}" if number >= 10 or number == int(number) else f"{number:.1f}".removesuffix(".0")


def say_change(language: str, kind: Kind, now: Value, before: Value) -> str:
    """How a figure stands to the one before it, in words: by how much more, less, or the same."""
    if now is None or before is None:
        return say(language, "console.figures.no_before")
    difference = now - before
    if not difference:
        return say(language, "console.figures.same")
    much = round(abs(difference), 1) if kind == "stars" else int(abs(difference))
    words = say_value(language, kind, much)
    if kind == "percent":
        words = say(language, "console.figures.points", count=much)
    lasted = kind in ("working", "plain")
    if difference > 0:
        return say(language, "console.figures.slower" if lasted else "console.figures.more", much=words)
    return say(language, "console.figures.faster" if lasted else "console.figures.less", much=words)


def in_thai_digits(words: str) -> str:
    """As a memo is written."""
    return words.translate(THAI_DIGITS)


def name_line(language: str, name: str) -> str:
    """What a figure is called."""
    return say(language, f"console.figures.name.{name}")


def name_short(language: str, name: str) -> str:
    """The same over a column."""
    return say(language, f"console.figures.short.{name}")


def define(language: str, name: str) -> str:
    """What a figure counts, and how."""
    return say(language, f"console.figures.means.{name}")


def name_channel(language: str, channel: str) -> str:
    """A channel in plain words."""
    return say(language, f"console.figures.channel.{channel}")
