"""What `fasttrack doctor` sees of the people who may sign in to the console."""

from commands.doctor_findings import Finding, find
from commands.doctor_look import Look
from console.permissions import OMB, StaffRole
from storage import staff
from storage.session import Database


def check_staff(look: Look) -> list[Finding]:
    """Is there an administrator, who can let everybody else in?"""
    database: Database | None = look.left.get("database")
    if look.has("database.absent"):
        return [find("warning", "staff.no_administrator", who="Nobody")]
    if database is None:
        return [find("unseen", "staff.unasked")]
    with database.read() as session:
        known = staff.list_active(session)
    in_use = [each for each in known if each.password_hash or each.oidc_subject]
    if not any(each.role == StaffRole.ADMIN and each.organisation == OMB for each in in_use):
        return [find("warning", "staff.no_administrator", who=f"{len(in_use)} of the staff" if in_use else "Nobody")]
    return [find("ok", "staff.fine", count=len(in_use))]
