"""Our patterns in the languages of other tools: regular expressions, doublestar globs, kinds and names.

Ours: `*` is any run of characters, `/` too; `?` is one. What another language cannot say exactly raises
`ValueError` with the reason.
"""

from __future__ import annotations

import itertools
import re

from reprieve.record import glob

_MOST_ALTERNATIVES = 32
_SPECIAL_IN_REGEX = re.compile(r"[\\.+*?()|\[\]{}^$]")
_SPECIAL_IN_DOUBLESTAR = re.compile(r"[\\*?\[\]{}]")


def literal(pattern: str) -> str:
    """The one value that the pattern names. Errors: `ValueError`."""
    if not glob.is_literal(pattern):
        raise ValueError("a pattern, and the file takes exact names only")
    return pattern


def regex(pattern: str, *, run: str = ".*") -> str:
    """The pattern as a regular expression (RE2, Python) that still has to be anchored at both ends.

    What is absent has the empty text elsewhere, and is nothing that a pattern of ours matches.
    """
    if not pattern.strip("*"):
        return "." + run
    return "".join(
        run if char == "*" else "." if char == "?" else _SPECIAL_IN_REGEX.sub(r"\\\g<0>", char)
        for char in pattern
    )


def any_of(expressions: list[str]) -> str:
    """Alternatives as one expression, so that what is put around it holds for each."""
    return expressions[0] if len(expressions) == 1 else f"(?:{'|'.join(expressions)})"


def not_word(word: str) -> str:
    """An expression for everything but one word of letters; RE2 has no look-ahead."""
    shorter = "|".join(word[:length] for length in range(1, len(word)))
    other = "|".join(f"{word[:index]}[^{char}].*" for index, char in enumerate(word))
    return f"(?:|{shorter}|{other}|{word}.+)"


def kinds_and_names(pattern: str) -> list[tuple[str, str]]:
    """A pattern for `Kind/name` as all pairs of patterns for the two, neither of which holds a slash."""
    found = []
    for index, char in enumerate(pattern):
        if char in {"/", "?"}:
            found.append((pattern[:index], pattern[index + 1 :]))
        elif char == "*":
            found.append((pattern[: index + 1], pattern[index:]))
    return [(kind, name) for kind, name in found if "/" not in kind and "/" not in name and kind and name]


def doublestar(pattern: str) -> list[str]:
    """The pattern as doublestar globs (bmatcuk/doublestar, version 4), any of which may match.

    There `*` and `?` stop at a slash and `**` is whole components, so each of ours is two cases: a run
    without a slash, and one with. For paths that are not empty and have no empty component.
    """
    parts = [part for part in re.split(r"(\*+|\?)", pattern) if part]
    cases = [_cases(part, index, parts) for index, part in enumerate(parts)]
    number = 1
    for case in cases:
        number *= len(case)
    if number > _MOST_ALTERNATIVES:
        raise ValueError("too many wildcards to be said exactly")
    return sorted({"".join(chosen) for chosen in itertools.product(*cases)})


def _cases(part: str, index: int, parts: list[str]) -> tuple[str, ...]:
    if part == "?":
        return ("?", "/")
    if not part.startswith("*"):
        return (_SPECIAL_IN_DOUBLESTAR.sub(r"\\\g<0>", part),)
    begins = index == 0 or parts[index - 1].endswith("/")
    return ("**/*",) if begins else ("*", "*/**/*")
