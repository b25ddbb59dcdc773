"""What a source says, in the shapes that every parser returns.

A feed's body is split into *entries*, the smallest parts that change on their own (a row of a price
map; a whole page where nothing smaller is certain). Reading an entry yields *claims*: what the
source says of one offer, or one score of one model, as it is quoted. Parsers are pure: no clock, no
network, no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from registry.pricing.quotes import Quote
from registry.scoring.comparisons import Relation
from registry.scoring.readings import ReadingQuote
from registry.scoring.setups import UNSAID, Setup


@dataclass(frozen=True, slots=True)
class Entry:
    """One separately digestible part of a snapshot: ``key`` names it within its source."""

    key: str
    raw: bytes


class PageFault(StrEnum):
    """Why a whole body is not what the source usually serves."""

    WRONG_PAGE = "wrong_page"
    BLOCKED = "blocked"
    CUT_SHORT = "cut_short"
    NO_ROWS = "no_rows"
    ANCHOR_MISSING = "anchor_missing"
    WRONG_FORMAT = "wrong_format"


class PageError(ValueError):
    """A body that must not be read; nothing of it is taken."""

    def __init__(self, fault: PageFault, found: str, expected: str) -> None:
        super().__init__(f"page: {fault}: found {found}; expected {expected}")
        self.fault = fault
        self.found = found
        self.expected = expected


class EntryFault(StrEnum):
    """Why one field of an entry, or the entry, could not be taken as it stands."""

    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_UNIT = "unknown_unit"
    NOT_A_FIGURE = "not_a_figure"
    NOT_FINITE = "not_finite"
    DUPLICATE_KEY = "duplicate_key"
    BAD_NAME = "bad_name"
    BAD_TIERS = "bad_tiers"
    BAD_HOURS = "bad_hours"
    BAD_DATE = "bad_date"
    PROMOTION_WITHOUT_END = "promotion_without_end"
    CONFLICTING_FIGURES = "conflicting_figures"
    EATEN_FIGURE = "eaten_figure"
    SEVERAL_MODELS = "several_models"
    FAILED_RUN = "failed_run"
    WRONG_SHAPE = "wrong_shape"


@dataclass(frozen=True, slots=True)
class Remark:
    """A named difficulty with one field; it holds or rejects the claim that it stands in."""

    fault: EntryFault
    field: str
    value: str
    expected: str


class NoteReason(StrEnum):
    """Why a figure of a source is no quote, although nothing is wrong with it."""

    NOTHING_EXTRA = "nothing_extra"  # a zero for a side meter of an offer that is priced
    SAID_TWICE = "said_twice"  # the same figure of the same thing under a second name
    ALLOWANCE = "allowance"  # how much is included before the price begins
    NOT_A_PRICE = "not_a_price"  # a setting that stands among prices
    APPROXIMATE = "approximate"  # about so much, which is no amount that anybody is billed
    FORECAST = "forecast"  # what somebody expects, which is never current


@dataclass(frozen=True, slots=True)
class Note:
    """A figure that was read and set aside, with the reason; it holds nothing."""

    reason: NoteReason
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A card that the source dates: it holds from ``starts_at``; None is since ever."""

    starts_at: datetime | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a source says of the thing sold, beside its price; None and () are silence.

    ``mode`` is the source's kind of model (chat, embedding, image ...). Token counts are whole
    numbers, parameters are counts (not billions).
    """

    name: str | None = None
    lab: str | None = None
    mode: str | None = None
    context_tokens: int | None = None
    max_input_tokens: int | None = None
    max_output_tokens: int | None = None
    input_modalities: tuple[str, ...] = ()
    output_modalities: tuple[str, ...] = ()
    open_weights: bool | None = None
    licence: str | None = None
    total_parameters: int | None = None
    active_parameters: int | None = None
    released_on: date | None = None
    knowledge_cutoff: str | None = None
    deprecated_on: date | None = None
    retires_on: date | None = None
    reasoning: bool | None = None
    tool_calls: bool | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure that a source states of an offer beside its card: a ratio, a gap, a month's bill.

    It is the source's word, shown beside what `registry.scoring.comparisons.arithmetic` gives, and
    never a price or a score itself. ``aspect``: what is compared: a meter, ``price`` (where it is
    not said which), ``bill``, a field of `Facts`, or a benchmark as the source names it. ``text``:
    the figure as written, without its unit. ``baseline``: the other offer as (provider, model id),
    None where the source names none. ``basis``: of which usage a bill is. ``remarks``: why this
    statement, and it alone, is held.
    """

    aspect: str
    relation: Relation
    text: str
    field: str
    baseline: tuple[str, str] | None = None
    basis: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferClaim:
    """What a source says of one offer: its card now, cards it dates, facts, other names.

    ``provider``: the source's own name for the seller, mapped later by declared data.
    ``model_id``: the provider's own id for what is sold. ``quotes``: the whole card as quoted now.
    ``scheduled``: further cards with the moments they start. ``aliases``: other exact names that
    the source declares for the same offer. ``page``: where a person can check it. ``notes``:
    figures read and set aside, so that every figure of an entry is a quote, a remark or a note.
    ``statements``: how the source sees the offer beside others.
    """

    provider: str
    model_id: str
    quotes: tuple[Quote, ...] = ()
    scheduled: tuple[Scheduled, ...] = ()
    facts: Facts = field(default_factory=Facts)
    remarks: tuple[Remark, ...] = ()
    aliases: tuple[str, ...] = ()
    page: str | None = None
    notes: tuple[Note, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingClaim:
    """What a source says of one model on one benchmark under one setup.

    ``benchmark``: the source's own name for it, mapped later by declared data. ``model``: the
    model's name as written, without what went into the setup (``gpt-5.5_xhigh`` is gpt-5.5 with the
    effort xhigh); ``written``: the whole of it. ``lab``: whose model it is, in the source's words.
    ``aliases``: other exact names that the source gives to the same model.
    """

    benchmark: str
    model: str
    written: str
    quote: ReadingQuote
    setup: Setup = UNSAID
    lab: str | None = None
    aliases: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


Claim = OfferClaim | ReadingClaim
_Said = TypeVar("_Said", bound=Claim, covariant=True)


class Parser(Protocol[_Said]):
    """A module of ``scrapers.sources`` with these two functions."""

    def split(self, body: bytes, part: str = "") -> Iterator[Entry]:
        """The entries of a body, in its order; raises `PageError` where it is no such body.

        ``part`` names which of the source's addresses the body came from, where it has several: an
        entry's key then begins with it, as in ``deepseek/deepseek-chat`` from Portkey's
        ``deepseek.json``, whose text does not say whose prices it lists. Others ignore it.
        """
        ...

    def read(self, entry: Entry) -> Iterable[_Said]:
        """The claims of one entry; what cannot be taken becomes a `Remark`, never silence."""
        ...


Source = Parser[OfferClaim]
Leaderboard = Parser[ReadingClaim]
