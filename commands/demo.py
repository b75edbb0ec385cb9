"""`fasttrack demo`: the product and a play LINE with phones in the browser, together on this machine."""

import errno
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from commands.complaints import complaining
from commands.demo_cast import bring_in, load_cast
from commands.demo_journey import Printer, play, sum_up
from commands.demo_places import make_places
from commands.demo_service import Folder, Keys, Service, find_free_port, find_network_address
from commands.demo_staff import add_staff, write_note
from commands.demo_stories import list_places, load_stories
from config import load_settings
from simulator.browser.door import Browsing
from simulator.running import RunningSimulator, start_simulator
from simulator.state.keeping import KeepingProblem
from texts.catalog import load_catalogue, say

FOLDER = Path("var/demo")
FIRST_STORY = "ordinary"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
PORTS_TRIED = 20
LANGUAGES = ("th", "en")
MOST_CASES = 2_000  # in one go: what is being served waits for it
BINDING = "demo.binding"


@click.command()
@click.option("--fresh", is_flag=True, help="Forget what earlier demos left, and begin anew.")
@click.option("--once", is_flag=True, help="Play the first story in a folder of its own, print it, and end.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0: your network too.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (default: PORT, or the next free one).")
@click.option(
    "--outlines",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A GeoJSON file of the khet, for routing and for the map of the location picker.",
)
@click.option(
    "--cases", type=click.IntRange(0, MOST_CASES), default=0, help="Two years of demo cases, for the console."
)
def demo(fresh: bool, once: bool, host: str, port: int | None, outlines: Path | None, cases: int) -> None:
    """Play LINE with phones in the browser and the product behind them; no account needed. All is demo data."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where it was started in the background
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # else the product would stay
    with complaining():
        wanted = port or load_settings().port
    try:
        if once:
            with tempfile.TemporaryDirectory(prefix="fasttrack-demo-") as folder:
                own = Folder(Path(folder) / "demo")
                _run(own, fresh=True, once=True, host=host, port=None, outlines=outlines, cases=cases)
        else:
            kept = Folder(FOLDER)
            _run(kept, fresh=fresh, once=False, host=host, port=wanted, outlines=outlines, cases=cases)
    except KeyboardInterrupt:
        click.echo()
        _tell("demo.ended")


def _run(
    folder: Folder, *, fresh: bool, once: bool, host: str, port: int | None, outlines: Path | None, cases: int
) -> None:
    with folder.hold():
        keys = folder.prepare(fresh=fresh)
        first = not folder.is_whole
        behind = find_free_port()
        with _playing_line(folder, keys, host=host, port=port, behind=behind, outlines=outlines) as line:
            service = Service(folder, keys, port=behind, address=f"http://127.0.0.1:{line.port}")
            line.set_bot_url(f"{service.url}/line/webhook")
            with service.serving():
                line.give_stories(load_stories(load_cast()))
                if not once:
                    _show_address(line, open_to_network=host not in LOOPBACK)
                if first:
                    _begin_anew(line, service, outlines)
                    folder.mark_whole()
                if cases:
                    _fill(service, cases)
                if not once:
                    _stay(line, service)


@contextmanager
def _playing_line(
    folder: Folder, keys: Keys, *, host: str, port: int | None, behind: int, outlines: Path | None
) -> Iterator[RunningSimulator]:
    """The LINE platform on the wanted port, or on the next one that nobody has. Raises ClickException."""
    wanted = [find_free_port()] if port is None else list(range(port, min(port + PORTS_TRIED, 65536)))
    places = make_places(list_places(), outlines)
    for number in wanted:
        browsing = Browsing(
            forward_to=f"http://127.0.0.1:{behind}",
            own_address=f"http://127.0.0.1:{number}",
            places=places,
            open_to_network=host not in LOOPBACK,
        )
        try:
            line = start_simulator(
                port=number,
                host=host,
                channel_secret=keys.secret,
                access_token=keys.token,
                name=load_cast().account,
                clock_offset_file=folder.clock,
                plain_media=True,
                browsing=browsing,
                keep_in=folder.line,
            )
        except KeepingProblem as problem:
            raise click.ClickException(f"{problem}, or begin anew with `make demo FRESH=1`.") from None
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE:
                raise click.ClickException(f"Cannot listen on {host}:{number}: {problem.strerror}") from None
            continue
        if port is not None and number != port:
            _tell("demo.port_taken", port=port, instead=number)
        with line:
            yield line
        return
    raise click.ClickException(f"Ports {wanted[0]} to {wanted[-1]} are all taken. Name a free one: demo --port 9000.")


def _begin_anew(line: RunningSimulator, service: Service, outlines: Path | None) -> None:
    """Everyone, their groups, the districts' outlines if there are any, the first story, and the rich menu beside."""
    if outlines is not None:
        imported = service.run("boundaries", "import", str(outlines))
        if imported.returncode:
            raise click.ClickException(imported.stderr.strip().removeprefix("Error: "))
    menu = threading.Thread(target=_deploy_menu, args=(service,), daemon=True)
    menu.start()
    shown = bring_in(line, load_cast(), say("th", BINDING), service.invite)
    # A note goes once the account has said in that chat that it is bound.
    bound = load_catalogue("th")["group.bound"].partition("{")[0]
    add_staff(service.environment["DATABASE_URL"])
    bindings = [
        {language: say(language, "demo.try_binding", code=code) for language in LANGUAGES}
        | {"until_chat": chat, "until_words": bound}
        for chat, code in shown.items()
    ]
    line.set_notes([write_note(), *bindings])
    _play_first(line)
    menu.join()


def _fill(service: Service, cases: int) -> None:
    """What was filled in by an earlier start stays as it is."""
    filled = service.run("seed", "--cases", str(cases), "--force")
    if filled.returncode:
        raise click.ClickException(filled.stderr.strip().removeprefix("Error: "))


def _deploy_menu(service: Service) -> None:
    deployed = service.run("richmenu", "deploy")
    if deployed.returncode:
        told = (deployed.stderr.strip() or deployed.stdout.strip()).splitlines()
        click.echo(f"The rich menu is left out: {told[-1] if told else 'it could not be deployed'}", err=True)


def _play_first(line: RunningSimulator) -> None:
    click.secho("\n" + say("th", "demo.story_begins") + "\n", bold=True)
    printer = Printer(line, load_cast())
    try:
        play(line, FIRST_STORY, printer)
    finally:
        printer.close()
    sum_up(line)
    line.stop_story()


def _show_address(line: RunningSimulator, *, open_to_network: bool) -> None:
    host = (find_network_address() if open_to_network else None) or "127.0.0.1"
    address = f"http://{host}:{line.port}/simulator/"
    bar = "═" * (len(address) + 6)
    click.echo(f"\n╔{bar}╗\n║   " + click.style(address, bold=True, fg="green") + f"   ║\n╚{bar}╝")
    _tell("demo.open")


def _stay(line: RunningSimulator, service: Service) -> None:
    here = f"http://127.0.0.1:{line.port}"
    _tell("demo.desk", address=f"{here}/console/", phones=f"{here}/simulator/")
    _tell("demo.running", address=f"{here}/simulator/")
    ended = threading.Event()
    while not ended.wait(1.0):
        service.check_alive()


def _tell(key: str, **values: object) -> None:
    for language in LANGUAGES:
        click.echo(say(language, key, **values))
