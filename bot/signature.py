"""LINE's signature: base64 of HMAC-SHA256 over the body's bytes exactly as received."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable


def is_signed(raw: bytes, header: str | None, secrets: Iterable[str]) -> bool:
    """Whether `header` signs `raw` with any of the channel secrets (two while one is being changed)."""
    if not header:
        return False
    try:
        given = base64.b64decode(header, validate=True)
    except (binascii.Error, ValueError):
        return False
    return any(hmac.compare_digest(hmac.digest(secret.encode(), raw, hashlib.sha256), given) for secret in secrets)
