"""Shadow suppressions: every ignore in a tree, and the record that stands behind it, or none."""
