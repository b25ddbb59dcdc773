"""models.dev: ``api.json``, every provider's models with prices in USD per million tokens.

2025-07-01  16 providers; ``cost`` has input, output, cache_read and cache_write.
2025-07-28  The map key is the provider's own id; before, ``id`` was a lower-cased copy of it.
2025-11-01  reasoning, input_audio, output_audio; ``status`` (alpha, beta, deprecated).
2026-01-11  ``context_over_200k``: the card of longer requests. ``family``.
2026-04-30  ``experimental.modes``: a faster mode with its own card, told by the request's body.
2026-05-21  ``tiers``, each with its size. ``context_over_200k`` is still written beside them, for a
            tier of 272,000 tokens too, so it is only read where there are no tiers.
2026-08-21  A mode may come without a card (reasoning "pro"); ``description``.

The order of providers and models is that of a build machine's folders and means nothing. A price
that is unknown is left out; a zero may mean free, part of a plan, or unknown: see `_ZERO_MEANS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from registry.pricing.rates import PriceState
from registry.pricing.terms import STANDARD, Terms
from scrapers.claims import Entry, EntryFault, Facts, NoteReason, OfferClaim, PageError, PageFault
from scrapers.entries import entries_of, read_entry
from scrapers.facts import count, day, flag, members, names, words
from scrapers.json_text import JsonValue, split_object
from scrapers.quoting import Card, name_remark

PER = 1_000_000

_METERS = {
    "input": "input_tokens",
    "output": "output_tokens",
    "reasoning": "reasoning_tokens",
    "cache_read": "cache_read_tokens",
    "cache_write": "cache_write_tokens",
    "input_audio": "input_audio_tokens",
    "output_audio": "output_audio_tokens",
}
_BANDS = frozenset({"tiers", "context_over_200k"})

# What a body that selects a mode means as a service tier.
_TIERS = {("service_tier", "priority"): "priority", ("speed", "fast"): "fast"}

_FREE_ID = re.compile(r".*[:/-]free", re.S)
# Providers whose 0/0 has one known meaning. Any other zero is passed on as it is, to be held.
_ZERO_MEANS: dict[str, PriceState] = {
    # Subscriptions: what is sold is the plan, a request within it costs nothing more.
    **dict.fromkeys(
        (
            "alibaba-coding-plan",
            "alibaba-coding-plan-cn",
            "alibaba-token-plan",
            "alibaba-token-plan-cn",
            "github-copilot",
            "gitlab",
            "kimi-for-coding",
            "kuae-cloud-coding-plan",
            "minimax-cn-coding-plan",
            "minimax-coding-plan",
            "scnet-token-plan",
            "tencent-coding-plan",
            "tencent-token-plan",
            "umans-ai-coding-plan",
            "xiaomi-token-plan-ams",
            "xiaomi-token-plan-cn",
            "xiaomi-token-plan-sgp",
            "zai-coding-plan",
            "zhipuai-coding-plan",
        ),
        PriceState.INCLUDED,
    ),
    # Free at a limited rate, by the provider's own description of the service.
    **dict.fromkeys(("github-models", "llama", "modelscope", "nvidia"), PriceState.FREE),
    # Programs on the user's own machine: nobody charges.
    **dict.fromkeys(("atomic-chat", "lmstudio"), PriceState.FREE),
}


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """One entry a provider's model, keyed ``provider/model``."""
    entries = list(entries_of(_rows(body)))
    if not entries:
        raise PageError(PageFault.NO_ROWS, "no models", "providers with models")
    return iter(entries)


def read(entry: Entry) -> Iterable[OfferClaim]:
    """The one offer of an entry."""
    provider, _, model_id = entry.key.partition("/")
    value, remarks = read_entry(entry)
    row, card = members(value), Card(remarks=list(remarks))
    card.remarks += filter(
        None, (name_remark(provider, "provider"), name_remark(model_id, "model"))
    )
    if not isinstance(value, dict):
        card.remark(EntryFault.WRONG_SHAPE, "model", value, "an object")
    _quote_all(card, row, provider, model_id)
    yield OfferClaim(
        provider,
        model_id,
        quotes=tuple(card.quotes),
        facts=_facts(row),
        remarks=tuple(card.remarks),
        notes=tuple(card.notes),
    )


def _rows(body: bytes) -> Iterator[tuple[str, bytes]]:
    for provider, raw in split_object(body):
        parts = [models for key, models in split_object(raw) if key == "models"]
        if not parts or "/" in provider:
            raise PageError(PageFault.WRONG_FORMAT, f"{provider!r}", "a provider with models")
        for models in parts:
            yield from ((f"{provider}/{model}", row) for model, row in split_object(models))


