"""Persons and their actions in few words: who decides, on which item, when."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from registry.curation.models import Review
from registry.ledger.models import PricePoint
from tests.pipeline.taking import moment, offer

PAGE = "/admin/desk/"


def hand(day: str, *, note: str = "checked", by: User | None = None) -> dict[str, Any]:
    """What every action is told: who, why, from where, when."""
    return {"by": by or curator(), "note": note, "page": PAGE, "at": moment(day)}


def curator() -> User:
    """Somebody who may do everything."""
    found = User.objects.filter(username="anna").first()
    return found or User.objects.create_superuser("anna")


def item(reason: str, *, source: str | None = None) -> Review:
    """The one open item with a reason."""
    found = Review.objects.filter(reason=reason, state=Review.State.OPEN)
    return found.get(source__slug=source) if source else found.get()


def point(name: str, day: str, meter: str = "input_tokens") -> PricePoint:
    """The newest published start of an offer's plain price at a day."""
    return PricePoint.objects.filter(
        series__offer=offer(name), series__meter=meter, series__terms="", starts_at=moment(day)
    ).latest("revision_id")


def row(meter: str, amount: str, *, terms: str = "", state: str = "priced") -> list[str]:
    """One price that a person writes."""
    return [meter, terms, "USD", state, amount]
