"""How a page says where it stands and who may open it.

    pages = Pages("cases")

    @pages.get("/cases", Right.SEE_CASES)
    def show_cases(desk: Desk) -> AnyResponse: ...

The address stands below /console; in templates and `desk.go` the page is called `cases.show_cases`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Response as AnyResponse

from console.permissions import Right

PREFIX = "/console"
View = TypeVar("View", bound=Callable[..., AnyResponse])


class Key(IntegerConverter):
    """The key of a row in an address: never a number that the database could not hold (2**63 has 19 digits)."""

    regex = "[0-9]{1,18}"


@dataclass(frozen=True, slots=True)
class Route:
    """One address and what answers it. `uploads`: a form here may bring photos."""

    rule: str
    method: str
    endpoint: str
    right: Right
    view: Callable[..., Any]
    uploads: bool = False


class Pages:
    """The routes of one file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.routes: list[Route] = []

    def get(self, rule: str, right: Right) -> Callable[[View], View]:
        """The function shows a page, or a piece of one. It changes nothing."""
        return self._route(rule, "GET", right, uploads=False)

    def post(self, rule: str, right: Right, *, uploads: bool = False) -> Callable[[View], View]:
        """The function takes a form, which carries a CSRF token (checked before it is called)."""
        return self._route(rule, "POST", right, uploads=uploads)

    def _route(self, rule: str, method: str, right: Right, *, uploads: bool) -> Callable[[View], View]:
        def keep(view: View) -> View:
            endpoint = f"{self.name}.{getattr(view, '__name__', '')}"
            self.routes.append(Route(PREFIX + rule, method, endpoint, right, view, uploads))
            return view

        return keep
