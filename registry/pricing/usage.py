"""What was used: counts by meter, checked, and each count told apart once.

Counts are inclusive: `input_tokens` contains the cached ones. `Usage.leaves` takes the parts out of
their wholes, so that every token is billed exactly once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from registry.pricing.exact import EXACT, exact_product, exact_sum
from registry.pricing.meters import METERS, Unit, ancestors, children

LARGEST_COUNT = 10**15
_DIVISIBLE = frozenset({Unit.SECOND, Unit.GB_DAY})


class UsageError(ValueError):
    """A count that cannot be; ``field`` is named as the caller named it."""

    def __init__(self, field: str, value: object, expected: str) -> None:
        super().__init__(f"{field}: {value!r} is not a usage; expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Usage:
    """Counts above zero by meter, in the vocabulary's order; every whole holds its parts.

    Build one with `Usage.of`, or with a reader of `registry.pricing.flavors`.
    """

    counts: tuple[tuple[str, Decimal], ...] = ()

    @classmethod
    def of(cls, counts: Mapping[str, object]) -> Usage:
        """Reads inclusive counts by meter: integers, for seconds and GB-days also Decimals.

        A whole between two others may be left out and is then the sum of its parts; the outermost
        (`input_tokens`, `output_tokens`) must be given, since absent is not zero. Raises
        `UsageError` for an unknown meter, a boolean, a float, a negative or endless number, and a
        part larger than its whole.
        """
        return cls._checked({name: _read_count(name, value) for name, value in counts.items()})

    @classmethod
    def _checked(cls, counts: dict[str, Decimal]) -> Usage:
        for name in reversed(METERS):
            _check_whole(name, counts)
        return cls(tuple((name, counts[name]) for name in METERS if counts.get(name)))

    def count(self, meter: str) -> Decimal:
        """The inclusive count of a meter; zero when none was reported."""
        return dict(self.counts).get(meter, Decimal(0))

    def leaves(self) -> Iterator[tuple[str, Decimal]]:
        """Every count once, above zero: what of a meter is in none of its parts."""
        counts = dict(self.counts)
        for name, count in self.counts:
            rest = EXACT.subtract(count, _parts(name, counts))
            if rest:
                yield name, rest

    def scaled(self, factors: Mapping[str, Decimal]) -> Usage:
        """Counts times a factor by outermost meter (1 where none is given).

        The result is an expectation and may hold fractions of a token.
        """
        return Usage._checked(
            {
                name: exact_product(count, factors.get(outermost(name), Decimal(1)))
                for name, count in self.counts
            }
        )

    def share(self, part: Decimal) -> Usage:
        """That share of every count; may hold fractions of a token."""
        return self.scaled(dict.fromkeys(METERS, part))

    def with_count(self, meter: str, count: Decimal) -> Usage:
        """The same usage with one count set; checked like any other."""
        return Usage._checked({**dict(self.counts), meter: count})

    def __add__(self, other: Usage) -> Usage:
        names = dict.fromkeys((*dict(self.counts), *dict(other.counts)))
        return Usage._checked(
            {name: EXACT.add(self.count(name), other.count(name)) for name in names}
        )


def outermost(meter: str) -> str:
    """The meter that contains this one and is in no other."""
    return (meter, *ancestors(meter))[-1]


def _read_count(name: str, value: object) -> Decimal:
    if name not in METERS:
        raise UsageError(name, value, f"one of the meters {', '.join(METERS)}")
    divisible = METERS[name].unit in _DIVISIBLE
    expected = "a Decimal or an integer, zero or more" if divisible else "an integer, zero or more"
    if isinstance(value, bool) or not isinstance(value, (int, Decimal) if divisible else int):
        raise UsageError(name, value, expected)
    count = Decimal(value)
    if not count.is_finite() or count < 0 or count.is_signed():
        raise UsageError(name, value, expected)
    if count > LARGEST_COUNT or len(count.as_tuple().digits) > len(str(LARGEST_COUNT)):
        raise UsageError(name, value, f"at most {LARGEST_COUNT:,}, in as many digits")
    return count


def _check_whole(name: str, counts: dict[str, Decimal]) -> None:
    """Fills an inner whole that was left out; refuses one that is smaller than its parts."""
    parts = _parts(name, counts)
    if not parts:
        return
    if name not in counts and METERS[name].parent is not None:
        counts[name] = parts
    elif counts.get(name, Decimal(0)) < parts:
        named = ", ".join(part for part in children(name) if part in counts)
        raise UsageError(
            name,
            str(counts[name]) if name in counts else None,
            f"at least {parts:f}, since it contains {named}",
        )


def _parts(name: str, counts: Mapping[str, Decimal]) -> Decimal:
    return exact_sum(counts[part] for part in children(name) if part in counts)
