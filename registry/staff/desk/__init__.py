"""The review desk: what waits, why, and what becomes of it.

Each page is a view over a selector, each button an action of `registry.curation.actions`.
"""
