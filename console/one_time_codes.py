"""The one-time code of an authenticator app (TOTP): a secret, its QR picture, and whether a code is right and new."""

import hmac
from datetime import datetime

import pyotp
import segno

from storage.models import StaffUser

ISSUER = "OMB FAST TRACK BMA"
STEP = 30  # seconds
DRIFT = 1  # steps that a telephone's clock may be off, either way


def make_secret() -> str:
    """A secret for one telephone."""
    return pyotp.random_base32()


def draw_secret(secret: str, email: str) -> str:
    """The QR picture that the app reads, as a data address."""
    address = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)
    return segno.make(address, error="m").svg_data_uri(scale=5, border=3)


def accept_code(user: StaffUser, given: str, now: datetime) -> bool:
    """Whether the code is right now. One that was used, or is older than that one, is not."""
    step = find_step(user.totp_secret, given, now) if user.totp_secret else None
    if step is None or step <= user.totp_step:
        return False
    user.totp_step = step
    return True


def find_step(secret: str, given: str, now: datetime) -> int | None:
    """Of the half minutes around now, the latest whose code this is."""
    code = "".join(given.split())
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        return None
    totp, current = pyotp.TOTP(secret, interval=STEP), int(now.timestamp()) // STEP
    steps = range(current + DRIFT, current - DRIFT - 1, -1)
    return next((step for step in steps if hmac.compare_digest(totp.generate_otp(step), code)), None)
