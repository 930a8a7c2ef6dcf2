"""Scopes: never a blanket; whether two overlap, and whether one covers another, held against brute force."""

from __future__ import annotations

import functools
import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprieve.record import glob
from reprieve.record.model import PLACE_KEYS, SCOPE_KEYS, Record, ScopeEntry
from reprieve.record.scope import blanket, covers, overlap
from tests.record.records import entry, record
from tests.waiting import work_within

ALPHABET = "ab"
VALUES = ["".join(chars) for size in range(4) for chars in itertools.product(ALPHABET, repeat=size)]
patterns = st.text(ALPHABET + "*?", min_size=1, max_size=4)


@functools.cache
def plainly(pattern: str, value: str) -> bool:
    """The pattern language as its definition reads, character by character."""
    if not pattern:
        return not value
    if pattern[0] == "*":
        return plainly(pattern[1:], value) or (bool(value) and plainly(pattern, value[1:]))
    return bool(value) and pattern[0] in ("?", value[0]) and plainly(pattern[1:], value[1:])


# Blanket scopes


@pytest.mark.parametrize("place", PLACE_KEYS)
@pytest.mark.parametrize("what", ["checks", "packages"])
def test_what_and_where_is_a_scope(what: str, place: str) -> None:
    assert blanket(entry(**{what: ["x"], place: ["y-*"]})) is None


@pytest.mark.parametrize(
    "keys",
    [
        {"fingerprints": ["3f2a"]},
        {"checks": ["CVE-2026-1234"], "packages": ["pkg:npm/left-pad@*"]},
        {"checks": ["KSV*"], "namespaces": ["billing"]},
        {"type": "secret", "checks": ["aws-*"], "paths": ["tests/*"]},
    ],
)
def test_these_say_enough(keys: dict[str, list[str]]) -> None:
    assert blanket(entry(**keys)) is None


NO_CHECK, NO_PLACE = "no checks, packages or fingerprints", "no place"


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({}, NO_CHECK),
        ({"type": "misconfiguration"}, NO_CHECK),
        ({"namespaces": ["billing"]}, NO_CHECK),
        ({"clusters": ["a"], "namespaces": ["b"], "resources": ["c"], "paths": ["d"]}, NO_CHECK),
        ({"checks": ["KSV012"]}, NO_PLACE),
        ({"packages": ["pkg:npm/left-pad"]}, NO_PLACE),
        ({"type": "misconfiguration", "checks": ["KSV012"]}, NO_PLACE),
        ({"checks": ["*"], "namespaces": ["billing"]}, NO_CHECK),
        ({"checks": ["???"], "namespaces": ["billing"]}, NO_CHECK),
        ({"checks": ["*?*"], "packages": ["pkg:npm/a"]}, NO_PLACE),
        ({"checks": ["KSV012", "*"], "namespaces": ["billing"]}, NO_CHECK),
        ({"checks": ["KSV012"], "namespaces": ["*"]}, NO_PLACE),
        ({"checks": ["KSV012"], "namespaces": ["billing", "*"]}, NO_PLACE),
        ({"fingerprints": ["*"]}, NO_CHECK),
        ({"fingerprints": ["3f2a", "?" * 64]}, NO_CHECK),
    ],
)
def test_blankets(keys: dict[str, list[str]], reason: str) -> None:
    assert reason in (blanket(entry(**keys)) or "")


# Patterns


@given(patterns, st.text(ALPHABET, max_size=6))
def test_matching_is_as_defined(pattern: str, value: str) -> None:
    assert glob.matches(pattern, value) == plainly(pattern, value)


@given(patterns, patterns)
def test_patterns_intersect_when_some_value_matches_both(one: str, other: str) -> None:
    shared = any(plainly(one, value) and plainly(other, value) for value in witnesses(one, other))
    assert glob.intersect(one, other) == shared == glob.intersect(other, one)


def witnesses(one: str, other: str) -> list[str]:
    """Enough values: a shortest common one is no longer than both patterns together."""
    size = sum(char != "*" for char in one + other)
    return [
        "".join(chars) for length in range(size + 1) for chars in itertools.product(ALPHABET, repeat=length)
    ]


@pytest.mark.parametrize(
    ("pattern", "value", "matched"),
    [
        ("Deployment/billing-*", "Deployment/billing-api", True),
        ("src/*", "src/a/b/c.py", True),
        ("KSV012", "ksv012", False),
        ("a[bc]", "ab", False),
        ("a[bc]", "a[bc]", True),
        ("a.c", "abc", False),
        ("a*", "a\nb", True),
        ("*", "", True),
        ("?", "", False),
        ("prod-??-1", "prod-eu-1", True),
    ],
)
def test_the_pattern_language(pattern: str, value: str, matched: bool) -> None:
    assert glob.matches(pattern, value) is matched


