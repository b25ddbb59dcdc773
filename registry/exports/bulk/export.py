"""Writes the files of one revision into a folder, whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from registry.exports.bulk.signing import sign
from registry.exports.bulk.writers import WRITERS, described
from registry.exports.json_text import Json, dumps
from registry.selectors.clocks import AsOf
from registry.selectors.export_tables import TABLES
from registry.selectors.tabular import Row, Table

SUMS = "SHA256SUMS"
SIGNATURE = f"{SUMS}.sig"
DICTIONARY = "dictionary.json"
MANIFEST = "manifest.json"
_READ = 1 << 20
_TOLD_EVERY = 1_000

Advance = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: names and sizes of the files, and the digest over all of them."""

    folder: Path
    files: dict[str, int]
    sha256: str


def export(
    folder: Path,
    as_of: AsOf,
    *,
    secret: str,
    formats: Iterable[str] = tuple(WRITERS),
    advance: Advance = lambda _table, _rows: None,
) -> Exported:
    """Writes every table in every format, a dictionary, a manifest, sums and their signature.

    ``secret``: what the sums are signed under. ``advance`` is told of a table's rows as they pass.
    A run that fails leaves nothing; raises `FileExistsError` where the folder is there already.
    """
    draft = folder.with_name(f".{folder.name}.draft")
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        raise FileExistsError(f"{folder} is there already")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        _write(draft, as_of, list(formats), advance)
        sums = _sums(draft)
        (draft / SUMS).write_bytes(sums)
        (draft / SIGNATURE).write_bytes(sign(sums, secret))
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    files = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
    return Exported(folder, files, hashlib.sha256(sums).hexdigest())


def _write(folder: Path, as_of: AsOf, formats: list[str], advance: Advance) -> None:
    tables: list[Json] = []
    for table in TABLES:
        names = [
            WRITERS[form]().write(table, _counted(table, as_of.number, advance), folder)
            for form in formats
        ]
        told = {"name": table.name, "meaning": table.meaning, "rows": table.count(as_of.number)}
        tables.append(told | {"files": names, "columns": list(map(described, table.columns))})
    head: Json = {"revision": {"number": as_of.number, "hash": as_of.hash}}
    (folder / DICTIONARY).write_bytes(dumps(head | {"tables": tables}))
    files = [
        {"name": name, "bytes": (folder / name).stat().st_size, "sha256": digest}
        for digest, name in _digests(folder)
    ]
    (folder / MANIFEST).write_bytes(dumps(head | {"files": files}))


def _counted(table: Table, revision: int, advance: Advance) -> Iterator[Row]:
    passed = 0
    for passed, row in enumerate(table.rows(revision), 1):
        if passed % _TOLD_EVERY == 0:
            advance(table.name, _TOLD_EVERY)
        yield row
    advance(table.name, passed % _TOLD_EVERY)


def _sums(folder: Path) -> bytes:
    """As ``sha256sum`` writes and checks them."""
    return "".join(f"{digest}  {name}\n" for digest, name in _digests(folder)).encode()


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.iterdir()):
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while piece := file.read(_READ):
                digest.update(piece)
        yield digest.hexdigest(), path.name
