"""A very small bot on LINE's own SDK: records what the platform sends, checks signatures, echoes text."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, request
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.messaging import (
    ApiClient,
    Configuration,
    MessagingApi,
    MessagingApiBlob,
    ReplyMessageRequest,
    TextMessage,
)
from linebot.v3.webhook import WebhookParser
from werkzeug.serving import make_server

SECRET = "simulated-channel-secret"
TOKEN = "simulated-access-token"


class EchoBot:
    """Answers 200, or what `status` says, after `delay` seconds; keeps every request."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.events: list[Any] = []
        self.bad_signatures = 0
        self.status = 200
        self.statuses: list[int] = []  # used up first
        self.delay = 0.0
        self.api: MessagingApi | None = None
        self.url = ""

    def receive(self) -> tuple[str, int]:
        body = request.get_data()
        self.bodies.append(body)
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        time.sleep(self.delay)
        try:
            payload = WebhookParser(SECRET).parse(
                body.decode(), request.headers.get("X-Line-Signature") or "-", as_payload=True
            )
        except InvalidSignatureError:
            self.bad_signatures += 1
            return "", 403
        self.events += payload.events
        for event in payload.events:
            message: Any = getattr(event, "message", None)
            if self.api and event.type == "message" and message.type == "text" and event.reply_token:
                echo = ReplyMessageRequest(replyToken=event.reply_token, messages=[TextMessage(text=message.text)])
                self.api.reply_message(echo, _request_timeout=5)
        return "", self.statuses.pop(0) if self.statuses else self.status


@contextmanager
def running_bot() -> Iterator[EchoBot]:
    """The bot behind a real socket."""
    bot = EchoBot()
    app = Flask("echo-bot")
    app.add_url_rule("/line/webhook", "webhook", bot.receive, methods=["POST"])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    bot.url = f"http://127.0.0.1:{server.server_port}/line/webhook"
    try:
        yield bot
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Clients:
    """LINE's SDK pointed at a simulator."""

    def __init__(self, base_url: str, token: str = TOKEN) -> None:
        self.client = ApiClient(Configuration(host=base_url, access_token=token))
        self.api = MessagingApi(self.client)
        self.blob = MessagingApiBlob(self.client)

    def post(self, path: str, body: Any, *, method: str = "POST", headers: dict[str, str] | None = None) -> Any:
        """A call that leaves the body as it is, which the SDK's models would not."""
        sent = {"Accept": "application/json", "Content-Type": "application/json", **(headers or {})}
        return self.client.call_api(
            path,
            method,
            {},
            [],
            sent,
            body=body,
            response_types_map={},
            auth_settings=["Bearer"],
            _return_http_data_only=False,
            _request_timeout=5,
        )
