"""Everything that changes a register: one commit each, from the fetched ref, compare-and-swap."""
