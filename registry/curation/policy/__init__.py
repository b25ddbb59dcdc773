"""What may be published: pure decisions over what sources say, each with a typed reason.

The flow of one offer, a module each: ``cards`` reads what one source says and finds what is wrong
with it on its own; ``voices`` chooses between sources, slot by slot, as ``elections`` rule;
``changes`` weighs the step from what stands to what was chosen, ``starts`` dates it; ``decisions``
puts them together. ``facts`` does the same for what is said beside the price. ``breakers`` judges a
whole run.
"""
