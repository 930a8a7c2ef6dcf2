"""What makes text safe to look at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprieve.report.text import amount, clean, enumeration, joined, shorten, shorten_middle


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text, ünïcode, 日本", "plain text, ünïcode, 日本"),
        ("two\r\nlines\tand\u2028more\u00a0 ", "two lines and more"),
        ("\x1b[31mred\x07", "\ufffd[31mred\ufffd"),
        ("KSV\u202e210", "KSV\ufffd210"),
        ("KSV\u200b012\U000e0041", "KSV\ufffd012\ufffd"),
        ("not \ud800 a character \uffff", "not \ufffd a character \ufffd"),
        ("##vso[task.setvariable]x ##[add-mask]y ###[z", "# #vso[task.setvariable]x # #[add-mask]y ## #[z"),
        ("# heading ## [link]", "# heading ## [link]"),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(st.text(st.characters()))
def test_clean_text_is_printable_and_stays_clean(text: str) -> None:
    assert clean(text).isprintable()
    assert clean(clean(text)) == clean(text)
    clean(text).encode()


@given(st.text(), st.integers(4, 30))
def test_shortened_text_fits(text: str, width: int) -> None:
    assert len(shorten(text, width)) <= width
    assert len(shorten_middle(text, width)) <= width
    if len(text) <= width:
        assert shorten(text, width) == shorten_middle(text, width) == text


def test_shortened_text_shows_what_it_leaves_out() -> None:
    assert shorten("a long message", 7) == "a long…"
    assert shorten_middle("prod-eu-1/billing/Deployment/api", 16) == "pro…ployment/api"


def test_words() -> None:
    assert [amount(number, "finding") for number in (0, 1, 1204)] == [
        "0 findings",
        "1 finding",
        "1,204 findings",
    ]
    assert [enumeration("abc"[:length]) for length in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert joined(("a", None, "", "b"), "/") == "a/b"
