"""Who is told of changes, of which, and what became of each telling.

The ledger is the outbox: a revision and what it changed are written in one transaction, and each
endpoint keeps how far in the ledger it has been told. Nothing can be lost between the two.
"""
