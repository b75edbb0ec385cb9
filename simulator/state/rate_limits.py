"""LINE's token buckets per endpoint; none is on until somebody sets it, since tests mean to be fast."""

from dataclasses import dataclass


@dataclass(slots=True)
class Bucket:
    """One endpoint's bucket."""

    per_second: float
    burst: float
    tokens: float
    filled_at: float


class RateLimits:
    """The buckets that are on."""

    def __init__(self) -> None:
        self._buckets: dict[str, Bucket] = {}

    def set(self, endpoint: str, per_second: float | None, burst: int | None, now: float) -> None:
        """Switch a limit on, or off with None; without `burst` one second's worth fits the bucket."""
        if per_second is None:
            self._buckets.pop(endpoint, None)
            return
        size = float(burst) if burst is not None else max(1.0, per_second)
        self._buckets[endpoint] = Bucket(per_second, size, size, now)

    def take(self, endpoint: str, now: float) -> bool:
        """Spend one token; False when the bucket is empty."""
        bucket = self._buckets.get(endpoint)
        if bucket is None:
            return True
        gained = max(0.0, now - bucket.filled_at) * bucket.per_second
        bucket.tokens = min(bucket.burst, bucket.tokens + gained)
        bucket.filled_at = now
        if bucket.tokens < 1:
            return False
        bucket.tokens -= 1
        return True
