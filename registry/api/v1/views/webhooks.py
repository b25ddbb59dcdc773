"""``/api/v1/webhooks``: owners manage the endpoints that are told of changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from registry.access.keys import Asker
from registry.api import cursors, kinds, kinds_of_prices, values
from registry.api.bodies import Body, member, of
from registry.api.operations import Answer, PathPart
from registry.api.owned import OwnedView, owned
from registry.api.queries import BadQuery, Fault, Nothing, parameter
from registry.api.v1 import asking
from registry.api.v1.examples_of_webhooks import (
    DELIVERY_DETAIL,
    DELIVERY_LIST,
    WEBHOOK_BODY,
    WEBHOOK_DETAIL,
    WEBHOOK_LIST,
    WEBHOOK_OPENED,
)
from registry.api.v1.paging import next_address
from registry.api.v1.shapes.webhooks import (
    Delivery,
    DeliveryDetail,
    DeliveryList,
    Webhook,
    WebhookDetail,
    WebhookList,
)
from registry.pricing.meters import METERS
from registry.selectors.fact_changes import SUBJECTS
from registry.selectors.facts import FACT_NAMES
from registry.selectors.ordering import Key
from registry.webhooks import endpoints
from registry.webhooks.reads import (
    DELIVERY_STATES,
    KINDS,
    Kind,
    deliveries_of,
    delivery_of,
    endpoint_of,
    endpoints_of,
)
from registry.webhooks.wanted import FEEDS
from scrapers.fetch import AddressPolicy

WEBHOOK = PathPart("webhook", "The webhook's id.", 1)
OF_REVISION = PathPart("number", "The revision that was to be told.", 1)
_TAG = "webhooks"
_CAUSES = tuple(dict.fromkeys(cause for feed in FEEDS.values() for cause in feed.causes))


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedBody(Body):
    """Which changes; what is left out is any. Each kind that is told must have what is named."""

    provider: str | None = member(values.text(kinds.SLUG), "Only of this provider.", None)
    provider_model_id: str | None = member(
        values.text(kinds.TEXT), "Only under this id of the provider's.", None
    )
    model: tuple[str, str] | None = member(
        values.text(kinds_of_prices.MODEL), "Only of this model.", None
    )
    lab: str | None = member(values.text(kinds.SLUG), "Only of models of this lab.", None)
    meter: str | None = member(
        values.text(kinds.one_of(tuple(METERS))), "Only of this meter.", None
    )
    cause: str | None = member(
        values.text(kinds.one_of(_CAUSES)), "Only for this reason, one of each kind's.", None
    )
    currency: str | None = member(
        values.text(kinds_of_prices.CURRENCY), "Only in this currency.", None
    )
    benchmark: str | None = member(values.text(kinds.SLUG), "Only scores on this benchmark.", None)
    of: str | None = member(
        values.text(kinds.one_of(SUBJECTS)), "Only facts of models, or only of offers.", None
    )
    name: str | None = member(values.text(kinds.one_of(FACT_NAMES)), "Only this fact.", None)

    def kept(self) -> dict[str, str]:
        """The parameters that were given, as the feed writes them."""
        given = {name: getattr(self, name) for name in self.__dataclass_fields__}
        if self.model is not None:
            given["model"] = "/".join(self.model)
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookBody(Body):
    """A webhook to open."""

    address: str = member(values.text(kinds.TEXT), "The https address that is to be told.")
    description: str = member(values.text(kinds.TEXT), "For its owner.", "")
    kinds: tuple[str, ...] = member(
        values.one_to(len(KINDS), values.text(kinds.one_of(KINDS))),
        "Of what it is told; of prices, where it is left out.",
        (Kind.PRICES.value,),
    )
    wanted: WantedBody | None = member(
        of(WantedBody), "Which changes; all, where it is left out.", None
    )


@dataclass(frozen=True, slots=True)
class DeliveriesQuery:
    """Which deliveries."""

    limit: int = parameter(kinds.LIMIT, "How many at most.", asking.DEFAULT_LIMIT)
    cursor: Key | None = parameter(cursors.CURSOR, "Where to go on.")
    state: str | None = parameter(kinds.one_of(DELIVERY_STATES), "Only in this state.")


@dataclass(frozen=True, slots=True)
class ReplayQuery:
    """Which of a revision's messages."""

    kind: str = parameter(kinds.one_of(KINDS), "Of what it tells.", Kind.PRICES.value)


