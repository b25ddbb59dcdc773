"""What may be published of scores: pure decisions over what boards say of one series.

A module each: ``saying`` reads what one source says of a model on a benchmark under a setup;
``deciding`` chooses between sources by the same elections as prices, weighs the step from what
stands, and dates it.
"""
