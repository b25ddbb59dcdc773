"""A month of use: counts by meter, how much of it is cached, how much can wait for a batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from registry.pricing.cost import Bill, cost
from registry.pricing.exact import EXACT, exact_product
from registry.pricing.rate_card import Fallback, RateCard
from registry.pricing.rates import MAX_DIGITS, significant_digits
from registry.pricing.usage import Usage

_ALL = Decimal(1)
_NONE = Decimal(0)


class WorkloadError(ValueError):
    """A workload or scenario that contradicts itself."""

    def __init__(self, field: str, value: object, expected: str) -> None:
        super().__init__(f"{field}: {value} does not fit; expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Workload:
    """``usage``: what a month adds up to.

    ``cache_hit_share``: the share of its `input_tokens` that are cache reads, for a usage that does
    not count them itself. ``batch_share``: the share of everything that is sent under the batch
    tier. ``request_input_tokens``: the inclusive input of one request, which decides the context
    band; a month's sum must not, and zero means that no request is long.
    """

    usage: Usage
    cache_hit_share: Decimal = _NONE
    batch_share: Decimal = _NONE
    request_input_tokens: int = 0

    def __post_init__(self) -> None:
        require_share("cache_hit_share", self.cache_hit_share)
        require_share("batch_share", self.batch_share)
        counted = self.usage.count("cache_read_tokens")
        if self.cache_hit_share and counted:
            raise WorkloadError(
                "cache_hit_share",
                self.cache_hit_share,
                f"none beside {counted:f} cache_read_tokens",
            )

    @property
    def expected_usage(self) -> Usage:
        """The usage with its cache hits counted; may hold fractions of a token."""
        if not self.cache_hit_share:
            return self.usage
        hits = exact_product(self.usage.count("input_tokens"), self.cache_hit_share)
        return self.usage.with_count("cache_read_tokens", hits)


@dataclass(frozen=True, slots=True)
class MonthlyCost:
    """The two parts of a month's bill, either of them None when its share is zero."""

    standard: Bill | None
    batch: Bill | None
    total: Decimal
    currency: str


def monthly_cost(
    card: RateCard,
    workload: Workload,
    *,
    at: datetime,
    region: str | None = None,
    variant: str | None = None,
    currency: str = "USD",
    fallback: Fallback | None = None,
) -> MonthlyCost:
    """A month at the card's prices of one moment; raises what `cost` raises."""

    def bill(tier: str | None, share: Decimal) -> Bill | None:
        if not share:
            return None
        return cost(
            card,
            workload.expected_usage.share(share),
            at=at,
            tier=tier,
            region=region,
            variant=variant,
            currency=currency,
            fallback=fallback,
            context_tokens=workload.request_input_tokens,
        )

    standard = bill(None, EXACT.subtract(_ALL, workload.batch_share))
    batch = bill("batch", workload.batch_share)
    total = EXACT.add(standard.total if standard else _NONE, batch.total if batch else _NONE)
    return MonthlyCost(standard, batch, total, currency)


def require_share(field: str, share: Decimal) -> None:
    """Raises `WorkloadError` unless the share is a Decimal from 0 to 1 of at most 15 digits."""
    if not (is_plain_factor(share) and _NONE <= share <= _ALL):
        raise WorkloadError(field, share, f"a Decimal from 0 to 1, of at most {MAX_DIGITS} digits")


def is_plain_factor(factor: object) -> bool:
    """Whether it is a Decimal short enough for exact products."""
    return (
        isinstance(factor, Decimal)
        and factor.is_finite()
        and significant_digits(factor) <= MAX_DIGITS
        and abs(factor.adjusted()) <= MAX_DIGITS
    )
