"""Passwords: what one must be like, and how it is kept (argon2id) and compared.

Length is what counts; nobody is made to mix in signs. For an account that is not there it takes as long as for others.
"""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
EASY = ("password", "123456", "qwerty", "fasttrack", "ombudsman", "bangkok")
LEAST_DIFFERENT = 5  # letters


class WeakPassword(ValueError):
    """A password that will not do; its words are the last part of a key of the catalogue."""


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash("the password of an account that is not there")


def check_password(password: str, email: str) -> None:
    """Raises WeakPassword where it is too short, too long, or the first that would be tried."""
    if len(password) < SHORTEST:
        raise WeakPassword("short")
    if len(password) > LONGEST:
        raise WeakPassword("long")
    plain = password.casefold()
    left = plain
    for each in (*EASY, email.partition("@")[0].casefold() or "password"):
        left = left.replace(each, "")
    if len(set(plain)) < LEAST_DIFFERENT or len(left) < SHORTEST // 2:
        raise WeakPassword("easy")


def hash_password(password: str) -> str:
    """How it is kept."""
    return _hasher().hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether it is this one; for an account without one as slowly as for any other. No password is never right."""
    if not password:
        return False
    try:
        fits = _hasher().verify(kept or _nobodys(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return fits and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether it was kept in a way that is not today's."""
    return _hasher().check_needs_rehash(kept)
