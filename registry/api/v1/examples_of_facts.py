"""Facts of DeepSeek V4 Pro, as the contract shows them."""

from __future__ import annotations

from dataclasses import replace

from registry.api.v1.examples import CHANGE_LIST, MODEL_DETAIL, OFFER_DETAIL, RECEIPT
from registry.api.v1.shapes.fact_changes import FactChange, FactChangeList, FactSaying
from registry.api.v1.shapes.facts import Fact, FactDecision, FactReceipt, FactSide

_SEEN = RECEIPT.figure.starts_at
_SUBJECT = "deepseek/deepseek-v4-pro"

_CONTEXT = Fact(
    name="context_tokens",
    value=1_000_000,
    of="model",
    starts_at=_SEEN,
    starts_basis="observed",
    status="single",
    source="models-dev",
    revision=29,
    receipt="/api/v1/receipts/facts/120",
    sides=(
        FactSide(
            source="models-dev",
            trust=50,
            value=1_000_000,
            since=_SEEN,
            claim="9b41" * 16,
            page=None,
            agrees=True,
            receipt="/api/v1/receipts/claims/412",
        ),
    ),
)
MODEL_WITH_FACTS = replace(MODEL_DETAIL, facts=(_CONTEXT,))
OFFER_WITH_FACTS = replace(OFFER_DETAIL, facts=(_CONTEXT,))

FACT_RECEIPT = FactReceipt(
    revision=RECEIPT.revision,
    of="model",
    subject=_SUBJECT,
    subject_address=f"/api/v1/models/{_SUBJECT}",
    name="context_tokens",
    state="stated",
    value=1_000_000,
    starts_at=_SEEN,
    starts_basis="observed",
    decision=FactDecision("first_seen", "single"),
    said=1_000_000,
    evidence=RECEIPT.evidence,
)

FACT_CHANGE_LIST = FactChangeList(
    revision=CHANGE_LIST.revision,
    items=(
        FactChange(
            revision=29,
            published_at=RECEIPT.revision.published_at,
            of="model",
            subject=_SUBJECT,
            model=_SUBJECT,
            name="context_tokens",
            before=FactSaying("stated", 128_000, "/api/v1/receipts/facts/97"),
            now=FactSaying("stated", 1_000_000, _CONTEXT.receipt),
            starts_at=_SEEN,
            starts_basis="observed",
            cause="changed",
            status="single",
            source="models-dev",
            author="models-dev",
        ),
    ),
    next=None,
    follow="/api/v1/changes/facts?since=WzI5LDEyMF0",
)
