"""An example: a small shop's register over half a year, and reports of its scanners."""
