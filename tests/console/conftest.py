"""What the tests of the console share."""

from functools import cache

import pytest
from argon2 import PasswordHasher

from console import passwords


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hash with less work in it."""
    monkeypatch.setattr(passwords, "_hasher", cache(lambda: PasswordHasher(1, 8, 1)))
