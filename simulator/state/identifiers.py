"""Ids and tokens in the very shapes LINE gives them; a seed makes them repeat, no seed makes them unique.

Without a seed the message ids grow from the wall clock, so that a demo started again never repeats an id that
the bot's database already holds.
"""

import base64
import random
import time
import uuid

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SEEDED_START = 461_230_966_842_064_897


class Identifiers:
    """The one source of every id and token of a platform."""

    def __init__(self, seed: int | None = None) -> None:
        self._random = random.Random(seed)
        self._message = _SEEDED_START if seed is not None else int(time.time() * 1000) * 100_000

    def user_id(self) -> str:
        return f"U{self._random.getrandbits(128):032x}"

    def group_id(self) -> str:
        return f"C{self._random.getrandbits(128):032x}"

    def room_id(self) -> str:
        return f"R{self._random.getrandbits(128):032x}"

    def message_id(self) -> str:
        self._message += 1 + self._random.getrandbits(9)
        return str(self._message)

    def reply_token(self) -> str:
        return f"{self._random.getrandbits(128):032x}"

    def quote_token(self) -> str:
        return self._opaque(54)

    def read_token(self) -> str:
        return self._opaque(48)

    def access_token(self) -> str:
        return self._opaque(120)

    def link_token(self) -> str:
        return self._opaque(24)

    def request_id(self) -> str:
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def image_set_id(self) -> str:
        return f"{self._random.getrandbits(256):064X}"

    def rich_menu_id(self) -> str:
        return f"richmenu-{self._random.getrandbits(128):032x}"

    def channel_id(self) -> str:
        return str(1_650_000_000 + self._random.getrandbits(28))

    def event_id(self, milliseconds: int) -> str:
        """A ULID: 48 bits of time, then 80 of chance."""
        number = (milliseconds & ((1 << 48) - 1)) << 80 | self._random.getrandbits(80)
        letters = []
        for _ in range(26):
            letters.append(_CROCKFORD[number & 31])
            number >>= 5
        return "".join(reversed(letters))

    def _opaque(self, length: int) -> str:
        return base64.urlsafe_b64encode(self._random.randbytes(length)).decode().rstrip("=")
