"""What the sources say of offers now: their live claims, and since when they make them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from registry.curation.policy.thresholds import RUNS_UNTIL_WITHDRAWN
from registry.ingest.batches import batched
from registry.ingest.content import from_content
from registry.ingest.models import SourceEntry
from scrapers.claims import OfferClaim


@dataclass(frozen=True, slots=True)
class Word:
    """One live claim of a source on an offer, since when it has been made, and when last read.

    ``added_since``: the prices in it that are younger, as `Claim.added_since` keeps them.
    """

    claim_id: int
    claim: OfferClaim
    priced_since: datetime
    added_since: list[list[str]]
    silent_before: datetime | None
    last_read_at: datetime
    missing: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """The words that count, by offer and source; and of which offers any source speaks at all."""

    by_offer: dict[int, dict[int, list[Word]]]
    spoken_of: frozenset[int]


def heard_words(
    offer_ids: Collection[int], *, merged: Mapping[int, int], unheard: Collection[int]
) -> Heard:
    """What is said of offers, also under the names of those that were merged into them.

    ``merged``: offers that are another one, with that one. ``unheard``: sources to be left out.
    """
    wanted = set(offer_ids)
    aside = {one for one, home in merged.items() if home in wanted}
    by_offer: dict[int, dict[int, list[Word]]] = defaultdict(dict)
    spoken_of = set()
    for offer_id, by_source in words_of(wanted | aside).items():
        home = merged.get(offer_id, offer_id)
        spoken_of.add(home)
        for source_id, group in by_source.items():
            if source_id not in unheard:
                by_offer[home].setdefault(source_id, []).extend(group)
    return Heard(dict(by_offer), frozenset(spoken_of))


def words_of(offer_ids: Collection[int]) -> dict[int, dict[int, list[Word]]]:
    """By offer and source, the claims that the source's entries make now."""
    words: dict[int, dict[int, list[Word]]] = defaultdict(lambda: defaultdict(list))
    links = SourceEntry.claims.through.objects.filter(
        sourceentry__missed_runs__lt=RUNS_UNTIL_WITHDRAWN
    )
    for batch in batched(offer_ids):
        rows = (
            links.filter(claim__offer_id__in=batch)
            .order_by("claim_id")
            .values_list(
                "claim__offer_id",
                "claim__source_id",
                "claim_id",
                "claim__content",
                "claim__provider_name",
                "claim__model_id",
                "claim__page",
                "claim__priced_since",
                "claim__added_since",
                "claim__priced_otherwise_at",
                "sourceentry__last_run__at",
                "sourceentry__missed_runs",
            )
        )
        for (offer_id, source_id, claim_id, content, provider, model_id, page, priced_since,
             added_since, silent_before, last_read_at, missed) in rows:  # fmt: skip
            claim = from_content(content, provider=provider, model_id=model_id, page=page or None)
            words[offer_id][source_id].append(
                Word(
                    claim_id,
                    claim,
                    priced_since,
                    added_since,
                    silent_before,
                    last_read_at,
                    missed > 0,
                )
            )
    return words
