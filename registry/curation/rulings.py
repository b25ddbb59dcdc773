"""What persons decided, as the policy hears it: read with everything else that is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from registry.curation.models import Ruling
from registry.curation.policy.cards import Card
from registry.curation.policy.reasons import Reason
from registry.curation.policy.rulings import Refusal, Rulings, TakenBack, Told
from registry.curation.policy.voices import Slot, Voice, Week
from registry.curation.rows import rates_in, weeks_in
from registry.ingest.batches import batched
from registry.ingest.models import Source
from registry.pricing.rates import Rate, RateKey

STAFF = "staff"
"""The source whose claims are persons' corrections."""
STAFF_TRUST = 100


def staff_source() -> Source:
    """The source of corrections: nobody asks it, and nothing is trusted more."""
    source, _ = Source.objects.get_or_create(
        slug=STAFF,
        defaults={
            "name": "Ratecard's curators",
            "parser": "",
            "trust": STAFF_TRUST,
            "active": False,
        },
    )
    return source


MERGED = Q(kind=Ruling.Kind.MERGE, lifted_at=None)
"""The rulings by which an offer is another one."""


def standing(at: datetime | None = None) -> Q:
    """The rulings that nobody has lifted; ``at``: those that stood at a moment that is past."""
    if at is None:
        return Q(lifted_at=None)
    return Q(made_at__lte=at) & (Q(lifted_at=None) | Q(lifted_at__gt=at))


def in_force(offer_ids: Collection[int], *, at: datetime | None = None) -> list[Ruling]:
    """The rulings on some offers' prices that nobody has lifted, the oldest first.

    ``at``: those that stood at a moment that is past.
    """
    return [
        ruling
        for batch in batched(offer_ids)
        for ruling in Ruling.objects.filter(standing(at), offer_id__in=batch, fact="")
        .select_related("source")
        .order_by("made_at", "pk")
    ]


def taken_back(offer_ids: Collection[int]) -> list[Ruling]:
    """The answers to held items of some offers that were lifted again."""
    answers = (Ruling.Kind.ACCEPT, Ruling.Kind.REFUSE)
    return [
        ruling
        for batch in batched(offer_ids)
        for ruling in Ruling.objects.filter(
            offer_id__in=batch, fact="", kind__in=answers, lifted_at__isnull=False
        )
    ]


