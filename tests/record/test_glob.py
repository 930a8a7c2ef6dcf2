"""Patterns: what they match, which meet, and that the index of `match` says the same."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reprieve.match.patterns import MaskMemo, PatternIndex, mask_of, numbers_of
from reprieve.record import glob

SHORT = st.text("ab*?", max_size=4)
EVERY_VALUE = ["".join(letters) for size in range(9) for letters in itertools.product("ab", repeat=size)]
"""As long as two short patterns together: no value that both match needs to be longer."""
LETTERS = "ab/.\n\0[^"
WORDS = ("worker", "-", "team-pay", "team-bill/", "v1")
PATTERNS = st.text(LETTERS + "**??", max_size=9) | st.lists(st.sampled_from((*WORDS, "*", "?"))).map("".join)
VALUES = st.text(LETTERS + "*?", max_size=9) | st.lists(st.sampled_from(WORDS)).map("".join)


@pytest.mark.parametrize(
    ("pattern", "value", "matches"),
    [
        ("billing", "billing", True),
        ("billing", "Billing", False),
        ("bill*", "billing/api", True),
        ("bill*", "a-billing", False),
        ("b?ll", "bill", True),
        ("b?ll", "bll", False),
        ("*", "", True),
        ("?", "\n", True),
        ("a*", "a\nb", True),
        ("[ab]", "a", False),
        ("[ab]", "[ab]", True),
        ("a.c", "abc", False),
        ("a**c", "abc", True),
        ("*-api", "billing-api", True),
        ("a*b*c", "a-b-b-c", True),
        ("a*b*c", "a-c-b", False),
    ],
)
def test_matches(pattern: str, value: str, matches: bool) -> None:
    assert glob.matches(pattern, value) == matches


@given(SHORT, st.text("ab", max_size=5))
def test_it_matches_by_the_definition(pattern: str, value: str) -> None:
    assert glob.matches(pattern, value) == by_definition(pattern, value)


def by_definition(pattern: str, value: str) -> bool:
    if not pattern:
        return not value
    if pattern[0] == "*":
        return any(by_definition(pattern[1:], value[start:]) for start in range(len(value) + 1))
    return bool(value) and pattern[0] in ("?", value[0]) and by_definition(pattern[1:], value[1:])


@settings(deadline=None, max_examples=200)
@given(SHORT, SHORT)
def test_two_patterns_intersect_when_some_value_matches_both(one: str, other: str) -> None:
    both = any(glob.matches(one, value) and glob.matches(other, value) for value in EVERY_VALUE)
    assert glob.intersect(one, other) == both
    assert glob.intersect(other, one) == both


@settings(deadline=None, max_examples=500)
@given(st.lists(st.lists(PATTERNS, max_size=3), max_size=8), st.lists(VALUES, max_size=8))
def test_the_index_admits_what_the_patterns_match(entries: list[list[str]], values: list[str]) -> None:
    index = PatternIndex(entries)
    memo = MaskMemo(index)
    for value in [*values, *itertools.chain(*entries)]:
        admitted = [
            number
            for number, patterns in enumerate(entries)
            if not patterns or any(glob.matches(pattern, value) for pattern in patterns)
        ]
        assert index.mask(value) == mask_of(admitted)
        assert memo[value] == memo[value] == mask_of(admitted)
    assert index.mask(None) == memo[None] == index.without
    assert index.without ^ index.having == mask_of(range(len(entries)))


@given(st.frozensets(st.integers(0, 300)))
def test_a_mask_has_the_bits_it_is_made_of(numbers: frozenset[int]) -> None:
    assert mask_of(numbers) == sum(1 << number for number in numbers)
    assert list(numbers_of(mask_of(numbers))) == sorted(numbers)


def test_says_nothing() -> None:
    assert [pattern for pattern in ("*", "?", "*?*", "a*", "") if glob.says_nothing(pattern)] == [
        "*",
        "?",
        "*?*",
        "",
    ]
