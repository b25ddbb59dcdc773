"""The price model: meters, terms, rates, cards and bills. Pure: no Django, no clock, no I/O."""
