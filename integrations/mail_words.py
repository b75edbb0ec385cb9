"""Takes a mail apart, whatever wrote it: who, about what, in which words, with which files, and whether a person did.

Thai mail still comes in TIS-620 and Windows-874, often named wrongly or not at all; nothing here raises for it.
"""

import codecs
import email
import hashlib
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.header import Header, decode_header
from email.message import Message
from email.utils import parseaddr
from functools import cache
from pathlib import Path

from integrations.forwarded_mail import ForwardedLetter, ShortHeaders, is_easy, list_letters
from integrations.html_words import strip_tags

LONGEST_WORDS = 10_000
LONGEST_SUBJECT = 300
LONGEST_NAME = 120
LONGEST_ADDRESS = 254
MOST_FILES = 10
LONGEST_HEAD = 500_000  # bytes of all
LONGEST_TEXT = 1_000_000  # bytes of all the text of a mail, tags and all
SMALLEST_INLINE = 15_000  # bytes: below are logos and lines under a signature
THAI_BLOCK = ("\u0e00", "\u0e7f")
_THAI_NAMES = {"windows-874", "tis-620", "tis620", "x-windows-874", "iso-8859-11", "874", "cp874", "ibm874"}
_LATIN_NAMES = {"", "us-ascii", "ascii", "iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252", "unknown-8bit"}
_MACHINE_SENDERS = ("mailer-daemon", "postmaster", "no-reply", "noreply", "donotreply", "do-not-reply", "bounce")
_MACHINE_KINDS = ("multipart/report", "message/delivery-status", "message/disposition-notification")
_SLOW_CODES = {"idna", "punycode"}  # their time grows with the square of the length
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_QUOTING = re.compile(r"^[ \t>|]+", re.MULTILINE)
_RULE = re.compile(r"\s*(?:(?:_|--)[^\n]{0,100})?\s*")  # between the words of a mail and a head under them
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that came with it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ReadMail:
    """One mail, taken apart. `own_words`: without what it answers; `answers`: the names of the mails that it does;
    `notes`: what could not be taken out of it.
    """

    message_id: str
    sender: str
    sender_name: str
    subject: str
    words: str
    own_words: str
    from_machine: bool
    answers: str = ""
    files: Sequence[MailFile] = ()
    notes: Sequence[str] = ()


def read_mail(raw: bytes, *, whole: bool = True, ours: str = "") -> ReadMail:
    """Take it apart; of one that is not `whole`, or is made to keep us busy, there is the head alone. `ours`: the name
    and the address that we write under.
    """
    whole = whole and is_easy(raw)
    message = email.message_from_bytes(raw if whole else _cut_head(raw), policy=ShortHeaders())
    name, address = parseaddr(_decode_header(message, "From"))
    notes = [] if whole else ["too_big"]
    letters = list_letters(message) if whole else []
    words = _find_words(letters)[:LONGEST_WORDS]
    files, unread = _find_files([part for letter in letters for part in letter.parts])
    subject = _clean(_decode_header(message, "Subject"))[:LONGEST_SUBJECT]
    forwarded = len(letters) > 1 or _patterns("forwarded").match(subject) or _passes_on(words)
    forwarded = forwarded or _is_of_another(words, message, subject, ours)
    notes += ["forwarded"] if forwarded else []
    return ReadMail(
        message_id=_find_id(message, raw),
        sender=_clean(address).lower()[:LONGEST_ADDRESS],
        sender_name=_clean(name)[:LONGEST_NAME],
        subject=subject,
        words=words,
        own_words=strip_answered(words),
        from_machine=_is_from_machine(message, address),
        answers=f"{message['References'] or ''} {message['In-Reply-To'] or ''}"[:LONGEST_WORDS],
        files=files,
        notes=[*notes, *unread],
    )


def read_head(raw: bytes) -> ReadMail:
    """What can be said of a mail that cannot be taken apart."""
    digest = hashlib.sha256(raw).hexdigest()
    return ReadMail(f"<unread-{digest}>", "", "", "", "", "", from_machine=False, notes=["unreadable"])


