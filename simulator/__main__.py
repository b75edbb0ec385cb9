"""Runs the simulator on its own, for a bot in any language: `python -m simulator --secret S --token T`."""

import argparse
import asyncio
import signal
import sys

from simulator.server.assembly import Assembly
from simulator.state.platform import Platform


def main() -> None:
    """Serve until interrupted; the first line on standard output is the base URL."""
    parser = argparse.ArgumentParser(prog="python -m simulator", description="A simulated LINE platform.")
    parser.add_argument("--port", type=int, default=9000, help="0 takes any free port")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--bot-url", help="the bot's webhook URL")
    parser.add_argument("--secret", required=True, help="channel secret")
    parser.add_argument("--token", required=True, help="channel access token")
    parser.add_argument("--seed", type=int, help="makes ids and tokens repeat")
    parser.add_argument("--wire-limit", type=int, default=5000, help="requests kept in the log")
    parser.add_argument("--plain-media", action="store_true", help="take http:// media URLs of this machine")
    given = parser.parse_args()
    platform = Platform(
        channel_secret=given.secret,
        access_token=given.token,
        bot_url=given.bot_url,
        seed=given.seed,
        wire_limit=given.wire_limit,
        plain_media=given.plain_media,
    )
    asyncio.run(_serve(Assembly(platform, host=given.host, port=given.port), given.host))


async def _serve(assembly: Assembly, host: str) -> None:
    ended = asyncio.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(ending, ended.set)
    await assembly.start()
    sys.stdout.write(f"http://{host}:{assembly.listener.port}\n")
    sys.stdout.flush()
    try:
        await ended.wait()
    finally:
        await assembly.stop()


if __name__ == "__main__":
    main()
