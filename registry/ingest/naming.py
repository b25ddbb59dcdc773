"""The names that claims of scores use: kept as written, and what each means once that is certain.

A name that no rule and no declaration knows means nothing yet: its claims are kept and wait. It is
asked again whenever something was read, since a feed may have made its model known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from registry.benchmarks.declarations import declared_benchmarks
from registry.benchmarks.rows import sync_benchmarks
from registry.catalog.identity import IdentityIndex
from registry.catalog.knowledge import identity_index
from registry.catalog.matches import Match
from registry.catalog.mentions import mentioned
from registry.catalog.models import Model
from registry.catalog.names import is_fit
from registry.ingest.batches import batched
from registry.ingest.models import BenchmarkName, Claim, ModelName, Source
from registry.ingest.storable import LONGEST_NAME, storable
from scrapers.claims import ReadingClaim

_BATCH = 2_000

Subject = tuple[int, int]
"""What a score is of, whatever its setup: a model's and a benchmark's row id."""


@dataclass(frozen=True, slots=True)
class Names:
    """The rows of a source's names: models' by organisation and name, benchmarks' by name."""

    models: Mapping[tuple[str, str], int]
    benchmarks: Mapping[str, int]

    def of(self, claim: ReadingClaim) -> tuple[int, int]:
        """The rows of the two names that a claim uses."""
        return self.models[_model_key(claim)], self.benchmarks[_kept(claim.benchmark)]


def name_readings(source: Source, claims: Collection[ReadingClaim]) -> Names:
    """The names that claims use, each with its meaning; new ones are taken down."""
    if not claims:
        return Names({}, {})
    aliases: dict[tuple[str, str], set[str]] = {}
    for claim in claims:
        fit = {alias for alias in claim.aliases if is_fit(alias)}
        aliases.setdefault(_model_key(claim), set()).update(fit)
    return Names(
        models=_name_models(source, aliases),
        benchmarks=benchmark_names(source, {_kept(claim.benchmark) for claim in claims}),
    )


def match_again() -> set[Subject]:
    """Asks every open name again; the subjects of the claims that have waited for an answer."""
    open_models = list(ModelName.objects.filter(model=None))
    answered = _match_models(open_models, identity_index()) if open_models else []
    ModelName.objects.bulk_update(answered, ["model", "matched_by"], batch_size=_BATCH)
    declared = list(_match_benchmarks(BenchmarkName.objects.select_related("source")))
    BenchmarkName.objects.bulk_update(
        declared, ["benchmark", "version", "subset"], batch_size=_BATCH
    )
    return {
        subject
        for field, names in (("model_name", answered), ("benchmark_name", declared))
        for batch in batched([name.pk for name in names])
        for subject in subjects_of(Claim.objects.filter(**{f"{field}__in": batch}))
    }


def subjects_of_claims(claim_ids: Collection[int]) -> set[Subject]:
    """The subjects of claims, by their ids."""
    return {
        subject
        for batch in batched(claim_ids)
        for subject in subjects_of(Claim.objects.filter(pk__in=batch))
    }


def subjects_of(claims: QuerySet[Claim]) -> set[Subject]:
    """The subjects of claims both of whose names are known."""
    known = claims.filter(model_name__model__isnull=False, benchmark_name__benchmark__isnull=False)
    columns = ("model_name__model_id", "benchmark_name__benchmark_id")
    return {(model, benchmark) for model, benchmark in known.values_list(*columns).distinct()}


def _model_key(claim: ReadingClaim) -> tuple[str, str]:
    return _kept(claim.lab or ""), _kept(claim.model)


def _kept(name: str) -> str:
    return storable(name, LONGEST_NAME)


def _name_models(
    source: Source, wanted: Mapping[tuple[str, str], set[str]]
) -> dict[tuple[str, str], int]:
    rows = {(row.organisation, row.name): row for row in ModelName.objects.filter(source=source)}
    changed, new = [], []
    for key, aliases in wanted.items():
        row = rows.get(key)
        if row is None:
            row = rows[key] = ModelName(source=source, organisation=key[0], name=key[1])
            new.append(row)
        elif aliases.issubset(row.aliases):
            continue
        else:
            changed.append(row)
        row.aliases = sorted(aliases.union(row.aliases))
    if changed or new:
        _match_models([row for row in (*changed, *new) if row.model_id is None], identity_index())
        ModelName.objects.bulk_update(
            changed, ["aliases", "model", "matched_by"], batch_size=_BATCH
        )
        ModelName.objects.bulk_create(new, batch_size=_BATCH)
    return {key: row.pk for key, row in rows.items()}


def _match_models(rows: Iterable[ModelName], index: IdentityIndex) -> list[ModelName]:
    """Links the names that mean a model that exists; those that it has linked."""
    links: list[tuple[ModelName, Match]] = []
    for row in rows:
        found = mentioned(
            index, row.name, organisation=row.organisation or None, aliases=row.aliases
        )
        if isinstance(found, Match):
            links.append((row, found))
    refs = {match.model_ref for _, match in links}
    ids = {
        f"{lab}/{slug}": pk
        for pk, lab, slug in Model.objects.values_list("pk", "lab__slug", "slug")
        if f"{lab}/{slug}" in refs
    }
    linked = [(row, match) for row, match in links if match.model_ref in ids]
    for row, match in linked:
        row.model_id, row.matched_by = ids[match.model_ref], match.rule
    return [row for row, _ in linked]


def benchmark_names(source: Source, names: set[str]) -> dict[str, int]:
    """The rows of the names that a source gives to benchmarks; new ones are taken down."""
    known = BenchmarkName.objects.filter(source=source)
    rows = {row.name: row for row in known}
    new = [BenchmarkName(source=source, name=name) for name in sorted(names - rows.keys())]
    if new:
        list(_match_benchmarks(new))
        BenchmarkName.objects.bulk_create(new, batch_size=_BATCH)
    return {row.name: row.pk for row in (*rows.values(), *new)}


def _match_benchmarks(rows: Iterable[BenchmarkName]) -> Iterator[BenchmarkName]:
    """Brings names up to what is declared now; those whose meaning has changed."""
    ids = sync_benchmarks()
    for row in rows:
        named = declared_benchmarks().find(row.name, row.source.slug)
        meant = (
            ids[named.benchmark.slug] if named else None,
            (named and named.version) or "",
            (named and named.subset) or "",
        )
        if meant != (row.benchmark_id, row.version, row.subset):
            row.benchmark_id, row.version, row.subset = meant
            yield row
