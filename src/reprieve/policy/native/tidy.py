"""Lines of Python brought together: what is worked out once and used at once needs no name of its own.

A rule is written as one line for each step. Here a value moves to where it is used, the tests of nested
blocks become one, and fields of fields one path; the order in which things are worked out stays.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from reprieve.policy.native.lines import INDENT

_WIDTH = 110
_NAME = re.compile(r"\b[a-z]\w*\b")
_GIVEN = re.compile(r"(\w+) = (.+)")
_NAMED = re.compile(r"\((\w+) := (.+[\])])\) is not U")
_KEYS = r"('[^']*'(?:, '[^']*')*)"
_CALL = re.compile(rf"(?:field|path)\((.+?), {_KEYS}\)")
_FIELD = re.compile(rf"\((\w+) := (?:field|path)\((\w+), {_KEYS}\)\) is not U")
_DEFINED = re.compile(r"(\w+)(\.__class__ is \w+| == '[^']*'| is True| is False)")
"""What is not true of `U`."""
_IS = re.compile(r"(.+) is (not )?(U|None|True|False|str|dict|list)")


_WHOLE = (ast.Call, ast.Subscript, ast.Name, ast.Constant, ast.Dict, ast.List, ast.JoinedStr)
"""What needs no brackets wherever it stands."""


class _Line(msgspec.Struct):
    """A statement; of a block, what is in it."""

    tests: list[str]
    """Of `if`: what is tested in turn; of anything else, its text alone."""
    body: list[_Line] | None = None
    is_if: bool = False


def tidied(lines: Sequence[str]) -> list[str]:
    """The lines of some functions, fewer of them."""
    todo = list(reversed(lines))
    blocks = _parsed(todo, 0)
    for function in blocks:
        if function.body is not None:
            uses = Counter(_NAME.findall("\n".join(_written([function], 0))))
            function.body = _together(function.body, uses)
            _simplified(function.body, uses)
    return list(_written(blocks, 0))


def _parsed(todo: list[str], depth: int) -> list[_Line]:
    found: list[_Line] = []
    while todo and (len(todo[-1]) - len(todo[-1].lstrip())) == depth * len(INDENT):
        text = todo.pop().strip()
        if not text.endswith(":"):
            found.append(_Line([text]))
        elif text.startswith("if "):
            found.append(_Line([text[3:-1]], _parsed(todo, depth + 1), is_if=True))
        else:
            found.append(_Line([text[:-1]], _parsed(todo, depth + 1)))
    return found


def _together(block: Sequence[_Line], uses: Counter[str]) -> list[_Line]:
    """The same block with less in it; `uses` counts the names of its function."""
    found: list[_Line] = []
    for line in reversed(block):  # what is used comes before what it is used for
        if line.body is not None:
            line.body = _together(line.body, uses)
        elif found and any(moved(line.tests[0], found, uses) for moved in (_taken, _tested, _denied)):
            continue
        while line.body and line.is_if and len(line.body) == 1 and line.body[0].is_if:
            (inner,) = line.body  # a block that holds one block and nothing else is one with it
            line.tests = [*line.tests, *inner.tests]
            line.body = inner.body
        found.insert(0, line)
    return found


def _simplified(block: Sequence[_Line], uses: Counter[str]) -> None:
    for line in block:
        if line.is_if:
            line.tests = _paths(line.tests, uses)
        _simplified(line.body or (), uses)


def _taken(text: str, following: list[_Line], uses: Counter[str]) -> bool:
    """Whether what a line gives was put into the next, which alone uses it."""
    given = _GIVEN.fullmatch(text)
    if given is None or uses[given[1]] != 2 or not isinstance(ast.parse(given[2], mode="eval").body, _WHOLE):
        return False
    first = following[0].tests[0]
    place = re.compile(rf"\b{given[1]}\b")
    if "f'" in first or 'f"' in first or len(place.findall(first)) != 1:
        return False
    following[0].tests[0] = place.sub(lambda _: given[2], first)
    uses[given[1]] = 0
    return True


def _tested(text: str, following: list[_Line], uses: Counter[str]) -> bool:
    """Whether a line was put into the next, which tests first whether it gave anything."""
    given = _GIVEN.fullmatch(text)
    if given is None or not following[0].is_if or following[0].tests[0] != f"{given[1]} is not U":
        return False
    following[0].tests[0] = f"({given[1]} := {given[2]}) is not U"
    uses[given[1]] -= 1
    return True


def _denied(text: str, following: list[_Line], uses: Counter[str]) -> bool:
    """Whether a line says that something holds unless a block is entered, and a test of it took its place."""
    given = _GIVEN.fullmatch(text)
    if given is None or given[2] != "True" or uses[given[1]] != 3 or len(following) < 2:
        return False
    unless, then = following[:2]
    if not unless.is_if or not then.is_if or then.tests[0] != given[1]:
        return False
    if not unless.body or unless.body[0].body is not None or unless.body[0].tests != [f"{given[1]} = False"]:
        return False
    _simplified([unless], uses)
    then.tests[0] = _not(unless.tests)
    del following[0]
    return True


def _not(tests: Sequence[str]) -> str:
    """What is true where not all of these are."""
    one = _IS.fullmatch(tests[0]) if len(tests) == 1 else None
    if one:
        return f"{one[1]} is {'' if one[2] else 'not '}{one[3]}"
    return f"not ({' and '.join(tests)})"


def _paths(tests: Sequence[str], uses: Counter[str]) -> list[str]:
    """Fewer tests: a field of what nothing else asks for is a path; what is of a type is not undefined."""
    found: list[str] = []
    for test in tests:
        before = _NAMED.fullmatch(found[-1]) if found else None
        if before is None:
            found.append(test)
        elif (step := _FIELD.fullmatch(test)) and step[2] == before[1] and uses[before[1]] == 2:
            found[-1] = f"({step[1]} := {_path(before[2], step[3])}) is not U"
        elif (kind := _DEFINED.fullmatch(test)) and kind[1] == before[1]:
            whole = before[2] if uses[before[1]] == 2 else f"({before[1]} := {before[2]})"
            uses[before[1]] -= 1
            found[-1] = f"{whole}{kind[2]}"
        else:
            found.append(test)
    return [_nameless(test, uses) for test in found]


def _path(value: str, keys: str) -> str:
    """The fields of a value, which may be fields themselves; of what is undefined they are undefined, too."""
    inner = _CALL.fullmatch(value)
    return f"path({inner[1]}, {inner[2]}, {keys})" if inner else f"{_FUNCTION[', ' in keys]}({value}, {keys})"


_FUNCTION = ("field", "path")


def _nameless(test: str, uses: Counter[str]) -> str:
    """A test whose value nothing asks for."""
    given = _NAMED.fullmatch(test)
    return f"{given[2]} is not U" if given and uses[given[1]] == 1 else test


def _written(block: Sequence[_Line], depth: int) -> Iterator[str]:
    indent = INDENT * depth
    for line in block:
        if line.body is None:
            yield f"{indent}{line.tests[0]}"
            continue
        head = "if " if line.is_if else ""
        text = f"{indent}{head}{' and '.join(line.tests)}:"
        if len(text) <= _WIDTH or len(line.tests) == 1:
            yield text
        else:
            yield f"{indent}if ("
            yield from _filled(line.tests, indent + INDENT)
            yield f"{indent}):"
        yield from _written(line.body, depth + 1)


def _filled(tests: Sequence[str], indent: str) -> Iterator[str]:
    """Tests, as many on a line as there is room for."""
    text = f"{indent}{tests[0]}"
    for test in tests[1:]:
        if len(text) + len(test) + 5 > _WIDTH:
            yield text
            text = f"{indent}and {test}"
        else:
            text += f" and {test}"
    yield text
