"""A month of use as a form asks it: on the calculator, and wherever a page bills one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.http import QueryDict

from registry.pages import asking
from registry.pages.asking import Refused
from registry.pricing.usage import Usage, UsageError
from registry.pricing.workload import Workload, WorkloadError

_MOST_TOKENS = 10**15
_PARTS = Decimal(100)
_MAGNITUDE = {"k": 10**3, "m": 10**6, "b": 10**9}
_SIZED = re.compile(r"(?P<digits>\d{1,12}(?:\.\d{1,6})?)\s*(?P<letter>[kmb]?)", re.ASCII | re.I)


@dataclass(frozen=True, slots=True)
class Month:
    """Tokens of a month, and which percent of them are cached and can wait for a batch."""

    input_tokens: int = 100_000_000
    output_tokens: int = 20_000_000
    cached: Decimal = Decimal(0)
    batch: Decimal = Decimal(0)
    request: int = 0

    @classmethod
    def of(cls, query: QueryDict) -> Month:
        """Reads ``input``, ``output``, ``cached``, ``batch`` and ``request``; raises `Refused`."""
        plain = cls()
        return cls(
            input_tokens=_tokens(query, "input", plain.input_tokens),
            output_tokens=_tokens(query, "output", plain.output_tokens),
            cached=asking.amount(query, "cached", most=_PARTS, default=plain.cached),
            batch=asking.amount(query, "batch", most=_PARTS, default=plain.batch),
            request=_tokens(query, "request", plain.request),
        )

    def workload(self) -> Workload:
        """The month as the price model takes it; raises `Refused`."""
        counts = {"input_tokens": self.input_tokens, "output_tokens": self.output_tokens}
        try:
            return Workload(
                Usage.of(counts), self.cached / _PARTS, self.batch / _PARTS, self.request
            )
        except (UsageError, WorkloadError) as error:
            raise Refused(error.field, str(error.value), error.expected) from error

    @property
    def query(self) -> str:
        """The month as parameters of an address; what is as usual is left out."""
        usual = Month()
        fields = {
            "input": (self.input_tokens, usual.input_tokens),
            "output": (self.output_tokens, usual.output_tokens),
            "cached": (self.cached, usual.cached),
            "batch": (self.batch, usual.batch),
            "request": (self.request, usual.request),
        }
        return urlencode({name: given for name, (given, plain) in fields.items() if given != plain})


def _tokens(query: QueryDict, name: str, default: int) -> int:
    """``100000000``, ``100,000,000``, ``100M``: a whole number of tokens."""
    given = query.get(name, "").strip().replace(",", "").replace(" ", "")
    if not given:
        return default
    sized = _SIZED.fullmatch(given)
    tokens = (
        Decimal(sized["digits"]) * _MAGNITUDE.get(sized["letter"].lower(), 1) if sized else None
    )
    if tokens is None or tokens != int(tokens) or tokens > _MOST_TOKENS:
        raise Refused(name, given[:40], "a number of tokens such as 100000000, 100M or 1.5B")
    return int(tokens)
