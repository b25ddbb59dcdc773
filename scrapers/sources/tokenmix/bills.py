"""What a month's bill says of its own figures, and of the prices that it was made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scrapers.eaten import Check, by_total
from scrapers.sources.tokenmix.prose import Bill, Workload
from scrapers.units import MILLION

INPUT, OUTPUT = "input_tokens", "output_tokens"
_WHOLE = re.compile(r"\$([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)")
_HALF_A_CENT = Decimal("0.005")


def amount_of(text: str) -> Decimal | None:
    """The amount of a figure that has its sign; None where it lost it or is no plain figure."""
    found = _WHOLE.fullmatch(text)
    return Decimal(found[1].replace(",", "")) if found else None


def price_checks(bill: Bill, workload: Workload, meter: str) -> Iterator[Check]:
    """What a bill whose total is told says of one of its two prices."""
    total = amount_of(bill.total)
    parts = {INPUT: (bill.output, workload.input), OUTPUT: (bill.input, workload.output)}
    if meter not in parts or total is None:
        return
    other, count = parts[meter]
    amount = amount_of(other)
    if amount is not None and count:
        times = Decimal(count) / MILLION
        yield by_total(total, others=(amount,), times=times, of="its bill")


def bill_checks(
    bill: Bill, amounts: dict[str, Decimal | None], costs: dict[str, Check]
) -> Iterator[tuple[str, list[Check]]]:
    """Each figure of a bill, and what its other figures and the prices say of it.

    ``costs``: what the prices of the tables make of the workload, part by part.
    """
    whole = {
        name: amount if amount is not None else (costs[name].implied if name in costs else None)
        for name, amount in amounts.items()
    }
    for name in amounts:
        checks = [costs[name]] if name in costs else []
        rest = {other: whole[other] for other in ("input", "output", "total") if other != name}
        known = {other: amount for other, amount in rest.items() if amount is not None}
        if len(known) == len(rest):
            if name == "total":
                implied = known["input"] + known["output"]
                words = f"{known['input']} + {known['output']}"
                checks.append(Check(implied, _HALF_A_CENT, words))
            else:
                others = [amount for other, amount in known.items() if other != "total"]
                checks.append(by_total(known["total"], others=others, of="its bill"))
        yield name, checks
