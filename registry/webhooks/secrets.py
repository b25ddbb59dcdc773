"""Secrets that deliveries are signed with: made here, kept encrypted, shown to their owner once."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from cryptography.fernet import Fernet
from django.conf import settings
from standardwebhooks import Webhook

_BYTES = 32
_PREFIX = "whsec_"


def new_secret() -> str:
    """A secret in the form of Standard Webhooks."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def sealed(secret: str) -> bytes:
    """A secret as it is kept."""
    return _box().encrypt(secret.encode())


def opened(kept: bytes) -> str:
    """A secret as it signs."""
    return _box().decrypt(kept).decode()


def signed(body: str, message_id: str, at: datetime, secrets_: Iterable[str]) -> dict[str, str]:
    """The headers of a delivery: one signature a secret, any of which a receiver may know."""
    signatures = [Webhook(secret).sign(message_id, at, body) for secret in secrets_]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _box() -> Fernet:
    key = hashlib.sha256(b"webhook secrets" + settings.KEY_PEPPER.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
