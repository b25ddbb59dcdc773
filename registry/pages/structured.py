"""What search engines read of a page: schema.org, as a block of data that runs nothing."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from registry.pages.clock import Clock
from registry.selectors.model_page import SoldModel

# As `json_script` does: nothing in the data can end the element that holds it.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def block(data: dict[str, Any]) -> SafeString:
    """The data as an element for the head of a page."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    return SafeString(f'<script type="application/ld+json">{text.translate(_ESCAPES)}</script>')


def product(request: HttpRequest, sold: SoldModel, clock: Clock) -> SafeString:
    """A model as software with the range of its input prices per million tokens."""
    amounts = [
        one.prices.input.amount
        for one in sold.offers
        if one.prices.input and one.prices.input.amount
    ]
    address = reverse("pages:model", args=(sold.model.lab, sold.model.slug))
    data: dict[str, Any] = {
        "@type": "SoftwareApplication",
        "name": sold.name,
        "applicationCategory": "AI model",
        "url": request.build_absolute_uri(address),
        "author": {"@type": "Organization", "name": sold.lab.name},
    }
    if sold.model.released_on:
        data["datePublished"] = sold.model.released_on.isoformat()
    if amounts:
        data["offers"] = {
            "@type": "AggregateOffer",
            "priceCurrency": "USD",
            "lowPrice": f"{min(amounts):f}",
            "highPrice": f"{max(amounts):f}",
            "offerCount": len(amounts),
            "description": "USD per 1M input tokens",
        }
    return block(data)
