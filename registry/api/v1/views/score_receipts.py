"""``/api/v1/receipts/scores``"""

from __future__ import annotations

from rest_framework.request import Request

from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import Nothing
from registry.api.v1 import asking
from registry.api.v1.examples_of_scores import SCORE_RECEIPT
from registry.api.v1.shapes.score_receipts import ScoreReceipt
from registry.selectors.score_receipts import score_receipt


class ScoreReceiptView(ReadView):
    """The receipt of one score."""

    @operation(
        "getScoreReceipt",
        "The receipt of a score",
        query=Nothing,
        answer=ScoreReceipt,
        example=SCORE_RECEIPT,
        path=(asking.SCORE_RECEIPT,),
    )
    def get(self, request: Request, query: Nothing, number: int) -> Answer:
        """Where a score comes from: point, claim, snapshot, run, source; and why it stands."""
        return Answer(ScoreReceipt.of(score_receipt(number)))
