"""The files of the bundled catalogue.

``index.json`` holds what the others refer to: labs, providers, models, the runs whose bodies were
read (address, moment, sha256) and the revisions in their order. ``offers/<provider>.json`` holds a
provider's offers, one series a line; a point names its claim by position in the offer's claims, a
claim its run by position in the index. ``scores/<lab>.json`` is told of in ``score_format``,
``facts/<lab>.json`` in ``fact_format``. What an offer shares with its model is left out, and so are
defaults, so that a line is a figure with its source and little else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from registry.catalog.facts import SHARED
from registry.pipeline.bundle.fact_format import BundledFactSeries
from registry.pipeline.bundle.text import BundleError, decoded, line, lines

FORMAT = 3
CATALOG_DIR = Path(__file__).resolve().parents[3] / "fixtures" / "catalog"
SHOWN = ("name", *SHARED)


class BundledRun(msgspec.Struct, array_like=True, frozen=True):
    """One body that was read: a receipt can be checked against its digest."""

    source: str
    part: str
    at: str
    sha256: str
    size: int
    address: str


class BundledRevision(msgspec.Struct, array_like=True, frozen=True):
    """One publication, in order; its number is its position, from 1."""

    published_at: str
    author: str
    kind: str
    note: str = ""


class BundledLab(msgspec.Struct, omit_defaults=True, frozen=True):
    slug: str
    name: str
    homepage: str = ""


class BundledProvider(msgspec.Struct, omit_defaults=True, frozen=True):
    slug: str
    name: str
    kind: str
    lab: str | None = None
    homepage: str = ""
    pricing_page: str = ""


class BundledModel(msgspec.Struct, omit_defaults=True, frozen=True, kw_only=True):
    """A model by its readable id; what is known of it stands in ``facts/<lab>.json``.

    ``described``: the labels that a person has written. ``is_also``: the model that this one is,
    where it is a second name.
    """

    ref: str
    name: str = ""
    aliases: list[str] = []
    described: list[str] = []
    is_also: str = ""


class BundledFigure(msgspec.Struct, array_like=True, frozen=True):
    """A rate that a source states and that is not published; an amount or a state."""

    meter: str
    price: str
    terms: str = ""
    currency: str = "USD"


class BundledStatement(msgspec.Struct, array_like=True, frozen=True):
    """What a claim states of its offer beside another one (`scrapers.claims.Statement`).

    ``baseline``: provider and id of the other offer, empty where none is named. ``remarks``: why it
    is held.
    """

    aspect: str
    relation: str
    text: str
    field: str
    baseline: list[str] = []
    basis: str = ""
    remarks: list[list[str]] = []


class BundledClaim(msgspec.Struct, array_like=True, frozen=True):
    """Who said it: the run by its position, the source's own names for what it speaks of.

    ``says`` is the card of a claim that is still made: the position of a series whose last point it
    states, or a figure of its own. ``facts``: what it states beside prices, by the facts' positions
    in the index: a position alone where the value is the one published last of the offer, or else
    of its model, and with its value where it is another. ``live``: whether its source still makes
    it. ``since``: by the moment from which on, the facts that the source had stated before this
    claim. ``provider_name`` and ``model_id`` are empty where they are the provider's slug and the
    offer's id, ``entry_key`` where it is both with a slash between.
    """

    run: int
    says: list[int | BundledFigure] = []
    live: bool = False
    facts: list[int | tuple[int, Any]] = []
    page: str = ""
    since: dict[str, list[int]] = {}
    entry_key: str = ""
    provider_name: str = ""
    model_id: str = ""
    states: list[BundledStatement] = []


class BundledPoint(msgspec.Struct, array_like=True, frozen=True):
    """From when on the price is what; ``price`` is an amount or a state.

    ``claim`` is -1 where no claim stands behind it (a withdrawal). ``starts_at`` is empty where it
    is the moment of the revision, ``words`` (basis, status and cause) where they are ``observed``,
    ``single`` and ``first_seen``.
    """

    price: str
    claim: int
    revision: int
    starts_at: str = ""
    words: str = ""


class BundledSeries(msgspec.Struct, array_like=True, frozen=True):
    """A meter's prices under terms, in one currency, in the order of their publication."""

    meter: str
    points: list[BundledPoint]
    terms: str = ""
    currency: str = "USD"


class BundledOffer(msgspec.Struct, omit_defaults=True, frozen=True, kw_only=True):
    """One offer with its whole published history.

    ``facts`` are its own. What it shows otherwise than they, or than its model where it has none,
    is told by name: null or empty is unknown of the offer.
    """

    id: str
    model: str | None = None
    matched_by: str = ""
    name: str | UnsetType = UNSET
    context_tokens: int | UnsetType | None = UNSET
    max_output_tokens: int | UnsetType | None = UNSET
    input_modalities: list[str] | UnsetType = UNSET
    output_modalities: list[str] | UnsetType = UNSET
    reasoning: bool | UnsetType | None = UNSET
    tool_calls: bool | UnsetType | None = UNSET
    mode: str = ""
    status: str = "live"
    described: list[str] = []
    aliases: list[str] = []
    claims: list[BundledClaim] = []
    series: list[BundledSeries] = []
    facts: list[BundledFactSeries] = []


class Index(msgspec.Struct, frozen=True):
    """Everything that the other files refer to; ``facts`` are the names of facts."""

    format: int
    facts: list[str]
    labs: list[BundledLab]
    providers: list[BundledProvider]
    models: list[BundledModel]
    runs: list[BundledRun]
    revisions: list[BundledRevision]


def write_index(index: Index, directory: Path) -> None:
    """Writes ``index.json``, one thing a line."""
    names = ("labs", "providers", "models", "runs", "revisions")
    parts = [f'"{name}": [\n{lines(getattr(index, name))}\n]' for name in names]
    head = f'{{"format": {index.format},\n"facts": {msgspec.json.encode(index.facts).decode()}'
    (directory / "index.json").write_text(",\n".join([head, *parts]) + "}\n", encoding="utf-8")


def write_offers(offers: Sequence[BundledOffer], path: Path) -> None:
    """Writes one provider's offers, one claim and one series a line."""
    path.write_text(
        "[\n" + ",\n".join(_offer_text(offer) for offer in offers) + "\n]\n", encoding="utf-8"
    )


def read_index(directory: Path) -> Index:
    """Reads ``index.json``; raises `BundleError` naming what is wrong."""
    index = decoded(directory / "index.json", Index)
    if index.format != FORMAT:
        raise BundleError(directory / "index.json", f"format {index.format}; expected {FORMAT}")
    return index


def read_offers(directory: Path) -> Iterator[tuple[str, list[BundledOffer]]]:
    """Providers' slugs with their offers, in the order of the file names."""
    for path in sorted((directory / "offers").glob("*.json")):
        yield path.stem, decoded(path, list[BundledOffer])


def _offer_text(offer: BundledOffer) -> str:
    head = msgspec.structs.replace(offer, claims=[], series=[], facts=[])
    parts = [line(head).removesuffix("}")]
    rows = {name: lines(getattr(offer, name)) for name in ("claims", "series", "facts")}
    parts += [f'"{name}":[\n{text}]' for name, text in rows.items() if text]
    return ",".join(parts) + "}"