@pytest.mark.parametrize("pattern", ["*a" * 20 + "*b", "*" + "a?" * 50 + "b*c", "*" * 500 + "b"])
def test_a_pattern_made_to_be_slow_is_not(pattern: str) -> None:
    with work_within(5):
        assert not glob.matches(pattern, "a" * 5_000)


# Scopes

KEYS = ("checks", "namespaces", "resources")
BASE = record()
entries = st.builds(
    lambda type_, keys: entry(**({"type": type_} if type_ else {}), **keys),
    st.sampled_from(["secret", "code", None]),
    st.fixed_dictionaries({}, optional={key: st.lists(patterns, min_size=1, max_size=2) for key in KEYS}),
)
scopes = st.lists(entries, min_size=1, max_size=2).map(
    lambda scope: msgspec.structs.replace(BASE, scope=tuple(scope))
)

Finding = tuple[str, dict[str, str]]
SMALL = ["", "a", "b", "ab", "ba", "aab"]
FINDINGS: list[Finding] = [
    (type_, {key: value for key, value in zip(KEYS, values, strict=True) if value is not None})
    for type_ in ("secret", "code")
    for values in itertools.product([None, *SMALL], repeat=len(KEYS))
]


def admits(scope_entry: ScopeEntry, finding: Finding) -> bool:
    """Design section 2: every key given must match by any of its values; a missing value never does."""
    type_, values = finding
    if scope_entry.type and scope_entry.type != type_:
        return False
    wanted = {key: getattr(scope_entry, key) for key in SCOPE_KEYS if getattr(scope_entry, key)}
    return all(
        key in values and any(plainly(pattern, values[key]) for pattern in given)
        for key, given in wanted.items()
    )


def in_scope(of: Record, finding: Finding) -> bool:
    return any(admits(one, finding) for one in of.scope)


@given(scopes, scopes)
def test_what_covers_a_scope_has_every_finding_of_it(wide: Record, narrow: Record) -> None:
    if covers(wide, narrow):
        assert all(in_scope(wide, finding) for finding in FINDINGS if in_scope(narrow, finding))


@given(scopes)
def test_every_scope_covers_itself(scope: Record) -> None:
    assert covers(scope, scope)


@given(scopes, scopes)
def test_scopes_with_a_finding_in_common_overlap(one: Record, other: Record) -> None:
    if any(in_scope(one, finding) and in_scope(other, finding) for finding in FINDINGS):
        assert overlap(one, other)
    assert overlap(one, other) == overlap(other, one)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"checks": ["A"]}, {"checks": ["A"]}, True),
        ({"checks": ["A"]}, {"checks": ["B"]}, False),
        ({"checks": ["A", "B"]}, {"checks": ["B", "C"]}, True),
        ({"checks": ["KSV*"]}, {"checks": ["*012"]}, True),
        ({"checks": ["KSV*"]}, {"checks": ["CKV*"]}, False),
        ({"checks": ["A"], "namespaces": ["x"]}, {"checks": ["A"], "namespaces": ["y"]}, False),
        ({"checks": ["A"], "namespaces": ["x"]}, {"checks": ["A"], "resources": ["y"]}, True),
        ({"type": "secret", "checks": ["A"]}, {"type": "code", "checks": ["A"]}, False),
        ({"type": "secret", "checks": ["A"]}, {"checks": ["A"]}, True),
    ],
)
def test_overlap(one: dict[str, list[str]], other: dict[str, list[str]], expected: bool) -> None:
    assert overlap(record(scope=[one]), record(scope=[other])) is expected


def test_another_environment_neither_overlaps_nor_covers() -> None:
    staging = record(environment="staging")
    assert not overlap(BASE, staging)
    assert not covers(BASE, staging)


def test_a_finding_covered_by_another_entry_is_covered() -> None:
    wide = record(scope=[{"checks": ["A"], "namespaces": ["x*"]}, {"checks": ["B"], "namespaces": ["y"]}])
    narrow = record(scope=[{"checks": ["B"], "namespaces": ["y"]}, {"checks": ["A"], "namespaces": ["x1"]}])
    assert covers(wide, narrow)
    assert not covers(narrow, wide)
