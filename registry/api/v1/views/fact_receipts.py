"""``/api/v1/receipts/facts``"""

from __future__ import annotations

from rest_framework.request import Request

from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import Nothing
from registry.api.v1 import asking
from registry.api.v1.examples_of_facts import FACT_RECEIPT
from registry.api.v1.shapes.facts import FactReceipt
from registry.selectors.fact_receipts import fact_receipt


class FactReceiptView(ReadView):
    """The receipt of one fact."""

    @operation(
        "getFactReceipt",
        "The receipt of a fact",
        query=Nothing,
        answer=FactReceipt,
        example=FACT_RECEIPT,
        path=(asking.FACT_RECEIPT,),
    )
    def get(self, request: Request, query: Nothing, number: int) -> Answer:
        """Where a fact comes from: point, claim, snapshot, run, source; and why it stands."""
        return Answer(FactReceipt.told(fact_receipt(number)))
