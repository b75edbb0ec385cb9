"""Two photos side by side that an officer should look at again, and why in plain words. It accuses nobody."""

from dataclasses import dataclass

from bot.messages.letters import one_line
from bot.messages.photo_pair import show_pair
from bot.messages.theme import MUTED, WARNING, Part, bubble, button, fit, flex, joined, postback, say_text, separator
from texts.catalog import say

MOST = 3


@dataclass(frozen=True)
class PhotoFinding:
    """One after-photo, what it is like, and whose the other photo is; `other_url` is None where there is none."""

    reason: str
    after_url: str | None
    other_url: str | None
    other_caption: str


@dataclass(frozen=True)
class PhotoCheckView:
    """What was found of one case's after-photos."""

    case_id: int
    number: str
    office: str
    category: str
    findings: tuple[PhotoFinding, ...]


def show_photo_check(view: PhotoCheckView, lang: str) -> Part:
    """The card; people quote it, so its number comes first."""
    body: list[Part | None] = [
        say_text(view.number, size="xl", weight="bold", limit=40),
        say_text(joined(view.category, view.office), size="xs", color=MUTED, limit=160),
        say_text(say(lang, "photo_check.again"), size="md", color=WARNING, weight="bold"),
    ]
    for finding in view.findings[:MOST]:
        body += [separator(), say_text(finding.reason, limit=240, lines=6), _pair(finding, lang)]
    body.append(say_text(say(lang, "photo_check.hint"), size="xs", color=MUTED, limit=240))
    seen = say(lang, "button.photo_seen")
    footer = [button(postback(seen, f"g:{view.case_id}:photo_seen", display=f"{one_line(view.number)} {seen}"))]
    first = one_line(view.findings[0].reason) if view.findings else ""
    head = f"{one_line(view.number)} {say(lang, 'photo_check.again')}: {fit(first, 160)}"
    return flex(head, bubble(body, footer=footer))


def _pair(finding: PhotoFinding, lang: str) -> Part | None:
    after = (finding.after_url, say(lang, "photo_check.after"))
    return show_pair((after,) if not finding.other_url else ((finding.other_url, finding.other_caption), after), lang)
