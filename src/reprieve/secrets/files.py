"""Which files are worth reading for secrets; what is left out is left out with a reason, and counted."""

from __future__ import annotations

from typing import Literal

HEAD = 8192
"""How many bytes of a file are looked at, as git does, to tell a binary one."""
LARGEST = 5 * 1024 * 1024
"""Bytes; larger files are data, not sources."""

Skip = Literal["binary", "huge"]

_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""Byte order marks of UTF-16 and UTF-32 LE: text that is full of NULs; `decode` reads it."""


def worth_reading(path: str, size: int, head: bytes, *, largest: int = LARGEST) -> Skip | None:
    """Why the file is not read, or None when it is.

    Args:
        path: for a later rule by name; contents decide today.
        size: of the whole file, in bytes.
        head: its first `HEAD` bytes.
        largest: the size up to which files are read.
    """
    del path
    if size > largest:
        return "huge"
    if b"\0" in head[:HEAD] and not head.startswith(_WIDE):
        return "binary"
    return None


def decode(data: bytes) -> str:
    """The text of a file that is worth reading; bytes that are no text are replaced, never an error."""
    if data.startswith(_WIDE):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")
