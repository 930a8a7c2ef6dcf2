"""Measures of the design, section 9: ratios against a baseline in the same run."""
