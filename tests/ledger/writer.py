"""A process that publishes: ``python -m tests.ledger.writer AUTHOR COUNT``."""

from __future__ import annotations

import sys
from datetime import timedelta

import django

django.setup()

from registry.catalog.models import Offer, Provider  # noqa: E402
from tests.ledger.saying import day, point, say  # noqa: E402


def main(author: str, count: int) -> None:
    """Publishes for an offer of its own, one start an hour."""
    provider = Provider.objects.create(slug=author, name=author)
    offer = Offer.objects.create(provider=provider, provider_model_id="m")
    for hour in range(count):
        say(point(offer, starts=day(1) + timedelta(hours=hour)), author=author)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
