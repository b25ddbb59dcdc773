"""Faults drawn for a recording and judged, many in one body, on what stands beside it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson

from registry.ingest.intake import parser_of
from registry.pipeline.archive import Recording
from registry.pipeline.faults.documents import (
    LAYOUTS,
    Row,
    read_document,
    rows_of,
    write_document,
)
from registry.pipeline.faults.kinds import IN_A_ROW, IN_A_STRETCH, IN_ALL
from registry.pipeline.faults.standing import Standing
from registry.pipeline.faults.verdicts import Fault, Outcome, Verdict, verdict

_LARGEST_LOT = 100
_STRETCH = (3, 30)
_ROUNDS = 5


@dataclass(slots=True)
class Trial:
    """A feed's recording that was just taken, and everything that a trial needs of it.

    ``rows``: those that are tried; ``listed``: all of the document in its order, since what slips
    in a table slips with its neighbours.
    ``first_seen``: faults are tried in rows that are new, and that only the model's other providers
    can be held against.
    """

    feed: str
    body: bytes
    rows: list[str]
    listed: list[str]
    entry_of: dict[str, str]
    standing: Standing
    first_seen: bool = False

    @classmethod
    def of(cls, recording: Recording, *, first_seen: bool = False) -> Trial | None:
        """The rows of a recording whose price stands and is not held; None where there are none."""
        feed = recording.source.slug
        layout = LAYOUTS[feed]
        document = read_document(recording.path.read_bytes())
        body = write_document(document)
        entry_of = {
            name: entry.key
            for entry in parser_of(recording.source.parser).split(body, recording.part)
            for name in layout.names(entry.key, orjson.loads(entry.raw.split(b"\n{")[0]))
        }
        standing = Standing.beside(recording, body)
        listed = [row.key for row in rows_of(layout, document) if row.key in entry_of]
        rows = [key for key in listed if standing.is_tried(entry_of[key], beside_peers=first_seen)]
        return cls(feed, body, rows, listed, entry_of, standing, first_seen) if rows else None

    def verdicts(self, count: int, seed: int) -> list[Verdict]:
        """What becomes of so many faults; fewer where the rows offer too little to spoil."""
        rng = random.Random(seed)  # noqa: S311 - the same faults for a seed
        found: list[Verdict] = []
        for _ in range(_ROUNDS):
            for lot in self._draw(count - len(found), rng):
                found += self._judge(lot)
            if len(found) >= count:
                break
        return found

    def _draw(self, count: int, rng: random.Random) -> list[list[Fault]]:
        """Faults in lots that one body can hold: those of a row beside each other, others alone."""
        lots: list[list[Fault]] = []
        lot_size = max(1, min(_LARGEST_LOT, len(self.rows) // 20))
        open_lot: list[Fault] = []
        for _ in range(count):
            fault = self._fault(rng)
            if fault.kind not in IN_A_ROW:
                lots.append([fault])
                continue
            if any(set(fault.entries) & set(other.entries) for other in open_lot):
                lots.append(open_lot)
                open_lot = []
            open_lot.append(fault)
            if len(open_lot) == lot_size:
                lots.append(open_lot)
                open_lot = []
        return [*lots, open_lot] if open_lot else lots

    def _fault(self, rng: random.Random) -> Fault:
        chance, seed = rng.random(), rng.getrandbits(32)
        if chance < 0.02 and not self.first_seen:
            kind, rows = rng.choice(list(IN_ALL)), self.rows
        elif chance < 0.06 and not self.first_seen and len(self.rows) > _STRETCH[0]:
            kind = rng.choice(list(IN_A_STRETCH))
            first = self.listed.index(rng.choice(self.rows[: -_STRETCH[0]]))
            rows = self.listed[first : first + rng.randint(*_STRETCH)]
        else:
            kind, rows = rng.choice(list(IN_A_ROW)), [rng.choice(self.rows)]
        entries = tuple(dict.fromkeys(self.entry_of[row] for row in rows))
        spoil = (IN_A_ROW | IN_A_STRETCH | IN_ALL)[kind]
        return Fault(kind, spoil, entries, tuple(rows), seed)

    def _judge(self, faults: Sequence[Fault]) -> Iterator[Verdict]:
        """Delivers one body with all the faults; where it is refused as a whole, by halves."""
        document = read_document(self.body)
        by_key = {row.key: row for row in rows_of(LAYOUTS[self.feed], document)}
        spoilt = [fault for fault in faults if self._spoil(by_key, fault)]
        if not spoilt:
            return
        after = self.standing.spoilt(write_document(document))
        if after is not None:
            for fault in spoilt:
                changed = {key: after[key] for key in fault.entries if key in after}
                offers = {pk for key in changed for pk in self.standing.offers.get(key, ())}
                yield verdict(
                    fault,
                    (self.standing.decided(pk, after, alone=self.first_seen) for pk in offers),
                )
        elif len(spoilt) == 1:
            yield Verdict(spoilt[0], Outcome.RUN_REFUSED)
        else:
            middle = len(spoilt) // 2
            yield from self._judge(spoilt[:middle])
            yield from self._judge(spoilt[middle:])

    def _spoil(self, by_key: dict[str, Row], fault: Fault) -> bool:
        rng = random.Random(fault.seed)  # noqa: S311 - the same fault for a seed
        rows = [by_key[key] for key in fault.rows]
        return fault.spoil(rows, LAYOUTS[self.feed], rng)