class WebhooksView(OwnedView):
    """All webhooks of a key."""

    scope = "webhooks"

    @owned("listWebhooks", "Webhooks", answer=WebhookList, example=WEBHOOK_LIST)
    def get(self, asker: Asker, query: Nothing, body: None) -> Answer:
        """The webhooks of the key that is shown."""
        return Answer(WebhookList(tuple(map(Webhook.of, endpoints_of(asker.key_id)))))

    @owned(
        "openWebhook",
        "Open a webhook",
        answer=WebhookDetail,
        example=WEBHOOK_OPENED,
        body=WebhookBody,
        sent=WEBHOOK_BODY,
        status=201,
    )
    def post(self, asker: Asker, query: Nothing, body: WebhookBody) -> Answer:
        """Tells an address of every revision from the next on that holds a change it wants.

        Messages are signed as Standard Webhooks has it, with the ``secret`` that only this answer
        shows. Each is delivered at least once: tell repeats by ``webhook-id``, order by revision.
        """
        try:
            endpoint, secret = endpoints.open_endpoint(
                asker.key_id,
                body.address,
                kinds=tuple(map(Kind, dict.fromkeys(body.kinds))),
                wanted={} if body.wanted is None else body.wanted.kept(),
                description=body.description,
                policy=AddressPolicy(allow_hosts=settings.FETCH_EXEMPT_HOSTS),
            )
        except endpoints.EndpointRefused as error:
            raise BadQuery(Fault(error.field, error.value, error.expected)) from error
        return Answer(_detail(endpoint, secret))


class WebhookView(OwnedView):
    """One webhook."""

    scope = "webhooks"

    @owned("getWebhook", "A webhook", answer=WebhookDetail, example=WEBHOOK_DETAIL, path=(WEBHOOK,))
    def get(self, asker: Asker, query: Nothing, body: None, webhook: int) -> Answer:
        """A webhook by its id."""
        return Answer(_detail(endpoint_of(asker.key_id, webhook)))

    @owned("closeWebhook", "Close a webhook", answer=None, path=(WEBHOOK,), status=204, tag=_TAG)
    def delete(self, asker: Asker, query: Nothing, body: None, webhook: int) -> None:
        """Tells it nothing more and forgets its deliveries."""
        endpoint_of(asker.key_id, webhook).delete()


class WebhookActionView(OwnedView):
    """What an owner does with a webhook."""

    scope = "webhooks"
    http_method_names = ["post"]


class RotateView(WebhookActionView):
    """Another secret."""

    @owned(
        "rotateWebhookSecret",
        "Rotate a webhook's secret",
        answer=WebhookDetail,
        example=WEBHOOK_OPENED,
        path=(WEBHOOK,),
    )
    def post(self, asker: Asker, query: Nothing, body: None, webhook: int) -> Answer:
        """Makes another secret, shown only here; for a day the one before signs beside it."""
        endpoint = endpoint_of(asker.key_id, webhook)
        secret = endpoints.rotate_secret(endpoint, now=timezone.now())
        return Answer(_detail(endpoint, secret))


class EnableView(WebhookActionView):
    """On again."""

    @owned(
        "enableWebhook",
        "Enable a webhook",
        answer=WebhookDetail,
        example=WEBHOOK_DETAIL,
        path=(WEBHOOK,),
    )
    def post(self, asker: Asker, query: Nothing, body: None, webhook: int) -> Answer:
        """Tells it again, also of what was published while it was disabled."""
        endpoints.enable(endpoint_of(asker.key_id, webhook), now=timezone.now())
        return Answer(_detail(endpoint_of(asker.key_id, webhook)))


class DisableView(WebhookActionView):
    """Off, for now."""

    @owned(
        "disableWebhook",
        "Disable a webhook",
        answer=WebhookDetail,
        example=WEBHOOK_DETAIL,
        path=(WEBHOOK,),
    )
    def post(self, asker: Asker, query: Nothing, body: None, webhook: int) -> Answer:
        """Tells it nothing until it is enabled again."""
        endpoint = endpoint_of(asker.key_id, webhook)
        endpoints.disable(endpoint, because="by its owner", now=timezone.now())
        return Answer(_detail(endpoint_of(asker.key_id, webhook)))


class DeliveriesView(OwnedView):
    """What became of a webhook's messages."""

    scope = "webhooks"

    @owned(
        "listDeliveries",
        "Deliveries of a webhook",
        answer=DeliveryList,
        example=DELIVERY_LIST,
        query=DeliveriesQuery,
        path=(WEBHOOK,),
    )
    def get(self, asker: Asker, query: DeliveriesQuery, body: None, webhook: int) -> Answer:
        """Every message that was owed to it, of the newest revision first."""
        page = deliveries_of(
            endpoint_of(asker.key_id, webhook),
            state=query.state,
            after=query.cursor,
            limit=query.limit,
        )
        items = tuple(map(Delivery.of, page.rows))
        return Answer(DeliveryList(items, next_address(self.request, page.next)))


class ReplayView(WebhookActionView):
    """Once more."""

    @owned(
        "replayDelivery",
        "Replay a delivery",
        answer=DeliveryDetail,
        example=DELIVERY_DETAIL,
        query=ReplayQuery,
        path=(WEBHOOK, OF_REVISION),
    )
    def post(
        self, asker: Asker, query: ReplayQuery, body: None, webhook: int, number: int
    ) -> Answer:
        """Owes a message once more, whatever became of it; it has the same id and bytes."""
        endpoint = endpoint_of(asker.key_id, webhook)
        endpoints.replay(delivery_of(endpoint, number, query.kind), now=timezone.now())
        again = delivery_of(endpoint, number, query.kind)
        return Answer(DeliveryDetail(Delivery.of(again)))


def _detail(*told: Any) -> WebhookDetail:
    return WebhookDetail(Webhook.of(*told))
