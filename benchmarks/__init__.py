"""The figures of README: `make bench` measures them all. Times stand beside something in the same run."""
