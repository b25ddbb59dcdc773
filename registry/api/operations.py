"""One operation of the API: what is asked, what is answered, and the contract that says both.

A view's method takes its query, or the body that was sent, as a dataclass and returns an `Answer`.
Everything else is done here once: reading what is asked, caching, the conditional answer, the
description with its example.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from inspect import getdoc
from typing import Any, TypeVar

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.bodies import Body, read_body
from registry.api.counted import CountedView
from registry.api.deprecations import Deprecation, headers_of
from registry.api.fields import PARAMETER, narrowed, narrowing, told
from registry.api.problems import MEDIA_TYPE, Problem
from registry.api.queries import Nothing, deprecated_in, described, read_query
from registry.api.shape import Shape

FOR_EVER = "public, max-age=31536000, immutable"
FOR_NOW = "public, max-age=60"
NOT_KEPT = "no-store"
HELD_ALREADY = "The asker's copy, named by If-None-Match, still holds."

Q = TypeVar("Q")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Answer:
    """A body, and whether it can never be another: only what is made of history alone."""

    body: Shape
    for_ever: bool = False


@dataclass(frozen=True, slots=True)
class PathPart:
    """A part of an address: what it means, and one that exists in the bundled catalogue."""

    name: str
    means: str
    example: str | int


class ReadView(CountedView):
    """A view that is only read; equal answers carry equal tags, whatever made them equal.

    Some questions are too long for an address and are posted; that changes nothing here either.
    """

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answers, with 304 where the asker holds these bytes already.

        The tag is of the bytes and not of the revision: names, links and freshness of the catalogue
        move on between two revisions.
        """
        response = super().dispatch(request, *args, **kwargs)
        if isinstance(response, Response):
            response.render()
        if request.method == "POST" or response.status_code != 200:
            return response
        if not isinstance(response, HttpResponse):
            return response
        response["ETag"] = f'"{blake2b(response.content, digest_size=16).hexdigest()}"'
        held = get_conditional_response(request, etag=response["ETag"], response=response)
        return response if held is None else held


def operation(
    name: str,
    summary: str,
    *,
    query: type[Q],
    answer: type[Shape],
    example: Shape,
    path: tuple[PathPart, ...] = (),
    finds: bool = False,
    deprecated: Deprecation | None = None,
) -> Callable[[Callable[..., Answer]], Callable[..., Response]]:
    """Makes a view's ``get`` of a method from a query and the parts of the path to an `Answer`.

    ``name`` is the operation's stable id in the contract; the method's docstring describes it.
    ``finds``: the query names one thing, which may not be held. Every such operation takes
    ``fields`` too. ``deprecated``: since when it is to go, which its answers then tell.
    """
    asked_as = narrowing(query, answer)

    def decorate(method: Callable[..., Answer]) -> Callable[..., Response]:
        @extend_schema(
            operation_id=name,
            summary=summary,
            description="\n\n".join(
                filter(None, (getdoc(method), deprecated.remark if deprecated else None))
            ),
            deprecated=deprecated is not None,
            parameters=[*map(path_parameter, path), *described(asked_as)],
            responses={
                **_answered(example, told(answer)),
                304: OpenApiResponse(description=HELD_ALREADY),
                **_refused(finds=finds or bool(path)),
            },
            tags=[name_of_tag(answer)],
        )
        @wraps(method)
        def get(view: V, request: Request, **parts: Any) -> Response:
            if any("\0" in part for part in parts.values() if isinstance(part, str)):
                raise NotFound
            asked = read_query(asked_as, request.GET)
            answered = method(view, request, asked, **parts)
            body = narrowed(answered.body, getattr(asked, PARAMETER))
            ends = deprecated_in(asked_as, request.GET.keys())
            headers = {
                "Cache-Control": FOR_EVER if answered.for_ever else FOR_NOW,
                **headers_of([*ends, *([deprecated] if deprecated else [])]),
            }
            return Response(body, headers=headers)

        return get

    return decorate


def posted(
    name: str,
    summary: str,
    *,
    body: type[Body],
    sent: Mapping[str, object],
    answer: type[Shape],
    example: Shape,
) -> Callable[[Callable[..., Answer]], Callable[..., Response]]:
    """Makes a view's ``post`` of a method from a body to an `Answer`; ``sent`` is an example.

    The question is not kept and nothing is changed by it: it is only too long for an address.
    """

    def decorate(method: Callable[..., Answer]) -> Callable[..., Response]:
        @extend_schema(
            operation_id=name,
            summary=summary,
            description=getdoc(method),
            request=body,
            examples=[OpenApiExample("question", value=sent, request_only=True)],
            responses={
                **_answered(example, answer),
                **_refused(finds=False),
                (413, MEDIA_TYPE): OpenApiResponse(Problem, "More was sent than is read."),
                (415, MEDIA_TYPE): OpenApiResponse(Problem, "What was sent is not JSON."),
            },
            tags=[name_of_tag(answer)],
        )
        @wraps(method)
        def post(view: V, request: Request) -> Response:
            read_query(Nothing, request.GET)
            answered = method(view, request, read_body(body, request.data))
            return Response(answered.body, headers={"Cache-Control": NOT_KEPT})

        return post

    return decorate


def name_of_tag(answer: type[Shape]) -> str:
    """The heading in the contract under which operations with this answer stand."""
    return answer.__module__.rpartition(".")[2].replace("_", " ")


def path_parameter(part: PathPart) -> OpenApiParameter:
    """A part of the path as the contract lists it."""
    return OpenApiParameter(
        part.name,
        type={"type": "integer", "minimum": 0} if isinstance(part.example, int) else str,
        location=OpenApiParameter.PATH,
        description=part.means,
        examples=[OpenApiExample("bundled", value=part.example)],
    )


def _answered(example: Shape, schema: type[Any]) -> dict[Any, Any]:
    written = orjson.dumps(example, option=orjson.OPT_UTC_Z)
    shown = OpenApiExample("answer", value=orjson.loads(written))
    return {200: OpenApiResponse(schema, "What is held.", examples=[shown])}


def _refused(*, finds: bool) -> dict[Any, Any]:
    refused: dict[Any, Any] = {
        (400, MEDIA_TYPE): OpenApiResponse(Problem, "What was asked is not understood.")
    }
    if finds:
        refused[404, MEDIA_TYPE] = OpenApiResponse(Problem, "Nothing is held under that id.")
    return refused
