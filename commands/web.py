"""The web application of a process: the account's webhook and pages, and beside them the console of the staff.

The console is loaded when it is first asked for: it brings much that no webhook needs, and LINE waits for no start.
"""

import importlib
import threading
from collections.abc import Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from config import Settings
from handlers.dispatch import Dispatcher
from handlers.front_door import FrontDoor
from handlers.office_page import may_upload
from handlers.pages_call import Request
from handlers.web import create_pages
from handlers.webhook import Webhook
from storage.files import Store
from storage.links import is_session_token
from storage.session import Database
from storage.shared_commit import do_nothing

CONSOLE = "/console"
STAFF_COOKIE = "fasttrack_staff"  # a test holds it equal to the console's


def create_app(
    settings: Settings,
    database: Database,
    store: Store,
    dispatcher: Dispatcher,
    loaded: Callable[[], None] = do_nothing,
) -> FrontDoor:
    """The application over parts that are already open; `loaded` is called once the console is, too."""
    pages = Pages(settings, database, store, dispatcher.replay, loaded)
    return FrontDoor(
        Webhook(dispatcher, settings), pages, threads=settings.web_threads, may_upload=judge_uploads(settings)
    )


class Pages:
    """All that is not the webhook: which of the two applications has a page, its address says.

    `replay`: works on a failed event once more, for whoever presses the button in the console. `loaded`: called
    once the console is.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        store: Store,
        replay: Callable[[str], str],
        loaded: Callable[[], None] = do_nothing,
    ) -> None:
        self._parts = (settings, database, store)
        self._replay, self._loaded = replay, loaded
        self._pages = create_pages(*self._parts)
        self._opening = threading.Lock()
        self._console: WSGIApplication | None = None

    def __call__(self, asked: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path: str = asked["PATH_INFO"]
        of_console = path == CONSOLE or path.startswith(f"{CONSOLE}/")
        return (self.open_console() if of_console else self._pages)(asked, start_response)

    def open_console(self) -> WSGIApplication:
        """The console, loaded now where nobody asked for it before."""
        with self._opening:
            if self._console is None:
                application: Any = importlib.import_module("console.application")
                self._console = application.create_console(*self._parts, self._replay)
                self._loaded()
            return self._console


def judge_uploads(settings: Settings) -> Callable[[Request], bool]:
    """Tells whether a request may bring photos: by a genuine link of an office, or from a browser that signed in."""
    of_office, key = may_upload(settings), settings.secret_key.get_secret_value()

    def judge(request: Request) -> bool:
        if request.path.startswith(f"{CONSOLE}/"):
            return request.method == "POST" and is_session_token(key, _find_cookie(request))
        return of_office(request.method, request.path)

    return judge


def _find_cookie(request: Request) -> str:
    try:
        found = SimpleCookie(request.headers.get("cookie", "")).get(STAFF_COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
