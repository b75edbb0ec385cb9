"""What stands in the menu, in this order; each only for those who may open it."""

from dataclasses import dataclass

from console.permissions import Right


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its name, and the words on its link. `first`: also at the foot of a phone's screen."""

    endpoint: str
    words: str
    right: Right
    first: bool = False


WORK = (
    Entry("today.show_today", "console.menu.today", Right.SEE_TODAY, first=True),
    Entry("cases.show_cases", "console.menu.cases", Right.SEE_CASES, first=True),
    Entry("map.show_map", "console.menu.map", Right.SEE_MAP, first=True),
    Entry("summary.show_summary", "console.menu.summary", Right.SEE_SUMMARY, first=True),
    Entry("intake.show_form", "console.menu.intake", Right.TAKE_IN, first=True),
)
ADMINISTRATION = (
    Entry("people.show_search", "console.menu.people", Right.HANDLE_DATA),
    Entry("admin_groups.show_groups", "console.menu.groups", Right.MANAGE_GROUPS),
    Entry("admin_offices.show_offices", "console.menu.offices", Right.MANAGE_ORGANISATIONS),
    Entry("admin_delivery.show_delivery", "console.menu.delivery", Right.SEE_DELIVERY),
    Entry("admin_quota.show_quota", "console.menu.quota", Right.SEE_BILL),
    Entry("admin_holidays.show_holidays", "console.menu.holidays", Right.MANAGE_TEXTS),
    Entry("admin_ready.show_ready", "console.menu.ready", Right.MANAGE_TEXTS),
    Entry("admin_texts.show_texts", "console.menu.texts", Right.MANAGE_TEXTS),
    Entry("admin_categories.show_categories", "console.menu.categories", Right.MANAGE_CATEGORIES),
    Entry("admin_boundaries.show_boundaries", "console.menu.boundaries", Right.MANAGE_ORGANISATIONS),
    Entry("users.show_users", "console.menu.users", Right.MANAGE_USERS),
    Entry("keys.show_keys", "console.menu.keys", Right.MANAGE_KEYS),
    Entry("audit.show_audit", "console.menu.audit", Right.SEE_AUDIT),
)
HELP = (
    Entry("tour.show_tour", "console.tour.title", Right.SIGNED_IN),
    Entry("guides.show_for_officers", "console.guides.officers", Right.SIGNED_IN),
    Entry("guides.show_for_coordinators", "console.guides.coordinators", Right.SIGNED_IN),
)
PARTS = {"work": WORK, "administration": ADMINISTRATION, "help": HELP}
