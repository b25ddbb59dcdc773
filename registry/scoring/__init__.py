"""The score model: scales, readings, setups, intervals, frontiers. Pure: no Django, no I/O."""
