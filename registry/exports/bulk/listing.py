"""What there is to download of a revision: each file with its format, size and digest."""

from __future__ import annotations

from dataclasses import dataclass

from registry.exports.bulk.export import DICTIONARY, MANIFEST, SIGNATURE, SUMS
from registry.exports.bulk.keeping import folder_of

_FORMATS = {
    ".csv.gz": "CSV, packed with gzip",
    ".jsonl.gz": "JSON Lines, packed with gzip",
    ".parquet": "Parquet",
    ".sqlite": "SQLite, all tables",
}
_MEANINGS = {
    DICTIONARY: "what every table and column means",
    MANIFEST: "the revision, and every file with its digest",
    SUMS: "the digests, as sha256sum checks them",
    SIGNATURE: "the signature of the digests",
}


@dataclass(frozen=True, slots=True)
class KeptFile:
    """``told``: its format, or what it is for. ``size`` in bytes; ``sha256`` empty where it is not
    among the signed sums, as the sums themselves are not."""

    name: str
    told: str
    size: int
    sha256: str


def files_of(revision: int) -> tuple[KeptFile, ...]:
    """The files of a revision that was written, by name."""
    folder = folder_of(revision)
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    digests = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    return tuple(
        KeptFile(path.name, _told(path.name), path.stat().st_size, digests.get(path.name, ""))
        for path in sorted(folder.iterdir())
    )


def _told(name: str) -> str:
    formats = (told for ending, told in _FORMATS.items() if name.endswith(ending))
    return _MEANINGS.get(name) or next(formats, "")
