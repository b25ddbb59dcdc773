"""What stands beside a recording that was just taken, read once, and offers decided on other words.

Trying a fault takes the spoilt body through the very steps of a run (its parser, the rows of its
claims, the judgement of the run, the decision on each offer) without writing anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count

from registry.catalog.models import Offer
from registry.curation.evidence import gather
from registry.curation.models import Review
from registry.curation.policy.breakers import judge_run
from registry.curation.policy.case import Case
from registry.curation.policy.decisions import decide
from registry.curation.runs import shape_of
from registry.curation.voices import voice_of
from registry.curation.words import Word
from registry.ingest.claim_rows import claim_row
from registry.ingest.content import from_content
from registry.ingest.intake import Intake, next_to, parser_of
from registry.ingest.models import Claim, Run, Source, SourceEntry
from registry.ledger.asof import rates_at
from registry.ledger.chain import head
from registry.pipeline.archive import Recording
from registry.pipeline.faults.verdicts import Judged
from scrapers.claims import OfferClaim, PageError

LATER = timedelta(hours=1)
_NEW_CLAIMS = 10**9

Claims = Mapping[str, tuple[Claim, ...]]


@dataclass(slots=True)
class Standing:
    """A source's part as it was last taken: its entries, their claims, the cases of their offers.

    ``run``: the one that is tried, never saved: the same address read once more, an hour after the
    newest revision. ``offers``: by entry, those that are tried: what is published of them would
    stay as it is without a fault, and nothing that the source says of them would wait.
    """

    run: Run
    raws: dict[str, bytes]
    claims: dict[str, tuple[Claim, ...]]
    named: dict[tuple[str, str], int]
    offers: dict[str, set[int]]
    subjects: dict[int, Offer]
    cases: dict[int, Case]
    speaking: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def beside(cls, recording: Recording, body: bytes) -> Standing:
        """Everything that is known after a recording; ``body`` is that, as the trial writes it."""
        run = _read_again(recording)
        claims = _claims(run)
        offers = _standing_offers(run, claims)
        everyone = {pk for group in offers.values() for pk in group}
        cases = gather(everyone, at=run.at)
        speaking: dict[int, list[str]] = defaultdict(list)
        for key, group in claims.items():
            for offer_id in {claim.offer_id for claim in group} & everyone:
                speaking[offer_id or 0].append(key)
        standing = cls(
            run=run,
            raws=_raws(run, body),
            claims=claims,
            named={
                (claim.provider_name, claim.model_id): claim.offer_id
                for group in claims.values()
                for claim in group
                if claim.offer_id is not None
            },
            offers=offers,
            subjects=Offer.objects.select_related("provider").in_bulk(list(everyone)),
            cases=cases,
            speaking=dict(speaking),
        )
        quiet = {pk for pk in everyone if standing._is_quiet(pk)}
        standing.offers = {key: group for key, group in offers.items() if group <= quiet}
        return standing

    def _is_quiet(self, offer_id: int) -> bool:
        """Whether nothing would come of reading the body again as it was."""
        decision = self.decided(offer_id, {}).decision
        kept = {one.voice.source for one in decision.kept}
        return not decision.points and self.run.source.slug not in kept

    def is_tried(self, key: str, *, beside_peers: bool) -> bool:
        """Whether an entry's offers all stand; and, if so wished, other providers' beside them."""
        offers = self.offers.get(key, ())
        cases = [self.cases[pk] for pk in offers]
        return bool(cases) and (not beside_peers or all(case.peers for case in cases))

    def spoilt(self, body: bytes) -> dict[str, tuple[Claim, ...]] | None:
        """What the changed entries of a body say; None where the run is refused as a whole."""
        parser = parser_of(self.run.source.parser)
        try:
            entries = {entry.key: entry for entry in parser.split(body, self.run.part)}
            after = {
                key: tuple(self._rows(key, tuple(parser.read(entry))))
                for key, entry in entries.items()
                if self.raws.get(key) != entry.raw
            }
        except PageError:
            return None
        before = {key: self.claims.get(key, ()) for key in after}
        kept = sum(key in entries for key in self.raws)
        order = tuple(key for key in entries if key in self.raws)
        intake = Intake(
            len(self.raws),
            len(entries),
            kept,
            before,
            after,
            order=order,
            beside={key: self.claims.get(key, ()) for key in next_to(after.keys(), order)},
        )
        return None if judge_run(shape_of(self.run, intake)) else after

    def decided(self, offer_id: int, after: Claims, *, alone: bool = False) -> Judged:
        """An offer as it would be decided with other claims of the source.

        ``alone``: as if it had never been heard of, by any source.
        """
        said = self.claims | dict(after)
        words = [self._word(claim) for claim in self._of(offer_id, said)]
        case, offer, source = self.cases[offer_id], self.subjects[offer_id], self.run.source
        voices = [voice for voice in case.voices if voice.source != source.slug]
        ahead = [one for one in case.announcements if one.voice.source != source.slug]
        if words:
            voice, later = voice_of(source, words, offer, at=self.run.at)
            voices, ahead = [*voices, voice], [*ahead, *later]
        tried = replace(case, voices=tuple(voices), announcements=tuple(ahead))
        if alone:
            case = _first_seen(case, source.slug)
            tried = _first_seen(tried, source.slug)
        return Judged(str(offer), source.slug, case, decide(tried))

    def _of(self, offer_id: int, said: Claims) -> list[Claim]:
        claims = {c.pk: c for key in self.speaking[offer_id] for c in said[key]}
        return [claims[pk] for pk in sorted(claims) if claims[pk].offer_id == offer_id]

    def _rows(self, key: str, said: tuple[object, ...]) -> Iterator[Claim]:
        numbers = count(_NEW_CLAIMS)
        for claim in said:
            if isinstance(claim, OfferClaim):
                row = claim_row(self.run, key, claim, self.named, self.claims.get(key, ()))
                row.pk = row.pk or next(numbers)
                yield row

    def _word(self, claim: Claim) -> Word:
        names = {"provider": claim.provider_name, "model_id": claim.model_id}
        return Word(
            claim.pk,
            from_content(claim.content, page=claim.page or None, **names),
            claim.priced_since,
            claim.added_since,
            claim.priced_otherwise_at,
            self.run.at,
            missing=False,
        )


def _first_seen(case: Case, source: str) -> Case:
    """The case of an offer that only one source has, since now; other providers' stay beside."""
    return Case(
        at=case.at,
        voices=tuple(
            replace(voice, seen_at=case.at, silent_before=None, added_at={})
            for voice in case.voices
            if voice.source == source
        ),
        standing={},
        peers=case.peers,
    )


