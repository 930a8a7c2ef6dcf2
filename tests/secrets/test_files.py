"""What is read and what is skipped, with the reason."""

from __future__ import annotations

import pytest

from reprieve.secrets.files import HEAD, LARGEST, decode, worth_reading


@pytest.mark.parametrize(
    ("size", "head", "reason"),
    [
        (0, b"", None),
        (10, b"plain text", None),
        (LARGEST, b"x", None),
        (LARGEST + 1, b"x", "huge"),
        (LARGEST + 1, b"\0", "huge"),
        (10, b"\x7fELF\0\0", "binary"),
        (20_000, b"x" * HEAD + b"\0", None),
        (10, b"\xff\xfea\0b\0", None),
    ],
)
def test_binary_and_huge_files_are_skipped(size, head, reason):
    assert worth_reading("any/file", size, head) == reason


def test_the_limit_can_be_set():
    assert worth_reading("a", 11, b"x", largest=10) == "huge"


def test_bytes_that_are_no_text_are_replaced():
    assert decode(b"a\xffb") == "a\ufffdb"
    assert decode("\ufeffa".encode()) == "a"
    assert decode("a".encode("utf-16")) == "a"
    assert decode(b"\xff\xfea\0b") == "a\ufffd"
