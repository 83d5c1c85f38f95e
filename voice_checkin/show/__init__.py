"""Showing what was said, to a person who reads."""