def _cut_head(raw: bytes) -> bytes:
    end = _HEAD_END.search(raw)
    return raw[: min(end.end() if end else len(raw), LONGEST_HEAD)]


def decode(data: bytes, charset: str | None) -> str:
    """Bytes as words, though the name of their code be wrong or missing."""
    named = (charset or "").strip().strip("\"'").lower()
    if named in _THAI_NAMES:
        named = "cp874"
    elif named in _LATIN_NAMES and any(byte > 0x7F for byte in data):
        return _guess(data)
    elif _is_slow(named):
        named = "utf-8"
    for code in (named, "utf-8", "cp874"):
        try:
            return data.decode(code or "utf-8")
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("utf-8", "replace")


def _is_slow(code: str) -> bool:
    try:
        return codecs.lookup(code).name in _SLOW_CODES
    except (LookupError, ValueError):
        return False


def _guess(data: bytes) -> str:
    """Named as plain Latin, and it is not: UTF-8, Thai, or Latin after all."""
    for code in ("utf-8", "cp874"):
        try:
            words = data.decode(code)
        except UnicodeDecodeError:
            continue
        thai = sum(THAI_BLOCK[0] < letter < THAI_BLOCK[1] for letter in words)
        if code == "utf-8" or thai * 2 > sum(byte > 0x7F for byte in data):
            return words
    return data.decode("cp1252", "replace")


def strip_answered(words: str) -> str:
    """The words without those that they answer, or pass on."""
    kept = [line for line in words[: _find_end(words)].splitlines() if not line.lstrip("* ").startswith(">")]
    return "\n".join(kept).strip()


def _passes_on(words: str) -> bool:
    """Whether words of somebody else are forwarded in it: not in what it answers."""
    found = _patterns("passed_on").search(_bare(words))
    return found is not None and found.start() <= _find_end(words)


def _is_of_another(words: str, message: Message, subject: str, ours: str) -> bool:
    """Whether the words under those of the mail have a head as answered ones have, and neither we, nor anybody who has
    this mail or sent it, wrote them: a mail is answered to who wrote it. Some programs head what they forward no other
    way, and some name people there without their addresses.
    """
    if _patterns("answers").match(subject):
        return False
    bare, end = _bare(words), _find_end(words)
    head = _patterns("head").search(bare, end)
    if head is None or not _RULE.fullmatch(bare[end : head.start()]):
        return False
    writer = head[0].strip().partition("\n")[0].partition(":")[2].strip(" \"'").lower()
    had = [_clean(_decode_header(message, name)) for name in ("From", "To", "Cc", "Delivered-To")]
    known = " ".join([ours, *had]).lower().replace('"', "")
    wrote = set(_ADDRESS.findall(writer))
    return not wrote & {*_ADDRESS.findall(known[:LONGEST_WORDS])} if wrote else writer not in known


def _find_end(words: str) -> int:
    """Where the words begin that are of others."""
    unmarked = words.replace("*", " ")
    found = _patterns("answered").search(unmarked), _patterns("passed_on").search(_bare(words))
    return min((one.start() for one in found if one), default=len(words))


def _bare(words: str) -> str:
    """As long as they are, without what programs put before the lines they quote, and around what was bold."""
    return _QUOTING.sub(lambda found: " " * len(found[0]), words.replace("*", " "))


def _decode_header(message: Message, name: str) -> str:
    value = message[name]
    if value is None:
        return ""
    try:
        parts = decode_header(value)
    except Exception:  # a broken encoded word
        return str(value)
    told = [decode(part, code) if isinstance(part, bytes) else part for part, code in parts]
    return "".join(told)


def _find_id(message: Message, raw: bytes) -> str:
    told = re.sub(r"\s", "", str(message["Message-ID"] or ""))
    if told and len(told) <= 255 and told.isascii() and told.isprintable():
        return told
    return f"<unnamed-{hashlib.sha256(raw).hexdigest()}>"


