"""The staff of the demo: accounts that anybody may try, and the note beside the phones that says so."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import clock
from console import passwords
from console.permissions import check_role
from storage import staff
from storage.session import Database
from texts.catalog import LANGUAGES, say

STAFF = Path(__file__).with_name("demo_staff.toml")
ADDRESS = "/console/tour"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in."""

    email: str
    name: str
    role: str
    organisation: str = ""


@lru_cache(maxsize=1)
def load_staff() -> tuple[str, tuple[Account, ...]]:
    """The password they all have, and who they are."""
    told = tomllib.loads(STAFF.read_text(encoding="utf-8"))
    return told["password"], tuple(Account(**each) for each in told["account"])


def add_staff(database_url: str) -> None:
    """Let them in; who is there already stays as they are."""
    password, accounts = load_staff()
    kept, now = passwords.hash_password(password), clock.now()
    database = Database(database_url)
    try:
        with database.begin(now) as session:
            for each in accounts:
                if staff.find_by_email(session, each.email) is None:
                    role, organisation = check_role(each.role, each.organisation)
                    user = staff.add(
                        session, email=each.email, name=each.name, role=role, organisation=organisation, now=now
                    )
                    user.password_hash = kept
    finally:
        database.close()


def write_note() -> dict[str, str]:
    """What stands beside the phones, by language; a click on it opens the console."""
    password, accounts = load_staff()
    emails = " · ".join(each.email for each in accounts)
    words = {language: say(language, "demo.console", emails=emails, password=password) for language in LANGUAGES}
    return words | {"link": ADDRESS}
