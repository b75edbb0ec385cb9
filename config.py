"""Settings, read once from the environment (and a `.env` file beside the program).

A leaf: it imports nothing of ours. A test holds it equal to `.env.example`.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsProblem(Exception):
    """What is missing or wrong in the environment, and how to mend it."""


def _end_without_slash(address: str) -> str:
    return address.rstrip("/")


_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_TILES = re.compile(rf"(https?://{_LABEL}(?:\.{_LABEL})*(?::([1-9][0-9]{{0,4}}))?)(/[^\s\"'<>]*)")
_LAST_PORT = 65535
_FILLED_IN = re.compile(r"\{[^}]*\}?")


def _read_tiles(address: str) -> str:
    """The address of map tiles: of one origin, which the pages then let in, with the places that a map fills in."""
    found = _TILES.fullmatch(address)
    if address and not found:
        raise ValueError("write https://host/path, such as https://tiles.example.go.th/{z}/{x}/{y}.png, without {s}")
    if found and int(found[2] or 0) > _LAST_PORT:
        raise ValueError(f"a port is a number up to {_LAST_PORT}")
    if found and not {"{z}", "{x}", "{y}"} <= set(_FILLED_IN.findall(found[3])) <= {"{z}", "{x}", "{y}", "{r}"}:
        raise ValueError("the path needs {z}, {x} and {y}, and may have {r}, such as /{z}/{x}/{y}.png")
    return address


Address = Annotated[str, AfterValidator(_end_without_slash)]
Tiles = Annotated[str, AfterValidator(_read_tiles)]
LogLevel = Annotated[
    Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"],
    BeforeValidator(lambda level: level.strip().upper() if isinstance(level, str) else level),
]


class Settings(BaseSettings):
    """Every setting has a default; what only some commands need is checked by `require`."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", str_strip_whitespace=True
    )

    line_channel_secret: SecretStr = SecretStr("")
    line_channel_secret_next: SecretStr = SecretStr("")
    line_channel_access_token: SecretStr = SecretStr("")
    line_api_base_url: Address = "https://api.line.me"
    line_data_api_base_url: Address = "https://api-data.line.me"
    database_url: str = "sqlite:///var/fasttrack.db"
    database_lock_seconds: float = Field(default=5.0, gt=0, allow_inf_nan=False)
    database_connect_seconds: float = Field(default=5.0, gt=0, allow_inf_nan=False)
    database_statement_seconds: float = Field(default=30.0, gt=0, allow_inf_nan=False)
    database_idle_seconds: float = Field(default=60.0, gt=0, allow_inf_nan=False)
    media_url: str = "file://var/media"
    public_base_url: Address = "http://127.0.0.1:8000"
    secret_key: SecretStr = SecretStr("")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    smtp_url: SecretStr = SecretStr("")
    mail_from: str = ""
    inbox_url: SecretStr = SecretStr("")
    line_basic_id: str = ""
    map_tiles_url: Tiles = ""
    map_tiles_attribution: str = Field(default="", validate_default=True)
    staff_totp: Literal["required", "omb", "optional"] = "omb"
    trusted_proxies: int = Field(default=0, ge=0, le=8)
    oidc_issuer: Address = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    web_threads: int = Field(default=8, ge=1, le=64)
    delivery_threads: int = Field(default=6, ge=1, le=64)
    serve_delivers: bool = True
    worker_metrics_port: int = Field(default=0, ge=0, le=65535)
    delivery_lease_seconds: float = Field(default=15.0, gt=0, allow_inf_nan=False)
    media_max_bytes: int = Field(default=200_000_000, ge=1_000_000)
    line_reserve_percent: int = Field(default=10, ge=0, le=90)
    quiet_night_cards: bool = True
    reports_per_day: int = Field(default=20, ge=1)
    rich_menu_font: str = ""
    clock_offset_file: str = ""
    allow_clock_offset: bool = False
    allow_plain_pictures: bool = False
    log_level: LogLevel = "INFO"

    @field_validator("map_tiles_attribution")
    @classmethod
    def _say_whose_map(cls, said: str, given: ValidationInfo) -> str:
        """Who makes a map is to be named on it."""
        if given.data.get("map_tiles_url") and not said:
            raise ValueError("say whose map MAP_TILES_URL shows, such as © OpenStreetMap contributors")
        return said

    @property
    def map_tiles_origin(self) -> str:
        """From where the pages let pictures in for their maps; empty where there are no tiles."""
        found = _TILES.fullmatch(self.map_tiles_url)
        return found[1] if found else ""

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
    """The settings of this process. Raises SettingsProblem: it names what cannot be read, never its value."""
    try:
        return Settings()
    except ValidationError as problem:
        wrong = [f"{'.'.join(map(str, each['loc'])).upper()}: {each['msg']}" for each in problem.errors()]
        raise SettingsProblem(
            f"Not usable: {'; '.join(wrong)}. Mend it in the environment or in the .env file; "
            ".env.example says what each is."
        ) from None


def home() -> Path:
    """The folder of the project's own files (migrations, texts)."""
    return Path(__file__).resolve().parent
