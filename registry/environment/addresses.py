"""Addresses of databases and caches, as Django wants them."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

import environ


def database(url: str) -> dict[str, Any] | None:
    """None when `url` names no database that Ratecard runs on."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path.removeprefix("/"))
        return sqlite(name) if name and not parts.netloc else None
    if parts.scheme not in ("postgres", "postgresql") or not _has_good_port(url):
        return None
    described: dict[str, Any] = dict(environ.Env.db_url_config(url))
    if not described.get("NAME"):
        return None
    return described | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def sqlite(name: str) -> dict[str, Any]:
    """Readers never wait for the writer (WAL); writers queue up instead of failing (IMMEDIATE)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def is_redis(url: str) -> bool:
    """Whether `url` is a Redis address, with or without TLS."""
    parts = urlsplit(url)
    return parts.scheme in ("redis", "rediss") and bool(parts.hostname) and _has_good_port(url)


def _has_good_port(url: str) -> bool:
    try:
        urlsplit(url).port  # noqa: B018  # reading it is what judges it
    except ValueError:
        return False
    return True


def without_password(url: str) -> str:
    """`url` fit for a message: whatever stands before the host is hidden."""
    scheme, mark, rest = url.partition("://")
    if "@" not in url:
        return url
    host = url.rpartition("@")[2]
    return f"{scheme}{mark}***@{host}" if mark and rest else f"***@{host}"
