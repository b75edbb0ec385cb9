"""What `serve` and `worker` cannot do without, looked at before anything heavy is loaded."""

import os

from config import Settings, SettingsProblem

LINE_SETTINGS = ("line_channel_secret", "line_channel_access_token", "secret_key")
SHORTEST_KEY = 16


def check_settings(settings: Settings) -> None:
    """Raise SettingsProblem naming what is missing or dangerous."""
    settings.require(*LINE_SETTINGS)
    settings.refuse_clock_offset()
    if len(settings.secret_key.get_secret_value()) < SHORTEST_KEY:
        raise SettingsProblem(f"SECRET_KEY is too short: give it at least {SHORTEST_KEY} characters, kept for good.")
    if settings.clock_offset_file:  # the clock is a leaf and knows the environment only, not the .env file
        os.environ["CLOCK_OFFSET_FILE"] = settings.clock_offset_file
