"""Kept bodies through today's parser: what it reads differently, and publishing that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from registry.ingest.intake import body_of, parser_of
from registry.ingest.models import Claim, Run, Source
from registry.ingest.runs import last_good, open_run
from registry.ingest.saying import said_in
from registry.ingest.timetable import name_of
from registry.pipeline.attendance import attend
from registry.pipeline.figures import Difference, differences
from registry.pipeline.stages import take_again
from scrapers.claims import Claim as Said


@dataclass(frozen=True, slots=True)
class KeptBody:
    """The newest body of an address that was taken, with the run that took it."""

    run: Run
    body: bytes

    @property
    def name(self) -> str:
        """What its address is called."""
        return name_of(self.run.source, self.run.part)

    def differences(self) -> list[Difference]:
        """What today's parser reads in it that the claims at rest do not say, and the reverse.

        Raises `PageError` where today's parser refuses the body.
        """
        return differences(_at_rest(self.run), read_body(self.run.source, self.run.part, self.body))

    def publish(self) -> Run | None:
        """Takes what today's parser reads as the source's word from now on."""
        source, part, now = self.run.source, self.run.part, timezone.now()
        with attend(source, part, wait=True):
            run = open_run(
                source,
                part=part,
                slot=f"{Run.REREAD}{now:%Y-%m-%dT%H:%M:%S.%f}Z",
                at=now,
                address=self.run.address,
            )
            if run is not None:
                take_again(run, before=self.run, body=self.body)
            return run


def kept_bodies(sources: Iterable[Source]) -> Iterator[KeptBody]:
    """The newest good body of every address of the sources, where its bytes are held."""
    for source in sources:
        parts = Run.objects.filter(source=source).values_list("part", flat=True).distinct()
        for part in parts.order_by("part"):
            run = last_good(source, part)
            body = body_of(run.snapshot) if run is not None and run.snapshot else None
            if run is not None and body is not None:
                yield KeptBody(run, body)


def read_body(source: Source, part: str, body: bytes) -> list[Said]:
    """Every claim that today's parser reads in a body; raises `PageError`."""
    parser = parser_of(source.parser)
    return [claim for entry in parser.split(body, part) for claim in parser.read(entry)]


def _at_rest(run: Run) -> list[Said]:
    """The claims that the entries of the run's address make now."""
    claims = Claim.objects.filter(
        entries__source=run.source, entries__part=run.part, entries__missed_runs=0
    )
    return [said_in(claim) for claim in claims.distinct()]
