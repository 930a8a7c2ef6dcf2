"""An example: a small shop's register over half a year, reports of its scanners, and its files."""
