"""Where a page of a list ended, as it stands in the address of the next: a moment and the key of a row."""

from datetime import UTC, datetime, timedelta

LARGEST_KEY = 2**63 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Key = tuple[datetime, int]


def write_key(key: Key) -> str:
    """For the address."""
    return f"{(key[0] - _EPOCH) // timedelta(microseconds=1):x}.{key[1]:x}"


def read_key(written: str | None) -> Key | None:
    """The other way; None where it cannot be."""
    moment, _, key = (written or "").partition(".")
    try:
        read = _EPOCH + timedelta(microseconds=int(moment, 16)), int(key, 16)
    except (ValueError, OverflowError):
        return None
    return read if abs(read[1]) <= LARGEST_KEY else None