def _clean(words: str) -> str:
    return " ".join("".join(letter for letter in words if letter.isprintable() or letter.isspace()).split())


def _is_from_machine(message: Message, address: str) -> bool:
    """Bounces, out-of-office notes and newsletters: answers to them would go round in circles."""
    automatic = str(message["Auto-Submitted"] or "no").split(";")[0].strip().lower()
    precedence = str(message["Precedence"] or "").strip().lower()
    sender = address.partition("@")[0].lower()
    returns = message["Return-Path"]
    return (
        automatic != "no"
        or precedence in ("bulk", "junk", "list", "auto_reply")
        or message.get_content_type() in _MACHINE_KINDS
        or (returns is not None and str(returns).strip() == "<>")
        or any(message[name] is not None for name in ("X-Autoreply", "X-Autorespond", "List-Id", "List-Unsubscribe"))
        or sender.startswith(_MACHINE_SENDERS)
    )


def _find_words(letters: Sequence[ForwardedLetter]) -> str:
    """The words of the mail, and of those forwarded in it, each with who wrote it."""
    told = [_read_words(letter.parts) for letter in letters]
    heads = [_write_head(letter.message) if place else "" for place, letter in enumerate(letters)]
    return "\n\n".join(part for pair in zip(heads, told, strict=True) for part in pair if part)


def _read_words(parts: Sequence[Message]) -> str:
    shown = [part for part in parts if not part.get_filename() and "attachment" not in _disposition(part)]
    told = "\n".join(text for text in _read_texts(shown, "text/plain") if text.strip())
    if not told:
        told = "\n".join(strip_tags(text) for text in _read_texts(shown, "text/html"))
    return _tidy(told)


def _write_head(message: Message) -> str:
    """Who wrote a forwarded mail, when and about what: as programs write it that forward it in the words."""
    lines = [(name, _clean(_decode_header(message, name))[:LONGEST_SUBJECT]) for name in ("From", "Date", "Subject")]
    return "\n".join(f"{name}: {words}" for name, words in lines if words)


def _read_texts(parts: Sequence[Message], kind: str) -> Iterator[str]:
    """The parts of this kind, until there is enough."""
    left = LONGEST_TEXT
    for part in parts:
        data = part.get_payload(decode=True) if left > 0 and part.get_content_type() == kind else None
        if isinstance(data, bytes):
            yield decode(_cut(data, left), part.get_content_charset())
            left -= len(data)


def _cut(data: bytes, most: int) -> bytes:
    """The beginning, without half a letter at its end."""
    if len(data) <= most:
        return data
    for _ in range(3):
        most -= (data[most] & 0xC0) == 0x80
    return data[:most]


def _tidy(words: str) -> str:
    lines = [_clean(line) for line in words.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _disposition(part: Message) -> str:
    return str(part["Content-Disposition"] or "").lower()


def _find_files(parts: Sequence[Message]) -> tuple[list[MailFile], list[str]]:
    files: list[MailFile] = []
    notes: list[str] = []
    for part in parts:
        kind, name = part.get_content_type(), _find_name(part)
        if not name and kind.startswith("text/"):
            continue
        if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
            notes.append("winmail")
            continue
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes) or not data:
            continue
        if "inline" in _disposition(part) and len(data) < SMALLEST_INLINE:
            continue
        if len(files) == MOST_FILES:
            notes.append("too_many")
            break
        files.append(MailFile(name, data))
    return files, list(dict.fromkeys(notes))


def _find_name(part: Message) -> str:
    name = part.get_filename() or ""
    try:
        told = [decode(one, code) if isinstance(one, bytes) else one for one, code in decode_header(Header(name))]
    except Exception:  # a broken encoded word
        told = [name]
    return _clean("".join(told))[:LONGEST_NAME]


@cache
def _patterns(kind: str) -> re.Pattern[str]:
    with Path(__file__).with_suffix(".toml").open("rb") as file:
        patterns = tomllib.load(file)[kind]
    return re.compile("|".join(f"^[^\\S\\n]*(?:{pattern})" for pattern in patterns), re.MULTILINE)
