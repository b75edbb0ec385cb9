"""Trouble on demand: what the LINE API shall do wrong, at which endpoint, for which chat, how many times."""

from dataclasses import dataclass

SENDING = ("reply", "push", "multicast", "broadcast")
MESSAGES = "messages"  # any of SENDING
KINDS = ("error", "rate_limit", "quota", "hang", "lost", "drop", "slow", "garbage")


@dataclass(slots=True)
class Fault:
    """One kind of trouble; `times` None means until cleared."""

    fault_id: str
    endpoint: str
    kind: str
    times: int | None
    chat: str | None
    status: int
    seconds: float
    accepted: bool


class Faults:
    """The troubles that are switched on, oldest first."""

    def __init__(self) -> None:
        self._faults: dict[str, Fault] = {}
        self._number = 0

    def add(
        self,
        endpoint: str,
        kind: str,
        *,
        times: int | None,
        chat: str | None,
        status: int,
        seconds: float,
        accepted: bool,
    ) -> str:
        self._number += 1
        fault_id = f"fault-{self._number}"
        self._faults[fault_id] = Fault(fault_id, endpoint, kind, times, chat, status, seconds, accepted)
        return fault_id

    def clear(self, fault_id: str | None) -> None:
        """One of them, or with None all."""
        if fault_id is None:
            self._faults.clear()
        else:
            self._faults.pop(fault_id, None)

    def any_for_chat(self) -> bool:
        """Whether the chat of a call matters to anyone; finding it out costs a look into the body."""
        return any(fault.chat is not None for fault in self._faults.values())

    def claim(self, endpoint: str, chat: str | None) -> Fault | None:
        """The trouble this call shall have, counted down."""
        if not self._faults:
            return None
        for fault in self._faults.values():
            if not _concerns(fault.endpoint, endpoint) or (fault.chat is not None and fault.chat != chat):
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    del self._faults[fault.fault_id]
            return fault
        return None

    def is_on(self, fault_id: str) -> bool:
        """Whether it is still to come."""
        return fault_id in self._faults

    def list_all(self) -> list[Fault]:
        return list(self._faults.values())


def _concerns(wanted: str, endpoint: str) -> bool:
    return wanted in ("*", endpoint) or (wanted == MESSAGES and endpoint in SENDING)
