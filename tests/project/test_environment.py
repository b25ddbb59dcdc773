"""Settings from the environment: what is read, and what is refused."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from registry.environment import DESCRIPTIONS, Environment, read

SECRET = "k" * 50
PRODUCTION = {
    "RATECARD_ENV": "production",
    "RATECARD_SECRET_KEY": SECRET,
    "RATECARD_ALLOWED_HOSTS": "prices.example.org",
}


def only_mistake(environment: Environment, code: str) -> str:
    """The text of the single mistake, which must be `code`."""
    assert [mistake.id for mistake in environment.mistakes] == [code]
    return f"{environment.mistakes[0].message} {environment.mistakes[0].hint}"


def test_nothing_set_is_a_sound_local_installation(tmp_path: Path) -> None:
    environment = read({}, tmp_path)
    assert environment.mistakes == ()
    assert environment.database["NAME"] == str(tmp_path / "db.sqlite3")
    assert environment.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")
    assert not environment.production
    assert not environment.https
    assert not environment.debug


def test_a_complete_production_environment_is_sound(tmp_path: Path) -> None:
    environment = read(PRODUCTION, tmp_path)
    assert environment.mistakes == ()
    assert environment.https
    assert environment.log_format == "json"
    assert environment.allowed_hosts == ("prices.example.org",)
    assert list(tmp_path.iterdir()) == []


def test_the_local_secret_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    first = read({}, tmp_path).secret_key
    kept = tmp_path / ".secret-key"
    assert len(first) >= 50
    assert read({}, tmp_path).secret_key == first
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [".secret-key"]


def test_two_installations_have_two_secrets(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert read({}, tmp_path / "a").secret_key != read({}, tmp_path / "b").secret_key


def test_sqlite_waits_for_its_turn_and_lets_readers_read(tmp_path: Path) -> None:
    options = read({"DATABASE_URL": "sqlite:////data/prices.db"}, tmp_path).database
    assert options["NAME"] == "/data/prices.db"
    assert options["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["OPTIONS"]["init_command"]


def test_postgresql_is_chosen_by_its_address(tmp_path: Path) -> None:
    url = "postgres://keeper:pa%40ss@db.example.org:5433/prices"
    database = read({"DATABASE_URL": url}, tmp_path).database
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["USER"], database["PASSWORD"]) == ("keeper", "pa@ss")
    assert (database["HOST"], database["PORT"]) == ("db.example.org", 5433)
    assert database["NAME"] == "prices"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://localhost/prices",
        "postgres://localhost:port/prices",
        "postgres://localhost/",
        "sqlite://",
        "db.sqlite3",
    ],
)
def test_an_address_of_no_usable_database_is_named(url: str, tmp_path: Path) -> None:
    environment = read({"DATABASE_URL": url}, tmp_path)
    message = only_mistake(environment, "ratecard.E002")
    assert f"DATABASE_URL is {url!r}" in message
    assert "postgres://" in message
    assert environment.database == {"ENGINE": "django.db.backends.dummy"}


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL"])
def test_no_message_shows_a_password(name: str, tmp_path: Path) -> None:
    environment = read({name: "nosql://keeper:hunter2@db.example.org/prices"}, tmp_path)
    (mistake,) = environment.mistakes
    assert "hunter2" not in mistake.message + mistake.hint
    assert "db.example.org" in mistake.message


@pytest.mark.parametrize("url", ["localhost:6379", "http://localhost", "redis://", "redis://a:b/0"])
def test_an_address_of_no_redis_is_named(url: str, tmp_path: Path) -> None:
    environment = read({"REDIS_URL": url}, tmp_path)
    assert f"REDIS_URL is {url!r}" in only_mistake(environment, "ratecard.E004")
    assert environment.redis_url == ""


def test_a_mistyped_name_is_answered_with_the_nearest(tmp_path: Path) -> None:
    message = only_mistake(read({"RATECARD_ALOWED_HOST": "a"}, tmp_path), "ratecard.E001")
    assert "RATECARD_ALOWED_HOST is not a variable" in message
    assert "Did you mean RATECARD_ALLOWED_HOSTS?" in message


def test_a_name_like_no_other_is_answered_with_all(tmp_path: Path) -> None:
    message = only_mistake(read({"RATECARD_X": "a"}, tmp_path), "ratecard.E001")
    for name in DESCRIPTIONS:
        assert name in message


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("RATECARD_ENV", "prod", "local, production"),
        ("RATECARD_DEBUG", "yes", "true, false"),
        ("RATECARD_HTTPS", "1", "true, false"),
        ("RATECARD_LOG_LEVEL", "loud", "DEBUG, INFO"),
        ("RATECARD_LOG_FORMAT", "xml", "console, json"),
    ],
)
def test_a_value_out_of_its_list_is_named_with_the_list(
    name: str, value: str, expected: str, tmp_path: Path
) -> None:
    message = only_mistake(read({name: value}, tmp_path), "ratecard.E005")
    assert f"{name} is {value!r}" in message
    assert expected in message


def test_production_refuses_debug(tmp_path: Path) -> None:
    environment = read(PRODUCTION | {"RATECARD_DEBUG": "true"}, tmp_path)
    only_mistake(environment, "ratecard.E006")
    assert not environment.debug


def test_production_needs_a_secret_of_its_own(tmp_path: Path) -> None:
    environment = read(PRODUCTION | {"RATECARD_SECRET_KEY": ""}, tmp_path)
    assert "RATECARD_SECRET_KEY is not set" in only_mistake(environment, "ratecard.E003")
    assert environment.secret_key == ""
    assert list(tmp_path.iterdir()) == []


def test_a_short_secret_is_refused_and_not_shown(tmp_path: Path) -> None:
    message = only_mistake(
        read(PRODUCTION | {"RATECARD_SECRET_KEY": "swordfish"}, tmp_path), "ratecard.E003"
    )
    assert "has 9 characters" in message
    assert "swordfish" not in message


def test_production_needs_its_host_names(tmp_path: Path) -> None:
    environment = read(PRODUCTION | {"RATECARD_ALLOWED_HOSTS": " , "}, tmp_path)
    only_mistake(environment, "ratecard.E008")
    assert environment.allowed_hosts == ()


@pytest.mark.parametrize("host", ["*", "https://prices.example.org", "*.example.org"])
def test_a_host_that_is_no_name_is_refused(host: str, tmp_path: Path) -> None:
    environment = read(PRODUCTION | {"RATECARD_ALLOWED_HOSTS": host}, tmp_path)
    assert repr(host) in only_mistake(environment, "ratecard.E008")


def test_an_origin_needs_its_scheme(tmp_path: Path) -> None:
    given = {"RATECARD_CSRF_ORIGINS": "https://a.example.org, b.example.org"}
    environment = read(given, tmp_path)
    assert "'b.example.org'" in only_mistake(environment, "ratecard.E009")
    assert environment.csrf_origins == ("https://a.example.org",)


def test_a_data_folder_must_exist(tmp_path: Path) -> None:
    given = {"RATECARD_DATA_DIR": str(tmp_path / "gone"), "RATECARD_SECRET_KEY": SECRET}
    assert "gone" in only_mistake(read(given, tmp_path), "ratecard.E007")


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    given = {"RATECARD_ENV": "production", "DATABASE_URL": "x", "REDIS_URL": "y"}
    codes = {mistake.id for mistake in read(given, tmp_path).mistakes}
    assert codes == {f"ratecard.E00{number}" for number in (2, 3, 4, 8)}
