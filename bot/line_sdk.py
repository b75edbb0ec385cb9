"""How the official SDK is asked: with a patience that ends, and problems told in words that an operator can use.

What answers webhooks and delivers messages does without the SDK (`line_client`): its import takes over a second
and 60 MB.
"""

from collections.abc import Callable
from typing import Any

from linebot.v3.messaging import ApiClient, Configuration
from linebot.v3.messaging.exceptions import ApiException, NotFoundException
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

TIMEOUT = (2.0, 8.0)
LOOK_AT = {
    400: "this is how LINE explains it: {said}",
    401: "check LINE_CHANNEL_ACCESS_TOKEN",
    403: "check the account's plan and what it is permitted",
    429: "too much was asked at once; wait an hour, then try again",
}


class LineAccountProblem(Exception):
    """LINE did not answer, or not as asked; says what was asked and what to look at.

    `status`: what LINE answered; None where there was no usable answer.
    """

    def __init__(self, told: str, status: int | None = None) -> None:
        super().__init__(told)
        self.status = status


class LineSdk:
    """A client of the SDK with an access token. One for a process; may be used by many threads."""

    def __init__(self, base_url: str, access_token: str) -> None:
        configuration = Configuration(host=base_url.rstrip("/"), access_token=access_token)
        configuration.retries = Retry(0)  # who asks is told at once, and tries again when they like
        self.client = ApiClient(configuration)

    def _find(self, what: str, call: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        """The answer; None where LINE says that there is no such thing."""
        try:
            return self._ask(what, call, *arguments, **more)
        except LineAccountProblem as problem:
            if isinstance(problem.__cause__, NotFoundException):
                return None
            raise

    def _ask(self, what: str, call: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        try:
            return call(*arguments, _request_timeout=TIMEOUT, **more)
        except ApiException as problem:
            known = LOOK_AT.get(problem.status or 0, "check LINE_CHANNEL_ACCESS_TOKEN and the account's plan")
            raise LineAccountProblem(
                f"LINE answered {problem.status} when asked for {what}: {known.format(said=problem.body)}",
                problem.status,
            ) from problem
        except (HTTPError, ValueError) as problem:
            raise LineAccountProblem(
                f"no usable answer from LINE when asked for {what} ({type(problem).__name__}): "
                "check LINE_API_BASE_URL and the network, then try again"
            ) from problem
