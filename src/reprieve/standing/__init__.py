"""Is an exception still needed, and how far does it reach? Asked of reports, never while judging."""
