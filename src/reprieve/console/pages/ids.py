"""Ids in addresses."""

from __future__ import annotations


class ExceptionId:
    """`EXC-007`: what a record may be called, and nothing that only looks like it (a converter of Django)."""

    regex = "EXC-[0-9]{3,12}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value
