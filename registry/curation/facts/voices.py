"""Claims as words on facts: what the sources say now of offers and their models."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from registry.catalog.facts import read_facts
from registry.curation.policy.facts.deciding import FactVoice
from registry.curation.policy.thresholds import RUNS_UNTIL_WITHDRAWN
from registry.curation.rulings import STAFF, distrust
from registry.ingest.batches import batched
from registry.ingest.models import Claim, Source, SourceEntry


class OfferNames(NamedTuple):
    """Of an offer: its provider's slug, and whether that provider is the model's lab's own."""

    provider: str
    of_lab: bool


class _Said(NamedTuple):
    """A claim's facts as its row keeps them, and the offer that they are said of."""

    offer_id: int
    source_id: int
    claim_id: int
    facts: Mapping[str, Any]
    seen_at: datetime
    since: Mapping[str, str]


def voices_now(
    names: Mapping[int, OfferNames], *, at: datetime, merged: Mapping[int, int]
) -> dict[int, list[FactVoice]]:
    """By offer, every claim that states a fact and that a source's entries make now.

    ``merged``: offers that are another one, with that one: what is said of them is said of it.
    """
    sources = _sources()
    fresh = {pk for pk, s in sources.items() if s.fresh_until is not None and at <= s.fresh_until}
    aside = {one for one, home in merged.items() if home in names}
    rows = (
        (_Said(merged.get(claim_of, claim_of), *said), missed)
        for claim_of, *said, missed in _rows({*names, *aside}, at)
    )
    return _by_offer(
        _voice(
            said,
            sources[said.source_id],
            names[said.offer_id],
            fresh=said.source_id in fresh and missed == 0,
        )
        for said, missed in rows
        if said.offer_id in names
    )


def voices_then(names: Mapping[int, OfferNames], *, at: datetime) -> dict[int, list[FactVoice]]:
    """By offer, what each source's entries had last said by a moment.

    What persons had corrected is told by their rulings, which can be lifted.
    """
    sources = _sources()
    newest: dict[tuple[int, int, str, str], _Said] = {}
    for batch in batched(names.keys()):
        rows = Claim.objects.filter(offer_id__in=batch, first_seen_at__lte=at).exclude(
            source__slug=STAFF
        )
        for key, name, offer_id, source_id, claim_id, facts, seen_at, since in rows.order_by(
            "first_seen_at", "pk"
        ).values_list(
            "entry_key",
            "model_id",
            "offer_id",
            "source_id",
            "pk",
            "content__facts",
            "first_seen_at",
            "facts_since",
        ):
            said = _Said(offer_id or 0, source_id, claim_id, facts or {}, seen_at, since)
            newest[said.offer_id, source_id, key, name] = said
    return _by_offer(
        _voice(said, sources[said.source_id], names[said.offer_id], fresh=True)
        for said in newest.values()
    )


def _sources() -> dict[int, Source]:
    return {source.pk: source for source in Source.objects.select_related("derives_from")}


def _voice(said: _Said, source: Source, names: OfferNames, *, fresh: bool) -> FactVoice:
    """One claim as the policy hears it."""
    return FactVoice(
        source=source.slug,
        group=(source.derives_from or source).slug,
        trust=source.trust,
        own=names.provider in source.own_providers,
        fresh=fresh,
        of_lab=names.of_lab,
        offer_id=said.offer_id,
        claim_id=said.claim_id,
        values=read_facts(said.facts),
        seen_at=said.seen_at,
        since={name: datetime.fromisoformat(moment) for name, moment in said.since.items()},
    )


def _by_offer(voices: Iterable[FactVoice]) -> dict[int, list[FactVoice]]:
    """Those that state a fact."""
    stating: dict[int, list[FactVoice]] = defaultdict(list)
    for voice in voices:
        if voice.values:
            stating[voice.offer_id].append(voice)
    return stating


def _rows(offer_ids: Collection[int], at: datetime) -> Any:
    links = SourceEntry.claims.through.objects.filter(
        sourceentry__missed_runs__lt=RUNS_UNTIL_WITHDRAWN, claim__content__has_key="facts"
    ).exclude(claim__source__in=distrust(at).values("source_id"))
    for batch in batched(offer_ids):
        yield from (
            links.filter(claim__offer_id__in=batch)
            .order_by("claim_id")
            .values_list(
                "claim__offer_id",
                "claim__source_id",
                "claim_id",
                "claim__content__facts",
                "claim__first_seen_at",
                "claim__facts_since",
                "sourceentry__missed_runs",
            )
        )
