"""A claim of a score as a row."""

from __future__ import annotations

from registry.ingest.content import digest_over
from registry.ingest.models import Claim, Run
from registry.ingest.naming import Names
from registry.ingest.reading_content import reading_out
from registry.ingest.storable import LONGEST_NAME, LONGEST_PAGE, storable, storable_content
from scrapers.claims import ReadingClaim


def reading_row(run: Run, key: str, claim: ReadingClaim, names: Names) -> Claim:
    """The row of a claim under the names that it uses; a page too long to be kept is left out."""
    model_name_id, benchmark_name_id = names.of(claim)
    content = storable_content(reading_out(claim))
    organisation = storable(claim.lab or "", LONGEST_NAME)
    written = storable(claim.written, LONGEST_NAME)
    page = claim.quote.page if len(claim.quote.page) <= LONGEST_PAGE else ""
    page = storable(page, LONGEST_PAGE)
    return Claim(
        source=run.source,
        digest=digest_over(key, organisation, written, page, content),
        entry_key=key,
        provider_name=organisation,
        model_id=written,
        content=content,
        page=page,
        first_run=run,
        first_seen_at=run.at,
        priced_since=run.at,
        model_name_id=model_name_id,
        benchmark_name_id=benchmark_name_id,
    )
