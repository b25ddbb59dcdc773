"""Our prices in the formats of other registries: a module each, a pure function of the rows.

Whatever a format cannot hold is listed beside it with the reason; nothing is dropped in silence.
"""
