"""An address a stranger chose is fetched only where it is public, honest about its end, and soon over."""

import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bot.content_answers import Content, Gone, Refused, TooBig, TryLater
from bot.external_content import ExternalContent, is_public_address

LIMIT = 1000
UNSAFE = Refused("unsafe_address")


class Elsewhere(BaseHTTPRequestHandler):
    """Some machine of the internet, with good and bad manners by path."""

    def do_GET(self) -> None:
        getattr(self, "answer_" + self.path.strip("/").split("?")[0].replace("-", "_"))()

    def _begin(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def answer_photo(self) -> None:
        self._begin(200, Content_Length="5")
        self.wfile.write(b"photo")

    def answer_without_length(self) -> None:
        self._begin(200)
        self.wfile.write(b"photo")

    def answer_cut_off(self) -> None:
        self._begin(200, Content_Length="500")
        self.wfile.write(b"photo")

    def answer_huge(self) -> None:
        self._begin(200, Content_Length="100000000000")

    def answer_secretly_huge(self) -> None:
        self._begin(200)
        self.wfile.write(bytes(LIMIT + 1))

    def answer_drip(self) -> None:
        self._begin(200, Content_Length="500")
        for _ in range(100):
            self.wfile.write(b".")
            time.sleep(0.05)

    def answer_drip_headers(self) -> None:
        for _ in range(100):
            self.wfile.write(b"H")
            time.sleep(0.05)

    def answer_moved(self) -> None:
        self._begin(302, Location="/photo?from=moved")

    def answer_moved_inside(self) -> None:
        self._begin(302, Location="https://10.0.0.7/admin")

    def answer_moved_to_plain(self) -> None:
        self._begin(301, Location="http://127.0.0.1/")

    def answer_moved_to_file(self) -> None:
        self._begin(307, Location="file:///etc/passwd")

    def answer_round(self) -> None:
        self._begin(302, Location="/round")

    def answer_gone(self) -> None:
        self._begin(410)

    def answer_unknown(self) -> None:
        self._begin(404)

    def answer_broken(self) -> None:
        self._begin(503)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Quiet(ThreadingHTTPServer):
    """Clients that hang up are the point of these tests, not news."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the certificate of the play server, is not on this machine")
    both = tmp_path_factory.mktemp("tls") / "both.pem"
    ask = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    files = ("-keyout", str(both), "-out", f"{both}.crt")
    subprocess.run(["openssl", *ask.split(), *files], check=True, capture_output=True)
    with both.open("a") as file:
        file.write(Path(f"{both}.crt").read_text())
    return both


@pytest.fixture(scope="module")
def port(certificate: Path) -> Iterator[int]:
    server = Quiet(("127.0.0.1", 0), Elsewhere)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


Fetch = Callable[[str], object]


@pytest.fixture
def fetch(port: int, certificate: Path) -> Fetch:
    """Fetches from the play server, which stands on this machine and is allowed for once."""
    external = ExternalContent(
        max_bytes=LIMIT,
        may_connect=lambda address: address in ("127.0.0.1", "::1"),
        ports=frozenset({port}),
        context=ssl.create_default_context(cafile=certificate),
        whole_seconds=0.7,
    )
    return lambda path: external.fetch(f"https://localhost:{port}/{path}")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "fc00::1",
        "fe80::1",
        "fe80::1%1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
    ],
)
def test_addresses_that_are_not_the_open_internet(address: str) -> None:
    assert not is_public_address(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "203.150.1.1", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_of_the_open_internet(address: str) -> None:
    assert is_public_address(address)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://",
        "https:///a.jpg",
        "http://example.org/a.jpg",
        "ftp://example.org/a.jpg",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://user:password@example.org/a.jpg",
        "https://example.org:22/a.jpg",
        "https://example.org:port/a.jpg",
        "https://[::1/a.jpg",
        "https://" + "a" * 70 + ".org/",
        "https://127.0.0.1/a.jpg",
        "https://127.1/a.jpg",
        "https://2130706433/a.jpg",
        "https://0x7f000001/a.jpg",
        "https://[::1]/a.jpg",
        "https://[::ffff:169.254.169.254]/latest/meta-data",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/a.jpg",
    ],
)
def test_nothing_but_https_to_the_open_internet_is_asked(url: str) -> None:
    assert ExternalContent(max_bytes=LIMIT).fetch(url) == UNSAFE


def test_a_name_that_means_nobody_is_tried_later() -> None:
    assert isinstance(ExternalContent(max_bytes=LIMIT).fetch("https://photo.invalid/a.jpg"), TryLater)


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(port: int) -> None:
    strict = ExternalContent(max_bytes=LIMIT, may_connect=lambda _: True, ports=frozenset({port}))
    assert strict.fetch(f"https://localhost:{port}/photo") == TryLater("SSLCertVerificationError")


@pytest.mark.parametrize("path", ["moved-inside", "moved-to-plain", "moved-to-file"])
def test_a_redirect_is_judged_like_the_first_address(fetch: Fetch, path: str) -> None:
    assert fetch(path) == UNSAFE


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("round", Gone("not_found")),
        ("unknown", Gone("not_found")),
        ("gone", Gone("taken_back")),
        ("broken", TryLater("HTTP 503")),
        ("huge", TooBig(LIMIT)),
        ("secretly-huge", TooBig(LIMIT)),
    ],
)
def test_what_it_can_end_in(fetch: Fetch, path: str, answer: object) -> None:
    assert fetch(path) == answer


@pytest.mark.parametrize("path", ["cut-off", "drip", "drip-headers"])
def test_a_server_that_stops_or_drips_is_cut_off(fetch: Fetch, path: str) -> None:
    assert isinstance(fetch(path), TryLater)


def test_a_server_that_is_silent_is_cut_off(certificate: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        external = ExternalContent(
            max_bytes=LIMIT, may_connect=lambda _: True, ports=frozenset({port}), whole_seconds=0.3
        )
        assert isinstance(external.fetch(f"https://localhost:{port}/photo"), TryLater)


@pytest.mark.parametrize("path", ["photo", "without-length", "moved", "photo?รูป=1 2"])
def test_a_photo_elsewhere_is_fetched(fetch: Fetch, path: str) -> None:
    answer = fetch(path)
    assert isinstance(answer, Content) and answer.size == 5
    with answer.file:
        assert answer.file.read() == b"photo"
