"""Asks the citizen whether a problem is really gone: before and after side by side, and three answers."""

from dataclasses import dataclass

from bot.messages.letters import one_line
from bot.messages.photo_pair import show_pair
from bot.messages.theme import MUTED, Part, bubble, button, flex, joined, panel, postback, say_text
from texts.catalog import say


@dataclass(frozen=True)
class ClosureView:
    """What the office says of a case: `outcome` is `resolved` or `not_found`, `words` are its own.

    `about`: what kind of problem it is, and where. `follower`: the reader only follows the case, so that their answer
    is heard and settles nothing.
    """

    case_id: int
    number: str
    org: str
    outcome: str
    before_url: str | None
    after_url: str | None
    words: str | None
    answer_by: str | None
    about: str = ""
    follower: bool = False


@dataclass(frozen=True)
class _Manner:
    """The words of one outcome: "we looked and found nothing" must not be dressed as "repaired"."""

    said: str
    question: str
    before: str
    after: str
    yes: str
    partly: str
    no: str


_MANNERS = {
    "resolved": _Manner(
        said="closure.resolved",
        question="closure.resolved_question",
        before="closure.before",
        after="closure.after",
        yes="button.all_well",
        partly="button.partly_well",
        no="button.not_well",
    ),
    "not_found": _Manner(
        said="closure.not_found",
        question="closure.not_found_question",
        before="closure.before_not_found",
        after="closure.after_not_found",
        yes="button.gone",
        partly="button.partly_gone",
        no="button.still_there",
    ),
}


def ask_closure(view: ClosureView, lang: str) -> Part:
    """The card with the photos there are, what the office wrote, and the three answers."""
    if view.outcome not in _MANNERS:
        raise ValueError(f"closure of {view.number}: outcome {view.outcome!r} is none of {list(_MANNERS)}")
    manner = _MANNERS[view.outcome]
    said, question = say(lang, manner.said, org=one_line(view.org)), say(lang, manner.question)
    body = [
        say_text(view.number, size="lg", weight="bold", limit=40),
        say_text(one_line(view.about), size="xs", color=MUTED, limit=120) if view.about else None,
        say_text(said, size="md", limit=240),
        _photos(view, manner, lang),
        _quote(view, lang),
        say_text(question, size="md", weight="bold"),
    ]
    answers = (("yes", manner.yes), ("partly", manner.partly), ("no", manner.no))
    # All three look alike: a brighter "all well" would answer for the citizen.
    footer = [button(_answer(view.case_id, answer, say(lang, key))) for answer, key in answers]
    if view.follower:
        footer.append(say_text(say(lang, "closure.follower"), size="xs", color=MUTED))
    if view.answer_by:
        footer.append(say_text(say(lang, "closure.answer_by", when=view.answer_by), size="xs", color=MUTED))
    return flex(joined(view.number, f"{said} {question}"), bubble(body, footer=footer))


def ask_late(words: str, case_id: int, lang: str, outcome: str = "resolved") -> Part:
    """It was closed in silence, and may still be answered, in the words of what the office had said."""
    manner = _MANNERS[outcome]
    answers = (("yes", manner.yes), ("partly", manner.partly), ("no", manner.no))
    footer = [button(_answer(case_id, answer, say(lang, key))) for answer, key in answers]
    return flex(words, bubble([say_text(words, size="md", limit=600)], footer=footer))


def _answer(case_id: int, answer: str, label: str) -> Part:
    return postback(label, f"c:{case_id}:closure:{answer}", display=label)


def _photos(view: ClosureView, manner: _Manner, lang: str) -> Part | None:
    return show_pair(((view.before_url, say(lang, manner.before)), (view.after_url, say(lang, manner.after))), lang)


def _quote(view: ClosureView, lang: str) -> Part | None:
    if not view.words or not one_line(view.words):
        return None
    label = say_text(say(lang, "closure.office_wrote"), size="xs", color=MUTED)
    return panel([label, say_text(view.words, limit=400, lines=8)])
