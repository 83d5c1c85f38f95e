"""Hearing and speaking. One outside library per file, imported when it is needed."""
