"""A feed's values as the types of `scrapers.claims.Facts`.

What is not of the expected type is silence: a fact never holds a price, and none is guessed. So a
month without a day is no date, zero tokens are an unknown limit, and "yes" is not true.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

from scrapers.json_text import JsonValue

_MOST_DIGITS = 15


def words(value: JsonValue) -> str | None:
    """A text that says something."""
    return value.strip() or None if isinstance(value, str) else None


def whole(value: JsonValue) -> int | None:
    """A whole number, also where it is written as 256000.0, of at most 15 digits."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    if number.adjusted() >= _MOST_DIGITS or number != number.to_integral_value():
        return None
    return int(number)


def count(value: JsonValue) -> int | None:
    """A whole number above zero."""
    number = whole(value)
    return number if number is not None and number > 0 else None


def flag(value: JsonValue) -> bool | None:
    """True or false, as JSON writes them."""
    return value if isinstance(value, bool) else None


def names(value: JsonValue) -> tuple[str, ...]:
    """The texts of a list, in its order, each once."""
    if not isinstance(value, list):
        return ()
    return tuple(dict.fromkeys(item for item in value if isinstance(item, str) and item))


def day(value: JsonValue) -> date | None:
    """A full ISO date, ``2026-04-24``."""
    if not isinstance(value, str) or len(value) != len("2026-04-24"):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def day_written(text: str, form: str) -> date | None:
    """A day in a page's own writing, ``%B %d, %Y`` for April 24, 2026; None where it is no day."""
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, no moment
    except ValueError:
        return None


def midnight(start: date | None) -> datetime | None:
    """The moment a UTC day begins; None stays None, which is since ever."""
    return datetime.combine(start, time(), UTC) if start else None


def members(value: JsonValue) -> dict[str, JsonValue]:
    """The members of an object; none where it is no object."""
    return value if isinstance(value, dict) else {}
