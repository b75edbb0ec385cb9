"""Who may do what in the console: one table of rights, and what each role may see of the cases."""

from dataclasses import dataclass
from enum import StrEnum

from places.organisations import find_organisation
from storage.case_scope import Scope

OMB = "omb"


class StaffRole(StrEnum):
    """What somebody is here for. The first three are of the Ombudsman's office, the others of an organisation."""

    ADMIN = "admin"
    OFFICER = "officer"
    VIEWER = "viewer"
    OFFICE = "office"
    OFFICE_VIEWER = "office-viewer"


OMB_ROLES = frozenset({StaffRole.ADMIN, StaffRole.OFFICER, StaffRole.VIEWER})


class Right(StrEnum):
    """What a route needs. The first three need no role: nobody signed in, somebody on their way in, anybody in."""

    ANYBODY = "anybody"
    ENTERING = "entering"
    SIGNED_IN = "signed_in"
    SEE_TODAY = "see_today"
    SEE_CASES = "see_cases"
    SEE_PHONE = "see_phone"
    SEE_CONFIDENTIAL = "see_confidential"
    SEE_FOLLOWERS = "see_followers"
    ACT = "act"
    DECIDE = "decide"
    WRITE_NOTE = "write_note"
    TAKE_IN = "take_in"
    HANDLE_DATA = "handle_data"
    SEE_MAP = "see_map"
    SEE_SUMMARY = "see_summary"
    EXPORT = "export"
    SHARE_VIEWS = "share_views"
    SEE_DELIVERY = "see_delivery"
    SEE_BILL = "see_bill"
    MANAGE_DELIVERY = "manage_delivery"
    MANAGE_GROUPS = "manage_groups"
    MANAGE_ORGANISATIONS = "manage_organisations"
    MANAGE_CATEGORIES = "manage_categories"
    MANAGE_TEXTS = "manage_texts"
    MANAGE_USERS = "manage_users"
    MANAGE_KEYS = "manage_keys"
    SEE_AUDIT = "see_audit"


EVERYBODY = frozenset(StaffRole)
OFFICERS = frozenset({StaffRole.ADMIN, StaffRole.OFFICER})
THOSE_WHO_ACT = OFFICERS | {StaffRole.OFFICE}
ADMINISTRATORS = frozenset({StaffRole.ADMIN})

RIGHTS: dict[Right, frozenset[StaffRole]] = {
    Right.ANYBODY: EVERYBODY,
    Right.ENTERING: EVERYBODY,
    Right.SIGNED_IN: EVERYBODY,
    Right.SEE_TODAY: EVERYBODY,
    Right.SEE_CASES: EVERYBODY,
    Right.SEE_MAP: EVERYBODY,
    Right.SEE_SUMMARY: EVERYBODY,
    Right.EXPORT: EVERYBODY,
    Right.SEE_PHONE: THOSE_WHO_ACT,  # an office only where the reporter let it: the page looks at the case too
    Right.SEE_CONFIDENTIAL: OMB_ROLES,
    Right.SEE_FOLLOWERS: OMB_ROLES,
    Right.SEE_BILL: OMB_ROLES,
    Right.ACT: THOSE_WHO_ACT,
    Right.WRITE_NOTE: THOSE_WHO_ACT,
    Right.DECIDE: OFFICERS,
    Right.TAKE_IN: OFFICERS,
    Right.HANDLE_DATA: OFFICERS,
    Right.SEE_DELIVERY: OFFICERS,
    Right.MANAGE_GROUPS: OFFICERS,
    Right.MANAGE_TEXTS: OFFICERS,
    Right.SHARE_VIEWS: ADMINISTRATORS,
    Right.MANAGE_DELIVERY: ADMINISTRATORS,
    Right.MANAGE_ORGANISATIONS: ADMINISTRATORS,
    Right.MANAGE_CATEGORIES: ADMINISTRATORS,
    Right.MANAGE_USERS: ADMINISTRATORS,
    Right.MANAGE_KEYS: ADMINISTRATORS,
    Right.SEE_AUDIT: ADMINISTRATORS,
}


class WrongRole(ValueError):
    """A role and an organisation that do not go together; says what would."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Who is signed in."""

    id: int
    name: str
    email: str
    role: StaffRole
    organisation: str
    language: str

    @property
    def of_omb(self) -> bool:
        """Whether they are of the Ombudsman's office."""
        return self.role in OMB_ROLES

    @property
    def scope(self) -> Scope:
        """Which cases they may see."""
        return Scope(None if self.of_omb else self.organisation, confidential=may(self.role, Right.SEE_CONFIDENTIAL))


def may(role: StaffRole, right: Right) -> bool:
    """Whether this role has this right."""
    return role in RIGHTS[right]


def check_role(role: str, organisation: str) -> tuple[StaffRole, str]:
    """A role and an organisation that go together; without one, the Ombudsman's. Raises WrongRole."""
    try:
        wanted = StaffRole(role)
    except ValueError:
        raise WrongRole(f"No role {role!r}: write one of {', '.join(StaffRole)}.") from None
    if wanted in OMB_ROLES:
        if organisation not in ("", OMB):
            raise WrongRole(f"The role {wanted} is for omb alone; for {organisation} write office or office-viewer.")
        return wanted, OMB
    if organisation in ("", OMB):
        raise WrongRole(f"The role {wanted} needs an organisation, such as district:1026.")
    if find_organisation(organisation) is None:
        raise WrongRole(f"No organisation has the code {organisation!r}; all stand in places/organisations.toml.")
    return wanted, organisation
