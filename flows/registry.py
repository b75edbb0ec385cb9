"""Every conversation by its name. A new one is a file beside this and a line here."""

from flows.addition import ADDITION
from flows.answering import ANSWERING
from flows.dispute import DISPUTE
from flows.engine import Flow
from flows.report import REPORT
from flows.unasked import UNASKED
from flows.whose import WHOSE
from flows.withdrawal import WITHDRAWAL

_ALL = (REPORT, ADDITION, WHOSE, UNASKED, WITHDRAWAL, ANSWERING, DISPUTE)
FLOWS: dict[str, Flow] = {flow.name: flow for flow in _ALL}
