"""What every change of a feed tells, whatever it is of, and where a feed goes on."""

from __future__ import annotations

from typing import Annotated

from registry.api.shape import meaning

PublishedBy = Annotated[int, meaning("The revision that published it.")]
Source = Annotated[str | None, meaning("Whose word it is; null is a curator's.")]
Author = Annotated[str, meaning("The source or curator that made the revision.")]
Next = Annotated[str | None, meaning("The next page; null where this is the last for now.")]
Follow = Annotated[
    str, meaning("Ask this later for all that came after; it never skips or repeats one.")
]
