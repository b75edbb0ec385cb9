"""What staff set for the categories: read from the database, kept, and brought to where everybody looks them up."""

from datetime import datetime

from sqlalchemy.orm import Session

from cases import service_levels
from cases.categories import Category, Override, get_original, lay_over, list_categories, override
from storage import category_overrides


def hold(session: Session) -> None:
    """What the database says holds in this process from now on."""
    override(_read(session))


def list_current(session: Session) -> dict[str, Category]:
    """Every category as the database has it now, in the order of the full list."""
    kept = _read(session)
    codes = [category.code for category in list_categories()]
    return {code: lay_over(get_original(code), kept.get(code)) for code in codes}


def keep(session: Session, wanted: Category, now: datetime) -> None:
    """The category is to be so from now on; only what differs from the table is kept.

    Its days hold for cases told from now on.
    """
    original = get_original(wanted.code)
    service_levels.keep(session, wanted.code, "resolve", wanted.resolve_days, now)
    category_overrides.keep(
        session,
        wanted.code,
        th=wanted.th if wanted.th != original.th else None,
        en=wanted.en if wanted.en != original.en else None,
        offered=wanted.offered,
        words="\n".join(wanted.words),
        now=now,
    )


def _read(session: Session) -> dict[str, Override]:
    kept = {each.code: each for each in category_overrides.list_all(session)}
    levels = service_levels.load(session)
    found: dict[str, Override] = {}
    for category in list_categories():
        own, days = kept.get(category.code), levels.find_own(category.code, "resolve")
        if own is not None:
            words = tuple(own.words.splitlines())
            found[own.code] = Override(th=own.th, en=own.en, resolve_days=days, offered=own.offered, words=words)
        elif days is not None:
            found[category.code] = Override(resolve_days=days)
    return found
