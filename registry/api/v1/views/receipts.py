"""``/api/v1/receipts``"""

from __future__ import annotations

from rest_framework.request import Request

from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import Nothing
from registry.api.v1 import asking, examples
from registry.api.v1.examples_of_disputes import CLAIM_RECEIPT
from registry.api.v1.shapes.receipts import ClaimReceipt, Evidence, Receipt
from registry.selectors.receipts import claim_evidence, receipt


class ReceiptView(ReadView):
    """The receipt of one point."""

    @operation(
        "getReceipt",
        "A receipt",
        query=Nothing,
        answer=Receipt,
        example=examples.RECEIPT,
        path=(asking.RECEIPT,),
    )
    def get(self, request: Request, query: Nothing, number: int) -> Answer:
        """Where a figure comes from: point, claim, snapshot, run, source; and why it stands."""
        return Answer(Receipt.of(receipt(number)))


class ClaimReceiptView(ReadView):
    """The receipt of one source's word."""

    @operation(
        "getClaimReceipt",
        "The receipt of a source's word",
        query=Nothing,
        answer=ClaimReceipt,
        example=CLAIM_RECEIPT,
        path=(asking.CLAIM_RECEIPT,),
    )
    def get(self, request: Request, query: Nothing, number: int) -> Answer:
        """What one source said, whether it was published or not: claim, snapshot, run, source."""
        return Answer(ClaimReceipt(Evidence.of(claim_evidence(number))))
