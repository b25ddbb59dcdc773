"""What search engines are told: every address worth finding, and what to leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from registry.pages.navigation import WAYS
from registry.selectors.benchmarks import benchmarks
from registry.selectors.catalogue import catalogue
from registry.selectors.providers import providers

_MANY = 2000
_CHANGES = ("score-changes", "fact-changes", "model-changes", "disputes")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
@gzip_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Sections, models, providers, labs and benchmarks; offers and receipts are led to by them."""
    addresses = "".join(
        f"<url><loc>{escape(request.build_absolute_uri(path))}</loc></url>\n" for path in _paths()
    )
    text = f'{_HEAD}<urlset xmlns="{_SPACE}">\n{addresses}</urlset>\n'
    return HttpResponse(text, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; forms and files of rows need not be."""
    found = request.build_absolute_uri(reverse("pages:sitemap"))
    lines = ("User-agent: *", "Disallow: /admin/", "Disallow: /report", "", f"Sitemap: {found}", "")
    return HttpResponse("\n".join(lines), content_type="text/plain")


def _paths() -> Iterator[str]:
    held = catalogue()
    yield from (reverse(way.address) for way in WAYS)
    yield from (reverse(f"pages:{name}") for name in _CHANGES)
    yield from (reverse("pages:model", args=(row.lab, row.slug)) for row in held.models)
    yield from (reverse("pages:lab", args=(slug,)) for slug in sorted(held.labs))
    yield from (reverse("pages:provider", args=(row.slug,)) for row in providers(limit=_MANY).rows)
    yield from (
        reverse("pages:benchmark", args=(row.slug,)) for row in benchmarks(limit=_MANY).rows
    )
