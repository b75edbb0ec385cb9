"""What stands further on, and elsewhere in the same chunk, of each word of a sentence: gathered once, since
looking it up again at every word would take as many steps as the square of the length."""

from cases.reply_clauses import FINISHERS, VERBS
from cases.reply_words import Word, is_past


class Outlook:
    """For each word the first one that decides what a "ให้" at its place means ("verb", "end", or None at a
    pause), whether a verb still follows in its chunk, and which chunk that is; of the chunks, in which a day
    ahead is named, and in which a time gone by."""

    def __init__(self, words: list[Word]) -> None:
        self.decider: list[str | None] = [None] * len(words)
        self.verb_follows = [False] * len(words)
        self.chunk_of: list[int] = []
        self.days_ahead: set[int] = set()
        self.days_past: set[int] = set()
        self._look_back_from_the_end(words)
        self._number_chunks(words)

    def _look_back_from_the_end(self, words: list[Word]) -> None:
        decider, verb_follows = None, False
        for i in range(len(words) - 1, -1, -1):
            self.decider[i], self.verb_follows[i] = decider, verb_follows
            kind = words[i].kind
            if kind == "gap":
                decider, verb_follows = None, False
            elif kind in VERBS:
                decider, verb_follows = "verb", True
            elif kind in FINISHERS or kind == "later":
                decider = "end"

    def _number_chunks(self, words: list[Word]) -> None:
        chunk = 0
        for word in words:
            chunk += word.kind == "gap"
            self.chunk_of.append(chunk)
            if word.mention and word.mention.ahead:
                self.days_ahead.add(chunk)
            if is_past(word):
                self.days_past.add(chunk)
