"""The audit trail, and undo."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from registry.curation import actions
from registry.curation.models import AuditEvent
from registry.selectors.audit import event as event_of
from registry.selectors.audit import trail
from registry.staff.desk.access import act, desk_page, hand_of, show
from registry.staff.desk.forms import whole


@desk_page
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Who did what, the newest first."""
    action, by = request.GET.get("action", ""), request.GET.get("by", "")[:150]
    found = trail(
        by=by,
        action=action if action in AuditEvent.Action.values else "",
        before=whole(request.GET.get("before", "")),
    )
    return show(
        request,
        "audit",
        "Audit trail",
        trail=found,
        by=by,
        action=action,
        choices=AuditEvent.Action.choices,
    )


@desk_page
@require_GET
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """What one action did."""
    found = event_of(pk)
    may_undo = found.needs is not None and request.user.has_perm(found.needs)
    return show(request, "event", str(found.event), found=found, may_undo=may_undo)


@desk_page
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an action back."""
    do = partial(actions.undo, pk, **hand_of(request))
    return act(request, do, "Undone", back=reverse("desk:event", args=[pk]))
