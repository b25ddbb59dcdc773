"""From the bytes of a body to claims at rest: what a source says now, and what it said before.

Everything here runs inside the caller's transaction. Equal bytes add nothing; of a changed body
only the entries whose own bytes changed are read again.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from importlib import import_module
from itertools import pairwise
from typing import cast

from django.db.models import F, QuerySet

from registry.catalog.enrol import enrol
from registry.ingest.claim_rows import claim_row, digest_of_return
from registry.ingest.models import Claim, Run, Snapshot, SourceEntry
from registry.ingest.naming import Subject, name_readings, subjects_of
from registry.ingest.reading_rows import reading_row
from registry.ingest.statistics import MANY, count_anew
from registry.ingest.storable import LONGEST_KEY, storable
from scrapers.claims import Claim as Said
from scrapers.claims import OfferClaim, PageError, PageFault, Parser, ReadingClaim

_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Intake:
    """What a body changed: entry by entry the claims before and after, and the offers concerned.

    ``entries_kept`` are in this body and in the last good one; ``gone`` names those that are known
    from an earlier body and not in this one. ``order`` names those known before as this body has
    them, ``beside`` holds the claims of the unchanged ones next to a changed one.
    """

    entries_before: int
    entries_now: int
    entries_kept: int
    before: dict[str, tuple[Claim, ...]] = field(default_factory=dict)
    after: dict[str, tuple[Claim, ...]] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    beside: dict[str, tuple[Claim, ...]] = field(default_factory=dict)

    @property
    def offer_ids(self) -> set[int]:
        """Every offer that the changed entries speak of now or spoke of before."""
        claims = [c for side in (self.before, self.after) for group in side.values() for c in group]
        return {claim.offer_id for claim in claims if claim.offer_id is not None}

    @property
    def readings(self) -> set[int]:
        """The claims of scores that the changed entries make now or made before."""
        claims = [c for side in (self.before, self.after) for group in side.values() for c in group]
        return {claim.pk for claim in claims if claim.model_name_id is not None}


def parser_of(name: str) -> Parser[Said]:
    """The parser module of that name; a missing one is a mistake in the source's data."""
    return cast(Parser[Said], import_module(f"scrapers.sources.{name}"))


def keep_snapshot(body: bytes, media_type: str) -> Snapshot:
    """The one row that holds these exact bytes; one that knew only their digest receives them."""
    sha256 = hashlib.sha256(body).hexdigest()
    held = {"content": zlib.compress(body), "size": len(body), "media_type": media_type}
    snapshot, created = Snapshot.objects.get_or_create(sha256=sha256, defaults=held)
    if not created and snapshot.content is None:
        Snapshot.objects.filter(pk=snapshot.pk).update(**held)
        snapshot.refresh_from_db()
    return snapshot


def body_of(snapshot: Snapshot) -> bytes | None:
    """The exact bytes; None for a snapshot that came with the catalogue as a digest."""
    return None if snapshot.content is None else zlib.decompress(snapshot.content)


def has_entries(run: Run) -> bool:
    """Whether a body of the run's part was ever read here, not only received as history."""
    return _entries_of(run).exists()


def mark_unchanged(run: Run) -> None:
    """Moves every entry of the source's part on to a run that served the same bytes."""
    _entries_of(run).filter(missed_runs=0).update(last_run=run)
    _entries_of(run).filter(missed_runs__gt=0).update(missed_runs=F("missed_runs") + 1)


def lapsed_offers(run: Run, *, after: int) -> set[int]:
    """Offers of the entries that with this run have been missing for just ``after`` runs."""
    claims = Claim.objects.filter(
        entries__source=run.source, entries__part=run.part, entries__missed_runs=after
    )
    return {pk for pk in claims.values_list("offer_id", flat=True) if pk is not None}


def lapsed_subjects(run: Run, *, after: int) -> set[Subject]:
    """What the scores were of that with this run have been missing for just ``after`` runs."""
    return subjects_of(
        Claim.objects.filter(
            entries__source=run.source, entries__part=run.part, entries__missed_runs=after
        )
    )


def take_in(run: Run, body: bytes, *, reread: bool = False) -> Intake:
    """Reads what changed in a body since the last good one and stores it as claims.

    With ``reread`` every entry counts as changed: what changed is the parser.
    Raises `PageError` where the body is not what the source serves; nothing is stored then.
    """
    parser = parser_of(run.source.parser)
    entries = {storable(e.key, LONGEST_KEY): e for e in parser.split(body, run.part)}
    if not entries:
        raise PageError(PageFault.NO_ROWS, "no entries", "at least one")
    digests = {key: hashlib.sha256(entry.raw).digest() for key, entry in entries.items()}
    stored = {row.key: row for row in _entries_of(run)}
    present = [row for row in stored.values() if row.missed_runs == 0]
    changed = {
        key: entry
        for key, entry in entries.items()
        if reread
        or key not in stored
        or bytes(stored[key].digest) != digests[key]
        or stored[key].missed_runs > 0
    }
    gone = tuple(key for key in stored if key not in entries)
    before = _claims_of([stored[key] for key in changed if key in stored])
    order = tuple(key for key in entries if key in stored)
    beside = _claims_of([stored[key] for key in next_to(changed.keys(), order)])
    read = {key: tuple(parser.read(entry)) for key, entry in changed.items()}
    after = _store_claims(run, read, before)
    _move_entries(run, changed, digests, stored, after, gone)
    if len(changed) >= MANY:
        count_anew("ingest_claim", "ingest_sourceentry", "ingest_sourceentry_claims")
    kept = sum(row.key in entries for row in present)
    return Intake(len(present), len(entries), kept, before, after, gone, order, beside)


