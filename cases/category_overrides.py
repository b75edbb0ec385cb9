"""Brings what staff set for the categories from the database to where everybody looks them up."""

from sqlalchemy.orm import Session

from cases import categories
from cases.categories import Category, Override
from storage import category_overrides
from storage.models import CategoryOverride


def hold(session: Session) -> None:
    """What the database says holds in this process from now on."""
    categories.override(
        {
            kept.code: Override(th=kept.th, en=kept.en, resolve_days=kept.resolve_days, offered=kept.offered)
            for kept in category_overrides.list_all(session)
        }
    )


def list_kept(session: Session) -> dict[str, CategoryOverride]:
    """What staff set, by category."""
    return {kept.code: kept for kept in category_overrides.list_all(session)}
