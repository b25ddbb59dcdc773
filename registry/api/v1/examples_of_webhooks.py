"""Examples of the operations on webhooks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from registry.api.v1.shapes.webhooks import (
    Delivery,
    DeliveryDetail,
    DeliveryList,
    Webhook,
    WebhookDetail,
    WebhookList,
)

WEBHOOK_BODY = {
    "address": "https://billing.example.org/ratecard",
    "description": "Prices of what we route to",
    "kinds": ["prices"],
    "wanted": {"provider": "openai", "cause": "repriced"},
}
_WEBHOOK = Webhook(
    id=1,
    address="https://billing.example.org/ratecard",
    description="Prices of what we route to",
    kinds=("prices",),
    wanted={"provider": "openai", "cause": "repriced"},
    told_to=73,
    created_at=datetime(2026, 6, 1, 9, 30, tzinfo=UTC),
    disabled_at=None,
    disabled_because="",
    secret=None,
)
WEBHOOK_LIST = WebhookList((_WEBHOOK,))
WEBHOOK_DETAIL = WebhookDetail(_WEBHOOK)
WEBHOOK_OPENED = WebhookDetail(replace(_WEBHOOK, secret="whsec_" + "A" * 43 + "="))
_DELIVERY = Delivery(
    message_id="msg_1_74",
    revision=74,
    kind="prices",
    changes=2,
    state="delivered",
    attempts=1,
    due_at=None,
    delivered_at=datetime(2026, 6, 1, 12, 0, 3, tzinfo=UTC),
    answer="200",
)
DELIVERY_LIST = DeliveryList((_DELIVERY,), None)
DELIVERY_DETAIL = DeliveryDetail(_DELIVERY)
