"""What staff did, in words: the audit log keeps short names (`user.disabled`), people read sentences."""

from texts.catalog import has_text, say


def name_verb(language: str, verb: str) -> str:
    """The words of a verb; steps with a case are called as on the button. One that has no words stands as it is."""
    if has_text(f"console.verbs.{verb}"):
        return say(language, f"console.verbs.{verb}")
    family, _, step = verb.partition(".")
    if family in ("case", "bulk") and has_text(f"console.case.do_{step}"):
        words = say(language, f"console.case.do_{step}")
        return say(language, "console.verbs.of_many", words=words) if family == "bulk" else words
    return verb
