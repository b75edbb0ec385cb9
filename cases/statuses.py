"""The words of a case's life: where it stands, what may be done, and who does it."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a case stands."""

    NEW = "new"
    DISPATCHED = "dispatched"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    NEEDS_INFO = "needs_info"
    TRANSFERRING = "transferring"
    REFERRED = "referred"
    RESOLVED = "resolved"
    DISPUTED = "disputed"
    DECLINED = "declined"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


OVER = frozenset({Status.CLOSED, Status.WITHDRAWN, Status.MERGED})


# What an office still has to do something about, or has asked others to.
WITH_OFFICES = (
    Status.DISPATCHED,
    Status.ACKNOWLEDGED,
    Status.IN_PROGRESS,
    Status.NEEDS_INFO,
    Status.TRANSFERRING,
)


class Action(StrEnum):
    """What may be done to a case."""

    DISPATCH = "dispatch"
    ACKNOWLEDGE = "acknowledge"
    START = "start"
    PROMISE = "promise"
    ASK = "ask"
    ANSWER = "answer"
    TRANSFER = "transfer"
    REFER = "refer"
    RESOLVE = "resolve"
    NOT_FOUND = "not_found"
    DECLINE = "decline"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    REOPEN = "reopen"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    UNDO = "undo"
    ADD = "add"
    NOTE = "note"
    FOLLOW = "follow"
    SPLIT = "split"
    ACCEPT = "accept"
    BOUNCE = "bounce"
    RATE = "rate"
    WAIT = "wait"
    REMIND = "remind"
    ESCALATE = "escalate"
    SHIELD = "shield"
    LIFT = "lift"
    CORRECT = "correct"


class Role(StrEnum):
    """Who acts."""

    REPORTER = "reporter"
    COORDINATOR = "coordinator"
    STAFF = "staff"
    SYSTEM = "system"
    FOLLOWER = "follower"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it and from where; `person` is a LINE user id, absent where LINE does not tell."""

    role: Role
    person: str | None = None
    organisation: str | None = None
    chat_id: str | None = None


SYSTEM = Actor(Role.SYSTEM)
