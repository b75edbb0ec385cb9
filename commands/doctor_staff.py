"""What `fasttrack doctor` sees of the people who may sign in to the console."""

from commands.doctor_findings import Finding, find
from commands.doctor_look import Look
from console.permissions import OMB, StaffRole
from storage import staff


def check_staff(look: Look) -> list[Finding]:
    """Is there an administrator, who can let everybody else in?"""
    with look.left["database"].read() as session:
        known = staff.list_active(session)
    in_use = [each for each in known if each.password_hash or each.oidc_subject]
    if not any(each.role == StaffRole.ADMIN and each.organisation == OMB for each in in_use):
        return [find("warning", "staff.no_administrator")]
    return [find("ok", "staff.fine", count=len(in_use))]
