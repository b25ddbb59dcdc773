"""The formats that are served, by their address below ``/compat/``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from registry.exports.compat import genai_prices, litellm
from registry.exports.compat.left_out import LeftOuts
from registry.selectors.clocks import AsOf
from registry.selectors.export_rows import export_rows


@dataclass(frozen=True, slots=True)
class Format:
    """One file of another registry: where it stands, and how ours is made."""

    address: str
    make: Callable[[AsOf, LeftOuts], Any]

    @property
    def left_out_address(self) -> str:
        """Where the list of what the format cannot hold stands."""
        return f"{self.address.removesuffix('.json')}.left-out.json"


def _litellm(as_of: AsOf, left_out: LeftOuts) -> Any:
    return litellm.document(export_rows(as_of), left_out)


def _genai_prices(as_of: AsOf, left_out: LeftOuts) -> Any:
    return genai_prices.document(export_rows(as_of), left_out)


FORMATS: tuple[Format, ...] = (
    Format("litellm/model_prices_and_context_window.json", _litellm),
    Format("genai-prices/v2/data.json", _genai_prices),
)
