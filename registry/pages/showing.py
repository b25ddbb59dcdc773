"""How a view becomes a page: its clock, its frame, and what is said when it cannot be shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from registry.pages.asking import Refused
from registry.pages.clock import Clock, read_clock
from registry.selectors.clocks import as_of
from registry.selectors.paging import NotHeld

Asked = ParamSpec("Asked")


def page(
    view: Callable[Concatenate[HttpRequest, Clock, Asked], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Asked], HttpResponse]:
    """A view that only reads, given the clock of its address.

    What it raises becomes a page of its own: 404 for `NotHeld`, 400 for `Refused`.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponse:
        try:
            return view(request, read_clock(request.GET), *args, **kwargs)
        except NotHeld as error:
            return _instead(request, 404, "404.html", missing=error)
        except Refused as error:
            return _instead(request, 400, "pages/refused.html", refused=error)

    return require_safe(gzip_page(answer))


def wants_part(request: HttpRequest) -> bool:
    """Whether a script asks for the part of the page that changes, not for a page to keep."""
    details: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return bool(details) and not details.history_restore_request


def show(
    request: HttpRequest, template: str, clock: Clock, *, section: str = "", **context: Any
) -> HttpResponse:
    """The page; ``section`` marks the way that leads to it. A part is kept apart from its page."""
    answer = render(request, template, {"clock": clock, "section": section, **context})
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _instead(request: HttpRequest, status: int, template: str, **context: Any) -> HttpResponse:
    context = {"clock": Clock(as_of(), {}), **context}
    return render(request, template, context, status=status)
