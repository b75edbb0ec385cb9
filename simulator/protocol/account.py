"""The account about itself: who it is, what it may still send, what it sent, its webhook and its tokens."""

import re
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from simulator.protocol.calls import Answer, Call, Refused, read_json, refuse_parameter
from simulator.state.clock import as_datetime
from simulator.state.platform import Platform
from simulator.state.quota import day_of
from simulator.webhook.courier import Attempt, Courier

STATELESS_SECONDS = 899
_DAY = re.compile(r"\d{8}")
_FIRST_DAY = "20180331"
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def get_info(platform: Platform, call: Call) -> Answer:
    channel = platform.channel
    return Answer(
        body={
            "userId": channel.bot_user_id,
            "basicId": channel.basic_id,
            "displayName": channel.name,
            "chatMode": "bot",
            "markAsReadMode": "auto",
        }
    )


def get_quota(platform: Platform, call: Call) -> Answer:
    limit = platform.quota.limit
    return Answer(body={"type": "none"} if limit is None else {"type": "limited", "value": limit})


def get_consumption(platform: Platform, call: Call) -> Answer:
    return Answer(body={"totalUsage": platform.quota.used(call.at)})


def get_delivery(platform: Platform, call: Call, kind: str) -> Answer:
    """What was sent on a day; a day is counted once it is over."""
    date = call.query.get("date", "")
    if not _DAY.fullmatch(date) or not _is_day(date):
        raise refuse_parameter("date")
    if date < _FIRST_DAY:
        return Answer(body={"status": "out_of_service"})
    if date >= day_of(call.at):
        return Answer(body={"status": "unready"})
    return Answer(body={"status": "ready", "success": platform.quota.sent_on(kind, date)})


def get_webhook_endpoint(platform: Platform, call: Call) -> Answer:
    url = platform.channel.bot_url
    if url is None:
        raise Refused(404, "Webhook endpoint not found")
    return Answer(body={"endpoint": url, "active": True})


def set_webhook_endpoint(platform: Platform, call: Call) -> Answer:
    url = read_json(call).get("endpoint")
    if not is_webhook_url(url):
        raise Refused(400, "Invalid webhook endpoint URL")
    platform.channel.bot_url = str(url)
    platform.changes.announce("webhook")
    return Answer()


async def test_webhook_endpoint(platform: Platform, call: Call, courier: Courier) -> Answer:
    """Send the empty body that LINE's console sends, and say how it went."""
    asked = read_json(call) if call.body else {}
    url = asked.get("endpoint", platform.channel.bot_url)
    if url is None:
        raise Refused(404, "Webhook endpoint not found")
    if not is_webhook_url(url):
        raise Refused(400, "Invalid webhook endpoint URL")
    attempt = await courier.send_to(str(url), courier.write_body([]))
    reason, detail = _explain(attempt)
    return Answer(
        body={
            "success": attempt.status == 200,
            "timestamp": as_datetime(call.at).isoformat().replace("+00:00", "Z"),
            "statusCode": attempt.status or 0,
            "reason": reason,
            "detail": detail,
        }
    )


def issue_token(platform: Platform, call: Call) -> Answer:
    """A stateless access token for channel id and secret."""
    if call.content_type != "application/x-www-form-urlencoded":
        raise Refused(415, f"The content type, {call.headers.get('Content-Type', '')}, is not supported")
    form = {key: values[0] for key, values in parse_qs(call.body.decode("latin-1")).items()}
    call.parsed = {**form, "client_secret": "…"} if "client_secret" in form else form
    if form.get("grant_type") != "client_credentials":
        return _refuse_token("unsupported_grant_type", "Invalid 'grant_type'.")
    channel = platform.channel
    if form.get("client_id") != channel.channel_id or form.get("client_secret") != channel.secret:
        return _refuse_token("invalid_request", "Invalid 'client_credentials'.")
    token = platform.ids.access_token()
    channel.tokens[token] = call.at + STATELESS_SECONDS
    return Answer(body={"token_type": "Bearer", "access_token": token, "expires_in": STATELESS_SECONDS})


def is_webhook_url(url: object) -> bool:
    """HTTPS, as LINE wants; this machine may do without, since the simulator runs beside the bot."""
    if not isinstance(url, str) or len(url) > 500:
        return False
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    if not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE)


def _refuse_token(error: str, description: str) -> Answer:
    return Answer(400, {"error": error, "error_description": description})


def _explain(attempt: Attempt) -> tuple[str, str]:
    if attempt.status is not None:
        return ("OK" if attempt.status == 200 else "ERROR_STATUS_CODE"), str(attempt.status)
    if attempt.error == "timeout":
        return "REQUEST_TIMEOUT", "Request timeout"
    return "COULD_NOT_CONNECT", "Failure to connect"


def _is_day(date: str) -> bool:
    try:
        datetime.strptime(date + "+0900", "%Y%m%d%z")
    except ValueError:
        return False
    return True
