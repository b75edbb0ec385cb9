"""Every file of pages; a new one is a line here."""

from console import account, sign_in, today
from console.pages import Pages

ALL: tuple[Pages, ...] = (
    sign_in.pages,
    account.pages,
    today.pages,
)
