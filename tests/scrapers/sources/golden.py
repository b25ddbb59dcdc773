"""Claims as stable text, so that a golden shows what a source was understood to say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from typing import Any

from registry.pricing.quotes import Quote, QuoteError, read_quote
from scrapers.claims import Facts, Note, OfferClaim, Remark


def golden_text(claims: Iterable[OfferClaim]) -> str:
    """One JSON document; only what a claim says, a line for each quote, remark and note."""
    shown = [_claim(claim) for claim in claims]
    return json.dumps(shown, ensure_ascii=False, indent=1, default=str) + "\n"


def _claim(claim: OfferClaim) -> dict[str, Any]:
    shown = {
        "provider": claim.provider,
        "model_id": claim.model_id,
        "aliases": list(claim.aliases),
        "page": claim.page,
        "facts": dict(_facts(claim.facts)),
        "quotes": [_quote(quote) for quote in claim.quotes],
        "scheduled": [
            {"from": card.starts_at, "quotes": [_quote(quote) for quote in card.quotes]}
            for card in claim.scheduled
        ],
        "remarks": [_remark(remark) for remark in claim.remarks],
        "notes": [_note(note) for note in claim.notes],
    }
    return {key: value for key, value in shown.items() if value not in (None, [], {})}


def _facts(facts: Facts) -> Iterator[tuple[str, object]]:
    values = asdict(facts)
    for spec in fields(facts):
        if values[spec.name] not in (None, ()):
            yield spec.name, values[spec.name]


def _quote(quote: Quote) -> str:
    written = f"{quote.text} {quote.currency}/{quote.subunits} per {quote.per:f}"
    try:
        priced = read_quote(quote)
    except QuoteError as error:
        meaning = f"refused, {error.fault}"
    else:
        amount, state = priced.rate.amount, priced.rate.state
        meaning = str(state) if amount is None else f"{amount:f} {quote.currency}"
        meaning += "".join(
            mark
            for mark, on in ((", snapped", priced.snapped), (", derived", priced.derived))
            if on
        )
    series = f"{quote.meter} {quote.terms.key}".strip()
    return f"{series} = {meaning} [{written}, {quote.field}]"


def _remark(remark: Remark) -> str:
    return f"{remark.fault}: {remark.field} is {remark.value}; expected {remark.expected}"


def _note(note: Note) -> str:
    return f"{note.reason}: {note.field} is {note.value}"
