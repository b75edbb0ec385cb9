"""Every file of pages; a new one is a line here, twice."""

from console import (
    account,
    audit_log,
    case_actions,
    case_notes,
    case_page,
    intake,
    intake_drafts,
    intake_slip,
    invitation,
    keys,
    map,
    oidc,
    sign_in,
    summary,
    summary_files,
    today,
    users,
)
from console.pages import Pages

ALL: tuple[Pages, ...] = (
    sign_in.pages,
    oidc.pages,
    invitation.pages,
    account.pages,
    today.pages,
    map.pages,
    summary.pages,
    summary_files.pages,
    case_page.pages,
    case_actions.pages,
    case_notes.pages,
    intake.pages,
    intake_drafts.pages,
    intake_slip.pages,
    users.pages,
    keys.pages,
    audit_log.pages,
)
