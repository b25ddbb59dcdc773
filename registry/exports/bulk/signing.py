"""Ed25519 signatures of bulk files, by a key that follows from a kept secret."""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)
from django.conf import settings

from registry.environment.secret_key import kept_secret

_MEANT_FOR = b"ratecard bulk files"
_SEED_BYTES = 32


class NoSigningKey(RuntimeError):
    """RATECARD_SIGNING_KEY is not set where one is needed."""

    def __init__(self) -> None:
        super().__init__("RATECARD_SIGNING_KEY: not set; expected 50 or more random characters")


def signing_secret() -> str:
    """The secret that is set, or locally one made once; raises `NoSigningKey` for neither."""
    file: Path | None = settings.SIGNING_KEY_FILE
    secret: str = settings.SIGNING_KEY or ("" if file is None else kept_secret(file))
    if not secret:
        raise NoSigningKey
    return secret


def sign(content: bytes, secret: str) -> bytes:
    """The 64 bytes of the signature; the same for the same content and secret."""
    return _private(secret).sign(content)


def public_key(secret: str) -> bytes:
    """The key that verifies, as PEM."""
    key = _private(secret).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def is_signed(content: bytes, signature: bytes, pem: bytes) -> bool:
    """Whether the holder of the key signed exactly this content."""
    key = load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        return False
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _private(secret: str) -> Ed25519PrivateKey:
    seed = HKDF(SHA256(), _SEED_BYTES, salt=None, info=_MEANT_FOR).derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)
