"""Benchmarks: what is declared of them in ``fixtures/benchmarks/``, and their rows."""
