"""The whole registry as files: CSV, JSON Lines, Parquet and SQLite, summed and signed.

One revision gives the same bytes whenever it is written: no file holds the moment it was made.
"""
