"""The page that lets a reader try every operation; everything on it is served from here."""

from __future__ import annotations

from drf_spectacular.views import SpectacularSwaggerSplitView


class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI under the strict content policy: no inline style, no inline script."""

    url_name = "schema"
    template_name = "api/docs.html"
