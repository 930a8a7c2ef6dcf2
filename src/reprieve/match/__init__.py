"""Which exceptions cover which findings."""
