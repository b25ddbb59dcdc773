"""Downloads of bulk files: a folder a revision, whose files never change."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from registry.exports.bulk.keeping import folder_of, written
from registry.exports.bulk.listing import files_of
from registry.exports.bulk.ranges import NoSuchPart, asked_part
from registry.exports.bulk.signing import NoSigningKey, public_key, signing_secret
from registry.exports.views import FOR_NOW, problem
from registry.selectors.export_tables import TABLES

_FOR_EVER = "public, max-age=31536000, immutable"
_TYPES = {
    ".gz": "application/gzip",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".sig": "application/octet-stream",
}


@require_safe
def index_view(request: HttpRequest) -> HttpResponse:
    """Which revisions there are files of, the newest first: a page for browsers, else JSON."""
    if request.get_preferred_type(["application/json", "text/html"]) == "text/html":
        answer = _page(request)
    else:
        answer = _listed()
    patch_vary_headers(answer, ["Accept"])
    return answer


def _page(request: HttpRequest) -> HttpResponse:
    *older, newest = written() or (None,)
    told = {
        "newest": newest,
        "files": () if newest is None else files_of(newest),
        "older": older[::-1],
        "tables": TABLES,
        "host": f"{request.scheme}://{request.get_host()}",
    }
    answer = render(request, "exports/bulk.html", told)
    answer["Cache-Control"] = FOR_NOW
    return answer


def _listed() -> HttpResponse:
    revisions = [
        {"revision": number, "files": [f"/bulk/{number}/{name}" for name in _names(number)]}
        for number in reversed(written())
    ]
    body = {"public_key": "/bulk/public-key.pem", "revisions": revisions}
    return JsonResponse(body, headers={"Cache-Control": FOR_NOW})


@require_safe
def key_view(request: HttpRequest) -> HttpResponse:
    """The key that verifies the signatures."""
    try:
        pem = public_key(signing_secret())
    except NoSigningKey:
        return problem(404, "Nothing is signed here: no signing key is set.")
    return HttpResponse(
        pem, content_type="application/x-pem-file", headers={"Cache-Control": FOR_NOW}
    )


@require_safe
def file_view(request: HttpRequest, revision: int, name: str) -> HttpResponseBase:
    """One file of a revision, to be saved."""
    if revision not in written() or name not in _names(revision):
        return problem(404, f"No bulk file {name} of revision {revision} is here; see /bulk/.")
    told = {
        "ETag": f'"{revision}-{name}"',
        "Cache-Control": _FOR_EVER,
        "Accept-Ranges": "bytes",
    }
    held = get_conditional_response(request, etag=told["ETag"])
    if held is not None:
        for header, value in told.items():
            held[header] = value
        return held
    path = folder_of(revision) / name
    kind = _TYPES.get(path.suffix, "text/plain; charset=utf-8")
    try:
        part = _part(request, path.stat().st_size, told["ETag"])
    except NoSuchPart:
        refused = problem(416, f"{name} has {path.stat().st_size} bytes.")
        refused["Content-Range"] = f"bytes */{path.stat().st_size}"
        return refused
    if part is not None:
        return _partial(path, part, told | {"Content-Type": kind})
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"ratecard-{revision}-{name}",
        content_type=kind,
        headers=told,
    )


def _part(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    """The part that is asked for, unless the asker's copy is of another file."""
    if request.method != "GET" or request.headers.get("If-Range", tag) != tag:
        return None
    return asked_part(request.headers.get("Range", ""), size)


def _partial(path: Path, part: tuple[int, int], headers: dict[str, str]) -> HttpResponse:
    begin, end = part
    with path.open("rb") as file:
        file.seek(begin)
        body = file.read(end - begin)
    span = f"bytes {begin}-{end - 1}/{path.stat().st_size}"
    return HttpResponse(body, status=206, headers=headers | {"Content-Range": span})


def _names(revision: int) -> list[str]:
    return sorted(path.name for path in folder_of(revision).iterdir())
