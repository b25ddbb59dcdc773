"""What waits for a person, and how much of it is right: the measure of a policy's caution.

Nobody can say of a change what is true but later and other evidence. A change that waits is *true*
where an independent source states the same, or where its own source has said it again in a later
body and nobody says otherwise. It is *doubtful* where others say otherwise, and where the figure
itself is odd or its source contradicts itself, which no repeating mends; *no price* where its
source gives a zero without a word, or in a unit that nobody knows; and *unproven* where no later
body has the row, because it was the last or because the row is gone from those that followed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from registry.curation.models import Review
from registry.curation.policy.reasons import OF_FACTS, Reason
from registry.curation.policy.voices import Slot, Week, same, weeks_of
from registry.curation.rows import weeks_in
from registry.curation.voices import current_cards
from registry.curation.words import words_of
from registry.ingest.models import Claim
from registry.ledger.models import PricePoint

_NO_PRICE = frozenset({Reason.ZERO, Reason.ANOTHER_UNIT, Reason.UNKNOWN_UNIT, Reason.UNKNOWN_FIELD})

_ODD = frozenset(
    {
        Reason.CONFLICTING_FIGURES,
        Reason.IMPLAUSIBLE,
        Reason.SCALE,
        Reason.SWAPPED,
        Reason.CACHE_READ_DEARER,
        Reason.CACHE_WRITE_CHEAPER,
    }
)


class Worth(StrEnum):
    """What later and other evidence says of a change that waits."""

    TRUE = "true"
    DOUBTFUL = "doubtful"
    NO_PRICE = "no price"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open item; ``is_change``: its offer has a price, so that this would be a change."""

    source: str
    offer: str
    reasons: tuple[str, ...]
    told: str
    seen_at: datetime
    worth: Worth
    is_change: bool


@dataclass(frozen=True, slots=True)
class Published:
    """What was published of some sources: changes of what stood, and first cards, by offer."""

    changes: int
    first_cards: int


def waiting(sources: Iterable[str]) -> list[Waiting]:
    """Every open item of the sources about an offer's price, by reason, source and offer.

    Facts beside the price wait in the same queue, and are no part of this measure.
    """
    items = list(
        Review.objects.filter(
            state=Review.State.OPEN, source__slug__in=sources, offer__isnull=False
        )
        .exclude(reason__in=OF_FACTS)
        .select_related("source", "offer__provider")
    )
    offer_ids = {item.offer_id for item in items if item.offer_id is not None}
    said = _said(offer_ids)
    read_at = _last_read(offer_ids)
    priced = set(
        PricePoint.objects.filter(series__offer_id__in=offer_ids).values_list(
            "series__offer_id", flat=True
        )
    )
    found = [
        Waiting(
            source=item.source.slug if item.source else "",
            offer=str(item.offer),
            reasons=tuple(dict.fromkeys(reason for reason, *_ in item.findings)),
            told="; ".join(f"{field}: {value}" for _, field, value, _ in item.findings[:3]),
            seen_at=item.seen_at,
            worth=_worth(item, said[item.offer_id or 0], read_at),
            is_change=item.offer_id in priced,
        )
        for item in items
    ]
    return sorted(found, key=lambda one: (one.reasons, one.source, one.offer))


def published(sources: Iterable[str]) -> Published:
    """How many cards were published on the sources' runs: an offer in a revision is one."""
    points = PricePoint.objects.filter(revision__author__in=sources)
    cards: dict[tuple[int, int], bool] = defaultdict(bool)
    for offer_id, revision, cause in points.values_list("series__offer_id", "revision_id", "cause"):
        cards[offer_id, revision] |= cause != PricePoint.Cause.FIRST_SEEN
    changes = sum(cards.values())
    return Published(changes, len(cards) - changes)


def _worth(
    item: Review, said: Mapping[str, list[Mapping[Slot, Week]]], read_at: Mapping[_Row, datetime]
) -> Worth:
    proposal = weeks_in(item.proposal)
    others = [weeks for group, cards in said.items() if group != _group(item) for weeks in cards]
    if proposal and any(_states(weeks, proposal) for weeks in others):
        return Worth.TRUE
    reasons = {reason for reason, *_ in item.findings}
    if reasons & _NO_PRICE:
        return Worth.NO_PRICE
    if reasons & _ODD or any(_contradicts(weeks, proposal) for weeks in others):
        return Worth.DOUBTFUL
    again = read_at.get((item.source_id, item.offer_id), item.seen_at) > item.seen_at
    return Worth.TRUE if again else Worth.UNPROVEN


def _states(weeks: Mapping[Slot, Week], proposal: Mapping[Slot, Week]) -> bool:
    """Whether a card states whatever it knows of a proposal just so, plain prices among it."""
    shared = weeks.keys() & proposal.keys()
    plain = any(slot.meter in ("input_tokens", "output_tokens") for slot in shared)
    return plain and all(same(weeks[slot], proposal[slot]) for slot in shared)


def _contradicts(weeks: Mapping[Slot, Week], proposal: Mapping[Slot, Week]) -> bool:
    return any(not same(weeks[slot], proposal[slot]) for slot in weeks.keys() & proposal.keys())


_Row = tuple[int | None, int | None]


def _last_read(offer_ids: set[int]) -> dict[_Row, datetime]:
    """By source and offer, when a body last had it."""
    return {
        (source_id, offer_id): max(word.last_read_at for word in words)
        for offer_id, by_source in words_of(offer_ids).items()
        for source_id, words in by_source.items()
    }


def _group(item: Review) -> str:
    source = item.source
    return (source.derives_from or source).slug if source else ""


def _said(offer_ids: set[int]) -> dict[int, dict[str, list[Mapping[Slot, Week]]]]:
    """By offer and independent source, the cards that are stated now."""
    cards = current_cards(offer_ids)
    claims = {claim_id for by_claim in cards.values() for claim_id in by_claim}
    groups = dict(_groups_of(claims))
    said: dict[int, dict[str, list[Mapping[Slot, Week]]]] = defaultdict(lambda: defaultdict(list))
    for offer_id, by_claim in cards.items():
        for claim_id, card in by_claim.items():
            said[offer_id][groups[claim_id]].append(weeks_of(card.rates))
    return said


def _groups_of(claims: set[int]) -> Iterator[tuple[int, str]]:
    rows = Claim.objects.filter(pk__in=claims)
    for pk, slug, copied in rows.values_list("pk", "source__slug", "source__derives_from__slug"):
        yield pk, copied or slug