def _read_again(recording: Recording) -> Run:
    """The run of the recording's address an hour after all that is known; its word is fresh."""
    source = Source.objects.get(slug=recording.source.slug)
    previous_at = max(recording.at, head().published_at or recording.at)
    at = previous_at + LATER
    source.fresh_until = max(at, source.fresh_until or at)
    return Run(source=source, part=recording.part, at=at, previous_at=previous_at)


def _raws(run: Run, body: bytes) -> dict[str, bytes]:
    return {entry.key: entry.raw for entry in parser_of(run.source.parser).split(body, run.part)}


def _claims(run: Run) -> dict[str, tuple[Claim, ...]]:
    """By entry, the claims of prices that the run's part makes now."""
    links = SourceEntry.claims.through.objects.filter(
        sourceentry__source=run.source,
        sourceentry__part=run.part,
        sourceentry__missed_runs=0,
        claim__model_name=None,
    )
    claims: dict[str, list[Claim]] = defaultdict(list)
    for link in links.select_related("claim", "sourceentry").order_by("claim_id"):
        claims[link.sourceentry.key].append(link.claim)
    return {key: tuple(group) for key, group in claims.items()}


def _standing_offers(run: Run, claims: Claims) -> dict[str, set[int]]:
    """By entry, its offers, where all of them have a price and nothing of theirs is held."""
    offers = {key: {claim.offer_id or 0 for claim in group} for key, group in claims.items()}
    everyone = {pk for group in offers.values() for pk in group}
    standing = {pk for pk, card in rates_at(everyone, at=run.at).items() if card}
    items = Review.objects.filter(state=Review.State.OPEN, source=run.source)
    standing -= {pk or 0 for pk in items.values_list("offer_id", flat=True)}
    return {key: group for key, group in offers.items() if group <= standing}
