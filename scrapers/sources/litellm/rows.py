"""One row of LiteLLM's map: its plain price fields, and what a zero among them means.

A zero is not a price. Beside a priced offer it stands for "nothing extra" wherever the meter is a
side one (DeepSeek's cache writes, which are billed as input; the output of an embedding): it is
noted, and the meter falls back to its parent. A zero of a main meter, or a row of zeros alone, says
free, unknown or another unit, so it is passed on and held, unless declared evidence says which.
Zeros for input and output tokens beside a price for each picture, second or character are such a
row of another unit; beside a price for each call they are fillers, since a call is what is sold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from registry.pricing.meters import METERS, Unit
from registry.pricing.quotes import Quote
from registry.pricing.rates import PriceState
from registry.pricing.terms import STANDARD, Terms, TermsError
from scrapers.claims import EntryFault, NoteReason
from scrapers.json_text import JsonValue
from scrapers.quoting import Card
from scrapers.sources.litellm.fields import PriceField, parse_field
from scrapers.sources.litellm.names import OfferName

Row = Mapping[str, JsonValue]

# Run on the reader's own machine or search instance: nobody charges for a call.
_FREE_SELLERS = frozenset({"duckduckgo", "lemonade", "ollama", "searxng"})
# OpenRouter's free routes carry it in the id.
_FREE_ENDINGS = (":free", "/free")
# Sold as a subscription; the row has no price because a call has none.
_PLAN_SELLERS = frozenset({"chatgpt", "github_copilot"})

_TOKEN_MODES = frozenset({"chat", "completion", "responses", "realtime"})
_MAIN_METERS = {"embedding": frozenset({"input_tokens"}), "moderation": frozenset({"input_tokens"})}
_MAIN_TOKENS = frozenset({"input_tokens", "output_tokens"})

_TOKEN_FIELDS = ("input_cost_per_token", "output_cost_per_token")
_OTHER_UNITS = frozenset({Unit.ITEM, Unit.SECOND, Unit.PIXEL, Unit.CHARACTER})

_QUERY_METERS = {"rerank": "rerank_queries", "search": "web_searches"}
_SECOND_METERS = {
    "audio_speech": "output_audio_seconds",
    # A transcript is billed by the sound that comes in, under either name.
    "audio_transcription": "input_audio_seconds",
    "video_generation": "output_video_seconds",
}
# A row whose key names the size of a picture prices the picture that is made.
_MADE_PICTURES = {"input_cost_per_image": "output_images", "input_cost_per_pixel": "output_pixels"}


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads the figures of one row into the card of its offer.

    Field names are given as ``<key>: <path>``, since an offer's card may come from several rows.
    """

    card: Card
    key: str
    row: Row
    name: OfferName

    def figure(
        self,
        value: JsonValue,
        field: PriceField,
        path: str,
        within: Terms = STANDARD,
        variant: str = "",
    ) -> None:
        """Adds the quote of one figure under the terms of the key, the field and ``within``.

        ``variant``: a word of the row for what the figure is of, besides those of key and field.
        """
        if field.base == "output_cost_per_image" and self.mode.startswith("audio"):
            self.unknown_unit(value, path, "a unit of sound")
            return
        meter = self._meter(field)
        if _is_zero(value) and self._is_side(meter):
            self.card.note(NoteReason.NOTHING_EXTRA, self.path(path), value)
            return
        terms = self._terms(value, field, path, within, variant)
        if terms is None:
            return
        self.card.quote(
            value,
            meter,
            per=field.per,
            field=self.path(path),
            terms=terms,
            currency=field.currency,
            state=self._evidence() if _is_zero(value) else None,
        )

    def _terms(
        self, value: JsonValue, field: PriceField, path: str, within: Terms, variant: str
    ) -> Terms | None:
        """All the terms of one figure; None, and a remark, where the row's words are none."""
        variants = (self.name.variant, field.terms.variant, within.variant, variant)
        try:
            return Terms(
                context_over=within.context_over or field.terms.context_over,
                hours=within.hours,
                region=self.name.region,
                tier=field.terms.tier,
                variant="/".join(filter(None, variants)) or None,
            )
        except TermsError as error:
            self.card.remark(EntryFault.UNKNOWN_FIELD, self.path(path), value, str(error))
            return None

    def named(
        self, value: JsonValue, field_name: str, prefix: str = "", within: Terms = STANDARD
    ) -> bool:
        """Reads ``value`` by its field's name; False where the grammar does not know it."""
        field = parse_field(field_name)
        if field is None:
            return False
        self.figure(value, field, f"{prefix}{field_name}", within)
        return True

    def plan(self) -> None:
        """For a seller of subscriptions whose row has no figure: tokens are included."""
        if self.name.seller in _PLAN_SELLERS and not self.card.quotes:
            meters = ("input_tokens", "output_tokens")[: 1 if self.mode == "embedding" else 2]
            self.card.quotes += (
                Quote(
                    meter,
                    self.name.seller,
                    METERS[meter].unit_size,
                    self.path("litellm_provider"),
                    state=PriceState.INCLUDED,
                )
                for meter in meters
            )

    def unknown_unit(self, value: JsonValue, path: str, expected: str) -> None:
        """Remarks on a figure for something that no meter counts."""
        self.card.remark(EntryFault.UNKNOWN_UNIT, self.path(path), value, expected)

    def path(self, path: str) -> str:
        """How remarks and receipts name a field of this row."""
        return f"{self.key}: {path}"

    @property
    def mode(self) -> str:
        """LiteLLM's kind of model; a row that does not say is taken for a chat model."""
        mode = self.row.get("mode")
        return mode if isinstance(mode, str) else "chat"

    def _meter(self, field: PriceField) -> str:
        base = field.base
        if self.name.sized and base in _MADE_PICTURES:
            return _MADE_PICTURES[base]
        if base == "input_cost_per_query":
            return _QUERY_METERS.get(self.mode, field.meter)
        if base in ("input_cost_per_second", "output_cost_per_second"):
            return self._second_meter(field.meter)
        if field.meter == "cache_write_tokens" and self._names_long_writes():
            return "cache_write_5m_tokens"
        return field.meter

    def _second_meter(self, plain: str) -> str:
        if self.mode in _SECOND_METERS:
            return _SECOND_METERS[self.mode]
        both = {"input_cost_per_second", "output_cost_per_second"} <= self.row.keys()
        # The same seconds under both names are those of a rented machine (Bedrock's commitments).
        return "compute_seconds" if both else plain

    def _names_long_writes(self) -> bool:
        """Anthropic's writes: kept five minutes unless a field says an hour."""
        return self.row.get("cache_creation_input_token_cost_above_1hr") is not None

    def _is_side(self, meter: str) -> bool:
        if meter in _MAIN_TOKENS and self._is_of_another_unit():
            return False
        default = _MAIN_TOKENS if self.mode in _TOKEN_MODES else frozenset()
        return meter not in _MAIN_METERS.get(self.mode, default) and self._has_price()

    def _is_of_another_unit(self) -> bool:
        """Whether tokens are priced at nothing beside a price for something that is no call."""
        tokens = (self.row.get(name) for name in _TOKEN_FIELDS)
        return all(map(_is_zero, tokens)) and any(
            METERS[field.meter].unit in _OTHER_UNITS for field in self._priced()
        )

    def _has_price(self) -> bool:
        return any(self._priced())

    def _priced(self) -> Iterator[PriceField]:
        """The fields of the row that hold a price above zero."""
        for name, value in self.row.items():
            if isinstance(value, int | Decimal) and value > 0 and (field := parse_field(name)):
                yield field

    def _evidence(self) -> PriceState | None:
        """What is declared of a row of zeros; None where a zero stays a question."""
        if self._has_price():
            return None
        if self.name.seller in _PLAN_SELLERS:
            return PriceState.INCLUDED
        if self.name.seller in _FREE_SELLERS or self.name.model_id.endswith(_FREE_ENDINGS):
            return PriceState.FREE
        return None


def _is_zero(value: JsonValue) -> bool:
    """Whether a value is the figure zero; ``-0`` is a negative number and no zero."""
    if not isinstance(value, int | Decimal) or isinstance(value, bool):
        return False
    return value == 0 and not str(value).startswith("-")
