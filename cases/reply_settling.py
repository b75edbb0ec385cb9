"""Settles what a note states where the rules and resemblance (reply_likeness) differ: where the rules hear nothing, in
plain words, the step of notes like it counts; where they hear another step than all such notes state, that one."""

from cases.reply_bearing import names_no_visit
from cases.reply_likeness import TALK, liken
from cases.reply_naming import is_relative
from cases.reply_sureness import SURE, sort_familiar
from cases.reply_words import Word

# So likely the other step has to be, and so unlikely the one that the rules read, to be read in its stead.
_OVERRULES, _OVERRULED = 0.7, 0.1
# Saying of a case that it is done when it is not is the worst mistake.
_OVERRULES_AS_DONE = 0.75
# Below this nobody is asked.
_GUESS = 0.4
# What the rules keep silent about on purpose: questions, requests, guesses, jokes, thanks, what others said or was once.
_HUSHED = frozenset((
    "hedge", "hedge_tail", "condition", "question", "status_question", "mark", "choice", "mock", "mistake", "not_this",
    "offtopic", "request", "softener", "said", "once", "long_ago", "other_place", "unseen", "again", "everyone", "that",
    "impatient", "thanks",
))  # fmt: skip

# With these the reporter is asked.
_ASKED = frozenset(("question", "mark", "choice", "request", "softener", "thanks"))
# A guess, where no rule was broken by it, is acted on from here.
_HEARD = 0.5


def settle(
    words: list[Word], action: str | None, also: str | None, sureness: float, *, dated: bool
) -> tuple[str | None, float]:
    """The action and how sure it is; a promise is one only where a day is named (`dated`)."""
    affairs, familiar = sort_familiar(words)
    likely = liken(words, familiar)
    if not dated:
        likely["promise"] = 0.0
    best = max(likely, key=lambda step: likely[step])
    if action is None:
        plain = not affairs and _HUSHED.isdisjoint(word.kind for word in words) and not names_no_visit(words)
        plain = plain and not any(word.kind == "belongs" and is_relative(words, i) for i, word in enumerate(words))
        heard = plain and best != TALK and likely[best] >= _GUESS
        return (best, max(SURE, likely[best]) if likely[best] >= _HEARD else likely[best]) if heard else (None, 1.0)
    if sureness < SURE:
        hushed = _HUSHED - _ASKED if action == "ask" else _HUSHED
        agrees = best == action and not affairs and hushed.isdisjoint(word.kind for word in words)
        return action, max(sureness, likely[best]) if agrees else sureness
    # A body that was told is heard by its name, which likeness does not know.
    firm = action == "transfer" and best == "acknowledge"
    if firm or best in (TALK, action, also) or likely[action] > _OVERRULED:
        return action, sureness
    enough = _OVERRULES_AS_DONE if best == "resolve" else _OVERRULES
    return (best, likely[best]) if likely[best] >= enough else (action, sureness)
