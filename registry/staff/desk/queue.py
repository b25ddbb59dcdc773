"""The queue, one item, and what is done with items: approve, reject, approve with other figures."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from registry.curation import actions
from registry.curation.models import Review
from registry.selectors.review import AGES, ORDERS, SIZES, Asked, neighbours, queue
from registry.selectors.review_item import Item, item
from registry.staff.desk.access import act, desk_page, hand_of, show
from registry.staff.desk.forms import EditForm, FactForm, figures_of, whole
from registry.staff.desk.models import fact_form
from registry.staff.desk.scores import form_of

_FILTERS = ("reason", "source", "provider", "size", "age")
_MOST = 1_000


@desk_page
@require_GET
def queue_page(request: HttpRequest) -> HttpResponse:
    """What waits, filtered and ordered as the address says."""
    asked = _asked(request)
    found = queue(asked, at=timezone.now())
    return show(
        request,
        "queue",
        "Review desk",
        asked=asked,
        queue=found,
        facets=[(name, values, getattr(asked, name)) for name, values in found.facets.items()],
        orders=tuple(ORDERS),
        states=Review.State.choices,
        filtered=any(getattr(asked, name) for name in _FILTERS),
        may_decide=request.user.has_perm("curation.decide_review"),
    )


@desk_page
@require_GET
def item_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One item with the evidence for and against it."""
    found = item(pk, at=timezone.now())
    before, after = neighbours(pk)
    return show(
        request,
        "item",
        f"{found.review.reason.replace('_', ' ').capitalize()}: {found.subject}",
        item=found,
        before=before,
        after=after,
        form=EditForm(rows=found.review.proposal, since=found.review.seen_at),
        score_form=None if found.score is None else form_of(found.score),
        fact_form=_fact_form(found),
        may_decide=request.user.has_perm("curation.decide_review"),
        may_correct=request.user.has_perm("curation.correct_prices"),
    )


def _fact_form(found: Item) -> FactForm | None:
    """The form of an item of a fact: what it would become, to be written otherwise."""
    if not found.facts:
        return None
    offer = found.review.offer
    names = {"offer": str(offer), "model": str(offer.model) if offer and offer.model else ""}
    field = found.findings[0].field
    return fact_form(found.facts, names, chosen=field)


@desk_page
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Approves or rejects the ticked items, all of them or none, as one revision."""
    written = map(whole, request.POST.getlist("item"))
    ids = [pk for pk in written if pk is not None][:_MOST]
    verbs: dict[str, Any] = {"approve": actions.approve, "reject": actions.reject}
    verdict = request.POST.get("verdict", "")
    do = verbs.get(verdict, actions.reject) if verdict in verbs else _no_verdict
    told = f"{len(ids)} items {verdict}{'d' if verdict.endswith('e') else 'ed'}"
    if len(ids) == 1:
        told = told.replace("items", "item")
    return act(request, partial(do, ids, **hand_of(request)), told, back=reverse("desk:queue"))


@desk_page
@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Approves an item with the figures of the form."""

    def do() -> actions.Answered:
        form = figures_of(request)
        return actions.approve_edited(
            pk, form.rows, since=form.since, address=form.address, **hand_of(request)
        )

    return act(request, do, "Approved with other figures", back=reverse("desk:item", args=[pk]))


def _no_verdict(*_: Any, **__: Any) -> actions.Answered:
    raise actions.ActionRefused("verdict", "none", "approve or reject")


def _asked(request: HttpRequest) -> Asked:
    asked = {name: request.GET.get(name, "") for name in _FILTERS}
    asked["size"] = asked["size"] if asked["size"] in SIZES else ""
    asked["age"] = asked["age"] if asked["age"] in AGES else ""
    state, order = request.GET.get("state", ""), request.GET.get("order", "")
    return Asked(
        **asked,
        state=state if state in Review.State.values else Review.State.OPEN,
        order=order if order in ORDERS else "newest",
        page=whole(request.GET.get("page", "")) or 1,
    )
