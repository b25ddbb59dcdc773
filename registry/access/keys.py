"""Issues keys, knows them again and takes them back.

A key reads ``rc_PREFIX_SECRET``: the prefix finds its row, the secret has 256 bits and is shown
once.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from registry.access.models import ApiKey

SCOPES: tuple[str, ...] = tuple(ApiKey.Scope.values)
_FORM = re.compile(r"rc_([a-z0-9]{8})_([A-Za-z0-9_-]{43})", re.ASCII)
_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


class KeyRefused(Exception):
    """A key that is none of ours, was taken back or has run out; says which, and no more."""


class BadScope(ValueError):
    """A scope that no key can have."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"scopes: {scope!r} is none; expected some of {', '.join(SCOPES)}")


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose key was shown, and what it may be used for."""

    key_id: int
    name: str
    scopes: frozenset[str]


def issue(
    name: str,
    scopes: Collection[str],
    *,
    by: str,
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Makes a key; the text is nowhere else, so it must be handed over now. Raises `BadScope`."""
    for scope in scopes:
        if scope not in SCOPES:
            raise BadScope(scope)
    prefix = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    text = f"rc_{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        name=name,
        prefix=prefix,
        digest=_digest(text),
        scopes=sorted(set(scopes)),
        created_by=by,
        expires_at=expires_at,
    )
    return key, text


def know(text: str, *, at: datetime) -> Asker:
    """Whose key this is; raises `KeyRefused`. One statement, none for what is no key in form."""
    form = _FORM.fullmatch(text)
    row = None if form is None else ApiKey.objects.filter(prefix=form[1]).first()
    # Compared also where no row was found, so that the time taken tells nothing.
    same = hmac.compare_digest(_digest(text), "" if row is None else row.digest)
    if row is None or not same:
        raise KeyRefused("The key is not known.")
    if row.revoked_at is not None:
        raise KeyRefused(f"The key {row.prefix} was taken back.")
    if row.expires_at is not None and row.expires_at <= at:
        raise KeyRefused(f"The key {row.prefix} has run out.")
    return Asker(row.pk, row.name, frozenset(row.scopes))


def revoke(prefix: str, *, at: datetime) -> bool:
    """Takes a key back, for ever; False where none that is in use has the prefix."""
    return bool(ApiKey.objects.filter(prefix=prefix, revoked_at=None).update(revoked_at=at))


def _digest(text: str) -> str:
    return hmac.new(settings.KEY_PEPPER.encode(), text.encode(), hashlib.sha256).hexdigest()
