"""An offer, a figure of it and the words behind it; and what a person says of its prices."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from registry.curation import actions
from registry.selectors.claims import claim_page as claim_of
from registry.selectors.desk_models import find_models
from registry.selectors.desk_offers import find_offers, offer_page
from registry.selectors.snapshots import BytesNotHeld, body
from registry.selectors.why import why
from registry.staff.desk.access import act, desk_page, hand_of, revision_shown, show
from registry.staff.desk.forms import EditForm, figures_of, moment_of, whole
from registry.staff.desk.models import fact_form

_SHOWN_BYTES = 200_000


@desk_page
@require_GET
def offers(request: HttpRequest) -> HttpResponse:
    """Offers and models found by parts of their names."""
    asked = request.GET.get("q", "").strip()[:200]
    return show(
        request,
        "offers",
        "Offers and models",
        asked=asked,
        offers=find_offers(asked),
        models=find_models(asked),
    )


@desk_page
@require_GET
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer's card beside every source's word, and what a person may say of it."""
    found = offer_page(pk, at=timezone.now())
    return show(
        request,
        "offer",
        str(found.comparison.offer),
        page=found,
        comparison=found.comparison,
        form=EditForm(found.rows, since=None),
        fact_form=fact_form([found.facts], {"offer": str(found.comparison.offer)}),
        may_correct=request.user.has_perm("curation.correct_prices"),
        may_name=request.user.has_perm("curation.link_names"),
    )


@desk_page
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """States other prices of an offer."""

    def do() -> actions.Answered:
        hand, form = hand_of(request), figures_of(request)
        return actions.correct(
            pk,
            form.rows,
            since=form.since or hand["at"],
            address=form.address,
            read_at=revision_shown(request),
            **hand,
        )

    return act(request, do, "Corrected", back=reverse("desk:offer", args=[pk]))


@desk_page
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends an offer's prices."""

    def do() -> actions.Answered:
        hand = hand_of(request)
        since = moment_of(request, "since") or hand["at"]
        return actions.withdraw(pk, since=since, read_at=revision_shown(request), **hand)

    return act(request, do, "Withdrawn", back=reverse("desk:offer", args=[pk]))


@desk_page
@require_POST
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps an offer's prices until a moment."""

    def do() -> actions.Answered:
        until = moment_of(request, "until")
        if until is None:
            raise actions.ActionRefused("until", "nothing", "a moment to come")
        return actions.pin(pk, until=until, **hand_of(request))

    return act(request, do, "Pinned", back=reverse("desk:offer", args=[pk]))


@desk_page
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes an offer another name of a second one."""
    do = partial(actions.merge_offers, pk, whole(request.POST.get("into", "")) or 0)
    return act(
        request,
        lambda: do(**hand_of(request)),
        "Merged",
        back=reverse("desk:offer", args=[pk]),
    )


@desk_page
@require_GET
def why_page(request: HttpRequest, point: int) -> HttpResponse:
    """Why a published figure is what it is."""
    found = why(point)
    offer_name = f"{found.receipt.provider}/{found.receipt.provider_model_id}"
    return show(
        request,
        "why",
        f"Why {found.receipt.point.meter.replace('_', ' ')} of {offer_name}",
        why=found,
        may_correct=request.user.has_perm("curation.correct_prices"),
    )


@desk_page
@require_POST
def retract(request: HttpRequest, point: int) -> HttpResponse:
    """Takes a published start back."""
    return act(
        request,
        lambda: actions.retract(point, read_at=revision_shown(request), **hand_of(request)),
        "Retracted",
        back=reverse("desk:why", args=[point]),
    )


@desk_page
@require_GET
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """One claim as quoted, and where it stands in its body."""
    found = claim_of(pk)
    return show(request, "claim", f"Claim of {found.claim.source} on {found.subject}", page=found)


@desk_page
@require_GET
def snapshot(request: HttpRequest, sha256: str) -> HttpResponse:
    """A body as text, its beginning; never rendered."""
    try:
        content: bytes | None = body(sha256).content
    except BytesNotHeld as missing:
        return show(request, "snapshot", f"Body {sha256[:12]}", sha256=sha256, missing=missing)
    text = (content or b"")[:_SHOWN_BYTES].decode("utf-8", "replace")
    return show(
        request,
        "snapshot",
        f"Body {sha256[:12]}",
        sha256=sha256,
        text=text,
        size=len(content or b""),
        cut=len(content or b"") > _SHOWN_BYTES,
    )


@desk_page
@require_GET
def download(request: HttpRequest, sha256: str) -> HttpResponse:
    """A body's exact bytes as a file: no browser runs what a page once served."""
    answer = HttpResponse(body(sha256).content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{sha256[:12]}.bin"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
