"""Bills: what usages cost, each line with its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.api.v1.shapes.rate_cards import MeterName, Rate
from registry.api.v1.shapes.resolutions import Named
from registry.api.v1.shapes.revisions import RevisionRef
from registry.pricing.exact import exact_sum
from registry.pricing.exchange import Converted
from registry.selectors.clocks import AsOf
from registry.selectors.costs import Billed, BilledLine

Total = Annotated[
    str, meaning("A decimal number as text: exact, nothing is rounded before it is shown.", "243.6")
]
Count = Annotated[str, meaning("How many units; an expectation may hold fractions.", "100000000")]


def money(amount: Decimal) -> str:
    """An amount as text, without the zeros that arithmetic leaves behind."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Conversion(Shape):
    """The same in another currency, for comparison only: exactly the amount times ``rate``."""

    amount: Total
    currency: str
    rate: Annotated[str, meaning("Units of the currency for one unit before.")]
    on: Annotated[date, meaning("The day of the rate.")]
    source: str
    address: Annotated[str, meaning("Where the source publishes it.")]

    @classmethod
    def of(cls, converted: Converted | None) -> Conversion | None:
        """The conversion as the API tells it; None where none was asked."""
        if converted is None:
            return None
        return cls(
            amount=money(converted.amount),
            currency=converted.currency,
            rate=money(converted.rate),
            on=converted.on,
            source=converted.source,
            address=converted.address,
        )


@dataclass(frozen=True, slots=True)
class BillLine(Shape):
    """One meter: ``quantity`` units at ``rate`` make ``amount``."""

    meter: MeterName
    quantity: Count
    rate: Rate
    amount: Total
    fallback_from: Annotated[
        str | None, meaning("The meter, where it has no such rate and a containing one's is taken.")
    ]
    standard_for: Annotated[
        tuple[str, ...], meaning("The terms that the card lacks and that `fallback` gave up.")
    ]
    no_band_over: Annotated[
        int | None, meaning("The context limit that is exceeded and for which this has no rate.")
    ]
    notes: Annotated[tuple[str, ...], meaning("The same in words, and why a line costs nothing.")]

    @classmethod
    def of(cls, billed: BilledLine) -> BillLine:
        """The line as the API tells it."""
        line = billed.line
        return cls(
            meter=line.meter,
            quantity=money(line.quantity),
            rate=Rate.of(billed.rate),
            amount=money(line.amount),
            fallback_from=line.fallback_from,
            standard_for=line.standard_for,
            no_band_over=line.no_band_over,
            notes=line.notes,
        )


def lines_of(lines: Sequence[BilledLine]) -> tuple[BillLine, ...]:
    """The lines of a bill."""
    return tuple(map(BillLine.of, lines))


@dataclass(frozen=True, slots=True)
class Bill(Shape):
    """What one usage costs at one offer; ``total`` is exactly the sum of its lines."""

    asked: Annotated[str, meaning("The id as it was asked.")]
    offer: Named
    model: str | None
    at: Instant
    tier: str | None
    region: str | None
    currency: str
    lines: tuple[BillLine, ...]
    total: Total
    converted: Conversion | None

    @classmethod
    def of(cls, asked: str, billed: Billed) -> Bill:
        """The bill as the API tells it."""
        return cls(
            asked=asked,
            offer=Named.offer(billed.offer),
            model=billed.offer.model,
            at=billed.at,
            tier=billed.tier,
            region=billed.region,
            currency=billed.bill.currency,
            lines=lines_of(billed.lines),
            total=money(billed.bill.total),
            converted=Conversion.of(billed.converted_total),
        )


@dataclass(frozen=True, slots=True)
class Sum(Shape):
    """What all bills in one currency add up to."""

    currency: str
    total: Total


@dataclass(frozen=True, slots=True)
class Costs(Shape):
    """A bill for each usage, in their order, and what they add up to by currency."""

    revision: RevisionRef
    items: tuple[Bill, ...]
    totals: tuple[Sum, ...]

    @classmethod
    def of(cls, asked: Sequence[str], billed: Sequence[Billed], as_of: AsOf) -> Costs:
        """The bills as the API tells them."""
        currencies = sorted({one.bill.currency for one in billed})
        totals = (
            Sum(
                currency,
                money(exact_sum(b.bill.total for b in billed if b.bill.currency == currency)),
            )
            for currency in currencies
        )
        return cls(RevisionRef.of(as_of), tuple(map(Bill.of, asked, billed)), tuple(totals))
