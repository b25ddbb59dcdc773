"""One claim as its source made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from registry.ingest.models import Claim
from registry.selectors.excerpts import Excerpt
from registry.selectors.paging import NotHeld
from registry.selectors.review_item import excerpt_of


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """A claim, what it is about, its rows as quoted, and where they stand in the body.

    ``quotes``: field, meter, terms, text, per and currency of each, with the date of its card.
    ``score``: of a claim of a score, what it says by name.
    """

    claim: Claim
    subject: str
    quotes: tuple[tuple[str, ...], ...]
    remarks: tuple[tuple[str, ...], ...]
    notes: tuple[tuple[str, ...], ...]
    facts: tuple[tuple[str, str], ...]
    excerpt: Excerpt | None
    score: tuple[tuple[str, str], ...] = ()


def claim_page(pk: int) -> ClaimPage:
    """The claim; raises `NotHeld`. One statement."""
    claim = (
        Claim.objects.select_related("source", "first_run__snapshot", "offer__provider")
        .filter(pk=pk)
        .first()
    )
    if claim is None:
        raise NotHeld("claim", pk)
    content = claim.content
    cards = [("", content.get("quotes", ()))]
    cards += [(card["starts_at"] or "", card["quotes"]) for card in content.get("scheduled", ())]
    return ClaimPage(
        claim,
        str(claim.offer or f"{claim.provider_name}/{claim.model_id}"),
        tuple(
            (
                quote["field"],
                quote["meter"],
                quote.get("terms", ""),
                quote["text"] or quote.get("state", ""),
                quote["per"],
                quote.get("currency", "USD"),
                starts_at,
            )
            for starts_at, quotes in cards
            for quote in quotes
        ),
        tuple(tuple(map(str, remark)) for remark in content.get("remarks", ())),
        tuple(tuple(map(str, note)) for note in content.get("notes", ())),
        tuple((name, str(value)) for name, value in content.get("facts", {}).items()),
        excerpt_of(claim),
        _score(content),
    )


def _score(content: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    quote = content.get("quote")
    if quote is None:
        return ()
    of = {name: content[name] for name in ("benchmark", "model", "setup") if name in content}
    return tuple((name, str(said)) for name, said in {**of, **quote}.items())
