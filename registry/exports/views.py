"""Answers in other registries' formats."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from registry.exports.asking import BadQuery, asked
from registry.exports.compat import openrouter
from registry.exports.compat.formats import OPENROUTER, Format
from registry.exports.compat.left_out import LeftOuts
from registry.exports.json_text import dumps
from registry.exports.shelf import Bodies, Body, Shelf
from registry.selectors.clocks import AsOf, RevisionNotOut, as_of
from registry.selectors.export_rows import export_rows, last_start

# Facts and names of the catalogue are no history, so not even a pinned document is for ever.
FOR_NOW = "public, max-age=60"

_DOCUMENT = "document"
_LEFT_OUT = "left_out"
_shelf = Shelf()

View = Callable[..., HttpResponse]


def refusing(view: View) -> View:
    """Answers 400 with a problem document where the clocks are not understood."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (BadQuery, RevisionNotOut) as error:
            return problem(400, str(error))

    return answer


def problem(status: int, detail: str) -> HttpResponse:
    """An error as RFC 9457 has it."""
    body = {"type": "about:blank", "status": status, "detail": detail}
    return HttpResponse(
        json.dumps(body),
        status=status,
        content_type="application/problem+json",
        headers={"Cache-Control": "no-store"},
    )


def document_view(form: Format) -> View:
    """The document itself, with a link to what it cannot hold."""
    return _view(form, _DOCUMENT)


def left_out_view(form: Format) -> View:
    """What the format cannot hold, with the reasons."""
    return _view(form, _LEFT_OUT)


@require_safe
@refusing
def endpoints_view(request: HttpRequest, model: str) -> HttpResponse:
    """One of OpenRouter's models with its endpoint."""
    as_of = asked(request.GET)
    rows = export_rows(as_of, provider=openrouter.SELLER)
    row = next((row for row in rows if row.model_id == model), None)
    if row is None:
        return problem(404, f"No model of OpenRouter's with a price is held under {model}.")
    response = sent(request, Body.of(dumps(openrouter.endpoints(row))))
    response["Ratecard-Revision"] = str(as_of.number)
    response["Link"] = _link(OPENROUTER)
    return response


def _link(form: Format) -> str:
    return f'</compat/{form.left_out_address}>; rel="describedby"'


def _view(form: Format, which: str) -> View:
    @require_safe
    @refusing
    def answer(request: HttpRequest) -> HttpResponse:
        questions = form.questions if which == _DOCUMENT else ()
        bodies = _bodies(form, asked(request.GET, beside=questions))
        body: Body = getattr(bodies, which)
        if wanted := {name: request.GET[name] for name in questions if name in request.GET}:
            body = Body.of(dumps(form.narrowed(orjson.loads(body.plain), wanted)))
        response = sent(request, body)
        response["Ratecard-Revision"] = str(bodies.revision)
        if which == _DOCUMENT:
            response["Link"] = _link(form)
        return response

    return answer


def make_ready(form: Format) -> None:
    """Has a file as it is now on the shelf, so that the first asker does not wait for it."""
    now = as_of()
    _shelf.get(_key(form, now), lambda: _made(form, now), now=form.address)


def _bodies(form: Format, as_of: AsOf) -> Bodies:
    key = _key(form, as_of)
    if as_of.is_about_now:
        return _shelf.get_now(form.address, key, lambda: _made(form, as_of))
    return _shelf.get(key, lambda: _made(form, as_of))


def _key(form: Format, as_of: AsOf) -> tuple[Any, ...]:
    return (form.address, as_of.number, last_start(as_of))


def sent(request: HttpRequest, body: Body, caching: str = FOR_NOW) -> HttpResponse:
    """A JSON body as the asker takes it; 304 where these bytes are there already."""
    packed = _takes_gzip(request.headers.get("Accept-Encoding", ""))
    tag = f'"{body.tag}-gzip"' if packed else f'"{body.tag}"'
    response = HttpResponse(
        body.compressed if packed else body.plain,
        content_type="application/json",
        headers={"ETag": tag, "Cache-Control": caching, "Vary": "Accept-Encoding"},
    )
    if packed:
        response["Content-Encoding"] = "gzip"
    held = get_conditional_response(request, etag=tag, response=response)
    return held if isinstance(held, HttpResponse) else response


def _takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding (RFC 9110) takes gzip, by its name or as any, not with ``q=0``."""
    weights: dict[str, str] = {}
    for part in accepted.lower().split(","):
        coding, _, weight = part.replace(" ", "").partition(";q=")
        weights[coding] = weight
    weight = weights.get("gzip", weights.get("x-gzip", weights.get("*", "0")))
    return weight.strip("0.") != "" or weight == ""


def _made(form: Format, as_of: AsOf) -> Bodies:
    left_outs = LeftOuts()
    document = form.make(as_of, left_outs)
    listed = {
        "format": f"/compat/{form.address}",
        "revision": {"number": as_of.number, "hash": as_of.hash},
        "count": len(left_outs.found),
        "items": left_outs.found,
    }
    return Bodies(Body.of(dumps(document)), Body.of(dumps(listed)), as_of.number)