def next_to(changed: Set[str], order: Sequence[str]) -> set[str]:
    """The unchanged entries above and below changed ones."""
    pairs = [*pairwise(order), *pairwise(reversed(order))]
    return {other for one, other in pairs if one in changed and other not in changed}


def _entries_of(run: Run) -> QuerySet[SourceEntry]:
    return SourceEntry.objects.filter(source=run.source, part=run.part)


def _claims_of(rows: Sequence[SourceEntry]) -> dict[str, tuple[Claim, ...]]:
    keys = {row.pk: row.key for row in rows}
    through = SourceEntry.claims.through.objects.filter(sourceentry_id__in=keys)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for link in through.select_related("claim").order_by("claim_id"):
        claims[keys[link.sourceentry_id]].append(link.claim)
    return {key: tuple(group) for key, group in claims.items()}


def _store_claims(
    run: Run, read: dict[str, tuple[Said, ...]], before: dict[str, tuple[Claim, ...]]
) -> dict[str, tuple[Claim, ...]]:
    """The rows of claims, new or known; a claim that its entry still makes is the same row."""
    claims = [claim for said in read.values() for claim in said]
    offers = enrol((run.source.slug, c) for c in claims if isinstance(c, OfferClaim))
    names = name_readings(run.source, [c for c in claims if isinstance(c, ReadingClaim)])
    wanted = {
        key: [
            claim_row(run, key, claim, offers, before.get(key, ()))
            if isinstance(claim, OfferClaim)
            else reading_row(run, key, claim, names)
            for claim in said
        ]
        for key, said in read.items()
    }
    new = [claim for group in wanted.values() for claim in group if claim.pk is None]
    known = _known_claims(run, new)
    fresh = {claim.digest: claim for claim in new if claim.digest not in known}
    known |= {c.digest: c for c in Claim.objects.bulk_create(fresh.values(), batch_size=_BATCH)}
    return {
        key: tuple(claim if claim.pk else known[claim.digest] for claim in group)
        for key, group in wanted.items()
    }


def _known_claims(run: Run, new: Sequence[Claim]) -> dict[str, Claim]:
    """The rows that new claims repeat; one that nobody makes any more is made anew, as of now."""
    known = _by_digest(run, [claim.digest for claim in new])
    said = SourceEntry.claims.through.objects.filter(claim_id__in=[c.pk for c in known.values()])
    present = set(said.values_list("claim_id", flat=True))
    returned = [c for c in new if c.digest in known and known[c.digest].pk not in present]
    for claim in returned:
        claim.digest = digest_of_return(claim)
    return known | _by_digest(run, [claim.digest for claim in returned])


def _by_digest(run: Run, digests: Sequence[str]) -> dict[str, Claim]:
    known: dict[str, Claim] = {}
    for start in range(0, len(digests), _BATCH):
        found = Claim.objects.filter(source=run.source, digest__in=digests[start : start + _BATCH])
        known |= {claim.digest: claim for claim in found}
    return known


def _move_entries(
    run: Run,
    changed: Iterable[str],
    digests: dict[str, bytes],
    stored: dict[str, SourceEntry],
    claims: dict[str, tuple[Claim, ...]],
    gone: Sequence[str],
) -> None:
    """Brings the entries up to this run: new ones in, changed ones over, missing ones counted."""
    gone_ids = [stored[key].pk for key in gone]
    _entries_of(run).exclude(pk__in=gone_ids).update(last_run=run, missed_runs=0)
    _entries_of(run).filter(pk__in=gone_ids).update(missed_runs=F("missed_runs") + 1)
    known = [stored[key] for key in changed if key in stored]
    for row in known:
        row.digest = digests[row.key]
    SourceEntry.objects.bulk_create(
        known,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["digest"],
        batch_size=_BATCH,
    )
    new = SourceEntry.objects.bulk_create(
        (
            SourceEntry(
                source=run.source,
                part=run.part,
                key=key,
                digest=digests[key],
                last_run=run,
            )
            for key in changed
            if key not in stored
        ),
        batch_size=_BATCH,
    )
    link = SourceEntry.claims.through
    link.objects.filter(sourceentry_id__in=[row.pk for row in known]).delete()
    link.objects.bulk_create(
        (
            link(sourceentry_id=row.pk, claim_id=claim_id)
            for row in (*known, *new)
            for claim_id in {claim.pk for claim in claims[row.key]}
        ),
        batch_size=_BATCH,
    )
