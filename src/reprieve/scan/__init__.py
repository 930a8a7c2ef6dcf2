"""Scanning a tree of files: which files, in which processes, and what is remembered from the last time."""
