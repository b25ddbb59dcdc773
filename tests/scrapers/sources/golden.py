"""Claims as stable text, so that a golden shows what a source was understood to say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from registry.pricing.quotes import Quote, QuoteError, read_quote
from registry.scoring.figures import Qualifier
from registry.scoring.readings import ReadingError, ReadingQuote, read_reading
from registry.scoring.scales import scale
from scrapers.claims import Claim, Facts, Note, OfferClaim, ReadingClaim, Remark, Statement


def golden_text(claims: Iterable[Claim]) -> str:
    """One JSON document; only what a claim says, a line for each quote, remark and note."""
    shown = [_claim(claim) for claim in claims]
    return json.dumps(shown, ensure_ascii=False, indent=1, default=str) + "\n"


def _claim(claim: Claim) -> dict[str, Any]:
    shown = _reading(claim) if isinstance(claim, ReadingClaim) else _offer(claim)
    return {key: value for key, value in shown.items() if value not in (None, [], {})}


def _offer(claim: OfferClaim) -> dict[str, Any]:
    return {
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
        "statements": [_statement(statement) for statement in claim.statements],
    }


def _statement(said: Statement) -> str:
    baseline = f" of {'/'.join(said.baseline)}" if said.baseline else ""
    basis = f", {said.basis}" if said.basis else ""
    held = "".join(f", {_remark(remark)}" for remark in said.remarks)
    return f"{said.aspect}: {said.text} {said.relation}{baseline} [{said.field}{basis}]{held}"


def _reading(claim: ReadingClaim) -> dict[str, Any]:
    quote = claim.quote
    return {
        "benchmark": claim.benchmark,
        "setup": claim.setup.key or None,
        "model": claim.model,
        "written": claim.written if claim.written != claim.model else None,
        "lab": claim.lab,
        "aliases": list(claim.aliases),
        "score": f"{_score(quote)} [{quote.text} {quote.scale}, {quote.field}]",
        "measured": f"{quote.evaluator}, {quote.measured_on or 'undated'}",
        "page": quote.page or None,
        "remarks": [_remark(remark) for remark in claim.remarks],
    }


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


def _score(quote: ReadingQuote) -> str:
    """What the figure comes to on the scale that its source declares."""
    try:
        reading = read_reading(quote, scale(quote.scale), seen_on=quote.measured_on or date.max)
    except ReadingError as error:
        return f"{'held' if error.held else 'refused'}, {error.fault}"
    interval = f"{reading.low:f} to {reading.high:f}" if reading.low is not None else ""
    marks = (
        f"{reading.value:f}",
        "" if reading.qualifier is Qualifier.EXACT else str(reading.qualifier),
        interval,
        f"± {reading.stderr:f} standard error" if reading.stderr is not None else "",
        f"of {quote.items} items" if quote.items is not None else "",
        f"{quote.passed} passed" if quote.passed is not None else "",
        "snapped" if reading.snapped else "",
        "derived" if reading.derived else "",
    )
    return ", ".join(filter(None, marks))
