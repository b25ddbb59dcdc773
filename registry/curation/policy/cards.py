"""What one source says of one offer, read as rates, and what is wrong with it on its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.thresholds import DEAREST_TOKENS_PER_MILLION
from registry.pricing.meters import METERS, Unit
from registry.pricing.quotes import Quote, QuoteError, read_quote
from registry.pricing.rate_card import CardError, canonical_rates
from registry.pricing.rates import VIRTUAL_CURRENCIES, Rate, RateKey
from registry.pricing.terms import STANDARD

CHAT_MODES = frozenset({"chat", "completion", "responses"})

_ITEM_UNITS = frozenset({Unit.ITEM, Unit.SECOND, Unit.CALL, Unit.PIXEL, Unit.CHARACTER})


@dataclass(frozen=True, slots=True)
class Card:
    """The canonical rates of a claim, and the findings that keep it from being used."""

    rates: tuple[Rate, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether nothing was found: one bad figure holds the whole card."""
        return not self.findings


def read_card(quotes: Iterable[Quote], *, mode: str | None, remarked: Iterable[Finding]) -> Card:
    """Reads a whole card as quoted; every figure that cannot be taken is a finding.

    ``mode`` is the kind of model (chat, embedding ...; None is taken for chat), ``remarked`` what
    the source's parser remarked on.
    """
    findings = list(remarked)
    rates: dict[RateKey, Rate] = {}
    for quote in quotes:
        try:
            rate = read_quote(quote).rate
        except QuoteError as error:
            findings.append(_finding_of(error))
            continue
        if rates.setdefault(rate.key, rate) != rate:
            findings.append(_contradiction(quote, rates[rate.key]))
    findings = _another_unit(findings, rates.values())
    try:
        canonical = canonical_rates(rates.values())
    except CardError as error:
        findings.append(Finding(Reason.BAD_HOURS, error.field, str(error.value), error.expected))
        canonical = tuple(rates.values())
    findings += _implausible(canonical)
    findings += _cache_out_of_order(canonical)
    if mode is None or mode in CHAT_MODES:
        findings += _swapped(canonical)
    return Card(canonical, tuple(findings))


def _finding_of(error: QuoteError) -> Finding:
    return Finding(Reason(error.fault.value), error.field, str(error.value), error.expected)


def _contradiction(quote: Quote, other: Rate) -> Finding:
    return Finding(
        Reason.CONFLICTING_FIGURES, quote.field, quote.text, f"{other.amount}, as it says elsewhere"
    )


def _another_unit(findings: list[Finding], rates: Iterable[Rate]) -> list[Finding]:
    """A zero token price beside a price for each image, second or call is another unit's row."""
    if not any(METERS[rate.meter].unit in _ITEM_UNITS for rate in rates):
        return findings
    return [
        Finding(Reason.ANOTHER_UNIT, f.field, f.value, "no token price where another unit is sold")
        if f.reason is Reason.ZERO
        else f
        for f in findings
    ]


def _implausible(rates: Iterable[Rate]) -> Iterator[Finding]:
    for rate in rates:
        if (
            rate.amount is not None
            and rate.currency not in VIRTUAL_CURRENCIES
            and METERS[rate.meter].unit is Unit.TOKEN
            and rate.amount > DEAREST_TOKENS_PER_MILLION
        ):
            yield Finding(
                Reason.IMPLAUSIBLE,
                rate.meter,
                f"{rate.amount:f}",
                f"at most {DEAREST_TOKENS_PER_MILLION} per million tokens",
            )


_CACHE_READS = {
    "cache_read_tokens": "input_tokens",
    "cache_read_audio_tokens": "input_audio_tokens",
    "cache_read_image_tokens": "input_image_tokens",
}
CACHE_WRITES = {
    "cache_write_tokens": "input_tokens",
    "cache_write_5m_tokens": "input_tokens",
    "cache_write_1h_tokens": "input_tokens",
    "cache_write_12h_tokens": "input_tokens",
}


def _cache_out_of_order(rates: Iterable[Rate]) -> Iterator[Finding]:
    """A cache read dearer than the input it saves, or a write cheaper than plain input."""
    amounts = _amounts(rates)
    for key, amount in amounts.items():
        plain = _CACHE_READS.get(key.meter) or CACHE_WRITES.get(key.meter)
        full = amounts.get(key._replace(meter=plain)) if plain else None
        if full is None:
            continue
        if key.meter in _CACHE_READS and amount > full:
            yield Finding(
                Reason.CACHE_READ_DEARER,
                _where(key),
                f"{amount:f}",
                f"at most {full:f}, the input price",
            )
        if key.meter in CACHE_WRITES and amount < full:
            yield Finding(
                Reason.CACHE_WRITE_CHEAPER,
                _where(key),
                f"{amount:f}",
                f"at least {full:f}, the input price",
            )


def _swapped(rates: Iterable[Rate]) -> Iterator[Finding]:
    """A chat model whose input is dearer than its output reads like two swapped columns."""
    amounts = _amounts(rates)
    for key, amount in amounts.items():
        if key.meter == "input_tokens":
            output = amounts.get(key._replace(meter="output_tokens"))
            if output is not None and amount > output:
                yield Finding(
                    Reason.SWAPPED,
                    _where(key),
                    f"{amount:f}",
                    f"at most {output:f}, the output price",
                )


def _amounts(rates: Iterable[Rate]) -> dict[RateKey, Decimal]:
    return {rate.key: rate.amount for rate in rates if rate.amount is not None}


def _where(key: RateKey) -> str:
    return f"{key.meter} [{key.terms.key}]" if key.terms != STANDARD else key.meter
