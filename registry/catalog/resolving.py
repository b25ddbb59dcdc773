"""Which offer and which model an id means that a client, a bill or a log holds.

Offers are looked up under every spelling in turn, the least changed first: by the provider's own
id, by a declared alias, by the same name written otherwise (``4.7`` for ``4-7``). The first that
finds just one offer ends the search; several are candidates and no answer. The model is the offer's
own, else what `registry.catalog.identity` reads out of the name. Pure.

An id without a seller's name that several providers use is the lab's own offer where the lab sells
it under that very id: that is how every client of a lab writes it. The others are told beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.catalog.identity import IdentityIndex
from registry.catalog.matches import Match
from registry.catalog.names import key_of
from registry.catalog.spellings import Spelling, Step, spellings

MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class KnownOffer:
    """An offer that is held; ``own``: its provider is the model's own lab."""

    offer_id: int
    provider: str
    provider_model_id: str
    model: str | None
    own: bool

    @property
    def ref(self) -> str:
        """The readable id, ``provider/provider_model_id``."""
        return f"{self.provider}/{self.provider_model_id}"


class How(StrEnum):
    """How an offer or a model was found."""

    EXACT = "exact"  # the id as it is held
    ALIAS = "alias"  # another name that is declared for it
    SPELLING = "spelling"  # the same name with other joints or capitals
    RULE = "rule"  # what `steps` names was taken off first
    NAME = "name"  # a model, read out of the name alone


@dataclass(frozen=True, slots=True)
class Resolution:
    """What an id means; None where it is not certain.

    ``offers`` and ``models`` are the candidates between which it cannot decide, and for a bare id
    those who sell the same beside the lab. ``steps``, ``region`` and ``tier`` are what the id says
    beside the name.
    """

    offer: KnownOffer | None = None
    offer_by: How | None = None
    model: str | None = None
    model_by: How | None = None
    region: str | None = None
    tier: str | None = None
    steps: tuple[Step, ...] = ()
    offers: tuple[KnownOffer, ...] = ()
    models: tuple[str, ...] = ()


class Resolver:
    """Resolves many ids against one state of the catalogue.

    ``aliases``: (provider, text, offer id). ``sellers``: slugs by the names that stand for them.
    """

    def __init__(
        self,
        offers: Iterable[KnownOffer],
        aliases: Iterable[tuple[str, str, int]],
        identity: IdentityIndex,
        sellers: Mapping[str, str],
    ) -> None:
        self._identity = identity
        self._sellers = sellers
        held = {offer.offer_id: offer for offer in offers}
        self._by_id: dict[str, list[KnownOffer]] = defaultdict(list)
        self._by_alias: dict[str, list[KnownOffer]] = defaultdict(list)
        self._by_key: dict[str, list[KnownOffer]] = defaultdict(list)
        self._by_model: dict[tuple[str, str], list[KnownOffer]] = defaultdict(list)
        self._models = {offer.model for offer in held.values() if offer.model is not None}
        for offer in held.values():
            self._by_id[offer.provider_model_id].append(offer)
            self._by_key[key_of(offer.provider_model_id)].append(offer)
            if offer.model is not None:
                self._by_model[offer.provider, offer.model].append(offer)
        for _, text, offer_id in aliases:
            self._by_alias[text].append(held[offer_id])

    def resolve(self, text: str, provider: str | None = None) -> Resolution:
        """The offer and the model that an id means, at a provider of that slug if one is given."""
        readings = spellings(text, provider, sellers=self._sellers)
        for said in _with_seller_first(readings, provider):
            if said.same_offer:
                found, how = self._lookup(said)
                if found:
                    return self._of_offers(found, how, said)
        if provider is None and text in self._models:
            return Resolution(model=text, model_by=How.EXACT)
        return self._of_base(readings) or self._of_name(readings)

    def _lookup(self, said: Spelling) -> tuple[list[KnownOffer], How]:
        ways = (
            (How.EXACT, self._by_id.get(said.model_id, ())),
            (How.ALIAS, self._by_alias.get(said.model_id, ())),
            (How.SPELLING, self._by_key.get(key_of(said.model_id), ())),
        )
        for how, offers in ways:
            found = [offer for offer in offers if said.provider in (None, offer.provider)]
            if found:
                return sorted(set(found), key=lambda offer: offer.ref), how
        return [], How.EXACT

    def _of_offers(self, found: Sequence[KnownOffer], how: How, said: Spelling) -> Resolution:
        chosen = found[0] if len(found) == 1 else _own(found)
        models = sorted({offer.model for offer in found if offer.model is not None})
        model = chosen.model if chosen else models[0] if len(models) == 1 else None
        by = How.RULE if _changed(said) else how
        return Resolution(
            offer=chosen,
            offer_by=by if chosen else None,
            model=model,
            model_by=by if model else None,
            region=said.region,
            tier=said.tier,
            steps=said.steps,
            offers=tuple(one for one in found if one != chosen)[:MOST_CANDIDATES],
            models=() if model else tuple(models),
        )

    def _of_base(self, readings: Sequence[Spelling]) -> Resolution | None:
        """An offer of its own that is not held, made of one that is: the model is the same."""
        for said in readings:
            found, _ = self._lookup(said) if not said.same_offer else ([], How.RULE)
            models = {offer.model for offer in found if offer.model is not None}
            if len(models) == 1:
                return Resolution(
                    model=models.pop(),
                    model_by=How.RULE,
                    region=said.region,
                    tier=said.tier,
                    steps=said.steps,
                    offers=tuple(found[:MOST_CANDIDATES]),
                )
        return None

    def _of_name(self, readings: Sequence[Spelling]) -> Resolution:
        """No offer bears the id: the model that its name says, and who of that seller's has it."""
        for said in readings:
            linked = self._identity.link(said.provider or "", said.model_id)
            if isinstance(linked, Match):
                same = self._by_model.get((said.provider or "", linked.model_ref), [])
                return Resolution(
                    model=linked.model_ref,
                    model_by=How.NAME,
                    region=said.region,
                    tier=said.tier,
                    steps=said.steps,
                    offers=tuple(same[:MOST_CANDIDATES]),
                )
            if linked.candidates:
                return Resolution(steps=said.steps, models=linked.candidates[:MOST_CANDIDATES])
        last = readings[-1]
        return Resolution(region=last.region, tier=last.tier, steps=last.steps)


def _with_seller_first(readings: Sequence[Spelling], provider: str | None) -> Sequence[Spelling]:
    """`deepseek/deepseek-v4-pro` is the registry's own id of an offer before it is anybody else's.

    Where a seller is given apart, an id is its own first of all.
    """
    if provider is not None or len(readings) == 1:
        return readings
    plain = [said for said in readings if said.steps == (Step.SELLER,)]
    return [*plain, *(said for said in readings if said not in plain)]


def _own(found: Sequence[KnownOffer]) -> KnownOffer | None:
    own = [offer for offer in found if offer.own]
    return own[0] if len(own) == 1 else None


def _changed(said: Spelling) -> bool:
    return any(step not in (Step.SELLER, Step.FORM, Step.RESOURCE_NAME) for step in said.steps)
