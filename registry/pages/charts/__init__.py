"""Charts as drawings: pure functions from figures to shapes that a template writes as SVG.

Positions are floats, since they only say where on a screen a figure stands; every figure that is
read, in a label, a title or the table beside the chart, comes from its exact Decimal.
"""
