"""Ratecard: the open registry of AI model prices and benchmark scores."""

__version__ = "0.1.0"
