"""Scores on their way from claims to the ledger: evidence, publication, reviews."""
