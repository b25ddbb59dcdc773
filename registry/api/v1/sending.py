"""What may be sent to version 1: members that several bodies share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from registry.api import kinds, kinds_of_prices, values
from registry.api.bodies import Body, member
from registry.api.queries import BadQuery, Fault, shown
from registry.pricing.flavors import FLAVORS, read_usage
from registry.pricing.rate_card import Fallback
from registry.pricing.usage import LARGEST_COUNT, Usage, UsageError
from registry.pricing.workload import Workload, WorkloadError
from registry.selectors.clocks import AsOf, as_of
from registry.selectors.workloads import Conditions

CANONICAL = "canonical"
_NONE, _ONE = Decimal(0), Decimal(1)

USAGE = values.object_of_counts(
    "counts by meter, such as input_tokens and output_tokens, wholes including their parts; or, "
    "with a flavor, the usage object as the provider returns it"
)
FLAVOR = values.text(kinds.one_of((CANONICAL, *FLAVORS)))
SHARE = values.decimal(
    lambda share: _NONE <= share <= _ONE, "from 0 to 1", {"minimum": 0, "maximum": 1}
)
FACTOR = values.decimal(lambda factor: factor > 0, "above 0", {"exclusiveMinimum": 0})
TOKENS = values.whole(0, LARGEST_COUNT)
STANDARD_ONLY = values.text(kinds.one_of(("standard",)))


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedBody(Body):
    """The two clocks, and the currency to tell everything in beside its own."""

    at: datetime | None = member(
        values.text(kinds.MOMENT), "The moment whose prices are meant; else now.", None
    )
    revision: int | None = member(
        values.whole(1, 10**15), "What the registry had published by then; else the newest.", None
    )

    def as_of(self) -> AsOf:
        """Both clocks settled; raises `RevisionNotOut`."""
        return as_of(self.at, self.revision)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyBody(DatedBody):
    """A month of use, and under which conditions it is billed."""

    usage: Mapping[str, Any] = member(USAGE, "What a month adds up to.")
    flavor: str = member(FLAVOR, "In whose form the usage is.", CANONICAL)
    cache_hit_share: Decimal = member(
        SHARE, "The share of its input that is read from a cache.", _NONE
    )
    batch_share: Decimal = member(SHARE, "The share of everything that waits for a batch.", _NONE)
    request_input_tokens: int = member(
        TOKENS, "The input of one request, which decides the context band; 0: none is long.", 0
    )
    region: str | None = member(values.text(kinds_of_prices.REGION), "Where it is processed.", None)
    currency: str = member(
        values.text(kinds_of_prices.CURRENCY), "In which of the card's currencies.", "USD"
    )
    fallback: Fallback | None = member(
        STANDARD_ONLY, "standard: take that rate where a card lacks what is asked.", None
    )
    convert_to: str | None = member(
        values.text(kinds_of_prices.CONVERTIBLE), "Tell the totals in this currency too.", None
    )

    def workload(self) -> Workload:
        """The month; raises `BadQuery`."""
        try:
            return Workload(
                usage=usage_of(self.usage, self.flavor, "usage"),
                cache_hit_share=self.cache_hit_share,
                batch_share=self.batch_share,
                request_input_tokens=self.request_input_tokens,
            )
        except WorkloadError as error:
            raise BadQuery(Fault(error.field, str(error.value), error.expected)) from error

    def conditions(self) -> Conditions:
        """Under which conditions it is billed."""
        return Conditions(self.region, self.currency, self.fallback, self.convert_to)


def usage_of(counts: Mapping[str, Any], flavor: str, path: str) -> Usage:
    """The usage in canonical or a provider's form; raises `BadQuery` with the path of the count."""
    try:
        return Usage.of(counts) if flavor == CANONICAL else read_usage(flavor, counts)
    except UsageError as error:
        field = f"{path}.{shown(error.field)}"
        value = "nothing" if error.value is None else values.shown_value(error.value)
        raise BadQuery(Fault(field, value, error.expected)) from error
