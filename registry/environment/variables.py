"""What each environment variable means, and what is wrong with the one that was given."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from registry.environment import addresses
from registry.environment.secret_key import kept_secret

PREFIX = "RATECARD_"
LOCAL, PRODUCTION = "local", "production"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOG_FORMATS = ("console", "json")
MINIMUM_SECRET = 50
"""Characters; the length below which Django itself warns of a weak key."""

DESCRIPTIONS: dict[str, str] = {
    "RATECARD_ENV": "`local` (default) or `production`: which defaults apply",
    "RATECARD_DEBUG": "`true` shows tracebacks in the browser; refused in production",
    "RATECARD_SECRET_KEY": "signs sessions; made once into a file locally, required in production",
    "RATECARD_DATA_DIR": "folder of the SQLite database and the generated secret",
    "RATECARD_ALLOWED_HOSTS": "host names served, separated by commas; required in production",
    "RATECARD_CSRF_ORIGINS": "origins (`https://host`) whose forms are accepted, by commas",
    "RATECARD_HTTPS": "`false` in production where nothing in front speaks TLS",
    "RATECARD_TRUST_PROXY": "`true` behind a proxy that sets X-Forwarded-Proto itself",
    "RATECARD_CONTACT": "e-mail or https address sent to hosts; without it nothing is fetched",
    "RATECARD_KEY_PEPPER": "keys of the API are hashed under it; else under the secret key",
    "RATECARD_SIGNING_KEY": "bulk files are signed under it; made once into a file locally",
    "RATECARD_RATE_ANONYMOUS": "requests a minute without a key; 0 is no limit",
    "RATECARD_RATE_WITH_KEY": "requests a minute with a key; 0 is no limit",
    "RATECARD_SERVER": "of the `ratecard` command alone: the server that it asks",
    "RATECARD_KEY": "of the `ratecard` command alone: the key that it shows",
    "RATECARD_LOG_LEVEL": "one of " + ", ".join(LOG_LEVELS),
    "RATECARD_LOG_FORMAT": "`console` or `json`",
}
"""Every RATECARD_ variable and what it does; any other name is a mistake."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One variable that cannot be used; `id` is its check's (``ratecard.E001``)."""

    id: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment asks for, every value already of the type that settings need."""

    production: bool
    debug: bool
    secret_key: str
    data_dir: Path
    allowed_hosts: tuple[str, ...]
    csrf_origins: tuple[str, ...]
    https: bool
    trust_proxy: bool
    contact: str
    key_pepper: str
    signing_key: str
    rate_anonymous: int
    rate_with_key: int
    log_level: str
    log_format: str
    database: dict[str, Any]
    redis_url: str
    mistakes: tuple[Mistake, ...]


def read(variables: Mapping[str, str], root: Path) -> Environment:
    """Judge `variables`; `root` is where local files lie when RATECARD_DATA_DIR is not set."""
    reader = _Reader(variables)
    reader.refuse_unknown_names()
    production = reader.choice("RATECARD_ENV", (LOCAL, PRODUCTION), LOCAL) == PRODUCTION
    data_dir = reader.data_dir(root)
    return Environment(
        production=production,
        debug=reader.debug(production=production),
        secret_key=reader.secret_key(data_dir, production=production),
        data_dir=data_dir,
        allowed_hosts=reader.allowed_hosts(production=production),
        csrf_origins=reader.csrf_origins(),
        https=reader.flag("RATECARD_HTTPS", default=production),
        trust_proxy=reader.flag("RATECARD_TRUST_PROXY", default=False),
        contact=reader.contact(),
        key_pepper=reader.key_pepper(),
        signing_key=reader.signing_key(),
        rate_anonymous=reader.count("RATECARD_RATE_ANONYMOUS", 600),
        rate_with_key=reader.count("RATECARD_RATE_WITH_KEY", 6_000),
        log_level=reader.choice("RATECARD_LOG_LEVEL", LOG_LEVELS, "INFO"),
        log_format=reader.choice(
            "RATECARD_LOG_FORMAT", LOG_FORMATS, "json" if production else "console"
        ),
        database=reader.database(data_dir),
        redis_url=reader.redis_url(),
        mistakes=tuple(reader.mistakes),
    )


class _Reader:
    """Reads one variable at a time, noting in `mistakes` what is wrong."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.mistakes: list[Mistake] = []

    def _wrong(self, code: str, message: str, hint: str) -> None:
        self.mistakes.append(Mistake(f"ratecard.{code}", message, hint))

    def _text(self, name: str) -> str:
        return self._variables.get(name, "").strip()

    def contact(self) -> str:
        """Whom a host may write to; a system check judges its form."""
        return self._text("RATECARD_CONTACT")

    def key_pepper(self) -> str:
        """What keys of the API are hashed under; empty where the secret key serves."""
        pepper = self._text("RATECARD_KEY_PEPPER")
        if pepper and len(pepper) < MINIMUM_SECRET:
            want = f"Expected at least {MINIMUM_SECRET} random characters, kept secret."
            self._wrong("E003", f"RATECARD_KEY_PEPPER has {len(pepper)} characters.", want)
        return pepper

    def signing_key(self) -> str:
        """What bulk files are signed under; empty where none is set."""
        key = self._text("RATECARD_SIGNING_KEY")
        if key and len(key) < MINIMUM_SECRET:
            want = f"Expected at least {MINIMUM_SECRET} random characters, kept secret."
            self._wrong("E003", f"RATECARD_SIGNING_KEY has {len(key)} characters.", want)
        return key

    def count(self, name: str, default: int) -> int:
        """A whole number from 0 on; `default` when unset or mistaken."""
        text = self._text(name)
        if not text or (text.isascii() and text.isdigit() and len(text) <= 9):
            return int(text or default)
        self._wrong("E010", f"{name} is {text!r}.", "Expected a whole number such as 600.")
        return default

    def _names(self, name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self._text(name).split(",") if part.strip())

    def refuse_unknown_names(self) -> None:
        """A mistyped name would otherwise be ignored in silence."""
        for name in sorted(self._variables):
            if not name.startswith(PREFIX) or name in DESCRIPTIONS:
                continue
            known = {other.removeprefix(PREFIX): other for other in DESCRIPTIONS}
            near = difflib.get_close_matches(name.removeprefix(PREFIX), known, n=1)
            hint = (
                f"Did you mean {known[near[0]]}?" if near else f"Known: {', '.join(DESCRIPTIONS)}."
            )
            self._wrong("E001", f"{name} is not a variable of Ratecard.", hint)

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """One of `allowed`; `default` when unset or mistaken."""
        value = self._text(name) or default
        if value in allowed:
            return value
        self._wrong("E005", f"{name} is {value!r}.", f"Expected one of: {', '.join(allowed)}.")
        return default

    def flag(self, name: str, *, default: bool) -> bool:
        """`true` or `false` and nothing else: to read 'off' as either would be a guess."""
        return self.choice(name, ("true", "false"), "true" if default else "false") == "true"

    def debug(self, *, production: bool) -> bool:
        """Whether error pages show their causes; never in production."""
        wanted = self.flag("RATECARD_DEBUG", default=False)
        if wanted and production:
            self._wrong(
                "E006",
                "RATECARD_DEBUG is 'true' while RATECARD_ENV is 'production'.",
                "Unset RATECARD_DEBUG: error pages would show settings to visitors.",
            )
        return wanted and not production

    def data_dir(self, root: Path) -> Path:
        """An existing folder; `root` when unset."""
        text = self._text("RATECARD_DATA_DIR")
        if not text:
            return root
        folder = Path(text)
        if not folder.is_dir():
            self._wrong("E007", f"RATECARD_DATA_DIR is {text!r}.", "Expected an existing folder.")
        return folder

    def secret_key(self, data_dir: Path, *, production: bool) -> str:
        """The signing key, locally one made once and kept in `data_dir`. Messages never show it."""
        key = self._text("RATECARD_SECRET_KEY")
        want = f"Expected at least {MINIMUM_SECRET} random characters, kept secret."
        if key:
            if len(key) < MINIMUM_SECRET:
                self._wrong("E003", f"RATECARD_SECRET_KEY has {len(key)} characters.", want)
            return key
        if production:
            self._wrong("E003", "RATECARD_SECRET_KEY is not set in production.", want)
            return ""
        try:
            return kept_secret(data_dir / ".secret-key")
        except OSError as error:
            self._wrong(
                "E003",
                f"RATECARD_SECRET_KEY is not set and none can be kept: {error}.",
                "Set RATECARD_DATA_DIR to a folder that can be written, or RATECARD_SECRET_KEY.",
            )
            return ""

    def allowed_hosts(self, *, production: bool) -> tuple[str, ...]:
        """Host names; this machine's own when nothing is set locally."""
        hosts = self._names("RATECARD_ALLOWED_HOSTS")
        want = "Expected host names such as prices.example.org, separated by commas."
        for host in hosts:
            if "/" in host or "*" in host:
                self._wrong("E008", f"RATECARD_ALLOWED_HOSTS names {host!r}.", want)
        if not hosts and production:
            self._wrong("E008", "RATECARD_ALLOWED_HOSTS is not set in production.", want)
        return hosts if hosts or production else ("localhost", "127.0.0.1", "[::1]")

    def csrf_origins(self) -> tuple[str, ...]:
        """Web origins: scheme and host, no path."""
        good = []
        for origin in self._names("RATECARD_CSRF_ORIGINS"):
            parts = urlsplit(origin)
            if parts.scheme in ("http", "https") and parts.netloc and not parts.path:
                good.append(origin)
            else:
                self._wrong(
                    "E009",
                    f"RATECARD_CSRF_ORIGINS names {origin!r}.",
                    "Expected origins such as https://prices.example.org.",
                )
        return tuple(good)

    def database(self, data_dir: Path) -> dict[str, Any]:
        """Django's description of the database: SQLite in `data_dir` unless DATABASE_URL is set."""
        url = self._text("DATABASE_URL")
        if not url:
            return addresses.sqlite(str(data_dir / "db.sqlite3"))
        described = addresses.database(url)
        if described is not None:
            return described
        self._wrong(
            "E002",
            f"DATABASE_URL is {addresses.without_password(url)!r}.",
            "Expected postgres://user:password@host:5432/name or sqlite:///path/to/file.",
        )
        return {"ENGINE": "django.db.backends.dummy"}

    def redis_url(self) -> str:
        """The cache's and broker's address; empty where neither is used."""
        url = self._text("REDIS_URL")
        if not url or addresses.is_redis(url):
            return url
        self._wrong(
            "E004",
            f"REDIS_URL is {addresses.without_password(url)!r}.",
            "Expected redis://host:6379/0 or rediss://host:6379/0.",
        )
        return ""
