"""Views that tell an asker what is left to it, and the contract's word for a key."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from registry.access.limits import Quota
from registry.api.asker import QUOTA, SCHEME


class CountedView(APIView):
    """A view whose answers say what is left to the asker, errors included."""

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        """Adds the headers of the rate to whatever was answered."""
        response = super().finalize_response(request, response, *args, **kwargs)
        quota = request.META.get(QUOTA)
        for name, text in (quota.headers if isinstance(quota, Quota) else {}).items():
            response[name] = text
        return response


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The contract's word for a key: optional everywhere that reading is."""

    target_class = "registry.api.asker.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """A bearer token."""
        meaning = "A key issued by the registry, for a higher rate: rc_…"
        return {"type": "http", "scheme": SCHEME.lower(), "description": meaning}
