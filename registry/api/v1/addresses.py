"""Where each thing is found. Addresses are paths, so that an answer is the same on any host."""

from __future__ import annotations

from urllib.parse import quote

ROOT = "/api/v1"
CHANGES = f"{ROOT}/changes"
SCORE_CHANGES = f"{CHANGES}/scores"
FACT_CHANGES = f"{CHANGES}/facts"
# In the path of an address these stand for themselves.
_PLAIN = "/:@"


def offer(ref: str) -> str:
    """Of an offer, by ``provider/provider_model_id``."""
    return f"{ROOT}/offers/{quote(ref, safe=_PLAIN)}"


def rate_card(offer_ref: str) -> str:
    """Of an offer's rate card."""
    return f"{ROOT}/rate-cards/{quote(offer_ref, safe=_PLAIN)}"


def history(offer_ref: str) -> str:
    """Of an offer's history."""
    return f"{ROOT}/history/{quote(offer_ref, safe=_PLAIN)}"


def model(ref: str) -> str:
    """Of a model, by ``lab/slug``."""
    return f"{ROOT}/models/{quote(ref, safe=_PLAIN)}"


def lab(slug: str) -> str:
    """Of a lab."""
    return f"{ROOT}/labs/{slug}"


def provider(slug: str) -> str:
    """Of a provider."""
    return f"{ROOT}/providers/{slug}"


def source(slug: str) -> str:
    """Of a source."""
    return f"{ROOT}/sources/{slug}"


def revision(number: int) -> str:
    """Of a revision."""
    return f"{ROOT}/revisions/{number}"


def receipt(point_id: int) -> str:
    """Of the receipt of a point."""
    return f"{ROOT}/receipts/{point_id}"


def score_receipt(point_id: int) -> str:
    """Of the receipt of a score's point."""
    return f"{ROOT}/receipts/scores/{point_id}"


def fact_receipt(point_id: int) -> str:
    """Of the receipt of a fact's point."""
    return f"{ROOT}/receipts/facts/{point_id}"


def claim_receipt(claim_id: int) -> str:
    """Of what one source said."""
    return f"{ROOT}/receipts/claims/{claim_id}"


def benchmark(slug: str) -> str:
    """Of a benchmark."""
    return f"{ROOT}/benchmarks/{slug}"


def readings(model_ref: str) -> str:
    """Of a model's scores."""
    return f"{ROOT}/readings/{quote(model_ref, safe=_PLAIN)}"


def snapshot(sha256: str) -> str:
    """Of a snapshot's bytes."""
    return f"{ROOT}/snapshots/{sha256}"


def since(feed: str, number: int) -> str:
    """Of a feed of changes, behind a revision."""
    return f"{feed}?since={number}"
