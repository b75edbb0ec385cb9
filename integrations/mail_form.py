"""How an e-mail to an office looks: the same words as plain text, and as HTML that mail programs can show."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class MailLink:
    """Words to tap, and where they lead."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class MailFact:
    """A line of the case with its name: where, by when."""

    name: str
    words: str
    link: MailLink | None = None


@dataclass(frozen=True, slots=True)
class MailLine:
    """One case of a list."""

    title: str
    words: str
    links: Sequence[MailLink] = ()


@dataclass(frozen=True, slots=True)
class MailView:
    """What an e-mail says. The first of `links` is what is wanted most."""

    subject: str
    sender: str
    lead: str
    warning: str = ""
    title: str = ""
    kind: str = ""
    words: str = ""
    facts: Sequence[MailFact] = ()
    photos: Sequence[MailLink] = ()
    lines: Sequence[MailLine] = ()
    links: Sequence[MailLink] = ()
    notes: Sequence[str] = ()


def write_text(view: MailView) -> str:
    """The mail for programs, and people, that show no HTML."""
    return _TEMPLATES.get_template("mail.txt").render(view=view)


def write_html(view: MailView) -> str:
    """The mail as most people see it. Styles stand in the tags, where mail programs leave them."""
    return _TEMPLATES.get_template("mail.html").render(view=view)
