"""A dispute and a claim's receipt, as the contract shows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from registry.api.v1 import examples
from registry.api.v1.examples_of_sums import READ, RELEASE, rate
from registry.api.v1.shapes.disputes import Dispute, DisputeList
from registry.api.v1.shapes.rate_cards import SourceWord
from registry.api.v1.shapes.receipts import ClaimReceipt

_OFFER = "deepseek/deepseek-v4-pro"


def _word(source: str, trust: int, amount: str, claim: int, *, agrees: bool) -> SourceWord:
    return SourceWord(
        source=source,
        trust=trust,
        state="priced",
        amount=amount,
        agrees=agrees,
        since=RELEASE,
        last_read_at=datetime(2026, 8, 22, tzinfo=UTC),
        fresh=True,
        usable=True,
        receipt=f"/api/v1/receipts/claims/{claim}",
    )


DISPUTE_LIST = DisputeList(
    revision=READ,
    at=None,
    items=(
        Dispute(
            offer=_OFFER,
            provider="deepseek",
            model=_OFFER,
            difference="0.5",
            rate=replace(rate("input_tokens", "1.74", 15942), status="disputed"),
            sides=(
                _word("llm-prices", 60, "1.74", 3121, agrees=True),
                _word("litellm", 50, "0.87", 3122, agrees=False),
            ),
            address=f"/api/v1/offers/{_OFFER}",
        ),
    ),
    next=None,
)
if examples.RECEIPT.evidence is None:
    raise TypeError("the example of a receipt has evidence")
CLAIM_RECEIPT = ClaimReceipt(evidence=examples.RECEIPT.evidence)