def _quote_all(card: Card, row: dict[str, JsonValue], provider: str, model_id: str) -> None:
    cost = row.get("cost")
    if cost is None:
        _set_modes_aside(card, row)
        return
    if not isinstance(cost, dict):
        card.remark(EntryFault.WRONG_SHAPE, "cost", cost, "an object")
        return
    base = {key: value for key, value in cost.items() if key not in _BANDS}
    _quote_meters(card, base, "cost", STANDARD, _meaning_of_zero(cost, provider, model_id))
    _quote_bands(card, cost)
    _quote_modes(card, row)
    card.set_aside_zeros()
    card.settle()


def _meaning_of_zero(cost: dict[str, JsonValue], provider: str, model_id: str) -> PriceState | None:
    if cost.get("input") != 0 or cost.get("output") != 0:
        return None
    return PriceState.FREE if _FREE_ID.fullmatch(model_id) else _ZERO_MEANS.get(provider)


def _quote_meters(
    card: Card,
    cost: dict[str, JsonValue],
    where: str,
    terms: Terms,
    zero_means: PriceState | None = None,
) -> None:
    for key, value in cost.items():
        if key in _METERS:
            state = zero_means if key in ("input", "output") else None
            card.quote(
                value, _METERS[key], per=PER, field=f"{where}.{key}", terms=terms, state=state
            )
        else:
            card.remark(EntryFault.UNKNOWN_FIELD, f"{where}.{key}", value, "a known price")


def _quote_bands(card: Card, cost: dict[str, JsonValue]) -> None:
    """The cards of longer requests; each limit must lie above the one before."""
    tiers, over_200k = cost.get("tiers"), cost.get("context_over_200k")
    if tiers is None:
        if over_200k is not None:
            _quote_band(card, over_200k, "cost.context_over_200k", 200_000)
        return
    for key, value in members(over_200k).items():
        card.note(NoteReason.SAID_TWICE, f"cost.context_over_200k.{key}", value)
    if not isinstance(tiers, list):
        card.remark(EntryFault.BAD_TIERS, "cost.tiers", tiers, "a list")
        return
    last = 0
    for index, tier in enumerate(tiers):
        where, limit = f"cost.tiers[{index}]", members(members(tier).get("tier"))
        size = count(limit.get("size"))
        unknown = limit.keys() - {"type", "size"}
        if limit.get("type") != "context" or unknown or size is None or size <= last:
            card.remark(EntryFault.BAD_TIERS, where, tier, f"a context tier above {last} tokens")
            continue
        last = size
        card_of_tier = {key: value for key, value in members(tier).items() if key != "tier"}
        _quote_band(card, card_of_tier, where, size)


def _quote_band(card: Card, cost: JsonValue, where: str, size: int) -> None:
    if isinstance(cost, dict):
        _quote_meters(card, cost, where, Terms(context_over=size))
    else:
        card.remark(EntryFault.BAD_TIERS, where, cost, "an object")


def _quote_modes(card: Card, row: dict[str, JsonValue]) -> None:
    """Modes with a card of their own; one without costs what the model costs."""
    for where, mode in _modes(card, row):
        cost = members(mode).get("cost")
        if cost is None:
            continue
        body = members(members(members(mode).get("provider")).get("body"))
        tiers = {
            _TIERS[key, value]
            for key, value in body.items()
            if isinstance(value, str) and (key, value) in _TIERS
        }
        if len(tiers) != 1 or not isinstance(cost, dict):
            card.remark(EntryFault.UNKNOWN_FIELD, where, mode, "a mode of a known service tier")
            continue
        _quote_meters(card, cost, f"{where}.cost", Terms(tier=tiers.pop()))


def _set_modes_aside(card: Card, row: dict[str, JsonValue]) -> None:
    """Modes of a provider that states no price: they come with the model's own description."""
    for where, mode in _modes(card, row):
        for key, value in members(members(mode).get("cost")).items():
            card.note(NoteReason.NOT_A_PRICE, f"{where}.cost.{key}", value)


def _modes(card: Card, row: dict[str, JsonValue]) -> Iterator[tuple[str, JsonValue]]:
    experimental = card.members(row.get("experimental"), "experimental")
    where = "experimental.modes"
    for name, mode in card.members(experimental.get("modes"), where).items():
        yield f"{where}.{name}", mode


def _facts(row: dict[str, JsonValue]) -> Facts:
    limit, modalities = members(row.get("limit")), members(row.get("modalities"))
    return Facts(
        name=words(row.get("name")),
        context_tokens=count(limit.get("context")),
        max_input_tokens=count(limit.get("input")),
        max_output_tokens=count(limit.get("output")),
        input_modalities=names(modalities.get("input")),
        output_modalities=names(modalities.get("output")),
        open_weights=flag(row.get("open_weights")),
        released_on=day(row.get("release_date")),
        knowledge_cutoff=words(row.get("knowledge")),
        reasoning=flag(row.get("reasoning")),
        tool_calls=flag(row.get("tool_call")),
        status=words(row.get("status")),
    )
