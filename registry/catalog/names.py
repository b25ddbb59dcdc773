"""When two spellings are one name: exact rules, no likeness.

A *key* is what spellings are compared by: lower case, with ``.``, ``_``, ``:``, ``@`` and spaces
as ``-``, since one version is written ``4.7``, ``4-7`` and ``4_7``, one name with and without
capitals. In all snapshots at hand the few ids of one seller whose keys are equal are one thing.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from hashlib import sha256

MAX_NAME = 200
MAX_SLUG = 60

_JOINTS = str.maketrans("._:@ ", "-----")
_DATE = re.compile(r"[-@](?:20\d\d-(?:0[1-9]|1[0-2])-\d\d|20\d\d(?:0[1-9]|1[0-2])[0-3]\d)$")
_LATEST = "-latest"
# `-2512` and `-08-2025`; `-0528` may be a day of any year, and `-1106` too.
_MONTH = re.compile(
    r"-(?:(?P<yy>2[3-9])(?P<mm>0[1-9]|1[0-2])|(?P<month>0[1-9]|1[0-2])-(?P<year>20\d\d))(?=-|$)"
)
_UNFIT_FOR_SLUG = re.compile(r"[^a-z0-9._-]+")
_UNFIT_FOR_PATH = re.compile(r"[^a-z0-9-]+")


def key_of(name: str) -> str:
    """The form in which two spellings of one name are equal."""
    return name.lower().translate(_JOINTS)


def undated(name: str) -> str:
    """A snapshot's name without its day or its ``-latest``: the model that it is a snapshot of.

    Only whole dates count (``-2026-04-23``, ``-20260415``, ``@20260415``): a ``-0528`` or ``-2411``
    is part of the name, since labs give such names to models of their own.
    """
    if name.endswith(_LATEST):
        return name[: -len(_LATEST)]
    return _DATE.sub("", name)


def stamped_month(name: str) -> date | None:
    """The first day of the month that a name bears: ``mistral-large-2512``, ``command-r-08-2024``.

    Only what can be nothing else counts; None where it bears none.
    """
    found = _MONTH.search(name)
    if found is None:
        return None
    if found["yy"]:
        return date(2000 + int(found["yy"]), int(found["mm"]), 1)
    return date(int(found["year"]), int(found["month"]), 1)


def model_slug(name: str, *, dashed: bool) -> str:
    """How a model's name reads in its reference; ``dashed`` labs write ``4-7``, not ``4.7``."""
    slug = _UNFIT_FOR_SLUG.sub("-", name.lower()).strip("-")
    return slug.replace(".", "-") if dashed else slug


def provider_slug(source: str, name: str) -> str:
    """The slug of a seller that nobody has declared; names that differ never share one."""
    text = _UNFIT_FOR_PATH.sub("-", name.lower()).strip("-")
    slug = f"{source}-{text}"
    if text == name and len(slug) <= MAX_SLUG:
        return slug
    digest = sha256(name.encode()).hexdigest()[:8]
    return f"{slug[: MAX_SLUG - 9].rstrip('-')}-{digest}"


def is_fit(name: str) -> bool:
    """Whether a name can be kept as it is: printable, not blank, at most 200 characters."""
    if not 0 < len(name) <= MAX_NAME or name != name.strip():
        return False
    if name.isascii():
        return name.isprintable()
    return not any(unicodedata.category(letter).startswith("C") for letter in name)
