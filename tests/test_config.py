"""Settings are read once; whatever is wrong is told by name, never by a value, which may be a secret."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import config
from config import Settings, SettingsProblem, load_settings

NAMES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def bare_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No settings of the machine the tests run on."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", ""),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("WEB_THREADS", "0"),
        ("WEB_THREADS", "1000"),
        ("DELIVERY_THREADS", "many"),
        ("DELIVERY_LEASE_SECONDS", "0"),
        ("DELIVERY_LEASE_SECONDS", "nan"),
        ("DELIVERY_LEASE_SECONDS", "inf"),
        ("MEDIA_MAX_BYTES", "5"),
        ("REPORTS_PER_DAY", "0"),
        ("SERVE_DELIVERS", "perhaps"),
        ("ALLOW_CLOCK_OFFSET", "2"),
        ("LOG_LEVEL", "LOUD"),
        ("MAP_TILES_URL", "tiles.example/{z}/{x}/{y}.png"),
        ("MAP_TILES_URL", "https://{s}.tiles.example/{z}/{x}/{y}.png"),
        ("MAP_TILES_URL", "https://tiles.example/{z}/{x}.png"),
        ("MAP_TILES_URL", "https://tiles.example/{z}/{x}/{y}.png?key={key}"),
        ("MAP_TILES_URL", "https://user:secret@tiles.example/{z}/{x}/{y}.png"),
        ("MAP_TILES_URL", "https://tiles.example;script-src *//{z}/{x}/{y}"),
        ("MAP_TILES_URL", "https://../{z}/{x}/{y}.png"),
        ("MAP_TILES_URL", "https://-/{z}/{x}/{y}.png"),
        ("MAP_TILES_URL", "https://tiles..example/{z}/{x}/{y}.png"),
        ("MAP_TILES_URL", "https://tiles-.example/{z}/{x}/{y}.png"),
        ("MAP_TILES_URL", "https://tiles.example:99999/{z}/{x}/{y}.png"),
        ("MAP_TILES_URL", "https://tiles.example:0/{z}/{x}/{y}.png"),
        ("MAP_TILES_URL", "https://tiles.example:\N{THAI DIGIT EIGHT}\N{THAI DIGIT ZERO}/{z}/{x}/{y}.png"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsProblem, match=rf"Not usable: {name}: .*\.env\.example"):
        load_settings()


def test_every_wrong_setting_is_named_at_once_and_no_value_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "a-secret-pasted-into-the-wrong-line")
    monkeypatch.setenv("WEB_THREADS", "another-secret")

    with pytest.raises(SettingsProblem, match=r"PORT: .*WEB_THREADS: ") as problem:
        load_settings()

    assert "secret" not in str(problem.value)


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "   ")
    monkeypatch.setenv("LINE_CHANNEL_SECRET", "c")

    with pytest.raises(SettingsProblem, match=r"Not set: SECRET_KEY, SMTP_URL\. Put"):
        load_settings().require("line_channel_secret", "secret_key", "smtp_url", "database_url")


def test_nothing_is_secret_but_secrets_and_they_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = (
        "LINE_CHANNEL_SECRET",
        "LINE_CHANNEL_SECRET_NEXT",
        "LINE_CHANNEL_ACCESS_TOKEN",
        "SECRET_KEY",
        "SMTP_URL",
    )
    for name in secrets:
        monkeypatch.setenv(name, "do-not-show")

    assert "do-not-show" not in repr(load_settings()) + str(load_settings())


def test_without_any_setting_there_is_a_default_for_each() -> None:
    settings = load_settings()

    assert settings.database_url == "sqlite:///var/fasttrack.db"
    assert settings.serve_delivers
    assert settings.secrets() == []
    settings.refuse_clock_offset()


def test_space_about_a_value_and_a_slash_at_its_end_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINE_CHANNEL_SECRET", " abc\n")
    monkeypatch.setenv("PUBLIC_BASE_URL", "https://fasttrack.example/ ")
    monkeypatch.setenv("LINE_API_BASE_URL", "https://api.line.me//")
    monkeypatch.setenv("LOG_LEVEL", "debug ")

    settings = load_settings()

    assert settings.secrets() == ["abc"]
    assert settings.public_base_url == "https://fasttrack.example"
    assert settings.line_api_base_url == "https://api.line.me"
    assert settings.log_level == "DEBUG"


def test_while_the_channel_secret_is_changed_there_are_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINE_CHANNEL_SECRET", "now")
    monkeypatch.setenv("LINE_CHANNEL_SECRET_NEXT", "next")

    assert load_settings().secrets() == ["now", "next"]


def test_a_file_beside_the_program_is_read_and_the_environment_goes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("PORT=9001\nHOST=0.0.0.0\nSOMEBODY_ELSES=1\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "9002")

    assert (load_settings().port, load_settings().host) == (9002, "0.0.0.0")


def test_settings_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_settings()
    monkeypatch.setenv("PORT", "9003")

    assert load_settings() is first


@pytest.mark.parametrize("allowed", ["0", "false", "no", "off"])
def test_a_clock_that_can_be_turned_is_refused(allowed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOCK_OFFSET_FILE", "clock")
    monkeypatch.setenv("ALLOW_CLOCK_OFFSET", allowed)

    with pytest.raises(SettingsProblem, match=r"CLOCK_OFFSET_FILE is set.*ALLOW_CLOCK_OFFSET=1"):
        load_settings().refuse_clock_offset()


def test_a_clock_that_may_be_turned_is_not_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOCK_OFFSET_FILE", "clock")
    monkeypatch.setenv("ALLOW_CLOCK_OFFSET", "1")

    load_settings().refuse_clock_offset()


def test_home_is_where_the_migrations_are() -> None:
    assert (config.home() / "migrations" / "env.py").is_file()


def test_a_map_says_whose_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAP_TILES_URL", "http://127.0.0.1:9000/{z}/{x}/{y}{r}.png")
    with pytest.raises(SettingsProblem, match=r"MAP_TILES_ATTRIBUTION: .*whose map"):
        load_settings()
    monkeypatch.setenv("MAP_TILES_ATTRIBUTION", "© OpenStreetMap contributors")
    load_settings.cache_clear()
    assert load_settings().map_tiles_origin == "http://127.0.0.1:9000"
