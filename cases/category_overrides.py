"""What staff set for the categories: read from the database, kept, and brought to where everybody looks them up."""

from datetime import datetime

from sqlalchemy.orm import Session

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
    """The category is to be so from now on; only what differs from the table is kept."""
    original = get_original(wanted.code)
    category_overrides.keep(
        session,
        wanted.code,
        th=wanted.th if wanted.th != original.th else None,
        en=wanted.en if wanted.en != original.en else None,
        resolve_days=wanted.resolve_days if wanted.resolve_days != original.resolve_days else None,
        offered=wanted.offered,
        now=now,
    )


def _read(session: Session) -> dict[str, Override]:
    return {
        kept.code: Override(th=kept.th, en=kept.en, resolve_days=kept.resolve_days, offered=kept.offered)
        for kept in category_overrides.list_all(session)
    }
