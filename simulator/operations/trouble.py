"""Trouble on demand and the dials of the platform: faults, quota, rate limits, tokens, port, clock."""

import math

from simulator.operations.base import OperationsBase
from simulator.outcomes import FaultKind, SimulatorError
from simulator.state.faults import KINDS, MESSAGES


class TroubleOperations(OperationsBase):
    """What goes wrong, and how much there is of what."""

    endpoint_names: tuple[str, ...] = ()

    async def add_fault(
        self,
        endpoint: str,
        kind: FaultKind,
        *,
        times: int | None = 1,
        chat: str | None = None,
        status: int = 500,
        seconds: float = 5.0,
        accepted: bool = False,
    ) -> str:
        """Trouble at an endpoint ("*": all, "messages": all that send) for `times` calls; None: until cleared."""
        if endpoint not in ("*", MESSAGES, *self.endpoint_names):
            raise SimulatorError(f"no endpoint {endpoint!r}; there are {', '.join(self.endpoint_names)}")
        if kind not in KINDS:
            raise SimulatorError(f"no fault {kind!r}; there are {', '.join(KINDS)}")
        fault_id = self.platform.faults.add(
            endpoint, kind, times=times, chat=chat, status=status, seconds=seconds, accepted=accepted
        )
        self.platform.changes.announce("fault", chat, endpoint=endpoint, fault=kind)
        return fault_id

    async def clear_faults(self, fault_id: str | None = None) -> None:
        """End one, or with None all."""
        self.platform.faults.clear(fault_id)
        self.platform.changes.announce("fault")

    async def refuse_connections(self) -> None:
        """Close the port and break what is connected."""
        await self._listener().refuse()
        self.platform.changes.announce("listening", None, on=False)

    async def accept_connections(self) -> None:
        """Open the same port again."""
        await self._listener().open()
        self.platform.changes.announce("listening", None, on=True)

    async def set_quota(self, value: int | None, *, used: int | None = None) -> None:
        """The month's limit (None: no limit), and how much of it is gone."""
        self.platform.quota.limit = value
        if used is not None:
            self.platform.quota.set_used(used, self.platform.clock.now())
        self.platform.changes.announce("quota")

    async def quota_used(self) -> int:
        """Paid messages this month."""
        return self.platform.quota.used(self.platform.clock.now())

    async def set_rate_limit(self, endpoint: str, per_second: float | None, *, burst: int | None = None) -> None:
        """A token bucket for an endpoint; None takes it off."""
        self.platform.rate_limits.set(endpoint, per_second, burst, self.platform.clock.now())

    async def revoke_access_token(self) -> None:
        """Every access token is refused from now on."""
        self.platform.channel.tokens.clear()

    async def set_access_token(self, token: str) -> None:
        """This token is good (too)."""
        self.platform.channel.tokens[token] = None

    async def expire_reply_token(self, token: str) -> None:
        """As if its minute, and its twenty minutes, had passed."""
        if not self.platform.reply_tokens.expire(token):
            raise SimulatorError(f"no reply token {token}")

    async def advance_clock(self, seconds: float) -> None:
        """Turn the platform's clock."""
        if not math.isfinite(seconds):
            raise SimulatorError(f"cannot turn the clock by {seconds} seconds")
        self.platform.clock.advance(seconds)
        self.platform.changes.announce("clock")
