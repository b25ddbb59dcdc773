"""JSON with exact decimals: a number is written digit by digit and never becomes a float."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import orjson

Json = dict[str, Any]


def dumps(document: Any) -> bytes:
    """The document as UTF-8 JSON on one line; Decimals as JSON numbers with their own digits."""
    return orjson.dumps(document, default=_written, option=orjson.OPT_UTC_Z)


def _written(value: Any) -> Any:
    if isinstance(value, Decimal):
        return orjson.Fragment(f"{value:f}".encode())
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not written as JSON")
