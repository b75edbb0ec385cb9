"""Settles what a note states where the rules and resemblance (reply_likeness) differ: where the rules hear nothing, in
plain words, the step of notes like it counts; where they hear another step than all such notes state, that one."""

from cases.reply_bearing import names_no_visit
from cases.reply_likeness import TALK, liken
from cases.reply_naming import is_relative
from cases.reply_sureness import SURE, sort_familiar
from cases.reply_words import Word

# So likely the other step has to be, and so unlikely the one that the rules read, to be read in its stead.
_OVERRULES, _OVERRULED = 0.7, 0.1
# A day is named beside what was taken on: little else can be meant.
_OVERRULES_AS_PROMISE = 0.6
# With any of these the rules had a reason not to read that it is done, and to read so wrongly is the worst mistake.
_NOT_DONE = frozenset((
    "but", "not_yet", "part", "still", "wait", "again", "anew", "progress", "future", "plan", "hurry", "stopgap",
    "later", "begun", "sets_out", "date", "cannot", "nearly", "condition", "procedure", "supply",
))  # fmt: skip
_BEFORE_DONE = frozenset(("start", "transfer", "not_found"))
# Of what is only taken on a doubt does no harm: it stays one.
_TAKEN_ON = frozenset(("acknowledge", "promise"))
# Below the first nobody is asked; a promise heard by likeness alone is asked about below the second: talk is full of
# days.
_GUESS, _HEARD_AS_PROMISE = 0.45, 0.8
_DOUBTFUL = 0.5
# Money and keys are things of a case as often as of the office: what is so like a note of a case is one.
_THOUGH_AFFAIRS = 0.8
_WORK = "fix"
# What was found much less sure than this stays so, whatever it is like.
_MAY_RISE = 0.25
# Questions, requests, guesses, jokes, thanks, denials, and what others said or was once, are no plain words.
_HUSHED = frozenset((
    "hedge", "hedge_tail", "condition", "question", "status_question", "mark", "choice", "mock", "mistake", "not_this",
    "offtopic", "request", "softener", "said", "once", "long_ago", "other_place", "unseen", "again", "everyone", "that",
    "impatient", "thanks",
))  # fmt: skip
_DENIED = frozenset(("not_yet", "cannot", "missing", "clerical"))
_ENDED = frozenset(("finished", "done"))
# With these the reporter is asked.
_ASKED = frozenset(("question", "mark", "choice", "request", "softener", "thanks"))


def settle(
    words: list[Word], action: str | None, also: str | None, sureness: float, *, dated: bool, hushed: bool
) -> tuple[str | None, float]:
    """The action and how sure it is. A promise is one only where a day is named (`dated`); where the rules passed
    anything over as talk (`hushed`), they are silent on purpose."""
    affairs, familiar = sort_familiar(words)
    likely = liken(words, familiar)
    if not dated:
        likely["promise"] = 0.0
    best = max(likely, key=lambda step: likely[step])
    kinds = {word.kind for word in words}
    if action is None:
        plain = not hushed and not affairs and _is_plain(words, kinds)
        if not plain or best == TALK or likely[best] < _GUESS:
            return None, 1.0
        doubtful = best == "promise" and likely[best] < _HEARD_AS_PROMISE
        return best, min(likely[best], _DOUBTFUL) if doubtful else likely[best]
    if sureness < SURE:
        talks = (_HUSHED - _ASKED) | {"other"} if action == "ask" else _HUSHED
        agrees = best == action and talks.isdisjoint(kinds) and (not affairs or _works_on(likely[best], kinds))
        rises = agrees and action not in _TAKEN_ON and (sureness >= _MAY_RISE or affairs or action == "ask")
        return action, max(sureness, likely[best]) if rises else sureness
    if best in (TALK, action, also) or likely[action] > _OVERRULED or likely[best] < _need(action, best, kinds):
        return action, sureness
    return best, likely[best]


def _works_on(likely: float, kinds: set[str]) -> bool:
    """ "ขออนุมัติเงินซ่อมเครื่องออกกำลังกาย": work is named beside what else is an affair of the office."""
    return likely >= _THOUGH_AFFAIRS and _WORK in kinds


def _is_plain(words: list[Word], kinds: set[str]) -> bool:
    if not (_HUSHED | _DENIED).isdisjoint(kinds) or names_no_visit(words):
        return False
    # "เสร็จแล้วจะแจ้ง" speaks of an end to come, "ถามผู้แจ้งแล้ว" of what was asked.
    if ("future" in kinds and not _ENDED.isdisjoint(kinds)) or {"want", "reporter"} <= kinds:
        return False
    return not any(word.kind == "belongs" and is_relative(words, i) for i, word in enumerate(words))


def _need(action: str, best: str, kinds: set[str]) -> float:
    """How likely `best` has to be to be read instead; more than 1 where it never is."""
    never = 2.0
    if best == "promise":
        return _OVERRULES_AS_PROMISE if action == "acknowledge" else never
    if (action, best) == ("transfer", "acknowledge"):
        return never  # a body that was told is heard by its name
    if best == "resolve":
        return _OVERRULES if action in _BEFORE_DONE and "done" in kinds and _NOT_DONE.isdisjoint(kinds) else never
    return _OVERRULES
