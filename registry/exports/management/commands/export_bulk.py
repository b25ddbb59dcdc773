"""``export_bulk``: the whole registry as files."""

from __future__ import annotations

import resource
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from registry.exports.bulk.export import export
from registry.exports.bulk.keeping import folder_of, prune
from registry.exports.bulk.signing import NoSigningKey, signing_secret
from registry.exports.bulk.writers import WRITERS
from registry.selectors.clocks import RevisionNotOut, as_of
from registry.selectors.export_tables import TABLES


class Command(BaseCommand):
    help = (
        "Writes the whole registry and its history as CSV, JSON Lines, Parquet and SQLite, with a "
        "data dictionary, sha256 sums and a signature. Without DIR where /bulk/ serves it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, metavar="DIR")
        parser.add_argument("--revision", type=int, help="as known at this one; else the newest")
        parser.add_argument("--formats", nargs="+", choices=list(WRITERS), default=list(WRITERS))
        parser.add_argument(
            "--keep",
            type=_some,
            metavar="N",
            help="of what /bulk/ serves, keep the newest N revisions and drop the others",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console()
        self._write(console, options)
        if options["keep"] is not None:
            for revision in prune(options["keep"]):
                console.print(f"The files of revision {revision} are dropped.")

    def _write(self, console: Console, options: dict[str, Any]) -> None:
        began = perf_counter()
        try:
            moment = as_of(revision=options["revision"])
            served = folder_of(moment.number)
            folder: Path = options["directory"] or served
            if folder == served and served.exists():
                console.print(f"The files of revision {moment.number} are written already.")
                return
            total = len(options["formats"]) * sum(t.count(moment.number) for t in TABLES)
            with Progress(console=console) as progress:
                task = progress.add_task("Writing", total=total)
                done = export(
                    folder.absolute(),
                    moment,
                    secret=signing_secret(),
                    formats=options["formats"],
                    advance=lambda name, rows: progress.update(
                        task, advance=rows, description=f"Writing {name}"
                    ),
                )
        except (FileExistsError, NoSigningKey, RevisionNotOut) as error:
            raise CommandError(str(error)) from error
        size = sum(done.files.values()) / 1e6
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        console.print(
            f"Revision {moment.number}: {len(done.files)} files, {size:,.1f} MB, in "
            f"{perf_counter() - began:.1f} s with at most {peak:,.0f} MB of memory."
        )
        console.print(f"sha256 of the sums: {done.sha256}", soft_wrap=True)


def _some(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r}; expected a whole number from 1 on")
    return int(text)
