"""Hears danger to life in what a citizen writes, so that 199, 191 and 1669 are offered before any question.

A number offered in vain costs a glance, silence may cost a life: grave words count even when only feared.
What is plainly past, denied or a figure of speech does not. Words are data (`danger.toml`).
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cases.phrases import PhraseIndex, normalise

_FILE = Path(__file__).with_name("danger.toml")
# How many letters around a word belong to what is said of it.
_NEAR = 40
_BESIDE = 16

_WORDLESS = re.compile(r"[\W_ๆ]+")

# What may stand between such a word and the danger, Thai and English. A space ends a Thai clause: nothing is
# denied in "ยังไม่มีใครมา ไฟไหม้", nothing only feared in "กลัวมาก มีคนถูกยิง".
_UP_TO_THE_DANGER = {
    "denied_before": (r"\S{0,6}$", r"[a-z' ]{0,12}$"),
    "like_before": (r"\S{0,6}$", r"[a-z' ]{0,12}$"),
    "feared_before": (r" ?\S{0,32}$", r"[a-z' ]{0,16}$"),
}


@dataclass(frozen=True, slots=True)
class Danger:
    """Kinds (`fire`, `crime`, `medical`) and every number to offer, the likeliest to help first; not `happening` if
    it is only feared, or not said what it is."""

    kinds: tuple[str, ...]
    numbers: tuple[str, ...]
    happening: bool = True


@dataclass(frozen=True, slots=True)
class _Lexicon:
    index: PhraseIndex
    numbers: dict[str, str]
    always: dict[str, set[str]]
    told: dict[str, set[str]]
    beside: dict[str, str]
    context: dict[str, re.Pattern[str]]
    breath: frozenset[str]
    cries: re.Pattern[str]
    cries_and_around: re.Pattern[str]


def find_danger(text: str) -> Danger | None:
    """The danger that the words tell of, if any, with every number that should be offered."""
    lexicon = _lexicon()
    words = normalise(text)
    kinds: set[str] = set()
    beside: list[str] = []
    happening = False
    for phrase, start in lexicon.index.find_all(words):
        always, told = lexicon.always.get(phrase, set()), lexicon.told.get(phrase, set())
        if not always and not told:
            continue
        before, after = words[max(0, start - _NEAR) : start], words[start + len(phrase) :][:_NEAR]
        if _is_no_matter(lexicon, phrase, before, after):
            continue
        kinds |= always
        if phrase in lexicon.beside:
            beside.append(lexicon.beside[phrase])
        if not _is_only_feared(lexicon, before, after):
            kinds |= told
            happening = True
    if not kinds and not _only_cries(lexicon, words):
        return None
    listed = tuple(kind for kind in lexicon.numbers if kind in kinds or not kinds)
    # A wrong guess at the service must not hide the right one: the others follow.
    best_first = [*(lexicon.numbers[kind] for kind in listed), *beside, *lexicon.numbers.values()]
    return Danger(listed, tuple(dict.fromkeys(best_first)), happening)


def _only_cries(lexicon: _Lexicon, words: str) -> bool:
    """ "ช่วยด้วยครับ!!" alone; in "ไฟดับ ช่วยด้วย" the rest says what it is."""
    return bool(lexicon.cries.search(words)) and not _WORDLESS.sub("", lexicon.cries_and_around.sub("", words))


def _is_no_matter(lexicon: _Lexicon, phrase: str, before: str, after: str) -> bool:
    says = lexicon.context
    if says["denied_before"].search(before):
        return True
    if says["like_before"].search(before) and says["likened"].search(before):
        return True
    if phrase in lexicon.breath and says["stench"].search(before):
        return True
    past = says["past"].search(before) or says["past"].search(after)
    past = past or says["past_before"].search(before[-_BESIDE:])
    return bool(past) and not says["now"].search(before + "\n" + after)


def _is_only_feared(lexicon: _Lexicon, before: str, after: str) -> bool:
    says = lexicon.context
    return bool(says["feared_before"].search(before) or says["feared_after"].search(after[:_BESIDE]))


@cache
def _lexicon() -> _Lexicon:
    with _FILE.open("rb") as file:
        data = tomllib.load(file)
    always: defaultdict[str, set[str]] = defaultdict(set)
    told: defaultdict[str, set[str]] = defaultdict(set)
    for service in data["service"]:
        for listed, kinds in ((service["always"], always), (service["happening"], told)):
            for phrase in listed:
                kinds[normalise(phrase)].add(service["kind"])
    context = data["context"]
    return _Lexicon(
        index=PhraseIndex([*always, *told, *data["neutral"]]),
        beside={normalise(phrase): line["number"] for line in data["beside"] for phrase in line["words"]},
        numbers={service["kind"]: service["number"] for service in data["service"]},
        always=dict(always),
        told=dict(told),
        context={
            name: _any_of(phrases, *_UP_TO_THE_DANGER.get(name, ("", "")))
            for name, phrases in context.items()
            if name != "breath"
        },
        breath=frozenset(normalise(phrase) for phrase in context["breath"]),
        cries=_any_of(data["cries"], "", ""),
        cries_and_around=_any_of([*data["cries"], *data["around_cries"]], "", ""),
    )


def _any_of(phrases: Iterable[str], thai_rest: str, english_rest: str) -> re.Pattern[str]:
    """One pattern for all: Thai anywhere (but "ไม่เคย" is not "เคย"), English as whole words."""
    thai: list[str] = []
    english: list[str] = []
    for phrase in map(normalise, phrases):
        (english if phrase.isascii() else thai).append(re.escape(phrase))
    return re.compile(
        rf"(?<!ไม่)(?:{'|'.join(thai)}){thai_rest}|(?<![a-z])(?:{'|'.join(english)})(?![a-z]){english_rest}"
    )
