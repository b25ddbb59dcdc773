"""The pages for people: each shows what a selector returns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from registry.selectors.overview import overview


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What is inside, and where to read it."""
    return render(request, "pages/start.html", {"overview": overview()})
