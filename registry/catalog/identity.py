"""Which model an offer is: declared names and exact rules, never a likeness.

An id is *read* as (lab, name) by the first rule that applies, and links when that lab has just one
model of that name. Two candidates or none is no link, but a question. Pure: known models go in,
links come out, and the order of neither matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from registry.catalog.declared import Declarations
from registry.catalog.id_reading import IdReader, Reading
from registry.catalog.matches import Match, NewModel, Reason, Rule, Unmatched, one_of
from registry.catalog.names import key_of, model_slug, undated


class IdentityIndex:
    """Links many ids against one state of knowledge.

    ``reader`` says what an id reads as. ``models``: references (``lab/slug``) that exist.
    ``aliases``: (text, reference) pairs; a text is a whole id, and as ``namespace/name`` or
    ``lab/name`` also that lab's name for the model. ``merged``: references that are another model
    under a second name, with that one.
    """

    def __init__(
        self,
        declared: Declarations,
        models: Iterable[str] = (),
        aliases: Iterable[tuple[str, str]] = (),
        merged: Mapping[str, str] | None = None,
    ) -> None:
        self.reader = IdReader(declared)
        self._merged = merged or {}
        self._models: dict[tuple[str, str], set[str]] = {}
        self._whole_ids: dict[str, set[str]] = {}
        for model in declared.models:
            for name in (model.slug, *model.aliases):
                self._own(model.lab, name, model.ref)
        for ref in models:
            self.add(ref)
        for text, ref in aliases:
            self._add_alias(text, ref)

    def add(self, ref: str) -> None:
        """Makes a model known, under its reference and its lab's name for it."""
        lab, _, slug = ref.partition("/")
        self._own(lab, slug, ref)

    def link(self, provider: str, model_id: str, aliases: Iterable[str] = ()) -> Match | Unmatched:
        """The model of the offer ``model_id`` at the provider of that slug."""
        found = self._link_name(provider, model_id)
        if isinstance(found, Match) or found.candidates:
            return found
        others = [self._link_name(provider, alias) for alias in aliases]
        refs = sorted({other.model_ref for other in others if isinstance(other, Match)})
        if len(refs) == 1:
            return Match(refs[0], Rule.OFFER_ALIAS)
        return Unmatched(Reason.AMBIGUOUS, tuple(refs)) if refs else found

    def proven_model(self, provider: str, model_id: str) -> NewModel | None:
        """The model that this id shows to exist and that is not known yet, if there is one.

        A lab's own provider shows its lab's models; so does a seller declared as ``lists_models``
        under a lab's namespace. A dated snapshot shows the undated model.
        """
        reading = self.reader.read(provider, model_id)
        if not isinstance(reading, Reading) or not reading.proves or self._find(reading):
            return None
        name = undated(reading.names[0].lower())
        slug = model_slug(name, dashed=self.reader.is_dashed(reading.lab))
        return NewModel(reading.lab, slug) if slug and "/" not in name else None

    def model_of(self, lab: str, name: str, rule: Rule) -> Match | Unmatched:
        """The lab's model that goes by a name."""
        return one_of(self._find(Reading(lab, (name.lower(),), rule)), rule)

    def _link_name(self, provider: str, model_id: str) -> Match | Unmatched:
        refs = self._whole_ids.get(key_of(model_id))
        if refs:
            return one_of(refs, Rule.ALIAS)
        reading = self.reader.read(provider, model_id)
        if isinstance(reading, Unmatched):
            return reading
        return one_of(self._find(reading), reading.rule)

    def _find(self, reading: Reading) -> set[str]:
        """The models of the most exact name that any goes by."""
        for name in reading.names:
            for form in dict.fromkeys((name, undated(name))):
                refs = self._models.get((reading.lab, key_of(form)))
                if refs:
                    return refs
        return set()

    def _own(self, lab: str, name: str, ref: str) -> None:
        self._models.setdefault((lab, key_of(name)), set()).add(self._merged.get(ref, ref))

    def _add_alias(self, text: str, ref: str) -> None:
        self._whole_ids.setdefault(key_of(text), set()).add(self._merged.get(ref, ref))
        space, _, name = text.partition("/")
        if name:
            self._own(self.reader.lab_of_namespace(space), name, ref)
