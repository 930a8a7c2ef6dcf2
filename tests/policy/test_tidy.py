"""Lines of Python that are brought together do what they did, in the order in which they did it."""

from __future__ import annotations

from typing import Any

import pytest

from reprieve.policy.native import values
from reprieve.policy.native.tidy import tidied
from reprieve.policy.native.values import U, Unsure

WRITTEN = {
    "fields of fields": """
t1 = m["a"]
if t1 is not U:
    t2 = field(t1, 'b')
    if t2 is not U:
        t3 = field(t2, 'c')
        if t3 is not U:
            if t3.__class__ is dict:
                return t3
return 'none'
""",
    "a field that is asked for twice": """
t1 = m["a"]
if t1 is not U:
    t2 = field(t1, 'b')
    if t2 is not U:
        t3 = field(t2, 'c')
        if t3 is not U:
            return [t2, t3]
return 'none'
""",
    "a text and what must be there after it": """
t1 = m["a"]
if t1 is not U:
    t2 = text(t1)
    t3 = field(t1, 'b')
    if t3 is not U:
        return [t2, t3]
return 'none'
""",
    "what does not hold": """
t1 = True
t2 = field(m["a"], 'b')
if t2 is not U:
    if text(t2) == 'x':
        t1 = False
if t1:
    t3 = m["a"]
    if t3 is not U:
        return t3
return 'none'
""",
    "what is not so": """
t1 = True
t2 = m["a"]
if t2 is not False:
    t1 = False
if t1:
    return 'so'
return 'none'
""",
    "a flag that is asked for again": """
t1 = True
if m["a"] == 'x':
    t1 = False
if t1:
    return [t1]
return t1
""",
    "a comparison as a value": """
t1 = m["a"].__class__ is dict
t2 = text(t1)
return t2
""",
    "a loop": """
t1 = []
t2 = field(m["a"], 'b')
if t2 is not U:
    for item_3 in some(t2):
        t4 = text(item_3)
        t1.append(t4)
return t1
""",
}
VALUES = [U, None, True, False, "x", 1, [], ["x"], [1], {}]
DOCUMENTS = [*VALUES, *({"b": value} for value in VALUES), *({"b": {"c": value}} for value in VALUES)]


def text(value: Any) -> str:
    if value.__class__ is not str:
        raise Unsure
    return str(value)


def outcome(lines: list[str], document: Any) -> Any:
    names = {**vars(values), "text": text}
    exec("\n".join(lines), names)
    try:
        return names["rule"]({"a": document})
    except Unsure:
        return Unsure


@pytest.mark.parametrize("body", WRITTEN.values(), ids=WRITTEN.keys())
def test_what_is_brought_together_gives_the_same(body: str) -> None:
    lines = ["def rule(m):", *(f"    {line}" for line in body.strip().split("\n"))]
    for document in DOCUMENTS:
        before, after = (outcome(form, document) for form in (lines, tidied(lines)))
        assert repr(before) == repr(after), (document, tidied(lines))


def test_less_is_left() -> None:
    lines = ["def rule(m):", *(f"    {line}" for line in WRITTEN["fields of fields"].strip().split("\n"))]
    assert tidied(lines) == [
        "def rule(m):",
        "    if (t3 := path(m[\"a\"], 'b', 'c')).__class__ is dict:",
        "        return t3",
        "    return 'none'",
    ]


def test_a_long_test_is_broken() -> None:
    tests = [f"member(t{number}, S_some_set_of_words_{number})" for number in range(9)]
    lines = ["def rule(m):"]
    for depth, test in enumerate(tests, start=1):
        lines.append(f"{'    ' * depth}if {test}:")
    lines.append(f"{'    ' * 10}return True")
    written = tidied(lines)
    assert max(map(len, written)) <= 110
    assert " ".join(line.strip() for line in written[2:-2]) == " and ".join(tests)
    compile("\n".join(written), "rule", "exec")
