"""The words of an HTML mail, in lines. However the HTML is broken, the time it takes grows with its length alone."""

import html
import re
from collections.abc import Iterator

LONGEST_TAG = 2_000  # within which the quotes of a tag are looked at
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,20})")
_TAG_END = re.compile(r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_UNREAD_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_LONG_NUMBER = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{8,});?")  # no letter has such a number
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table"})
_SILENT = frozenset({"head", "title"})


def strip_tags(words: str) -> str:
    """The words of HTML, in lines."""
    return "".join(_list_words(words))


def _list_words(told: str) -> Iterator[str]:
    at, silent = 0, 0
    while (begin := told.find("<", at)) >= 0:
        if not silent:
            yield _read_words(told[at:begin])
        named = _NAME.match(told, begin)
        if named is None and told[begin + 1 : begin + 2] not in ("!", "?"):
            if not silent:
                yield "<"
            at = begin + 1
            continue
        end = _find_end(told, begin, named)
        if end < 0:  # it never ends: a comment hides the rest, and what only looks like a tag does not
            at = begin if named is not None else len(told)
            break
        at = end
        name = named[1].lower() if named is not None else ""
        opens = told[begin + 1] != "/"
        if name in _BREAKS and not silent:
            yield "\n"
        if name == "body":
            silent = 0
        elif name in _SILENT:
            silent = silent + 1 if opens else max(0, silent - 1)
        elif opens and name in _UNREAD_END:
            over = _UNREAD_END[name].search(told, at)
            at = over.start() if over is not None else len(told)
    if not silent:
        yield _read_words(told[at:])


def _find_end(told: str, begin: int, named: re.Match[str] | None) -> int:
    """Where this tag or comment is over; -1 where it never is."""
    if named is None:
        comment = told.startswith("<!--", begin)
        mark = "-->" if comment else ">"
        end = told.find(mark, begin + 2)
        return end + len(mark) if end >= 0 else -1
    whole = _TAG_END.match(told, named.end(), named.end() + LONGEST_TAG)
    return whole.end() if whole is not None else told.find(">", named.end()) + 1 or -1


def _read_words(told: str) -> str:
    return html.unescape(_LONG_NUMBER.sub("", told)).replace("\n", " ")
