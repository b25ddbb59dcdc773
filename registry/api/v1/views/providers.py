"""``/api/v1/providers``"""

from __future__ import annotations

from dataclasses import dataclass

from rest_framework.request import Request

from registry.api import kinds
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import Nothing, parameter
from registry.api.v1 import asking, examples
from registry.api.v1.paging import next_address
from registry.api.v1.shapes.providers import Provider, ProviderDetail, ProviderList
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors import providers as held
from registry.selectors.clocks import as_of


@dataclass(frozen=True, slots=True)
class ProvidersQuery(asking.Listed):
    """Which providers."""

    sort: str = asking.sorted_by(held.PROVIDER_SORTS.names, held.PROVIDER_SORTS.default)
    kind: str | None = parameter(kinds.one_of(held.PROVIDER_KINDS), "Only of this kind.")
    lab: str | None = parameter(kinds.SLUG, "Only a lab's own.")


class ProviderListView(ReadView):
    """All providers."""

    @operation(
        "listProviders",
        "Providers",
        query=ProvidersQuery,
        answer=ProviderList,
        example=examples.PROVIDER_LIST,
    )
    def get(self, request: Request, query: ProvidersQuery) -> Answer:
        """Organisations that sell access to models."""
        wanted = held.ProviderFilter(kind=query.kind, lab=query.lab)
        page = held.providers(wanted, sort=query.sort, after=query.cursor, limit=query.limit)
        items = tuple(map(Provider.of, page.rows))
        return Answer(
            ProviderList(RevisionRef.of(as_of()), items, next_address(request, page.next))
        )


class ProviderDetailView(ReadView):
    """One provider."""

    @operation(
        "getProvider",
        "A provider",
        query=Nothing,
        answer=ProviderDetail,
        example=examples.PROVIDER_DETAIL,
        path=(asking.PROVIDER,),
    )
    def get(self, request: Request, query: Nothing, provider: str) -> Answer:
        """A provider by its id; its offers are at ``/api/v1/offers?provider=``."""
        return Answer(ProviderDetail(RevisionRef.of(as_of()), Provider.of(held.provider(provider))))
