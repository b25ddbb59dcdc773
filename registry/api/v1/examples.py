"""One answer an operation, as the contract shows it: DeepSeek V4 Pro on the day after its release.

They are built of the shapes themselves, so an example of another form cannot be written.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from registry.api.v1.shapes.changes import Change, ChangeList, Saying
from registry.api.v1.shapes.history import History, Period, Series
from registry.api.v1.shapes.labs import Lab, LabDetail, LabList
from registry.api.v1.shapes.models import Model, ModelDetail, ModelList
from registry.api.v1.shapes.offers import Offer, OfferDetail, OfferLinks, OfferList
from registry.api.v1.shapes.providers import Provider, ProviderDetail, ProviderList
from registry.api.v1.shapes.rate_cards import Distinctions, Rate, RateCard
from registry.api.v1.shapes.receipts import (
    Claim,
    Decision,
    Evidence,
    Figure,
    Quote,
    Receipt,
    Run,
    Snapshot,
    Voice,
)
from registry.api.v1.shapes.resolutions import Named, Resolutions, Resolved
from registry.api.v1.shapes.revisions import (
    Revision,
    RevisionDetail,
    RevisionList,
    RevisionRef,
)
from registry.api.v1.shapes.root import RESOURCES, Counts, Head, Root
from registry.api.v1.shapes.sources import LastRun, Source, SourceDetail, SourceList

_RELEASE = datetime(2026, 4, 24, tzinfo=UTC)
_DAY_AFTER = datetime(2026, 4, 25, tzinfo=UTC)
_REPRICED = datetime(2026, 5, 8, tzinfo=UTC)
_HASH = "5f1c" * 16
_READ = RevisionRef(29, _HASH)
_OFFER = "deepseek/deepseek-v4-pro"
_RECEIPT = "/api/v1/receipts/24513"

ROOT = Root(
    revision=Head(56, _HASH, datetime(2026, 10, 3, tzinfo=UTC)),
    holds=Counts(labs=84, providers=271, models=1446, offers=13227, points=46066, sources=19),
    resources=RESOURCES,
)

_SOURCE = Source(
    id="litellm",
    name="LiteLLM",
    homepage="https://github.com/BerriAI/litellm",
    licence="MIT",
    trust=50,
    derives_from=None,
    own_providers=[],
    addresses=["https://prices.example/litellm.json"],
    interval_hours=6,
    active=True,
    fresh_until=datetime(2026, 10, 5, tzinfo=UTC),
    stale=False,
    last_run=LastRun(datetime(2026, 10, 3, tzinfo=UTC), "published"),
    address="/api/v1/sources/litellm",
)
SOURCE_LIST = SourceList(_READ, (_SOURCE,), None)
SOURCE_DETAIL = SourceDetail(_READ, _SOURCE)

_LAB = Lab("deepseek", "DeepSeek", "https://www.deepseek.com", 12, "/api/v1/labs/deepseek")
LAB_LIST = LabList(_READ, (_LAB,), None)
LAB_DETAIL = LabDetail(_READ, _LAB)

_PROVIDER = Provider(
    id="deepseek",
    name="DeepSeek",
    kind="first_party",
    lab="deepseek",
    homepage="https://www.deepseek.com",
    pricing_page="https://api-docs.deepseek.com/quick_start/pricing",
    offers=9,
    address="/api/v1/providers/deepseek",
)
PROVIDER_LIST = ProviderList(_READ, (_PROVIDER,), None)
PROVIDER_DETAIL = ProviderDetail(_READ, _PROVIDER)

_RATE = Rate(
    meter="input_tokens",
    terms={},
    state="priced",
    amount="1.74",
    currency="USD",
    per=1_000_000,
    unit="token",
    starts_at=_RELEASE,
    starts_basis="observed",
    status="single",
    source="litellm",
    revision=29,
    receipt=_RECEIPT,
)
RATE_CARD = RateCard(
    revision=_READ,
    at=_DAY_AFTER,
    offer=_OFFER,
    available=Distinctions(("USD",), ("standard",), (), (), (0,)),
    rates=(_RATE,),
)

_SOLD = Offer(
    id=_OFFER,
    provider="deepseek",
    provider_model_id="deepseek-v4-pro",
    model="deepseek/deepseek-v4-pro",
    matched_by="own",
    name="DeepSeek V4 Pro",
    mode="chat",
    status="live",
    deprecated_on=None,
    retires_on=None,
    context_tokens=1_000_000,
    max_output_tokens=384_000,
    input_modalities=["text"],
    output_modalities=["text"],
    reasoning=True,
    tool_calls=True,
    rate_card=(_RATE,),
    links=OfferLinks(
        f"/api/v1/offers/{_OFFER}", f"/api/v1/rate-cards/{_OFFER}", f"/api/v1/history/{_OFFER}"
    ),
)
OFFER_LIST = OfferList(_READ, _DAY_AFTER, (_SOLD,), None, None)
OFFER_DETAIL = OfferDetail(_READ, _DAY_AFTER, _SOLD, None)

_MODEL = Model(
    id="deepseek/deepseek-v4-pro",
    lab="deepseek",
    name="DeepSeek V4 Pro",
    released_on=date(2026, 4, 24),
    knowledge_cutoff=None,
    open_weights=True,
    licence="MIT",
    total_parameters=None,
    active_parameters=None,
    context_tokens=1_000_000,
    max_output_tokens=384_000,
    input_modalities=["text"],
    output_modalities=["text"],
    reasoning=True,
    tool_calls=True,
    offers=1,
    address="/api/v1/models/deepseek/deepseek-v4-pro",
)
MODEL_LIST = ModelList(_READ, None, (_MODEL,), None, None)
MODEL_DETAIL = ModelDetail(_READ, _DAY_AFTER, _MODEL, (_SOLD,), None)

HISTORY = History(
    revision=_READ,
    offer=_OFFER,
    series=(
        Series(
            meter="input_tokens",
            terms={},
            currency="USD",
            per=1_000_000,
            unit="token",
            periods=(
                Period(
                    starts_at=_RELEASE,
                    ends_at=_REPRICED,
                    state="priced",
                    amount="1.74",
                    starts_basis="observed",
                    cause="first_seen",
                    status="single",
                    revision=29,
                    receipt=_RECEIPT,
                ),
            ),
        ),
    ),
)

_REVISION = Revision(
    number=29,
    hash=_HASH,
    previous_hash="a02e" * 16,
    kind="run",
    published_at=_RELEASE,
    author="litellm",
    note="",
    points=412,
    address="/api/v1/revisions/29",
)
REVISION_LIST = RevisionList(_READ, (_REVISION,), None)
REVISION_DETAIL = RevisionDetail(_REVISION)

RECEIPT = Receipt(
    revision=_REVISION,
    offer=_OFFER,
    offer_address=f"/api/v1/offers/{_OFFER}",
    figure=Figure(
        meter="input_tokens",
        terms={},
        state="priced",
        amount="1.74",
        currency="USD",
        per=1_000_000,
        unit="token",
        starts_at=_RELEASE,
        starts_basis="observed",
    ),
    decision=Decision("first_seen", "single"),
    evidence=Evidence(
        claim=Claim(
            entry="deepseek/deepseek-v4-pro",
            provider_name="deepseek",
            model_id="deepseek-v4-pro",
            page="https://api-docs.deepseek.com/quick_start/pricing",
            sha256="9b41" * 16,
            first_seen_at=_RELEASE,
            quotes=(
                Quote(
                    field="input_cost_per_token",
                    text="1.74e-06",
                    per="1",
                    currency="USD",
                    subunits=1,
                    terms={},
                    state=None,
                    derived=False,
                    starts_at=None,
                ),
            ),
        ),
        snapshot=Snapshot(
            sha256="c7d0" * 16,
            size=1_482_113,
            media_type="application/json",
            held=True,
            bytes=f"/api/v1/snapshots/{'c7d0' * 16}",
            remark=None,
        ),
        run=Run(_RELEASE, "2026-04-24", "published", "https://prices.example/litellm.json"),
        source=Voice("litellm", "LiteLLM", None, 50, "MIT", "/api/v1/sources/litellm"),
    ),
)

CHANGE_LIST = ChangeList(
    revision=_READ,
    items=(
        Change(
            revision=31,
            published_at=_REPRICED,
            offer=_OFFER,
            model=_OFFER,
            meter="input_tokens",
            terms={},
            currency="USD",
            per=1_000_000,
            unit="token",
            before=Saying("priced", "1.74", _RECEIPT),
            now=Saying("priced", "0.435", "/api/v1/receipts/24790"),
            starts_at=_REPRICED,
            starts_basis="observed",
            cause="repriced",
            status="confirmed",
            source="deepseek",
            author="deepseek",
        ),
    ),
    next=None,
    follow="/api/v1/changes?since=WzMxLDI0NzkwXQ",
)

RESOLVE_BODY = {"ids": [{"id": "azure/eu/gpt-5.5-2026-04-23"}]}
RESOLUTIONS = Resolutions(
    revision=_READ,
    items=(
        Resolved(
            asked="azure/eu/gpt-5.5-2026-04-23",
            provider=None,
            offer=Named(
                "azure/gpt-5.5-2026-04-23", "rule", "/api/v1/offers/azure/gpt-5.5-2026-04-23"
            ),
            model=Named("openai/gpt-5.5", "rule", "/api/v1/models/openai/gpt-5.5"),
            region="eu",
            tier=None,
            steps=("seller", "region"),
            other_offers=(),
            other_models=(),
        ),
    ),
)
