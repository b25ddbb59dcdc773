"""``/api/v1/snapshots``"""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request

from registry.api.operations import FOR_EVER, ReadView, path_parameter
from registry.api.problems import MEDIA_TYPE, Problem
from registry.api.queries import Nothing, read_query
from registry.api.v1 import asking
from registry.selectors.snapshots import body

_BYTES = "application/octet-stream"


class SnapshotView(ReadView):
    """The bytes of one snapshot, to be saved and never shown: whoever wrote them is a stranger."""

    @extend_schema(
        operation_id="getSnapshot",
        summary="The bytes of a snapshot",
        description="What a source served, byte by byte, as a download.",
        parameters=[path_parameter(asking.SHA256)],
        responses={
            (200, _BYTES): OpenApiResponse(OpenApiTypes.BINARY, "The bytes."),
            (400, MEDIA_TYPE): OpenApiResponse(Problem, "What was asked is not understood."),
            (404, MEDIA_TYPE): OpenApiResponse(Problem, "The bytes are not held."),
        },
        tags=["snapshots"],
    )
    def get(self, request: Request, sha256: str) -> HttpResponse:
        """The bytes as an attachment."""
        read_query(Nothing, request.GET)
        return HttpResponse(
            body(sha256).content,
            content_type=_BYTES,
            headers={
                "Content-Disposition": f'attachment; filename="{sha256}"',
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": FOR_EVER,
            },
        )
