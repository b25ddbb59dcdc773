"""From a board's values to reading claims, the same way for every source.

A figure is passed on as written and judged by `registry.scoring.readings`; names, words of the
setup and values of another type are judged here and remarked on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from registry.scoring.readings import ReadingQuote
from registry.scoring.setups import UNSAID, Setup, SetupError, setup_name
from scrapers.claims import EntryFault, ReadingClaim, Remark
from scrapers.json_text import JsonValue
from scrapers.quoting import figure_text, name_remark, shown, text_remark


@dataclass(slots=True)
class Row:
    """One model on a board while its entry is read: what holds for all of its readings."""

    model: str
    written: str
    lab: str | None = None
    aliases: tuple[str, ...] = ()
    remarks: list[Remark] = field(default_factory=list)

    def remark(self, fault: EntryFault, field: str, value: JsonValue, expected: str) -> None:
        """Names a difficulty with one field."""
        self.remarks.append(Remark(fault, field, shown(value), expected))

    def score(self, value: JsonValue, field: str, *, strings: bool = False) -> str:
        """The figure as written; a value that can be none is remarked on."""
        text = figure_text(value, strings=strings)
        if text is None:
            self.remark(EntryFault.NOT_A_FIGURE, field, value, "a number")
            return shown(value)
        return text

    def setup(
        self,
        *,
        attempts: str | None = None,
        effort: str | None = None,
        harness: str | None = None,
        subset: str | None = None,
        version: str | None = None,
    ) -> Setup:
        """The setup of words as written; one that cannot be keyed by is remarked on."""
        named = {"effort": effort, "harness": harness, "subset": subset, "version": version}
        words = {name: setup_name(word) for name, word in named.items() if word}
        for name, word in words.items():
            if word is None:
                self.remark(EntryFault.BAD_NAME, name, named[name], "a name with letters or digits")
        try:
            return Setup(attempts=attempts or None, **words)
        except SetupError as error:
            self.remark(EntryFault.BAD_NAME, error.field, str(error.value), error.expected)
            return UNSAID

    def claim(self, benchmark: str, quote: ReadingQuote, setup: Setup = UNSAID) -> ReadingClaim:
        """One reading of the model, with every difficulty that was met so far."""
        # A benchmark may be called τ-bench: it is found by declared names alone, so none is forged.
        misnamed = (name_remark(self.written, "model"), text_remark(benchmark, "benchmark"))
        return ReadingClaim(
            benchmark=benchmark,
            model=self.model,
            written=self.written,
            quote=quote,
            setup=setup,
            lab=self.lab,
            aliases=self.aliases,
            remarks=(*dict.fromkeys(self.remarks), *filter(None, misnamed)),
        )
