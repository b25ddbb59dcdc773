"""How a comparison of bills is told and judged: by reason, none of them unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from rich.console import Console
from rich.table import Table

from tests.clients.usages import Asked, same_to_a_float

SAME = "the same to the last digit of a float"
UNKNOWN = "unknown"

Reasons = Mapping[str, Callable[[Asked], Decimal | None]]


def judged(
    asked: Asked, theirs: str, reasons: Reasons, refusals: Mapping[str, str] = MappingProxyType({})
) -> str:
    """`SAME`, the reason that comes out at their total, or `UNKNOWN`.

    ``refusals``: reasons by what the client's error says where it makes no bill.
    """
    if not theirs[:1].isdigit():
        return next((reason for sign, reason in refusals.items() if sign in theirs), UNKNOWN)
    if same_to_a_float(theirs, asked.bill().total):
        return SAME
    for reason, otherwise in reasons.items():
        total = otherwise(asked)
        if total is not None and same_to_a_float(theirs, total):
            return reason
    return UNKNOWN


def tell(client: str, verdicts: Sequence[str]) -> Counter[str]:
    """Prints how many bills had which outcome."""
    counted = Counter(verdicts)
    table = Table(title=f"{client}: {len(verdicts):,} random usages")
    table.add_column("bill")
    table.add_column("usages", justify="right")
    for verdict, count in counted.most_common():
        table.add_row(verdict, f"{count:,}")
    Console(width=110).print(table)
    return counted
