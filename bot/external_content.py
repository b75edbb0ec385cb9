"""Fetches a photo from an address a stranger chose, without becoming his hand inside our network.

Only https to public addresses, looked up once and connected to as looked up, so that a name cannot mean one
machine when it is checked and another when it is used. A clock of its own cuts off servers that drip.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urljoin, urlsplit

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from bot.content_answers import PIECE, Answer, Gone, Refused, TooBig, TryLater, keep_body

CONNECT_SECONDS = 5.0
SILENCE_SECONDS = 15.0
WHOLE_SECONDS = 60.0
HOPS = 3
UNSAFE = Refused("unsafe_address")
# Behind these IPv6 prefixes stands an IPv4 address that would have to be judged in its stead.
TUNNELS = tuple(
    ipaddress.IPv6Network(network) for network in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)


@dataclass(frozen=True, slots=True)
class _Target:
    host: str
    port: int
    path: str


@dataclass(frozen=True, slots=True)
class _Moved:
    to: str


class _Cut(Exception):
    """The body ended before its announced length, or at our deadline."""


def is_public_address(address: str) -> bool:
    """Whether an IP address is one of the open internet: not ours, not a neighbour's, not a special one."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public_address(str(ip.ipv4_mapped))
        if any(ip in tunnel for tunnel in TUNNELS):
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified


class ExternalContent:
    """Fetches from anywhere public. Who may be connected to, and on which ports, is said when it is made."""

    def __init__(
        self,
        *,
        max_bytes: int,
        may_connect: Callable[[str], bool] = is_public_address,
        ports: frozenset[int] = frozenset({443}),
        context: ssl.SSLContext | None = None,
        whole_seconds: float = WHOLE_SECONDS,
    ) -> None:
        self._max_bytes = max_bytes
        self._may_connect = may_connect
        self._ports = ports
        self._given_context = context
        self._whole_seconds = whole_seconds

    @cached_property
    def _context(self) -> ssl.SSLContext:
        """Whom to trust. The long list is read when the first address is fetched: most processes never fetch any."""
        return self._given_context or ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)

    def fetch(self, url: str) -> Answer:
        """The content at `url`; each redirect is judged like the first address."""
        deadline = time.monotonic() + self._whole_seconds
        for _ in range(HOPS + 1):
            target = self._read_url(url)
            if target is None:
                return UNSAFE
            try:
                answer = self._fetch_one(target, deadline)
            except (OSError, http.client.HTTPException, _Cut) as error:
                return TryLater(type(error).__name__)
            if not isinstance(answer, _Moved):
                return answer
            url = urljoin(url, answer.to)
        return Gone("not_found")

    def _read_url(self, url: str) -> _Target | None:
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").encode("idna").decode("ascii")
            port = parts.port or 443
        except ValueError:  # a port that is no number, brackets that do not close, a name that is none
            return None
        if parts.scheme != "https" or not host or port not in self._ports or "@" in parts.netloc:
            return None
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        return _Target(host, port, f"{path}?{query}" if query else path)

    def _fetch_one(self, target: _Target, deadline: float) -> Answer | _Moved:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        addresses = [str(entry[4][0]) for entry in found]
        if not addresses or not all(map(self._may_connect, addresses)):
            return UNSAFE
        plain = socket.create_connection((addresses[0], target.port), timeout=CONNECT_SECONDS)
        secure = self._context.wrap_socket(plain, server_hostname=target.host, do_handshake_on_connect=False)
        # The silence limit starts anew with each byte, so the whole is bounded by a clock of its own.
        clock = threading.Timer(max(0.0, deadline - time.monotonic()), _hang_up, (secure,))
        clock.daemon = True
        clock.start()
        try:
            with secure:
                secure.settimeout(SILENCE_SECONDS)
                secure.do_handshake()
                return self._talk(secure, target, deadline)
        finally:
            clock.cancel()

    def _talk(self, secure: ssl.SSLSocket, target: _Target, deadline: float) -> Answer | _Moved:
        connection = http.client.HTTPSConnection(target.host, target.port, context=self._context)
        connection.sock = secure
        connection.request("GET", target.path, headers={"Accept": "image/*, */*;q=0.5"})
        response = connection.getresponse()
        location = response.headers.get("Location")
        if response.status in (301, 302, 303, 307, 308) and location:
            return _Moved(location)
        if response.status in (408, 425, 429) or response.status >= 500:
            return TryLater(f"HTTP {response.status}")
        if response.status != 200:
            return Gone("taken_back" if response.status == 410 else "not_found")
        if response.length is not None and response.length > self._max_bytes:
            return TooBig(self._max_bytes)
        return keep_body(_pieces(response, deadline), max_bytes=self._max_bytes, deadline=deadline)


def _pieces(response: http.client.HTTPResponse, deadline: float) -> Iterator[bytes]:
    while piece := response.read(PIECE):
        yield piece
    if response.length or time.monotonic() >= deadline:
        raise _Cut


def _hang_up(secure: ssl.SSLSocket) -> None:
    try:
        socket.socket.shutdown(secure, socket.SHUT_RDWR)  # below TLS, whose own goodbye would wait
    except OSError:
        return  # already over
