"""What is decided in an evening. Pure: no I/O, no clock, no chance."""
