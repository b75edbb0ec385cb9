"""The peer: the plain echo bot of Flask and line-bot-sdk, which keeps nothing.

Run by gunicorn with two processes of eight threads, as one would. It reads where LINE is from the same environment.
"""

import os

from flask import Flask, abort, request
from linebot.v3 import WebhookHandler
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, ReplyMessageRequest, TextMessage
from linebot.v3.webhooks import MessageEvent, TextMessageContent

app = Flask(__name__)
handler = WebhookHandler(os.environ["LINE_CHANNEL_SECRET"])
client = ApiClient(
    Configuration(host=os.environ["LINE_API_BASE_URL"], access_token=os.environ["LINE_CHANNEL_ACCESS_TOKEN"])
)
line = MessagingApi(client)  # one for the process: the kindest way to use the SDK


@app.get("/readyz")
def tell_ready() -> str:
    """So that the load begins when it can be taken."""
    return "ready"


@app.post("/line/webhook")
def take_webhook() -> str:
    """As in the SDK's own example."""
    try:
        handler.handle(request.get_data(as_text=True), request.headers.get("X-Line-Signature", ""))
    except InvalidSignatureError:
        abort(400)
    return "OK"


@handler.add(MessageEvent, message=TextMessageContent)  # type: ignore[untyped-decorator]
def echo(event: MessageEvent) -> None:
    """Say it back."""
    line.reply_message(
        ReplyMessageRequest(
            replyToken=event.reply_token,
            messages=[TextMessage(text=event.message.text, quickReply=None, quoteToken=None)],
            notificationDisabled=False,
        ),
        _request_timeout=(2, 8),
    )
