"""The declared names against every real snapshot of the six feeds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.catalog.declarations import declarations
from registry.catalog.declared import ProviderKind
from registry.catalog.id_reading import Reading
from registry.catalog.identity import IdentityIndex
from registry.catalog.matches import Match
from registry.catalog.names import is_fit
from registry.ingest.intake import parser_of
from scrapers.catalog import FEEDS
from scrapers.claims import OfferClaim

Name = tuple[str, str, str]
"""A source's slug, its name for a provider, the id of what is sold."""

# Services that a lab's own provider sells beside its models.
NO_MODELS = {
    ("deepgram", "streaming/detect_entities"),
    ("deepgram", "streaming/diarize"),
    ("deepgram", "streaming/keyterm"),
    ("deepgram", "streaming/redact"),
    ("perplexity", "preset/advanced-deep-research"),
    ("perplexity", "preset/deep-research"),
    ("perplexity", "preset/fast-search"),
    ("perplexity", "preset/pro-search"),
}


def said_in(corpus: Path) -> Iterator[Name]:
    for feed in FEEDS:
        parser = parser_of(feed.parser)
        for recorded in feed.recorded_as:
            for path in sorted(corpus.glob(recorded.pattern)):
                part = path.stem if recorded.part == "*" else recorded.part
                for entry in parser.split(path.read_bytes(), part):
                    for claim in parser.read(entry):
                        assert isinstance(claim, OfferClaim)
                        yield feed.slug, claim.provider, claim.model_id


@pytest.fixture(scope="module")
def names(corpus: Path) -> frozenset[Name]:
    return frozenset(name for name in said_in(corpus) if is_fit(name[1]) and is_fit(name[2]))


@pytest.fixture(scope="module")
def index(names: frozenset[Name]) -> IdentityIndex:
    """What would be known after every snapshot: all the models that any id proves."""
    index = IdentityIndex(declarations())
    for source, provider, model_id in sorted(names):
        model = index.proven_model(index.reader.provider_for(source, provider).slug, model_id)
        if model is not None:
            index.add(model.ref)
    return index


def test_every_provider_that_a_feed_names_is_declared(
    names: frozenset[Name], index: IdentityIndex
) -> None:
    undeclared = {
        (source, provider)
        for source, provider, _ in names
        if not index.reader.provider_for(source, provider).declared
    }
    assert undeclared == set()


def test_everything_of_a_labs_own_is_linked(names: frozenset[Name], index: IdentityIndex) -> None:
    own = {
        provider.slug: provider.lab
        for provider in declarations().providers
        if provider.kind is ProviderKind.FIRST_PARTY and provider.lab
    }
    without = set()
    for source, name, model_id in names:
        provider = index.reader.provider_for(source, name).slug
        if provider in own and not isinstance(index.link(provider, model_id), Match):
            reading = index.reader.read(provider, model_id)
            resold = isinstance(reading, Reading) and reading.lab != own[provider]
            if not resold:
                without.add((provider, model_id))
    assert without <= NO_MODELS


def test_most_of_every_feed_is_linked(names: frozenset[Name], index: IdentityIndex) -> None:
    shares = {}
    for feed in FEEDS:
        links = [
            index.link(index.reader.provider_for(source, provider).slug, model_id)
            for source, provider, model_id in names
            if source == feed.slug
        ]
        shares[feed.slug] = sum(isinstance(link, Match) for link in links) / len(links)
    assert {slug: share for slug, share in shares.items() if share < 0.75} == {}


def test_no_id_has_two_models(names: frozenset[Name], index: IdentityIndex) -> None:
    ambiguous = [
        (name, link.candidates)
        for name in sorted(names)
        if not isinstance(
            link := index.link(index.reader.provider_for(*name[:2]).slug, name[2]), Match
        )
        and link.candidates
    ]
    assert ambiguous == []
