"""Puts the parts together: the only place that names concrete ones, and that asks for time and place."""
