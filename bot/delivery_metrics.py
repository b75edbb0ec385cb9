"""What the delivery counts for Prometheus."""

from prometheus_client import Counter, Gauge, Histogram

SENT = Counter("fasttrack_line_sent", "Calls that LINE took, by endpoint", ["endpoint"])
RETRIED = Counter("fasttrack_line_retried", "Calls that will be tried again, by endpoint", ["endpoint"])
HELD = Counter("fasttrack_line_held", "Pushes put aside because the month's messages are used up")
QUOTA_GONE = Gauge("fasttrack_line_quota_gone", "1 while LINE takes no pushes because the month's messages are used up")
DEAD = Counter("fasttrack_line_dead", "Messages that LINE will not take")
CALL_SECONDS = Histogram(
    "fasttrack_line_call_seconds",
    "How long LINE took to answer, by endpoint",
    ["endpoint"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)
UNSENT = Gauge("fasttrack_outbox_messages", "Messages that LINE does not have yet, by state", ["state"])
OLDEST = Gauge("fasttrack_outbox_oldest_seconds", "Age of the oldest message in line; 0 when none is")

# Looking a label up costs more than counting, and this is the hot path.
SENT_BY = {endpoint: SENT.labels(endpoint) for endpoint in ("reply", "push")}
RETRIED_BY = {endpoint: RETRIED.labels(endpoint) for endpoint in ("reply", "push")}
CALL_SECONDS_BY = {endpoint: CALL_SECONDS.labels(endpoint) for endpoint in ("reply", "push")}
