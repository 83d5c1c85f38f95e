"""Keeping what was said: SQLite on disk, and open formats in and out."""
