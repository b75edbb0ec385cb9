"""Settings, read once from the environment (and a `.env` file beside the program).

A leaf: it imports nothing of ours. A test holds it equal to `.env.example`.
"""

from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsProblem(Exception):
    """What is missing or wrong in the environment, and how to mend it."""


class Settings(BaseSettings):
    """Every setting has a default; what only some commands need is checked by `require`."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    line_channel_secret: SecretStr = SecretStr("")
    line_channel_secret_next: SecretStr = SecretStr("")
    line_channel_access_token: SecretStr = SecretStr("")
    line_api_base_url: str = "https://api.line.me"
    line_data_api_base_url: str = "https://api-data.line.me"
    database_url: str = "sqlite:///var/fasttrack.db"
    media_url: str = "file://var/media"
    public_base_url: str = "http://127.0.0.1:8000"
    secret_key: SecretStr = SecretStr("")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    smtp_url: SecretStr = SecretStr("")
    mail_from: str = ""
    web_threads: int = Field(default=8, ge=1, le=64)
    delivery_threads: int = Field(default=6, ge=1, le=64)
    serve_delivers: bool = True
    delivery_lease_seconds: float = Field(default=15.0, gt=0)
    media_max_bytes: int = Field(default=200_000_000, ge=1_000_000)
    reports_per_day: int = Field(default=20, ge=1)
    clock_offset_file: str = ""
    allow_clock_offset: bool = False
    log_level: str = "INFO"

    def secrets(self) -> list[str]:
        """The channel secrets that sign webhooks: today's, and the next one while it is being changed."""
        both = (self.line_channel_secret, self.line_channel_secret_next)
        return [secret.get_secret_value() for secret in both if secret.get_secret_value()]

    def require(self, *names: str) -> None:
        """Raise SettingsProblem naming each of `names` that is empty."""
        missing = [name.upper() for name in names if not _plain(getattr(self, name))]
        if missing:
            raise SettingsProblem(
                f"Not set: {', '.join(missing)}. Put them in the environment or in a .env file; "
                ".env.example says what each is."
            )

    def refuse_clock_offset(self) -> None:
        """`serve` and `worker` must not run on a turned clock by accident."""
        if self.clock_offset_file and not self.allow_clock_offset:
            raise SettingsProblem(
                "CLOCK_OFFSET_FILE is set, so the clock can be turned. Unset it, or set ALLOW_CLOCK_OFFSET=1 "
                "where that is wanted (simulator, checks)."
            )


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """The settings of this process."""
    return Settings()


def home() -> Path:
    """The folder of the project's own files (migrations, texts)."""
    return Path(__file__).resolve().parent
