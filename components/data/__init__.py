"""Data stores, keys and secrets."""