def rulings_by_offer(rulings: Iterable[Ruling], *, at: datetime) -> dict[int, Rulings]:
    """By offer, what the policy has to heed of rulings in force and of answers taken back."""
    by_offer: dict[int, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        if ruling.offer_id is not None:
            by_offer[ruling.offer_id].append(ruling)
    return {offer_id: _read(group, at) for offer_id, group in by_offer.items()}


def staff_voices(rulings: Iterable[Ruling]) -> dict[int, Voice]:
    """By offer, all that persons have corrected of it as one voice; of a slot the latest counts."""
    stated: dict[int, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        if ruling.kind == Ruling.Kind.STATE and ruling.offer_id is not None:
            stated[ruling.offer_id].append(ruling)
    return {offer_id: _voice(group) for offer_id, group in stated.items()}


def distrusted(at: datetime) -> set[int]:
    """The sources that are not heard at a moment."""
    return {pk for pk in distrust(at).values_list("source_id", flat=True) if pk is not None}


def distrust(at: datetime) -> QuerySet[Ruling]:
    """The rulings by which a source is not heard at a moment."""
    return Ruling.objects.filter(_distrusting(at))


def _distrusting(at: datetime) -> Q:
    return Q(kind=Ruling.Kind.DISTRUST, lifted_at=None, since__lte=at, source__isnull=False)


def homes() -> dict[int, int]:
    """Offers that are another one under a second name, by id, with the one that they are."""
    return homes_in(Ruling.objects.filter(MERGED))


def homes_in(rulings: Iterable[Ruling]) -> dict[int, int]:
    """The same by rulings that were read already, whatever else is among them."""
    into = {
        ruling.offer_id: ruling.into_id
        for ruling in rulings
        if ruling.kind == Ruling.Kind.MERGE
        and ruling.offer_id is not None
        and ruling.into_id is not None
    }
    return {one: _end_of(one, into) for one in into}


def homes_and_distrusted(at: datetime) -> tuple[dict[int, int], set[int]]:
    """`homes` and `distrusted`, in one statement."""
    rulings = list(Ruling.objects.filter(MERGED | _distrusting(at)))
    unheard = {
        ruling.source_id
        for ruling in rulings
        if ruling.kind == Ruling.Kind.DISTRUST and ruling.source_id is not None
    }
    return homes_in(rulings), unheard


def expired_pins(at: datetime) -> set[int]:
    """Offers whose pin has run out and that nobody has decided since."""
    pins = Ruling.objects.filter(kind=Ruling.Kind.PIN, lifted_at=None, until__lte=at)
    return {pk for pk in pins.values_list("offer_id", flat=True) if pk is not None}


def lift_expired_pins(offer_ids: Collection[int], *, at: datetime) -> None:
    """Marks the pins of decided offers that have run out."""
    pins = Ruling.objects.filter(kind=Ruling.Kind.PIN, lifted_at=None, until__lte=at)
    pins.filter(offer_id__in=expired_pins(at) & set(offer_ids)).update(lifted_at=at)


def _end_of(one: int, into: Mapping[int, int]) -> int:
    """Where a chain of merges ends; undoing and merging anew never closes a circle."""
    while one in into:
        one = into[one]
    return one


def _read(rulings: Iterable[Ruling], at: datetime) -> Rulings:
    accepted: set[Told] = set()
    dismissed: set[Told] = set()
    refused: list[Refusal] = []
    vouched: set[str] = set()
    lifted: set[Told] = set()
    weeks: list[Mapping[Slot, Week]] = []
    pinned = False
    for ruling in rulings:
        told = {(reason, field, value) for reason, field, value in ruling.findings}
        if ruling.lifted_at is not None:
            lifted |= told
            weeks.append(weeks_in(ruling.rows))
        elif ruling.kind == Ruling.Kind.ACCEPT:
            accepted |= told
            if ruling.source and ruling.made_at == at and not _of_the_past(told):
                vouched.add(ruling.source.slug)
        elif ruling.kind == Ruling.Kind.REFUSE:
            source = ruling.source.slug if ruling.source else None
            refused.append(Refusal(source, weeks_in(ruling.rows)))
            dismissed |= {one for one in told if one[0] == Reason.VANISHED}
        elif ruling.kind == Ruling.Kind.PIN:
            pinned = pinned or ruling.until is None or at < ruling.until
    return Rulings(
        frozenset(accepted),
        frozenset(dismissed),
        tuple(refused),
        pinned,
        frozenset(vouched),
        TakenBack(frozenset(lifted), tuple(weeks)),
    )


def _of_the_past(told: Collection[Told]) -> bool:
    """Whether a word was held for its date: that it was right then does not make it so now."""
    return any(reason == Reason.PAST_DATE for reason, _, _ in told)


def _voice(rulings: list[Ruling]) -> Voice:
    weeks: dict[Slot, dict[RateKey, Rate]] = {}
    receipts: dict[Slot, int] = {}
    dated: dict[Slot, datetime] = {}
    for ruling in rulings:
        for slot in weeks_in(ruling.rows):
            weeks[slot] = {}
            receipts[slot] = ruling.claim_id or 0
            dated[slot] = ruling.since or ruling.made_at
        for rate in rates_in(ruling.rows):
            weeks[Slot.of(rate.key)][rate.key] = rate
    rates = tuple(rate for week in weeks.values() for rate in week.values())
    return Voice(
        source=STAFF,
        group=STAFF,
        trust=STAFF_TRUST,
        own=False,
        fresh=True,
        claim_id=rulings[-1].claim_id or 0,
        seen_at=rulings[0].made_at,
        read_at=rulings[-1].made_at,
        card=Card(rates),
        receipts=receipts,
        staff=True,
        dated=dated,
    )
