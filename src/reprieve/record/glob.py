"""The one pattern language of scopes: `*` is any run of characters, `/` too; `?` is one; no brackets.

Case-sensitive, anchored at both ends.
"""

from __future__ import annotations

import functools
import re

MAX_LITERAL = 1000
"""Characters of a pattern that names one value."""
MAX_LENGTH = 250
"""Characters of a pattern with wildcards: what two of them have in common takes the product of both."""
MAX_WILDCARDS = 30


def fault(pattern: str) -> tuple[str, str] | None:
    """What is wrong with a pattern, and what to do; None when it can be used."""
    if is_literal(pattern):
        if len(pattern) <= MAX_LITERAL:
            return None
        message = f"{len(pattern):,} characters, at most {MAX_LITERAL:,} are allowed"
        return message, "name its beginning, and put a * for the rest"
    if len(pattern) > MAX_LENGTH:
        message = f"{len(pattern):,} characters, at most {MAX_LENGTH} are allowed in a pattern with * or ?"
        return message, "shorten it: one * stands for any run of characters"
    wildcards = pattern.count("*") + pattern.count("?")
    if wildcards > MAX_WILDCARDS:
        message = f"{wildcards} wildcards, at most {MAX_WILDCARDS} are allowed in a pattern"
        return message, "shorten it: one * stands for any run of characters"
    return None


def is_literal(pattern: str) -> bool:
    """Whether the pattern names exactly one value."""
    return "*" not in pattern and "?" not in pattern


def says_nothing(pattern: str) -> bool:
    """Whether the pattern is only `*` and `?`: such values don't count as a limit."""
    return not pattern.strip("*?")


@functools.lru_cache(maxsize=65536)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression for `fullmatch`.

    What stands between two `*` is taken where it occurs first, once and for all (atomic groups, as
    `fnmatch` does since Python 3.13): a match costs at most len(pattern) x len(value) steps.
    """
    head, *runs = ("".join(map(_letter, run)) for run in _squeeze(pattern).split("*"))
    if not runs:
        return re.compile(head, re.DOTALL)
    *inner, tail = runs
    found = "".join(f"(?>.*?{run})" for run in inner)
    return re.compile(f"{head}{found}.*{tail}", re.DOTALL)


def _letter(char: str) -> str:
    return "." if char == "?" else re.escape(char)


def matches(pattern: str, value: str) -> bool:
    """Whether the whole value is one that the pattern describes."""
    return pattern == value if is_literal(pattern) else compiled(pattern).fullmatch(value) is not None


def contains(wide: str, narrow: str) -> bool:
    """Whether every value that `narrow` describes is one that `wide` does.

    Conservative: what `*` stands for in `narrow` must be within what a `*` of `wide` stands for; so False may
    be wrong, True never is.
    """
    if is_literal(narrow):
        return matches(wide, narrow)
    if is_literal(wide):
        return False
    runs = (re.escape(run).replace("\\?", f"[^{_RUN}]") for run in _squeeze(wide).split("*"))
    head, *rest = runs
    if not rest:
        return re.fullmatch(head, _squeeze(narrow).replace("*", _RUN), re.DOTALL) is not None
    *inner, tail = rest
    found = "".join(f"(?>.*?{run})" for run in inner)
    return re.fullmatch(f"{head}{found}.*{tail}", _squeeze(narrow).replace("*", _RUN), re.DOTALL) is not None


_RUN = "\0"
"""Stands for the `*` of a pattern that is itself looked at as a value: no value has it."""


def intersect(one: str, other: str) -> bool:
    """Whether some value matches both patterns.

    A breadth-first walk over pairs of positions (the product of two non-deterministic automata): at
    most len(one) x len(other) states.
    """
    if is_literal(one):
        return matches(other, one)
    if is_literal(other):
        return matches(one, other)
    one, other = _squeeze(one), _squeeze(other)
    seen: set[tuple[int, int]] = set()
    frontier = [(0, 0)]
    while frontier:
        state = frontier.pop()
        if state == (len(one), len(other)):
            return True
        if state not in seen:
            seen.add(state)
            frontier.extend(_steps(one, other, *state))
    return False


def _steps(one: str, other: str, i: int, j: int) -> list[tuple[int, int]]:
    steps = []
    a = one[i] if i < len(one) else ""
    b = other[j] if j < len(other) else ""
    if a == "*":
        steps.append((i + 1, j))
    if b == "*":
        steps.append((i, j + 1))
    if a and b:
        if a == "*" and b != "*":
            steps.append((i, j + 1))
        elif b == "*" and a != "*":
            steps.append((i + 1, j))
        elif a == b or "?" in (a, b):
            steps.append((i + 1, j + 1))
    return steps


def _squeeze(pattern: str) -> str:
    """`**` says no more than `*`, and would only make the automata slower."""
    return re.sub(r"\*+", "*", pattern)
