"""The signature LINE puts on a webhook: HMAC-SHA256 of the raw bytes under the channel secret, in base64."""

import base64
import hashlib
import hmac

from simulator.outcomes import Signature, SimulatorError
from simulator.state.channel import Channel


def sign(body: bytes, secret: str) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def sign_as(body: bytes, channel: Channel, signature: Signature) -> str | None:
    """The header's value for the manner asked for; None means no header."""
    if signature == "valid":
        return sign(body, channel.secret)
    if signature == "wrong":
        return sign(body + b" ", channel.secret)
    if signature == "missing":
        return None
    if channel.old_secret is None:
        raise SimulatorError("signature 'old' needs an old secret: call rotate_secret() first")
    return sign(body, channel.old_secret)
