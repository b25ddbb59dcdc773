"""Cases for the policy in few words: who says which card, and what stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from registry.curation.policy.cards import Card, read_card
from registry.curation.policy.case import Case
from registry.curation.policy.changes import Standing
from registry.curation.policy.reasons import Finding
from registry.curation.policy.voices import Slot, Voice, weeks_of
from registry.pricing.quotes import Quote
from registry.pricing.rates import PriceState
from registry.pricing.terms import Terms

NOW = datetime(2026, 7, 1, tzinfo=UTC)
MILLION = Decimal(1_000_000)

INPUT = "input_tokens"
OUTPUT = "output_tokens"
READ = "cache_read_tokens"
WRITE = "cache_write_tokens"


def quotes(prices: Mapping[str, str], *, currency: str = "USD") -> list[Quote]:
    """Quotes per million; a key is a meter, or ``meter;terms``."""
    rows = []
    for name, text in prices.items():
        meter, _, terms = name.partition(";")
        state = PriceState.FREE if text == "free" else None
        rows.append(
            Quote(meter, text, MILLION, meter, Terms.parse(terms), currency=currency, state=state)
        )
    return rows


def card(
    prices: Mapping[str, str], *, mode: str | None = "chat", remarked: Iterable[Finding] = ()
) -> Card:
    """A card as one source states it."""
    return read_card(quotes(prices), mode=mode, remarked=remarked)


def voice(
    source: str,
    prices: Mapping[str, str],
    *,
    trust: int = 50,
    own: bool = False,
    fresh: bool = True,
    group: str | None = None,
    seen_days_ago: int = 0,
    stated_at: datetime | None = None,
    silent_before: datetime | None = None,
    mode: str | None = "chat",
) -> Voice:
    """One source's word."""
    return Voice(
        source=source,
        group=group or source,
        trust=trust,
        own=own,
        fresh=fresh,
        claim_id=abs(hash(source)) % 1000,
        seen_at=NOW - timedelta(days=seen_days_ago),
        read_at=NOW,
        card=card(prices, mode=mode),
        stated_at=stated_at,
        silent_before=silent_before,
    )


def standing(
    prices: Mapping[str, str], *, source: str = "litellm", days_ago: int = 100
) -> dict[Slot, Standing]:
    """What is published."""
    starts_at = NOW - timedelta(days=days_ago)
    weeks = weeks_of(card(prices).rates)
    return {slot: Standing(week, starts_at, source) for slot, week in weeks.items()}


def case(*voices: Voice, stands: Mapping[str, str] | None = None, **rest: object) -> Case:
    """A case now."""
    return Case(at=NOW, voices=voices, standing=standing(stands or {}), **rest)  # type: ignore[arg-type]


def slot(meter: str, terms: str = "", *, banded: bool = False) -> Slot:
    """A slot in USD by its texts."""
    return Slot(meter, Terms.parse(terms), "USD", banded)
