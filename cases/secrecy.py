"""What of a case changes the moment officers take it out of the sight of offices, or put it back.

From then on it is the Ombudsman's alone; the steps themselves are in `cases.shielding`.
"""

from datetime import datetime
from typing import Any

from cases.desk import OMB
from cases.statuses import Action
from storage.models import Case


def move(case: Case, action: Action, now: datetime) -> dict[str, Any]:
    """Write to the case that it is confidential, or no more; what history keeps of that.

    A name was given for an office to read: once it was not to, it is not shown to the next one either.
    """
    if action is Action.SHIELD:
        before, case.owner, case.transfer_to = case.owner, OMB, None
        case.confidential, case.confidential_at = True, now
        case.phone_shared = False
        return {"from": before, "office": OMB}
    if action is Action.LIFT:
        case.confidential, case.confidential_at = False, None
        case.shared_name = None
    return {}
